"""SHACL Core as far as ontology.ttl uses it: each shape becomes a few lookups in an index of triples.

What this module does not know raises ShapeError, so that no constraint can stand in ontology.ttl and be
ignored. The tests compare its findings with those of an independent engine.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.errors import ShapeError
from graph.vocabulary import RDF, RDFS, SHACL, XSD

Node = NamedNode | BlankNode | Literal | Triple
Values = Collection[Node]  # the distinct nodes that a path reaches from one focus; of a node shape, the focus alone
Test = Callable[["Facts", Values], bool]

TYPE = NamedNode(RDF + "type")
SUBCLASS = NamedNode(RDFS + "subClassOf")
FIRST, REST, NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
LEXICAL = {XSD + "integer": re.compile(r"[+-]?[0-9]+")}  # a literal that only claims its datatype breaks the shape


class Facts:
    """Triples by predicate and subject; of the predicates that somebody looks at, and no others."""

    def __init__(self, triples: Iterable[Triple | Quad], predicates: Iterable[NamedNode]) -> None:
        self._objects: dict[NamedNode, dict[Node, set[Node]]] = {p: {} for p in (TYPE, SUBCLASS, *predicates)}
        for triple in triples:
            held = self._objects.get(triple.predicate)
            if held is not None:
                held.setdefault(triple.subject, set()).add(triple.object)
        self._above: dict[Node, frozenset[Node]] = {}
        self._typed: dict[Node, list[Node]] = defaultdict(list)
        for subject, kinds in self._objects[TYPE].items():
            for kind in kinds:
                self._typed[kind].append(subject)

    def values(self, subject: Node, predicate: NamedNode) -> Values:
        """The objects that a subject has of a predicate."""
        return self._objects[predicate].get(subject, ())

    def subjects(self, predicate: NamedNode) -> set[Node]:
        """Everything that has a predicate."""
        return set(self._objects[predicate])

    def objects(self, predicate: NamedNode) -> set[Node]:
        """Everything that is the object of a predicate."""
        return set().union(*self._objects[predicate].values())

    def instances(self, kind: NamedNode) -> set[Node]:
        """The nodes of a class or of one below it."""
        return {node for below, nodes in self._typed.items() if kind in self.above(below) for node in nodes}

    def is_a(self, node: Node, kind: Node) -> bool:
        """Whether a node is of a class or of one below it."""
        return any(kind in self.above(held) for held in self.values(node, TYPE))

    def above(self, kind: Node) -> frozenset[Node]:
        """A class and every class above it."""
        if kind not in self._above:
            found, ahead = {kind}, [kind]
            while ahead:
                fresh = set(self.values(ahead.pop(), SUBCLASS)) - found
                found |= fresh
                ahead += fresh
            self._above[kind] = frozenset(found)
        return self._above[kind]


@dataclass(frozen=True, slots=True)
class Shape:
    """What must hold of one node; without a message it is a part of another shape."""

    name: str
    message: str
    path: NamedNode | None
    tests: tuple[Test, ...]
    parts: tuple["Shape", ...]

    def holds(self, facts: Facts, focus: Node) -> bool:
        """Whether a node keeps this shape."""
        return self._kept(facts, focus) and all(part.holds(facts, focus) for part in self.parts)

    def broken(self, facts: Facts, focus: Node) -> Iterator[str]:
        """The messages of what a node breaks."""
        if not self._kept(facts, focus):
            yield self.message
        for part in self.parts:
            yield from part.broken(facts, focus)

    def _kept(self, facts: Facts, focus: Node) -> bool:
        values: Values = (focus,) if self.path is None else facts.values(focus, self.path)
        return all(test(facts, values) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape and how it finds the nodes that it looks at."""

    shape: Shape
    targets: tuple[tuple[str, NamedNode], ...]

    def focuses(self, facts: Facts) -> set[Node]:
        """The nodes that must keep the shape."""
        return set().union(*(_TARGETS[how](facts, of) for how, of in self.targets))


_TARGETS: dict[str, Callable[[Facts, NamedNode], set[Node]]] = {
    "targetClass": Facts.instances,
    "targetObjectsOf": Facts.objects,
    "targetSubjectsOf": Facts.subjects,
}


@dataclass(frozen=True, slots=True)
class Shapes:
    """Every rule, and the predicates that Facts must hold for them."""

    rules: tuple[Rule, ...]
    predicates: frozenset[NamedNode]

    def broken(self, facts: Facts) -> Iterator[tuple[Node, str]]:
        """Each node that breaks a shape, with the shape's message."""
        for rule in self.rules:
            for focus in rule.focuses(facts):
                for message in rule.shape.broken(facts, focus):
                    yield focus, message


