"""SHACL shapes of ontology.ttl, run by pySHACL over a copy of the default graph.

A copy, because pySHACL turns a Dataset's default graph into the union of all graphs, and content
would then count as fact.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from graph.errors import Problem
from graph.vocabulary import ID, RDFS, SHACL, SKOS, ontology_path, vocabulary

if TYPE_CHECKING:
    from rdflib import Graph


def shape_problems(quads: Iterable[Quad], file: str) -> list[Problem]:
    """Every violation of a shape; the code is the id before the colon of the shape's message."""
    return graph_problems(default_graph(quads), file)


def default_graph(quads: Iterable[Quad]) -> "Graph":
    """A copy of the default graph, joined with the classes and schemes that the shapes look into."""
    from rdflib import Graph

    triples = [Triple(q.subject, q.predicate, q.object) for q in quads if isinstance(q.graph_name, DefaultGraph)]
    data = Graph()
    data.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
    data += _ontology()[1]
    return data


@cache
def _ontology() -> tuple["Graph", "Graph"]:
    """The shapes of ontology.ttl, and its classes and schemes: pySHACL slows down with all the rest."""
    from rdflib import Graph, URIRef

    shapes, terms = Graph(), Graph()
    looked_at = {URIRef(RDFS + "subClassOf"), URIRef(SKOS + "inScheme")}
    for triple in Graph().parse(ontology_path(), format="turtle"):
        if not str(triple[0]).startswith(vocabulary().namespace):
            shapes.add(triple)
        elif triple[1] in looked_at:
            terms.add(triple)
    return shapes, terms


def graph_problems(data: "Graph", file: str) -> list[Problem]:
    """Every violation of a shape in a graph made by `default_graph`."""
    import pyshacl
    from rdflib import Graph, URIRef

    conforms, report, _ = pyshacl.validate(data, shacl_graph=_ontology()[0], advanced=False, inference=None)
    if conforms or not isinstance(report, Graph):
        return []
    problems = []
    for result in report.subjects(URIRef(SHACL + "resultSeverity"), URIRef(SHACL + "Violation")):
        focus = str(report.value(result, URIRef(SHACL + "focusNode")))
        message = str(report.value(result, URIRef(SHACL + "resultMessage")))
        code, _, says = message.partition(": ")
        says, _, fix = says.partition("; ")
        problems.append(
            Problem(
                file,
                0,
                code,
                f"{focus.removeprefix(ID)} breaks the shape",
                says or message,
                fix or "see the shape in ontology.ttl",
            )
        )
    return sorted(set(problems))
