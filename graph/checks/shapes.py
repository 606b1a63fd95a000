"""SHACL shapes of ontology.ttl, run by pySHACL over a copy of the default graph.

A copy, because pySHACL turns a Dataset's default graph into the union of all graphs, and content
would then count as fact.
"""

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from graph.errors import Problem
from graph.vocabulary import ID, ontology_path

SH = "http://www.w3.org/ns/shacl#"


def shape_problems(quads: Iterable[Quad], file: str) -> list[Problem]:
    """Every violation of a shape; the code is the id before the colon of the shape's message."""
    import pyshacl
    from rdflib import Graph, URIRef

    triples = [Triple(q.subject, q.predicate, q.object) for q in quads if isinstance(q.graph_name, DefaultGraph)]
    data = Graph()
    data.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
    shapes = Graph().parse(ontology_path(), format="turtle")
    conforms, report, _ = pyshacl.validate(data + shapes, shacl_graph=shapes, advanced=False, inference=None)
    if conforms or not isinstance(report, Graph):
        return []
    problems = []
    for result in report.subjects(URIRef(SH + "resultSeverity"), URIRef(SH + "Violation")):
        focus = str(report.value(result, URIRef(SH + "focusNode")))
        message = str(report.value(result, URIRef(SH + "resultMessage")))
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
