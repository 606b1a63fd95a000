"""What the SPARQL drawer of the page reads: the vocabulary's terms, a named query with bound parameters, a picture."""

from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from graph.engine import Ask, Told
from graph.engine.answering import GRAPHS, RESULTS
from graph.lens import Lens
from graph.queries import NamedQuery, named, prepared
from graph.queries.guard import reads_content
from graph.service import views
from graph.service.live import Live
from graph.service.negotiation import chosen
from graph.service.parameters import ParameterError
from graph.service.sparql import Sparql, respond
from graph.vocabulary import DCTERMS, ID, OA, OWL, PROV, RDF, RDFS, SKOS, XSD, vocabulary

Json = dict[str, Any]
MOST = 400  # claims and propositions of one picture
STATUSES = ("DrawnStatus", "ReportedStatus")
_KINDS = {
    "class": OWL + "Class",
    "property": OWL + "ObjectProperty",
    "value property": OWL + "DatatypeProperty",
    "annotation": OWL + "AnnotationProperty",
    "open property": RDF + "Property",
}
_PREFIXES = {
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
    "dcterms": DCTERMS,
    "oa": OA,
    "prov": PROV,
}


def terms() -> Json:
    """Every term that a query may name, with its label and definition, and the prefixes to name them by."""
    known = vocabulary()
    listed: dict[str, Json] = {}
    for kind, type_ in _KINDS.items():
        for name in known.of_type(type_):
            listed.setdefault(name, _term(name, kind, known.label(name), known.definition(name)))
    for relation in known.properties.values():
        listed[relation.name] = _term(relation.name, "content", relation.label, relation.definition)
    for scheme, concepts in known.schemes.items():
        for concept in concepts.values():
            listed[concept.name] = {
                **_term(concept.name, "concept", concept.label, concept.definition),
                "scheme": scheme,
                "notation": concept.notation,
                "status": scheme in STATUSES,
            }
    prefixes = {"say": known.namespace, "id": ID, **_PREFIXES}
    return {"prefixes": prefixes, "terms": list(listed.values())}


def _term(name: str, kind: str, label: str, definition: str) -> Json:
    return {"name": name, "kind": kind, "label": label, "definition": definition}


class Drawer:
    """One address each."""

    def __init__(self, live: Live, sparql: Sparql) -> None:
        self._live = live
        self.query = Named(live, sparql)

    def vocabulary(self, _request: Request) -> Response:
        return JSONResponse(terms())

    def picture(self, request: Request) -> Response:
        """The lines that some claims and propositions are drawn on, around the entity that most of them are about."""
        now, given = self._live.snapshot, request.query_params
        claims, propositions = given.getlist("claim"), given.getlist("proposition")
        if not claims and not propositions:
            raise ParameterError("nothing to draw; allowed: claim=ID and proposition=DIGITS, each as often as needed")
        if len(claims) + len(propositions) > MOST:
            raise ParameterError(f"{len(claims) + len(propositions)} claims and propositions; allowed: {MOST}")
        centre, picture = now.views.through(Lens()).picture_of(claims, propositions)
        return JSONResponse(views.focus(now.archive.entity(centre), picture))


class Named:
    """A named query as an ASGI application: parameters are bound, and it is answered as `/sparql` answers."""

    def __init__(self, live: Live, sparql: Sparql) -> None:
        self._live = live
        self._sparql = sparql

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        query = named(request.path_params["name"])
        accept = request.headers.get("accept", "")
        media, graph_media = chosen(accept, RESULTS), chosen(accept, GRAPHS)
        if media is None:  # every shipped query selects
            await respond(send, 406, "application/json", b'{"error": "allowed: %s"}' % ", ".join(RESULTS).encode())
            return
        told = await self._told(query, dict(request.query_params), media, graph_media or next(iter(GRAPHS)))
        await self._sparql.answer(send, told, reads_content(query.sparql))

    async def _told(self, query: NamedQuery, given: dict[str, str], media: str, graph_media: str) -> Told:
        bound = await to_thread.run_sync(prepared, self._live.snapshot.archive.store, query, given)
        terms = tuple((name, str(term)) for name, term in bound.items())
        return await self._sparql.put(Ask(query.sparql, terms, media, graph_media))
