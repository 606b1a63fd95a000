"""Why an answer is empty although nobody is silent: relations that the query joins and that never meet on record.

`?claim say:content ?graph ; say:speaker ?who` is sound SPARQL and finds nothing, since a claim has hops and the hops have
speakers. An empty answer is read as silence, so the joins of an empty answer are looked at one by one. They are read
from the query's algebra (W3C, SPARQL 1.1 Query Language, section 18.2); of a path, from its steps.
"""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, count
from typing import Any

from graph.errors import TestimonyError
from graph.queries.guard import MAX_BYTES
from graph.rdf import maybe_iri
from graph.rdf.trig import prefixes
from graph.store import Answer, Queryable
from graph.vocabulary import ID, RDF, vocabulary

MOST_BYTES = MAX_BYTES // 8  # of a query whose joins are looked at
MOST_JOINS, MOST_TOLD = 16, 2  # looked at in one query, and told of it
_SEEN = 200  # nodes that are looked at for what leads from one relation to the other
_TYPE = RDF + "type"
_CARE = "look there before an empty answer is read as silence"
# parts of the algebra whose pattern must match for the whole to match
_THROUGH = frozenset(
    {"Filter", "Extend", "Group", "AggregateJoin", "Project", "OrderBy", "Distinct", "Reduced", "Slice"}
    | {"SelectQuery", "AskQuery", "ConstructQuery", "DescribeQuery"}
)

Rows = list[list[str]]
Questions = Generator[str, Rows, tuple[str, ...]]


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


def unmet(joins: tuple[Joined, ...]) -> Questions:
    """Ask about each join, one SPARQL text after the other, and say which never hold, a sentence each."""
    told: dict[str, None] = {}
    for join in joins[:MOST_JOINS]:
        if len(told) < MOST_TOLD and not (yield _first(join.one.pattern, join.other.pattern)):
            told[(yield from _why(join))] = None
    return tuple(sentence for sentence in told if sentence)


def _why(join: Joined) -> Generator[str, Rows, str]:
    """What is missing where a join does not hold, and what would hold; nothing where that is told elsewhere."""
    for trait in (join.one, join.other):
        if not (yield _first(trait.pattern)):
            return f"nothing on record {trait.lacking}: {_CARE}" if trait.lacking else ""
    if ways := (yield _between(join.one, join.other)):
        return _apart(join, f" (from the former to the latter: {_listed(ways)})")
    if join.one.begins and (ways := (yield _between(join.other, join.one))):
        return _apart(join, f" (from the latter to the former: {_listed(ways)})")
    has = yield _had(join.one)
    return _apart(join, f" (the former has {_listed(has)})" if has else "")


def answered(questions: Questions, rows: Callable[[str], Rows | None]) -> tuple[str, ...]:
    """What `unmet` says when a function answers its questions; nothing, once that cannot tell."""
    found: Rows | None
    try:
        text = next(questions)
        while (found := rows(text)) is not None:
            text = questions.send(found)
    except StopIteration as told:
        sentences: tuple[str, ...] = told.value
        return sentences
    return ()


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
        f"SELECT DISTINCT ?way {{ {{ SELECT DISTINCT ?x {{ {here.pattern} }} LIMIT {_SEEN} }} "
        f"?x ?way ?y . {there.pattern.replace('?x', '?y')} }} ORDER BY ?way LIMIT 3"
    )


def _had(trait: Trait) -> str:
    """What nodes of a trait have."""
    return (
        f"SELECT DISTINCT ?way {{ {{ SELECT DISTINCT ?x {{ {trait.pattern} }} LIMIT {_SEEN} }} "
        f"?x ?way ?y FILTER(?way != <{_TYPE}>) }} ORDER BY ?way LIMIT 12"
    )


def _apart(join: Joined, help_: str) -> str:
    return f"nothing on record both {join.one.words} and {join.other.words}{help_}: {_CARE}"


