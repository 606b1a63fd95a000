"""Why an answer is empty although nobody is silent: relations that the query joins and that never meet on record.

`?claim say:content ?graph ; say:speaker ?who` is sound SPARQL and finds nothing, since a claim has hops and the hops have
speakers. An empty answer is read as silence, so the joins of an empty answer are looked at one by one. They are read
from the query's algebra (W3C, SPARQL 1.1 Query Language, section 18.2); of a path, from its steps.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from graph.errors import TestimonyError
from graph.queries.guard import MAX_BYTES
from graph.queries.looking import CARE, SEEN, Asking, Questions, Rows, answered, called, listed
from graph.queries.mismatches import Compared, Ended, Misplaced, mismatches
from graph.queries.required import iri_of, required
from graph.store import Answer, Queryable
from graph.vocabulary import ID, RDF, vocabulary

MOST_BYTES = MAX_BYTES // 8  # of a query whose joins are looked at
MOST_JOINS, MOST_TOLD = 16, 2  # looked at in one query, and told of it
_TYPE = RDF + "type"


@dataclass(frozen=True, slots=True)
class Trait:
    """What a query wants of a node: the pattern, with the node as ?x, and the words for it."""

    pattern: str
    words: str
    lacking: str = ""  # the words where nothing on record is so; none where that is told elsewhere

    @property
    def begins(self) -> bool:
        """Whether it is that something begins at the node, not that something leads there."""
        return self.pattern.startswith("?x")


@dataclass(frozen=True, slots=True)
class Joined:
    """Two traits that a query wants of one node."""

    one: Trait
    other: Trait

    def told(self) -> Asking:
        """What is missing where no node has both, and what would hold; nothing where that is told elsewhere."""
        if (yield _first(self.one.pattern, self.other.pattern)):
            return ""
        for trait in (self.one, self.other):
            if not (yield _first(trait.pattern)):
                return f"nothing on record {trait.lacking}: {CARE}" if trait.lacking else ""
        if ways := (yield _between(self.one, self.other)):
            return self._apart(f" (from the former to the latter: {listed(ways)})")
        if self.one.begins and (ways := (yield _between(self.other, self.one))):
            return self._apart(f" (from the latter to the former: {listed(ways)})")
        has = yield _had(self.one)
        return self._apart(f" (the former has {listed(has)})" if has else "")

    def _apart(self, help_: str) -> str:
        return f"nothing on record both {self.one.words} and {self.other.words}{help_}: {CARE}"


Doubt = Joined | Compared | Misplaced | Ended


def unmet(doubts: tuple[Doubt, ...]) -> Questions:
    """Ask about each doubt, one SPARQL text after the other, and say which are true, a sentence each."""
    told: dict[str, None] = {}
    for doubt in doubts[:MOST_JOINS]:
        if len(told) < MOST_TOLD and (sentence := (yield from doubt.told())):
            told[sentence] = None
    return tuple(told)


def never_met(store: Queryable, sparql: str, answer: Answer) -> tuple[str, ...]:
    """What `unmet` says of an answer of a store, if it is empty."""

    def rows(question: str) -> Rows | None:
        try:
            found = store.rows(question).rows
        except TestimonyError:  # an endpoint that fails here has answered already
            return None
        return [[term.value for term in row if term is not None] for row in found]

    return answered(unmet(joins(sparql)), rows) if answer.empty else ()


def _first(*patterns: str) -> str:
    return f"SELECT ?x {{ {' . '.join(dict.fromkeys(patterns))} }} LIMIT 1"


def _between(here: Trait, there: Trait) -> str:
    """What leads from nodes of the one trait to nodes of the other."""
    return (
        f"SELECT DISTINCT ?way {{ {{ SELECT DISTINCT ?x {{ {here.pattern} }} LIMIT {SEEN} }} "
        f"?x ?way ?y . {there.pattern.replace('?x', '?y')} }} ORDER BY ?way LIMIT 3"
    )


def _had(trait: Trait) -> str:
    """What nodes of a trait have."""
    return (
        f"SELECT DISTINCT ?way {{ {{ SELECT DISTINCT ?x {{ {trait.pattern} }} LIMIT {SEEN} }} "
        f"?x ?way ?y FILTER(?way != <{_TYPE}>) }} ORDER BY ?way LIMIT 12"
    )


# ---- what a query joins ----------------------------------------------------------------------------


@lru_cache(maxsize=64)
def joins(sparql: str) -> tuple[Doubt, ...]:
    """Why a query may find nothing: each two traits that it wants of one node of the default graph, and what else."""
    if len(sparql) > MOST_BYTES:
        return ()
    needed = required(sparql)
    held: dict[Any, dict[Trait, None]] = defaultdict(dict)
    for subject, predicate, value in needed.steps:
        _note(held, subject, predicate, value)
    return (*mismatches(needed), *_pairs(held))


def _note(held: dict[Any, dict[Trait, None]], start: Any, step: Any, end: Any) -> None:
    from rdflib import Literal

    relation = iri_of(step)
    if relation is None or relation in vocabulary().content:  # of content a warning of its own is given
        return
    if relation.value == _TYPE:
        kind = iri_of(end)
        if kind is not None:
            held[start][Trait(f"?x a {kind}", *[f"is a {called(kind.value)}"] * 2)] = None
        return
    name = called(relation.value)
    held[start][Trait(f"?x {relation} ?o{len(held[start])}", f"has {name}", f"has {name}")] = None
    if not isinstance(end, Literal):
        held[end][Trait(f"?s{len(held[end])} {relation} ?x", f"is what {name} leads to", f"has {name}")] = None


def _pairs(held: dict[Any, dict[Trait, None]]) -> Iterator[Joined]:
    from rdflib import URIRef

    for node, traits in held.items():
        if isinstance(node, URIRef):  # what is said of one thing may be silence; what its like never has is none
            thing = iri_of(node)
            if thing is not None and thing.value.startswith((vocabulary().namespace, ID)):
                kind = Trait(f"{thing} a ?kind . ?x a ?kind", f"is of the kind of {called(thing.value)}")
                yield from (Joined(kind, trait) for trait in traits)
        elif len(traits) > 1:
            yield from (Joined(one, other) for one, other in combinations(traits, 2))
        else:
            yield from (Joined(trait, trait) for trait in traits if trait.begins)
