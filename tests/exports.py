"""Exports read back by readers that are not ours; each gives what stands there about every claim."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
from rdflib import RDF, Dataset, Graph, Namespace, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from graph.evidence import Archive, ClaimEvidence
from graph.export import FORMATS, Backing
from graph.export.annotations import ANNO
from graph.model import Corpus, Utterance
from graph.origins import derived
from graph.rdf import to_quads
from graph.store import Store
from graph.vocabulary import ID, vocabulary

SAY = Namespace(vocabulary().namespace)
OA = Namespace("http://www.w3.org/ns/oa#")
TABLES = ("csv", "jsonl", "parquet", "graphml", "geojson")
RDF_FORMS = {"trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}
HOSTILE = "=1+1\"'`<b>]]></data>&amp;\n\r\t\0\x1b[31m\u202e\u2066\u2028\\{}"

# the terms of Web Annotation that we use, as its context defines them: the real one lies on the web
ANNO_TERMS = {
    **{name: {"@type": "@id", "@id": f"@{name}"} for name in ("id", "type")},
    **{
        name: str(OA[name])
        for name in ("Annotation", "TextualBody", "SpecificResource", "TextPositionSelector", "start", "end", "describing")
    },
    "AnnotationCollection": "https://www.w3.org/ns/activitystreams#OrderedCollection",
    "AnnotationPage": "https://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    **{
        name: {"@type": "@id", "@id": str(OA[f"has{name.capitalize()}"])}
        for name in ("body", "target", "source", "selector")
    },
    **{
        name: {"@type": "@id", "@id": f"https://www.w3.org/ns/activitystreams#{name}"}
        for name in ("first", "partOf")
    },
    "items": {"@type": "@id", "@id": "https://www.w3.org/ns/activitystreams#items", "@container": "@list"},
    "motivation": {"@type": "@vocab", "@id": str(OA.motivatedBy)},
    "purpose": {"@type": "@vocab", "@id": str(OA.hasPurpose)},
    "value": str(RDF.value),
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What no export may lack."""

    reported: str
    drawn: str
    speakers: str
    document: str
    paragraph: int


def expected(claim: ClaimEvidence) -> Shown:
    return Shown(
        claim.reported_status.id, claim.drawn_status.id, claim.speakers, claim.document.id, claim.passage.paragraph
    )


def written(claims: list[ClaimEvidence], backing: Backing, name: str) -> bytes:
    out = io.BytesIO()
    assert FORMATS[name].write(claims, backing, out) == len(claims)
    return out.getvalue()


# ---- tables ----------------------------------------------------------------------------------------


def rows(name: str, body: bytes) -> list[dict[str, str]]:
    """The rows of a format that has rows; absent is empty."""
    return [{k: "" if v is None else str(v) for k, v in row.items()} for row in _ROWS[name](body)]


def _edges(body: bytes) -> list[Mapping[str, Any]]:
    network = nx.parse_graphml(body.decode(), force_multigraph=True)
    assert isinstance(network, nx.MultiDiGraph)
    held = []
    for source, target, key, facts in network.edges(keys=True, data=True):
        assert (source, target, key) == (facts["subject"], facts["object_id"], facts["claim"])
        held.append(facts)
    return held


_ROWS: dict[str, Callable[[bytes], list[Mapping[str, Any]]]] = {
    "csv": lambda body: list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)),
    "jsonl": lambda body: [json.loads(line) for line in body.decode().splitlines()],
    "parquet": lambda body: pq.read_table(io.BytesIO(body)).to_pylist(),
    "graphml": _edges,
    "geojson": lambda body: [feature["properties"] for feature in json.loads(body)["features"]],
    "annotations": lambda body: [one["body"][1]["row"] for one in json.loads(body)["first"]["items"]],
}


# ---- RDF -------------------------------------------------------------------------------------------


def dataset(name: str, body: bytes) -> Dataset:
    found = Dataset()
    found.parse(data=body.decode(), format=RDF_FORMS[name])
    return found


def annotated(body: bytes) -> Graph:
    """Annotations as RDF, their context at hand."""
    found = json.loads(body)
    assert found["@context"][0] == ANNO
    found["@context"][0] = ANNO_TERMS
    graph = Graph()
    graph.parse(data=json.dumps(found), format="json-ld")
    return graph


