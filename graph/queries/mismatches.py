"""Why an answer is empty although nobody is silent: a value of another kind than what is there, and GRAPH misused.

`?claim say:reportedStatus "denied"` is sound SPARQL and finds nothing, since statuses are nodes; so does a day written
without its type, a name in GRAPH, and an event where the relation has actors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.queries.looking import CARE, SEEN, Asking, Rows, called, listed
from graph.queries.required import Required, Step, iri_of
from graph.vocabulary import ID, RDF, RDFS, SKOS, XSD, vocabulary

MOST_TEXT = 100  # code points of a value that is told
_NAMING = frozenset({RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel"})  # told without looking: pitfalls.py
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_DAYS = ("date", "dateTime", "gYear", "gYearMonth")
_NUMBERS = ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger")
_TEXTS = frozenset({XSD + "string", RDF + "langString"})
_KINDS = {
    **{XSD + day: "dates" for day in _DAYS},
    **{XSD + number: "numbers" for number in _NUMBERS},
    XSD + "string": "texts",
    "name": "texts with a language",
    "node": "nodes",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A relation, and the value that what it leads to must equal, exceed or fall below."""

    relation: NamedNode
    value: Literal
    inside: bool  # whether it stands in GRAPH

    def told(self) -> Asking:
        """Say that nothing there is of the kind of the value, and how the value is found."""
        kinds = {_KINDS.get(kind, kind) for (kind,) in (yield self._kinds())}
        mine = _KINDS.get("name" if self.value.language else self.value.datatype.value, "")
        if not mine or not kinds or mine in kinds:
            return ""
        said = f"{called(self.relation.value)} leads to {' or '.join(sorted(kinds))}, and {self._written()} is none"
        if "nodes" in kinds:
            return f"{said} ({(yield from self._beyond())}): {CARE}"
        return f"{said}{self._mended(kinds)}: {CARE}"

    def _written(self) -> str:
        return self.value.value if _KINDS.get(self.value.datatype.value) == "numbers" else str(self.value)

    def _mended(self, kinds: set[str]) -> str:
        if kinds == {"dates"} and _DAY.match(self.value.value):
            return f" (write {Literal(self.value.value)}^^xsd:date)"
        if kinds == {"texts with a language"}:
            return f" (write {Literal(self.value.value)}@en, or compare its STR)"
        return ""

    def _beyond(self) -> Asking:
        """What the nodes have that equals the value, or else what values of its kind, or of any, they have."""
        if self.value.datatype.value in _TEXTS:
            same = f"FILTER(STR(?v) = {Literal(self.value.value)})"
            if ways := (yield self._values("?way (LANG(?v) AS ?tag)", same)):
                way, tag = ways[0]
                value = Literal(self.value.value, language=tag) if tag else self.value
                return f"write {called(self.relation.value)}/{called(way)} {value}"
        number = _KINDS.get(self.value.datatype.value) == "numbers"
        for kind in ("isNumeric(?v)" if number else f"DATATYPE(?v) = {self.value.datatype}", "isLiteral(?v)"):
            if has := (yield self._values("?way", f"FILTER({kind})")):
                return f"they have {listed(has)}"
        return "write the IRI of a node"

    def _sample(self) -> str:
        step = f"?x {self.relation} ?o"
        return f"{{ SELECT DISTINCT ?o {{ {f'GRAPH ?g {{ {step} }}' if self.inside else step} }} LIMIT {SEEN} }}"

    def _kinds(self) -> str:
        kind = 'IF(isIRI(?o), "node", IF(LANG(?o) != "", "name", STR(DATATYPE(?o))))'
        return f"SELECT DISTINCT ?kind {{ {self._sample()} BIND({kind} AS ?kind) }} ORDER BY ?kind"

    def _values(self, columns: str, condition: str) -> str:
        return f"SELECT DISTINCT {columns} {{ {self._sample()} ?o ?way ?v {condition} }} ORDER BY ?way LIMIT 6"


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Relations that GRAPH ?g { … } can never bring together, and the sentence for it; nothing need be asked."""

    sentence: str

    def told(self) -> Asking:
        """Say it."""
        yield from ()
        return self.sentence


@dataclass(frozen=True, slots=True)
class Ended:
    """A relation of content, and a thing of ours at one of its ends."""

    relation: NamedNode
    thing: NamedNode
    subject: bool  # whether the thing is the one of whom it is said

    def told(self) -> Asking:
        """Say that it can be no end of this relation, and what is said between the thing and the others instead."""
        mine, others = self._ends()
        kinds = {kind.removeprefix(vocabulary().namespace) for (kind,) in (yield self._kinds())}
        if not mine or not kinds or kinds.intersection(mine):
            return ""
        begins = _with("range", others, (yield _said(f"{self.thing} ?way ?y")))
        leads = _with("domain", others, (yield _said(f"?y ?way {self.thing}")))
        thing = called(self.thing.value)
        ways = [f"{words} {thing}: {listed(found)}" for words, found in (("from", begins), ("to", leads)) if found]
        place = "begins at" if self.subject else "leads to"
        said = f"{called(self.relation.value)} {place} {', '.join(mine)}, and {thing} is none"
        return f"{said} ({'; '.join(ways)}): {CARE}" if ways else f"{said}: {CARE}"

    def _ends(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The classes that may stand where the thing stands, and those of the other end."""
        found = vocabulary().property(self.relation.value.removeprefix(vocabulary().namespace))
        return (found.domain, found.range) if self.subject else (found.range, found.domain)

    def _kinds(self) -> str:
        return f"SELECT DISTINCT ?kind {{ {self.thing} <{RDF}type>/<{RDFS}subClassOf>* ?kind }}"


