"""The shapes of ontology.ttl over the default graph, and over nothing else: content is no fact."""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

from graph.checks.shacl import SUBCLASS, Facts, Node, Shapes, compiled
from graph.errors import Problem
from graph.vocabulary import ID, SKOS, ontology_path, vocabulary


def shape_problems(quads: Iterable[Quad], file: str) -> list[Problem]:
    """Every violation of a shape; the code is the id before the colon of the shape's message."""
    shapes, terms = _ontology()
    default = DefaultGraph()
    facts = Facts([*(quad for quad in quads if quad.graph_name == default), *terms], shapes.predicates)
    return sorted({_problem(focus, message, file) for focus, message in shapes.broken(facts)})


@cache
def _ontology() -> tuple[Shapes, tuple[Triple, ...]]:
    """The shapes of ontology.ttl, and its classes and schemes, into which they look."""
    triples = [
        Triple(q.subject, q.predicate, q.object) for q in parse(path=str(ontology_path()), format=RdfFormat.TURTLE)
    ]
    looked_into = (SUBCLASS, NamedNode(SKOS + "inScheme"))
    ours = vocabulary().namespace
    terms = [
        triple
        for triple in triples
        if triple.predicate in looked_into
        and isinstance(triple.subject, NamedNode)
        and triple.subject.value.startswith(ours)
    ]
    return compiled(triples), tuple(terms)


def _problem(focus: Node, message: str, file: str) -> Problem:
    named = str(focus) if isinstance(focus, Triple) else focus.value.removeprefix(ID)
    code, _, says = message.partition(": ")
    says, _, fix = says.partition("; ")
    return Problem(file, 0, code, f"{named} breaks the shape", says or message, fix or "see the shape in ontology.ttl")