def _listed(found: Rows) -> str:
    return ", ".join(_name(iri) for (iri,) in found)


# ---- what a query joins ----------------------------------------------------------------------------


@lru_cache(maxsize=64)
def joins(sparql: str) -> tuple[Joined, ...]:
    """Each two traits that a query wants of one node of the default graph; none where it cannot be told."""
    if len(sparql) > MOST_BYTES:
        return ()
    # rdflib takes a quarter of a second to load, which only an empty answer is worth
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(sparql)).algebra
    except Exception:  # it raises this very class for some mistakes, and only a warning is lost
        return ()
    held: dict[Any, dict[Trait, None]] = defaultdict(dict)
    fresh = count()
    for subject, predicate, value in _required(algebra):
        for start, step, end in _steps(subject, predicate, value, fresh):
            _note(held, start, step, end)
    return tuple(_pairs(held))


def _required(part: Any) -> Iterator[tuple[Any, Any, Any]]:
    """The triples of the default graph without which the query finds nothing."""
    if part.name == "BGP":
        yield from part.triples
    elif part.name == "Join":
        yield from _required(part.p1)
        yield from _required(part.p2)
    elif part.name in ("LeftJoin", "Minus"):
        yield from _required(part.p1)
    elif part.name in _THROUGH and part.p is not None:
        yield from _required(part.p)


def _steps(subject: Any, predicate: Any, value: Any, fresh: Iterator[int]) -> Iterator[tuple[Any, str, Any]]:
    """A triple, or the triples of a path that is a sequence; of any other path, none."""
    from rdflib import URIRef
    from rdflib.paths import InvPath, SequencePath

    if isinstance(predicate, URIRef):
        yield subject, str(predicate), value
    elif isinstance(predicate, InvPath):
        yield from _steps(value, predicate.arg, subject, fresh)
    elif isinstance(predicate, SequencePath):
        nodes = [subject, *(f"step {next(fresh)}" for _ in predicate.args[1:]), value]
        for start, step, end in zip(nodes, predicate.args, nodes[1:], strict=False):
            yield from _steps(start, step, end, fresh)


def _note(held: dict[Any, dict[Trait, None]], start: Any, step: str, end: Any) -> None:
    from rdflib import Literal, URIRef

    relation = maybe_iri(step)
    if relation is None or relation in vocabulary().content:  # of content a warning of its own is given
        return
    if step == _TYPE:
        kind = maybe_iri(str(end)) if isinstance(end, URIRef) else None
        if kind is not None:
            held[start][Trait(f"?x a {kind}", *[f"is a {_name(kind.value)}"] * 2)] = None
        return
    has = f"has {_name(step)}"
    held[start][Trait(f"?x {relation} ?o{len(held[start])}", has, has)] = None
    if not isinstance(end, Literal):
        held[end][Trait(f"?s{len(held[end])} {relation} ?x", f"is what {_name(step)} leads to", has)] = None


def _pairs(held: dict[Any, dict[Trait, None]]) -> Iterator[Joined]:
    from rdflib import URIRef

    for node, traits in held.items():
        if isinstance(node, URIRef):  # what is said of one thing may be silence; what its like never has is none
            thing = maybe_iri(str(node))
            if thing is not None and thing.value.startswith((vocabulary().namespace, ID)):
                kind = Trait(f"{thing} a ?kind . ?x a ?kind", f"is of the kind of {_name(thing.value)}")
                yield from (Joined(kind, trait) for trait in traits)
        elif len(traits) > 1:
            yield from (Joined(one, other) for one, other in combinations(traits, 2))
        else:
            yield from (Joined(trait, trait) for trait in traits if trait.begins)


def _name(iri: str) -> str:
    """An IRI as it may be told in a line."""
    short = ((name, iri.removeprefix(base)) for name, base in prefixes().items() if iri.startswith(base))
    return next((f"{name}:{local}" for name, local in short if local.replace("-", "").replace(".", "").isalnum()), iri)