def _said(pattern: str) -> str:
    """What is said from or to a thing, the most claimed first."""
    return (
        f"SELECT ?way (COUNT(?claim) AS ?n) {{ GRAPH ?g {{ {pattern} }} ?claim <{vocabulary().namespace}content> ?g }} "
        "GROUP BY ?way ORDER BY DESC(?n) ?way"
    )


def _with(end: str, wanted: tuple[str, ...], ways: Rows) -> Rows:
    """The first ways that may have one of the wanted classes at an end: of the vocabulary, since looking takes long."""
    known = {found.iri.value: set(getattr(found, end)) for found in vocabulary().properties.values()}
    return [[way] for way, _ in ways if known.get(way, set()).intersection(wanted)][:4]


# ---- what a query compares and where ----------------------------------------------------------------


def mismatches(needed: Required) -> Iterator[Compared | Misplaced | Ended]:
    """What may be the matter with what a query needs, the likeliest and cheapest first."""
    for steps in needed.graphs:
        yield from _misplaced(steps)
    for inside, steps in ((False, needed.steps), *((True, held) for held in needed.graphs)):
        yield from _compared(steps, needed.compared, inside)
    for steps in needed.graphs:
        yield from _ended(steps)


def _misplaced(steps: list[Step]) -> Iterator[Misplaced]:
    content = vocabulary().content
    known = [node for _, relation, _ in steps if (node := iri_of(relation)) is not None]
    for node in dict.fromkeys(known):
        if node not in content:
            name = called(node.value)
            yield Misplaced(
                f"{name} inside GRAPH finds nothing, since only what is said stands there: write it outside"
            )
    said = [called(node.value) for node in dict.fromkeys(known) if node in content]
    if len(said) > 1:
        both = " and ".join(said[:2])
        yield Misplaced(f"{both} in one GRAPH find nothing, since each graph holds one triple: write a GRAPH for each")


def _compared(steps: list[Step], compared: list[tuple[Any, Any]], inside: bool) -> Iterator[Compared]:
    from rdflib import Literal as Value

    for _, relation, end in steps:
        node = iri_of(relation)
        if node is None or (node in vocabulary().content) != inside:  # of what is out of place, that is told
            continue
        values = [end] if isinstance(end, Value) and node.value not in _NAMING else []
        values += [value for variable, value in compared if variable == end]
        if values:  # of a span, one end is enough
            yield Compared(node, _value(values[0]), inside)


def _ended(steps: list[Step]) -> Iterator[Ended]:
    for subject, relation, value in steps:
        node = iri_of(relation)
        if node is not None and node in vocabulary().content:
            for end, is_subject in ((subject, True), (value, False)):
                thing = iri_of(end)
                if thing is not None and thing.value.startswith(ID):
                    yield Ended(node, thing, is_subject)


def _value(value: Any) -> Literal:
    text = str(value)[:MOST_TEXT]
    if value.language:
        return Literal(text, language=value.language)
    return Literal(text, datatype=NamedNode(str(value.datatype))) if value.datatype else Literal(text)
