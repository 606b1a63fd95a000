"""Where quads are collected: facts of the default graph, and content each in a graph of its own."""

from pyoxigraph import DefaultGraph, NamedNode, Quad

from graph.content import Edge, Figure, Interval, Thing
from graph.rdf.content import figure_text, interval_key, object_node, proposition, proposition_label, triple_of
from graph.rdf.terms import LABEL, TYPE, Node, date, iri, number, text
from graph.vocabulary import say, vocabulary


class Sink:
    """Collects quads; absent values write nothing."""

    def __init__(self) -> None:
        self.quads: set[Quad] = set()

    def put(self, subject: NamedNode, predicate: NamedNode, target: Node | None) -> None:
        if target is not None:
            self.quads.add(Quad(subject, predicate, target, DefaultGraph()))

    def words(self, subject: NamedNode, predicate: NamedNode, value: str | None) -> None:
        self.put(subject, predicate, None if value is None else text(value))

    def entity(self, subject: NamedNode, predicate: NamedNode, *names: str | None) -> None:
        for name in names:
            self.put(subject, predicate, None if name is None else iri("entity", name))

    def term(self, subject: NamedNode, predicate: NamedNode, *names: str | None) -> None:
        for name in names:
            self.put(subject, predicate, None if name is None else vocabulary().term(name))

    def content(self, edge: Edge) -> NamedNode:
        graph = proposition(edge)
        self.quads.add(Quad(*triple_of(edge), graph))
        self.put(graph, TYPE, say.Proposition)
        self.put(graph, LABEL, text(proposition_label(edge), "en"))
        _thing(self, edge.object)
        return graph


def _thing(sink: Sink, thing: Thing) -> None:
    node = object_node(thing)
    if isinstance(thing, Interval) and isinstance(node, NamedNode):
        sink.put(node, TYPE, say.Interval)
        sink.put(node, LABEL, text(interval_key(thing).replace("..", " to "), "en"))
        sink.put(node, vocabulary().term("from"), date(thing.start))
        sink.put(node, say.to, date(thing.end))
    if isinstance(thing, Figure) and isinstance(node, NamedNode):
        sink.put(node, TYPE, say.Estimate)
        sink.put(node, LABEL, text(figure_text(thing), "en"))
        sink.term(node, say.comparator, thing.comparator)
        for predicate, value in ((say.value, thing.value), (say.low, thing.low), (say.high, thing.high)):
            sink.put(node, predicate, None if value is None else number(value))
        sink.words(node, say.wording, thing.words)
        sink.entity(node, say.population, thing.of)
        sink.words(node, say.unit, thing.unit)
        sink.put(node, say.asOf, date(thing.as_of) if thing.as_of else None)