def plain(found: Dataset) -> Graph:
    return found.graph(DATASET_DEFAULT_GRAPH_ID)


def token(term: Node | None) -> str:
    assert term is not None
    return _TOKENS[str(term)]


_TOKENS = {c.iri.value: c.notation for scheme in vocabulary().schemes for c in vocabulary().concepts(scheme).values()}


def short(term: Node | None) -> str:
    assert isinstance(term, URIRef)
    return term.removeprefix(ID).partition("/")[2]


def only(graph: Graph, subject: Node | None, predicate: Node) -> Node:
    (found,) = graph.objects(subject, predicate)
    return found


def _shown_rdf(found: Dataset) -> dict[str, Shown]:
    graph, shown = plain(found), {}
    for claim in graph.subjects(RDF.type, SAY.Claim):
        content = only(graph, claim, SAY.content)
        assert len(found.graph(content)) == 1
        drawn = [d for d in graph.subjects(SAY.derivedFor, content) if (d, RDF.type, SAY.DerivedStatus) in graph]
        passage = only(graph, claim, SAY.inPassage)
        assert len(drawn) == 1
        assert list(graph.objects(only(graph, passage, SAY.inParagraph), SAY.digestText))
        shown[short(claim)] = Shown(
            token(only(graph, claim, SAY.reportedStatus)),
            token(only(graph, drawn[0], SAY.drawnStatus)),
            " > ".join(_chain(graph, only(graph, claim, SAY.outerHop))),
            short(only(graph, passage, OA.hasSource)),
            int(str(only(graph, passage, SAY.paragraph))),
        )
    return shown


def _chain(graph: Graph, hop: Node | None) -> list[str]:
    return [] if hop is None else [short(only(graph, hop, SAY.speaker)), *_chain(graph, graph.value(hop, SAY.relays))]


def _shown_annotations(body: bytes) -> dict[str, Shown]:
    """The statuses as an RDF reader finds them; chain and paragraph as a JSON reader does."""
    graph = annotated(body)
    held = {row["claim"]: row for row in rows("annotations", body)}
    shown = {}
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        claim = next(b for b in graph.objects(annotation, OA.hasBody) if (b, RDF.type, SAY.Claim) in graph)
        (drawn,) = graph.subjects(SAY.derivedFor, only(graph, claim, SAY.content))
        target = only(graph, annotation, OA.hasTarget)
        row = held[short(claim)]
        shown[short(claim)] = Shown(
            token(only(graph, claim, SAY.reportedStatus)),
            token(only(graph, drawn, SAY.drawnStatus)),
            row["speakers"],
            short(only(graph, target, OA.hasSource)),
            int(short(only(graph, target, SAY.inParagraph)).rpartition("/")[2]),
        )
    return shown


def shown(name: str, body: bytes) -> dict[str, Shown]:
    """What a format says of every claim; KeyError or AssertionError where something is lacking."""
    if name in RDF_FORMS:
        return _shown_rdf(dataset(name, body))
    if name == "annotations":
        return _shown_annotations(body)
    found = rows(name, body)
    made = {
        r["claim"]: Shown(r["reported_status"], r["drawn_status"], r["speakers"], r["document"], int(r["paragraph"]))
        for r in found
    }
    assert len(made) == len(found)
    return made


# ---- a corpus that means harm ----------------------------------------------------------------------


def hostile_archive(corpus: Corpus) -> Archive:
    """A corpus in which every text of ours is hostile, past the reader that would refuse it."""
    made = replace(
        corpus,
        documents=tuple(
            replace(
                document,
                title=HOSTILE,
                digest=tuple(replace(paragraph, text=HOSTILE) for paragraph in document.digest),
                utterances=tuple(_hostile(u) for u in document.utterances),
            )
            for document in corpus.documents
        ),
        entities=tuple(
            replace(entity, label=tuple((lang, HOSTILE) for lang, _ in entity.label)) for entity in corpus.entities
        ),
    )
    store = Store.of(to_quads(made) | derived(made))
    return Archive(store, {"inputs": {"corpus": "0" * 64}}, None)


def _hostile(utterance: Utterance) -> Utterance:
    by = tuple(replace(hop, cue=HOSTILE if hop.cue else None) for hop in utterance.by)
    return replace(utterance, says=HOSTILE, by=by, note=HOSTILE)
