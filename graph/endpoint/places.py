"""Where a store answers queries, takes updates and takes graphs: three addresses, of which one is given."""

from dataclasses import dataclass
from urllib.parse import urlunsplit

from graph.endpoint.wire import address


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses of one store; `store` is empty where graphs can only be sent as updates."""

    query: str
    update: str
    store: str

    @classmethod
    def of(cls, url: str, update: str = "", store: str = "") -> "Places":
        """All three from one, by custom: Oxigraph's /query, /update, /store; Virtuoso's /sparql.

        Raises EndpointError for anything that is not an address.
        """
        parts = address(url)
        base, _, last = parts.path.rpartition("/")

        def beside(name: str) -> str:
            return urlunsplit((*parts[:2], f"{base}/{name}", "", ""))

        guessed = {
            "": (beside("query"), beside("update"), beside("store")),
            "query": (url, beside("update"), beside("store")),
            "sparql": (url, url, beside("sparql-graph-crud")),
        }.get(last, (url, url, ""))
        for given in (update, store):
            if given:
                address(given)
        return cls(guessed[0], update or guessed[1], store or guessed[2])