def compiled(triples: Iterable[Triple | Quad]) -> Shapes:
    """The shapes among some triples; ShapeError for what this module does not know."""
    return _Compiler(triples).shapes()


# ---- constraints: what they ask of the values -------------------------------------------------


def _min_count(_compiler: "_Compiler", shape: Node, value: Node) -> Test:
    least = _number(shape, value)
    return lambda _facts, values: len(values) >= least


def _max_count(_compiler: "_Compiler", shape: Node, value: Node) -> Test:
    most = _number(shape, value)
    return lambda _facts, values: len(values) <= most


def _has_value(_compiler: "_Compiler", _shape: Node, value: Node) -> Test:
    return lambda _facts, values: value in values


def _class(_compiler: "_Compiler", _shape: Node, kind: Node) -> Test:
    return lambda facts, values: all(facts.is_a(value, kind) for value in values)


def _datatype(_compiler: "_Compiler", shape: Node, value: Node) -> Test:
    lexical = LEXICAL.get(value.value) if isinstance(value, NamedNode) else None
    if lexical is None:
        raise ShapeError(_name(shape), f"sh:datatype {value}", [f"<{known}>" for known in LEXICAL])
    return lambda _facts, values: all(
        isinstance(v, Literal) and v.datatype == value and lexical.fullmatch(v.value) is not None for v in values
    )


def _min_length(_compiler: "_Compiler", shape: Node, value: Node) -> Test:
    least = _number(shape, value)
    return lambda _facts, values: all(isinstance(v, NamedNode | Literal) and len(v.value) >= least for v in values)


def _language_in(compiler: "_Compiler", shape: Node, value: Node) -> Test:
    ranges = []
    for item in compiler.items(shape, value):
        if not isinstance(item, Literal):
            raise ShapeError(_name(shape), f"sh:languageIn with {item}", ["language tags as plain text"])
        ranges.append(item.value.lower())

    def within(node: Node) -> bool:
        tag = _language(node)
        return any(tag == known or tag.startswith(known + "-") for known in ranges)

    return lambda _facts, values: all(map(within, values))


def _unique_lang(_compiler: "_Compiler", shape: Node, value: Node) -> Test:
    if not isinstance(value, Literal) or value.value != "true":
        raise ShapeError(_name(shape), f"sh:uniqueLang {value}", ["true"])

    def unique(_facts: Facts, values: Values) -> bool:
        tags = [tag for tag in map(_language, values) if tag]
        return len(tags) == len(set(tags))

    return unique


def _or(compiler: "_Compiler", shape: Node, value: Node) -> Test:
    choices = [compiler.shape(item) for item in compiler.items(shape, value)]
    return lambda facts, values: all(any(choice.holds(facts, v) for choice in choices) for v in values)


def _xone(compiler: "_Compiler", shape: Node, value: Node) -> Test:
    choices = [compiler.shape(item) for item in compiler.items(shape, value)]
    return lambda facts, values: all(sum(choice.holds(facts, v) for choice in choices) == 1 for v in values)


def _qualified(compiler: "_Compiler", shape: Node, value: Node) -> Test:
    counts = compiler.of(shape, "qualifiedMinCount")
    if len(counts) != 1:
        raise ShapeError(_name(shape), "sh:qualifiedValueShape without a count", ["one sh:qualifiedMinCount"])
    least, wanted = _number(shape, counts[0]), compiler.shape(value)
    return lambda facts, values: sum(wanted.holds(facts, v) for v in values) >= least


def _number(shape: Node, value: Node) -> int:
    if isinstance(value, Literal) and re.fullmatch("[0-9]+", value.value):
        return int(value.value)
    raise ShapeError(_name(shape), f"{value} where a number is due", ["whole numbers from 0"])


def _language(node: Node) -> str:
    return (node.language or "").lower() if isinstance(node, Literal) else ""


def _name(shape: Node) -> str:
    return str(shape).strip("<>").rpartition("#")[2]


_ON_ANY: dict[str, Callable[["_Compiler", Node, Node], Test]] = {
    "class": _class,
    "datatype": _datatype,
    "hasValue": _has_value,
    "languageIn": _language_in,
    "minLength": _min_length,
    "or": _or,
    "xone": _xone,
}
_ON_PROPERTY = {
    **_ON_ANY,
    "maxCount": _max_count,
    "minCount": _min_count,
    "qualifiedValueShape": _qualified,
    "uniqueLang": _unique_lang,
}
_KINDS = {"NodeShape": _ON_ANY, "PropertyShape": _ON_PROPERTY}
_BESIDE = {  # what a kind of shape has besides constraints
    "NodeShape": frozenset({"message", "property", *_TARGETS}),
    "PropertyShape": frozenset({"message", "path", "qualifiedMinCount"}),
}
_SEVERAL = frozenset({"class", "hasValue", "or", "xone", "property", *_TARGETS})  # each value is a constraint


