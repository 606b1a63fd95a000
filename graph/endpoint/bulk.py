"""A build as it goes into a store: the record in a named graph, propositions as graphs or laid flat."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from graph.corpus.files import write_atomically
from graph.endpoint.rewrite import RECORD
from graph.errors import BuildError
from graph.rdf.terms import TYPE
from graph.vocabulary import say

_FILES = ("record.nq", "derived.nq", "ontology.nq")
_GRAPH = NamedNode(RECORD)


def announcement() -> Quad:
    """That the graph is a record of ours: written first, and what shows whether the default graph is a union."""
    return Quad(_GRAPH, TYPE, say.PublishedRecord, _GRAPH)


def seal(corpus: str) -> Quad:
    """Of which corpus it is: written last, so that what lacks it is not whole."""
    return Quad(_GRAPH, say.corpusHash, Literal(corpus), _GRAPH)


def record(build: Path) -> Iterator[Quad]:
    """Everything that is true of the corpus, in the record's graph; each once, as no two files share a triple."""
    for quad in _quads(build):
        if isinstance(quad.graph_name, DefaultGraph):
            yield Quad(quad.subject, quad.predicate, quad.object, _GRAPH)


def propositions(build: Path) -> Iterator[Quad]:
    """Every proposition, in its own graph."""
    return (quad for quad in _quads(build) if not isinstance(quad.graph_name, DefaultGraph))


def flat(build: Path) -> Iterator[Quad]:
    """Every proposition as three facts of the record, which name its triple and do not assert it."""
    for quad in propositions(build):
        if isinstance(quad.graph_name, NamedNode):
            yield Quad(quad.graph_name, say.contentSubject, quad.subject, _GRAPH)
            yield Quad(quad.graph_name, say.contentPredicate, quad.predicate, _GRAPH)
            yield Quad(quad.graph_name, say.contentObject, quad.object, _GRAPH)


def _quads(build: Path) -> Iterator[Quad]:
    for name in _FILES:
        yield from parse(path=str(build / name), format=RdfFormat.N_QUADS)


def line(quad: Quad) -> str:
    """A quad as one line of N-Quads."""
    return f"{quad} .\n"


def write_bulk(build: Path, corpus: str, folder: Path) -> dict[str, int]:
    """Write record.nq, propositions.nq and flat.nq for a store's own loader; gives the lines of each.

    Raises BuildError when they cannot be written.
    """
    parts: dict[str, Iterable[Quad]] = {
        "record.nq": (*record(build), announcement(), seal(corpus)),
        "propositions.nq": propositions(build),
        "flat.nq": flat(build),
    }
    lines = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, quads in parts.items():
            text = [line(quad) for quad in quads]
            write_atomically(folder / name, "".join(text).encode())
            lines[name] = len(text)
    except OSError as error:
        raise BuildError(str(folder), f"cannot be written ({error.strerror})", "choose another folder") from None
    return lines
