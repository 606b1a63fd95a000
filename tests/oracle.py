"""pySHACL, which is not ours, judges the same graphs by the same shapes: a finding counts when both make it.

It sees a copy of the default graph: of a Dataset it would take the union of all graphs, and content would be fact.
"""

from collections.abc import Iterable
from functools import cache

import pyshacl
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize
from rdflib import RDFS, SH, SKOS, Graph

from graph.checks import shape_problems
from graph.errors import Problem
from graph.vocabulary import ID, ontology_path, vocabulary

Quads = frozenset[Quad]


def agreed(quads: Quads, known: Quads = frozenset()) -> list[Problem]:
    """What breaks a shape, found alike by both engines; `known` is a similar graph, read only once."""
    base = _known(known)
    gone, come = _triples(known - quads), _triples(quads - known)
    for triple in gone:
        base.remove(triple)
    for triple in come:
        base.add(triple)
    theirs = pyshacl_problems(base, "graph")
    for triple in come:
        base.remove(triple)
    for triple in gone:
        base.add(triple)
    ours = shape_problems(quads, "graph")
    assert ours == theirs
    return ours


@cache
def _known(quads: Quads) -> Graph:
    return default_graph(quads)


def default_graph(quads: Iterable[Quad]) -> Graph:
    """A copy of the default graph, joined with the classes and schemes that the shapes look into."""
    return _triples(quads) + _ontology()[1]


def _triples(quads: Iterable[Quad]) -> Graph:
    triples = [Triple(q.subject, q.predicate, q.object) for q in quads if q.graph_name == DefaultGraph()]
    return Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")


@cache
def _ontology() -> tuple[Graph, Graph]:
    """The shapes of ontology.ttl, and its classes and schemes: pySHACL slows down with all the rest."""
    shapes, terms = Graph(), Graph()
    for triple in Graph().parse(ontology_path(), format="turtle"):
        if not str(triple[0]).startswith(vocabulary().namespace):
            shapes.add(triple)
        elif triple[1] in (RDFS.subClassOf, SKOS.inScheme):
            terms.add(triple)
    return shapes, terms


def pyshacl_problems(data: Graph, file: str) -> list[Problem]:
    """The violations that pySHACL reports, told as ours are."""
    _, report, _ = pyshacl.validate(data, shacl_graph=_ontology()[0], advanced=False, inference=None)
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(SH.resultSeverity, SH.Violation):
        focus = str(report.value(result, SH.focusNode)).removeprefix(ID)
        code, _, says = str(report.value(result, SH.resultMessage)).partition(": ")
        says, _, fix = says.partition("; ")
        found.add(Problem(file, 0, code, f"{focus} breaks the shape", says, fix))
    return sorted(found)
