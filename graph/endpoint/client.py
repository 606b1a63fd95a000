"""An endpoint, asked as the embedded store is. An answer that cannot be trusted to be whole is a failure."""

from collections.abc import Mapping
from urllib.parse import urlencode

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    parse_query_results,
)

from graph.endpoint.rewrite import RECORD, form_of, has_long_path, on_record, template_of
from graph.endpoint.wire import TIMEOUT, Reply, address, post
from graph.errors import EndpointError, QueryError
from graph.store import Answer, Rows, Store, Term, shown_term
from graph.vocabulary import ID, SKOS, XSD, say

_JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
_BOOLEAN = NamedNode(XSD + "boolean")
_NOTHING = Store.of([])  # knows SPARQL, holds no data: what it refuses is never sent


class Endpoint:
    """Answers SPARQL over a record that was pushed to a SPARQL 1.1 endpoint; never writes."""

    def __init__(self, url: str, timeout: float = TIMEOUT, flat: bool = False) -> None:
        address(url)
        self.name, self.timeout, self.flat = url, timeout, flat
        self._server = ""  # what it calls itself, once it has answered
        self._known: dict[NamedNode, list[Quad]] = {}

    @classmethod
    def open(cls, url: str, timeout: float = TIMEOUT) -> "Endpoint":
        """Look what lies there; EndpointError unless it is a whole record."""
        found = cls(url, timeout)
        if not found.rows(f"SELECT ?hash {{ <{RECORD}> <{say.corpusHash.value}> ?hash }}").rows:
            raise EndpointError(url, "no whole record of Testimony lies there", f"run `testimony push {url}`")
        flat = found.query(f"ASK {{ ?proposition <{say.contentPredicate.value}> ?relation }}").truth
        found.flat = bool(flat)
        return found

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None, where: str = "query") -> Answer:
        """Run a query over the record, as `Store.query` does.

        Raises QueryError when the text is not SPARQL or cannot be asked elsewhere, EndpointError when no
        answer comes that is certainly whole.
        """
        columns = _NOTHING.columns(sparql, bindings, where)
        form = form_of(sparql, where)
        if form == "CONSTRUCT":
            return self._constructed(sparql, bindings, where)
        asked = on_record(sparql, bindings, where, self.flat)
        if form == "ASK":
            return Answer(truth=self.ask(asked))
        return Answer(rows=self.select(asked, columns, frozenset(bindings or ())))

    def rows(self, sparql: str, bindings: Mapping[str, Term] | None = None, where: str = "query") -> Rows:
        """The rows of a SELECT query; QueryError for any other form."""
        answer = self.query(sparql, bindings, where)
        if answer.rows is None:
            raise QueryError(where, 0, "not a SELECT query", "write SELECT")
        return answer.rows

    def about(self, subject: NamedNode) -> list[Quad]:
        """The record's quads of one subject; asked once."""
        if subject not in self._known:
            listed = self.rows(f"SELECT ?p ?o {{ {subject} ?p ?o }}").rows
            self._known[subject] = [Quad(subject, p, o) for p, o in listed if isinstance(p, NamedNode) and o]
        return self._known[subject]

    def knows(self, node: NamedNode) -> bool:
        """Whether anything is said of a node, or a graph bears its name."""
        return bool(self.query(f"ASK {{ {node} ?p ?o }}").truth)  # whatever names a graph is a subject as well

    def bearing(self, name: Literal) -> list[Quad]:
        """Quads that give something this label."""
        label = NamedNode(SKOS + "prefLabel")
        listed = self.rows(f"SELECT ?s {{ ?s {label} {name} }}").rows
        return [Quad(s, label, name) for (s,) in listed if isinstance(s, NamedNode)]

    def ids(self, kind: str) -> tuple[str, ...]:
        """Every id of a kind of thing: `ids("entity")`."""
        start = Literal(f"{ID}{kind}/")
        listed = self.rows(f"SELECT DISTINCT ?s {{ ?s ?p ?o . FILTER(STRSTARTS(STR(?s), {start})) }}").rows
        return tuple(sorted(s.value.removeprefix(start.value) for (s,) in listed if s is not None))

    def _constructed(self, sparql: str, bindings: Mapping[str, Term] | None, where: str) -> Answer:
        """Triples, made here from rows: of triples sent as text nobody can say whether the last is there."""
        prologue, template, select, names = template_of(sparql, tuple(bindings or ()), where)
        rows = self.rows(select, bindings, where)
        bound: dict[str, Term | None] = dict(bindings or {})
        cells = (bound | dict(zip(rows.columns, row, strict=True)) for row in rows.rows)
        listed = "\n".join(f"({' '.join(str(row.get(n) or 'UNDEF') for n in names)})" for row in cells)
        heads = " ".join(f"?{name}" for name in names)
        return _NOTHING.query(
            f"{prologue} CONSTRUCT {template} WHERE {{ VALUES ({heads}) {{ {listed} }} }}", None, where
        )

    # ---- what is sent as it is -----------------------------------------------------------------

    def ask(self, sparql: str) -> bool:
        """The truth value of an ASK, sent as it is."""
        found = self._answer(sparql)
        if not isinstance(found, bool):
            raise EndpointError(self.name, "rows where a yes or no was asked for", "check the server")
        return found

    def select(self, sparql: str, columns: tuple[str, ...], known: frozenset[str] = frozenset()) -> Rows:
        """These columns of a SELECT, sent as it is; `known` ones may be there and are left out."""
        found = self._answer(sparql)
        if isinstance(found, bool):
            raise EndpointError(self.name, "a yes or no where rows were asked for", "check the server")
        given, rows = found
        if given - known != set(columns):
            told = f"the columns {', '.join(sorted(given))} instead of {', '.join(columns)}"
            raise EndpointError(self.name, told, "check the server")
        return Rows(columns, tuple(tuple(_canonical(row[name]) for name in columns) for row in rows))

    def _answer(self, sparql: str) -> bool | tuple[set[str], list[QuerySolution]]:
        """A truth value, or names and rows, read to the end."""
        self._refuse_paths(sparql)
        reply = post(self.name, urlencode({"query": sparql}).encode(), FORM, _JSON, self.timeout)
        self._server = reply.headers.get("server", "")
        self._check(reply)
        self._refuse_paths(sparql)
        try:
            found = _parsed(reply.body)
        except (SyntaxError, ValueError) as error:
            told = f"an answer that cannot be read and may be cut ({error})"
            raise EndpointError(self.name, told, "ask again; look into the server's log and limits") from None
        limit = reply.headers.get("x-sparql-maxrows", "")  # Virtuoso cuts there without another word
        if not isinstance(found, bool) and limit.isdigit() and len(found[1]) >= int(limit):
            raise EndpointError(self.name, f"the server stops at {limit} rows", "ask for less, or raise its limit")
        return found

    def _refuse_paths(self, sparql: str) -> None:
        if self._server.startswith("Virtuoso") and has_long_path(sparql):
            told = "a path of any length (* or +), which Virtuoso 7 may answer wrongly without a word"
            raise EndpointError(self.name, told, "ask the embedded store: leave out --endpoint")

    def _check(self, reply: Reply) -> None:
        if reply.status != 200:
            raise EndpointError(self.name, f"HTTP {reply.status}: {reply.words}", "read the server's message")
        if "x-sql-state" in reply.headers:  # Virtuoso ends a query early and says so here alone
            raise EndpointError(self.name, "the server gave up half-way", "ask for less, or raise its limits")
        if reply.kind not in (_JSON, "application/json"):
            told = f"an answer of kind {reply.kind or 'unknown'}: {reply.words}"
            raise EndpointError(self.name, told, "give the address at which it answers queries")


def _parsed(body: bytes) -> bool | tuple[set[str], list[QuerySolution]]:
    found = parse_query_results(body, QueryResultsFormat.JSON)
    try:
        if isinstance(found, QueryBoolean):
            return bool(found)
        # the reader is lazy: a cut answer must fail here, not after half of its rows
        return {variable.value for variable in found.variables}, list(found)
    finally:
        del found  # an error would carry it to another thread, where it may not be dropped


def _canonical(term: object) -> Term | None:
    if isinstance(term, Literal) and term.datatype == _BOOLEAN:  # two spellings of one value
        return Literal({"1": "true", "0": "false"}.get(term.value, term.value), datatype=_BOOLEAN)
    return shown_term(term)
