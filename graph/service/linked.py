"""Linked data: what is on record of one IRI of ours, in the form a client asks for; the service and the data set described.

A proposition is content: only a form with named graphs holds it, as a mention beside its status. In a form
of triples alone there is its record and nothing of what it says.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple, serialize

from graph.engine.answering import GRAPHS, RESULTS
from graph.errors import NotFoundError
from graph.evidence import Archive
from graph.rdf import typed
from graph.service.negotiation import chosen
from graph.store import Store
from graph.vocabulary import ID, RDF, say, vocabulary

WITH_GRAPHS = frozenset({"application/trig", "application/n-quads", "application/ld+json"})
_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_DCT = "http://purl.org/dc/terms/"


@dataclass(frozen=True, slots=True)
class Described:
    """A media type and the bytes in it."""

    media: str
    body: bytes


def described(archive: Archive, path: str, accept: str) -> Described | None:
    """What is on record of the IRI `ID + path`; None when no RDF form is asked for.

    Raises NotFoundError when nothing is.
    """
    media = chosen(accept, ["text/html", *GRAPHS])
    if media is None or media == "text/html":
        return None
    kind, _, name = path.partition("/")
    try:
        quads = about(archive.store, NamedNode(ID + path))
    except ValueError:  # no IRI at all
        quads = []
    if not quads:
        raise NotFoundError(kind or "address", name or path)
    return Described(media, written(quads, media))


def about(store: Store, node: NamedNode) -> list[Quad]:
    """The record of a node, what points at it from derived results, and the graph that bears its name."""
    quads = store.about(node)
    for pointing in store.of_object(say.derivedFor, node):
        if isinstance(pointing.subject, NamedNode):
            quads += store.about(pointing.subject)
    inside = store.in_graph(node)
    if inside and not quads:
        return []  # content without a record of it would be a naked edge
    return quads + inside


def written(quads: Iterable[Quad], media: str) -> bytes:
    """Quads in a media type; forms without named graphs hold the default graph alone."""
    listed = sorted(quads, key=str)
    if media in WITH_GRAPHS:
        return serialize(listed, format=GRAPHS[media]) or b""
    plain = [Triple(q.subject, q.predicate, q.object) for q in listed if isinstance(q.graph_name, DefaultGraph)]
    return serialize(plain, format=GRAPHS[media], prefixes=_prefixes(media)) or b""


def _prefixes(media: str) -> dict[str, str] | None:
    return {"say": vocabulary().namespace, "x": ID, "dcterms": _DCT} if media == "text/turtle" else None


def service_description(endpoint: str, accept: str) -> Described:
    """What the endpoint can do (W3C SPARQL 1.1 Service Description)."""
    media = chosen(accept, GRAPHS) or "text/turtle"
    me, dataset = NamedNode(endpoint), NamedNode(f"{endpoint}#dataset")
    facts: list[tuple[NamedNode, str, NamedNode | Literal]] = [
        (me, f"{RDF}type", NamedNode(f"{_SD}Service")),
        (me, f"{_SD}endpoint", me),
        (me, f"{_SD}supportedLanguage", NamedNode(f"{_SD}SPARQL11Query")),
        (me, f"{_SD}defaultDataset", dataset),
        (dataset, f"{RDF}type", NamedNode(f"{_SD}Dataset")),
        (me, f"{_DCT}description", Literal("Read-only. The default graph is the record: who said what, where. Each named graph is the content of a proposition that somebody mentions; it asserts nothing.", language="en")),
    ]  # fmt: skip
    forms = [form.iri for form in RESULTS.values()] + [form.iri for form in GRAPHS.values()]
    facts += [(me, f"{_SD}resultFormat", NamedNode(iri)) for iri in forms]
    return Described(media, written([Quad(s, NamedNode(p), o, DefaultGraph()) for s, p, o in facts], media))


def void(archive: Archive, address: str, accept: str) -> Described:
    """The data set in numbers (W3C, Describing Linked Datasets with the VoID Vocabulary)."""
    media = chosen(accept, GRAPHS) or "text/turtle"
    me, counts = NamedNode(f"{address}.well-known/void#testimony"), archive.manifest["counts"]
    facts: list[tuple[NamedNode, str, NamedNode | Literal]] = [
        (me, f"{RDF}type", NamedNode(f"{_VOID}Dataset")),
        (me, f"{_DCT}title", Literal("Testimony: what is said, by whom, and where", language="en")),
        (me, f"{_VOID}sparqlEndpoint", NamedNode(f"{address}sparql")),
        (me, f"{_VOID}uriSpace", Literal(ID)),
        (me, f"{_VOID}vocabulary", NamedNode(vocabulary().namespace)),
        (me, f"{_VOID}documents", typed(counts["documents"], "integer")),
        (me, f"{_VOID}entities", typed(counts["entities"], "integer")),
        (me, f"{_DCT}hasVersion", Literal(archive.corpus_hash)),
    ]
    for kind, count in (("Claim", "claims"), ("Proposition", "propositions"), ("Document", "documents")):
        part = NamedNode(f"{me.value}-{count}")
        facts += [
            (me, f"{_VOID}classPartition", part),
            (part, f"{_VOID}class", vocabulary().term(kind)),
            (part, f"{_VOID}entities", typed(counts[count], "integer")),
        ]
    return Described(media, written([Quad(s, NamedNode(p), o, DefaultGraph()) for s, p, o in facts], media))
