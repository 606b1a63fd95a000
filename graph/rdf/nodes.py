"""Quads indexed for reading: the facts of a subject, nodes by type, content by proposition."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from graph.content import Date, Edge, Figure, Interval, Ref, Thing, Truth
from graph.errors import BuildError
from graph.rdf.terms import REPLACED_BY, TYPE, short
from graph.vocabulary import say, vocabulary


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one subject, by predicate."""

    iri: NamedNode
    facts: dict[str, list[NamedNode | Literal]]

    def all(self, predicate: NamedNode) -> list[NamedNode | Literal]:
        return sorted(self.facts.get(predicate.value, ()), key=lambda node: node.value)

    def maybe(self, predicate: NamedNode) -> str | None:
        found = self.facts.get(predicate.value)
        return found[0].value if found else None

    def one(self, predicate: NamedNode) -> str:
        value = self.maybe(predicate)
        if value is None:
            raise BuildError(self.iri.value, f"no {predicate.value}", "rebuild with `testimony build`")
        return value

    def name(self, predicate: NamedNode) -> str:
        return _name(self.one(predicate))

    def maybe_name(self, predicate: NamedNode) -> str | None:
        value = self.maybe(predicate)
        return None if value is None else _name(value)

    def names(self, predicate: NamedNode) -> tuple[str, ...]:
        return tuple(_name(node.value) for node in self.all(predicate))

    def term(self, predicate: NamedNode) -> str:
        return vocabulary().name(self.one(predicate))

    def maybe_term(self, predicate: NamedNode) -> str | None:
        value = self.maybe(predicate)
        return None if value is None else vocabulary().name(value)

    def terms(self, predicate: NamedNode) -> tuple[str, ...]:
        names = (vocabulary().name(node.value) for node in self.facts.get(predicate.value, ()))
        return tuple(sorted(names, key=vocabulary().place))

    def decimal(self, predicate: NamedNode) -> Decimal | None:
        value = self.maybe(predicate)
        return None if value is None else Decimal(value)


_NAMELESS = (BlankNode, Triple)  # a tuple: a union would be made anew for every quad


def _name(value: str) -> str:
    return short(NamedNode(value))


class Index:
    """Quads indexed by subject and type; content triples by proposition."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._facts: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        self._typed: dict[str, list[str]] = defaultdict(list)
        self._owned: dict[str, dict[str, list[Facts]]] = {}
        self.formerly: dict[str, list[str]] = defaultdict(list)
        self.content: dict[str, Quad] = {}
        is_a, replaced_by = TYPE.value, REPLACED_BY.value
        for quad in quads:
            subject, predicate, found, graph = quad  # each part is made anew when it is asked for
            if not isinstance(graph, DefaultGraph):
                self.content[graph.value] = quad
                continue
            assert isinstance(subject, NamedNode)
            assert not isinstance(found, _NAMELESS)
            name, relation = subject.value, predicate.value
            self._facts[name][relation].append(found)
            if relation == is_a:
                self._typed[found.value].append(name)
            elif relation == replaced_by:
                self.formerly[found.value].append(short(subject))

    def node(self, value: NamedNode | str) -> Facts:
        name = value if isinstance(value, str) else value.value
        return Facts(NamedNode(name), self._facts.get(name, {}))

    def of_type(self, *types: NamedNode) -> list[Facts]:
        return [self.node(name) for kind in types for name in sorted(self._typed[kind.value], key=natural)]

    def by_owner(self, kind: NamedNode, owner: Callable[[Facts], str]) -> Mapping[str, Sequence[Facts]]:
        """The nodes of a type by what they belong to; gathered once, so `owner` is one function for each type."""
        if kind.value not in self._owned:
            found: dict[str, list[Facts]] = defaultdict(list)
            for node in self.of_type(kind):
                found[owner(node)].append(node)
            self._owned[kind.value] = found
        return self._owned[kind.value]

    def edge(self, graph: str) -> Edge:
        quad = self.content[graph]
        subject, predicate = quad.subject, vocabulary().name(quad.predicate.value)
        assert isinstance(subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        return Edge(short(subject), predicate, self.thing(quad.object))

    def thing(self, node: NamedNode | Literal) -> Thing:
        if isinstance(node, Literal):
            return Truth() if node.value == "true" else Date(node.value)
        facts = self.node(node)
        if facts.maybe(say.comparator):
            return Figure(
                comparator=facts.term(say.comparator),
                value=facts.decimal(say.value),
                low=facts.decimal(say.low),
                high=facts.decimal(say.high),
                words=facts.maybe(say.wording),
                of=facts.maybe_name(say.population),
                unit=facts.maybe(say.unit),
                as_of=facts.maybe(say.asOf),
            )
        start = facts.maybe(vocabulary().term("from"))
        if start is not None:
            return Interval(start, facts.one(say.to))
        return Ref(short(node))


def natural(value: str) -> tuple[str, ...]:
    """A key that sorts `003-c2` before `003-c10`."""
    return tuple(part.zfill(12) if part.isdigit() else part for part in re.split(r"([0-9]+)", value))
