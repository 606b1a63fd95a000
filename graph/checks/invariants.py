"""Whole-graph invariants: one query file each, whose rows are the violations.

A header names the rule: `# id`, `# says` (what must hold) and `# fix`. Queries run in the embedded
engine over the whole graph, which pySHACL's SPARQL constraints do a thousand times slower.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.errors import Problem
from graph.rdf import short, triple_id
from graph.store import Store
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

    The content properties a query needs come as a VALUES-free join: they are added to the checked
    graph as types, from ontology.ttl.
    """
    held = list(quads)
    store = Store.of([*held, *_content_types()])
    problems = [*_hashes(held, file), *_nodes(held, file)]
    for rule in invariants():
        for row in store.rows(rule.sparql, where=rule.id).rows[:SHOWN]:
            what = row[0]
            name = (short(what) or what.value) if isinstance(what, NamedNode) else str(what)
            detail = f" ({row[1].value})" if len(row) > 1 and row[1] is not None else ""
            problems.append(Problem(file, 0, rule.id, f"{name}{detail} breaks the invariant", rule.says, rule.fix))
    return sorted(set(problems))


def _content_types() -> Iterator[Quad]:
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for relation in vocabulary().properties.values():
        yield Quad(relation.iri, kind, say.ContentProperty, DefaultGraph())


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


def _nodes(quads: list[Quad], file: str) -> Iterator[Problem]:
    """Nothing is a blank node, in any position."""
    for quad in quads:
        for part in (quad.subject, quad.object, quad.graph_name):
            if not isinstance(part, NamedNode | Literal | DefaultGraph):
                yield Problem(
                    file,
                    0,
                    "I07-blank-node",
                    f"a blank node near {quad.predicate.value}",
                    "IRIs for everything",
                    "name the node: blank nodes cannot be cited or compared",
                )