# ---- reading shapes -----------------------------------------------------------------------------


class _Compiler:
    def __init__(self, triples: Iterable[Triple | Quad]) -> None:
        self._facts: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._made: dict[Node, Shape] = {}
        self._open: list[Node] = []
        for triple in triples:
            self._facts[triple.subject][triple.predicate.value].append(triple.object)

    def shapes(self) -> Shapes:
        rules = [self._rule(node) for node, facts in self._facts.items() if _speaks_shacl(facts)]
        looked_at = {
            value
            for node in self._made
            for name in ("path", "targetObjectsOf", "targetSubjectsOf")
            for value in self.of(node, name)
        }
        return Shapes(
            tuple(rule for rule in rules if rule.targets),
            frozenset(value for value in looked_at if isinstance(value, NamedNode)),
        )

    def of(self, shape: Node, name: str) -> list[Node]:
        """What a shape has of a SHACL property."""
        return self._facts[shape].get(SHACL + name, [])

    def items(self, shape: Node, cell: Node) -> Iterator[Node]:
        """The items of an RDF list."""
        seen = set()
        while cell != NIL:
            first, rest = (self._facts.get(cell, {}).get(step.value, []) for step in (FIRST, REST))
            if len(first) != 1 or len(rest) != 1 or cell in seen:
                raise ShapeError(_name(shape), f"a list that breaks off or turns back at {_name(cell)}", ["RDF lists"])
            seen.add(cell)
            yield first[0]
            cell = rest[0]

    def shape(self, node: Node) -> Shape:
        """A shape, compiled once."""
        if node in self._open:
            raise ShapeError(_name(node), "a shape that refers to itself", ["shapes without a circle"])
        if node not in self._made:
            self._open.append(node)
            self._made[node] = self._compile(node)
            self._open.pop()
        return self._made[node]

    def _rule(self, node: Node) -> Rule:
        shape = self.shape(node)
        targets = [(how, of) for how in _TARGETS for of in self.of(node, how) if isinstance(of, NamedNode)]
        for reported in (shape, *shape.parts) if targets else ():
            if reported.tests and not reported.message:
                raise ShapeError(
                    reported.name, "no sh:message", ["one sh:message, `CODE-name: what must hold; the fix`"]
                )
        return Rule(shape, tuple(targets))

    def _compile(self, node: Node) -> Shape:
        kind = self._kind(node)
        tests = [make(self, node, value) for name, make in _KINDS[kind].items() for value in self.of(node, name)]
        path = self.of(node, "path")
        if kind == "PropertyShape" and not (len(path) == 1 and self._is_predicate(path[0])):
            raise ShapeError(_name(node), "a property shape without one plain sh:path", ["one predicate as sh:path"])
        return Shape(
            name=_name(node),
            message="".join(value.value for value in self.of(node, "message") if isinstance(value, Literal)),
            path=next((step for step in path if isinstance(step, NamedNode)), None),
            tests=tuple(tests),
            parts=tuple(self._part(node, value) for value in self.of(node, "property")),
        )

    def _part(self, node: Node, value: Node) -> Shape:
        part = self.shape(value)
        if part.path is None:
            raise ShapeError(_name(node), f"sh:property {_name(value)}, which has no path", ["property shapes"])
        return part

    def _is_predicate(self, step: Node) -> bool:
        return isinstance(step, NamedNode) and FIRST.value not in self._facts.get(step, {})

    def _kind(self, node: Node) -> str:
        """Which sort of shape a node is; ShapeError for anything that it says and nobody would check."""
        facts = self._facts.get(node, {})
        kinds = [kind for kind in _KINDS if facts.get(TYPE.value) == [NamedNode(SHACL + kind)]]
        if not kinds:
            raise ShapeError(_name(node), "shape of an unknown sort", [f"one rdf:type, sh:{' or sh:'.join(_KINDS)}"])
        known = _BESIDE[kinds[0]] | _KINDS[kinds[0]].keys()
        for predicate, values in facts.items():
            name = predicate.removeprefix(SHACL)
            if predicate != TYPE.value and (name == predicate or name not in known):
                shown = f"sh:{name}" if name != predicate else f"<{predicate}>"
                raise ShapeError(_name(node), f"{shown} on a {kinds[0]}", [f"sh:{n}" for n in sorted(known)])
            if len(values) > 1 and name not in _SEVERAL:
                raise ShapeError(_name(node), f"sh:{name} {len(values)} times", ["once"])
        return kinds[0]


def _speaks_shacl(facts: dict[str, list[Node]]) -> bool:
    kinds = [value.value for value in facts.get(TYPE.value, []) if isinstance(value, NamedNode)]
    return any(name.startswith(SHACL) for name in (*facts, *kinds))
