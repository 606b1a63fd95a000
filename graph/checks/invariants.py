"""Whole-graph invariants: one query file each, whose rows are the violations.

A header names the rule: `# id`, `# says` (what must hold) and `# fix`. Queries run in the embedded
engine over the whole graph, which pySHACL's SPARQL constraints do a thousand times slower.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from graph.errors import Problem
from graph.rdf import short, triple_id, typed
from graph.rdf.terms import TYPE
from graph.vocabulary import ID, say, vocabulary

FOLDER = Path(__file__).parent / "invariants"
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule of the whole graph and the query that finds what breaks it."""

    id: str
    says: str
    fix: str
    sparql: str


@cache
def invariants() -> tuple[Invariant, ...]:
    """Every invariant, by id."""
    found = []
    for path in sorted(FOLDER.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        head = dict(line.removeprefix("# ").split(": ", 1) for line in text.splitlines() if line.startswith("# "))
        found.append(Invariant(path.stem, head["says"], head["fix"], text))
    return tuple(found)


def violations(quads: Iterable[Quad], file: str) -> list[Problem]:
    """Every violation among `quads`, at most twenty per rule.

    What a query needs to know of ontology.ttl (which properties are content, which kinds of evidence
    are custodial) is added to the checked graph, so that no query repeats it.
    """
    held = list(quads)
    store = Store()
    store.bulk_extend([*held, *_vocabulary_facts()])
    problems = [*_hashes(held, file), *_nodes(held, file)]
    for rule in invariants():
        problems += islice(_broken(rule, store, file), SHOWN)
    return sorted(set(problems))


def _broken(rule: Invariant, store: Store, file: str) -> Iterator[Problem]:
    rows = store.query(rule.sparql)
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        what, *more = [row[variable] for variable in rows.variables]
        name = (short(what) or what.value) if isinstance(what, NamedNode) else str(what)
        detail = "".join(f" ({term.value})" for term in more if isinstance(term, NamedNode | Literal))
        yield Problem(file, 0, rule.id, f"{name}{detail} breaks the invariant", rule.says, rule.fix)


def _vocabulary_facts() -> Iterator[Quad]:
    for relation in vocabulary().properties.values():
        yield Quad(relation.iri, TYPE, say.ContentProperty, DefaultGraph())
    for kind in vocabulary().concepts("EvidenceKind").values():
        for predicate, name in ((say.custodial, "custodial"), (say.addsOrigin, "addsOrigin")):
            yield Quad(kind.iri, predicate, typed(kind.facts.get(name, "false"), "boolean"), DefaultGraph())


def _hashes(quads: list[Quad], file: str) -> Iterator[Problem]:
    """A proposition's IRI is the hash of its triple."""
    for quad in quads:
        graph = quad.graph_name
        if not isinstance(graph, NamedNode):
            continue
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
            continue
        if graph.value != f"{ID}proposition/{triple_id(quad.subject, quad.predicate, quad.object)}":
            yield Problem(
                file,
                0,
                "I05-proposition-hash",
                f"{graph.value} does not hash its triple",
                "the first 128 bits of SHA-256 over the triple in N-Triples",
                "rebuild with `testimony build`; never name a proposition by hand",
            )


_NAMED = (NamedNode, Literal, DefaultGraph)  # a tuple: `NamedNode | Literal` would be made anew for every node


def _nodes(quads: list[Quad], file: str) -> Iterator[Problem]:
    """Nothing is a blank node, in any position."""
    for quad in quads:
        for part in (quad.subject, quad.object, quad.graph_name):
            if not isinstance(part, _NAMED):
                yield Problem(
                    file,
                    0,
                    "I07-blank-node",
                    f"a blank node near {quad.predicate.value}",
                    "IRIs for everything",
                    "name the node: blank nodes cannot be cited or compared",
                )
