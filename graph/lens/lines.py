"""What a picture or a table draws, made from rows alone: no store is read until a line is opened.

Each line carries its status, whose word it is, the documents and its claims.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.evidence import EdgeEvidence, Named, Node
from graph.evidence.assemble import TOOK_PLACE, Assembler
from graph.evidence.values import spoken_by
from graph.facets import TRUTH, Row
from graph.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose word an edge is, and the polarity of what they say of it."""

    id: str
    label: str
    polarity: str


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """One edge in view: what is said, how it is drawn, by whom it is said and where."""

    proposition: str
    subject: str
    subject_label: str
    predicate: str
    reading: str
    object: str
    object_label: str
    status: str
    origins: int
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Line:
    """Everything drawn as one line: an ordered pair of nodes and one drawn status. Kept lines are told more than once."""

    id: str
    source: Node
    target: Node
    status: str
    edges: tuple[EdgeLine, ...]

    @cached_property
    def claims(self) -> tuple[str, ...]:
        return tuple(claim for edge in self.edges for claim in edge.claims)

    @cached_property
    def origins(self) -> int:
        return max(edge.origins for edge in self.edges)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        return tuple(sorted({document for edge in self.edges for document in edge.documents}))

    @cached_property
    def said(self) -> str:
        """Whose word it is, and on which side: "denied by X" is never shown as "said by X"."""
        return spoken_by((Named(v.id, v.label), v.polarity) for edge in self.edges for v in edge.voices)


def edges_of(rows: Iterable[Row], assembler: Assembler) -> list[EdgeLine]:
    """The edges of some rows, in order of first appearance."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        held[row.proposition].append(row)
    return [_edge(name, found, assembler) for name, found in held.items()]


def _edge(name: str, rows: Sequence[Row], assembler: Assembler) -> EdgeLine:
    first = rows[0]
    voices = dict.fromkeys(Voice(row.said, assembler.named(row.said).label, row.polarity) for row in rows)
    return EdgeLine(
        name,
        first.subject,
        assembler.named(first.subject).label,
        first.predicate,
        vocabulary().property(first.predicate).forward,
        first.object,
        first.value or assembler.named(first.object).label,
        first.drawn,
        first.origins,
        tuple(row.claim for row in rows),
        tuple(sorted({row.document for row in rows})),
        tuple(voices),
    )


def of_evidence(edge: EdgeEvidence) -> EdgeLine:
    """An edge that was read from the store, as the same row."""
    words = [(claim.chain[-1].speaker, claim.polarity.id) for claim in edge.claims]
    return EdgeLine(
        edge.proposition,
        edge.subject.id,
        edge.subject.label,
        edge.predicate.id,
        edge.reading,
        edge.object.id,
        edge.object.label,
        edge.drawn_status.id,
        edge.origins,
        tuple(claim.claim for claim in edge.claims),
        edge.documents,
        tuple(dict.fromkeys(Voice(speaker.id, speaker.label, polarity) for speaker, polarity in words)),
    )


def lines_of(rows: Iterable[Row], line: Callable[[tuple[Row, ...]], Line], limit: int) -> tuple[list[Line], int]:
    """One line for each ordered pair of nodes and drawn status: the first of those with most claims, of how many."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.bundle].append(row)
    ranked = sorted(grouped, key=lambda name: (-len(grouped[name]), name))
    return [line(tuple(grouped[name])) for name in ranked[:limit]], len(ranked)


def line_of(rows: Sequence[Row], assembler: Assembler) -> Line:
    """The line of some rows of one bundle: equal rows make equal lines."""
    edges = tuple(edges_of(rows, assembler))
    first = rows[0]
    target = TOOK_PLACE if first.object == TRUTH else edges[0].object_label
    source = Named(first.subject, edges[0].subject_label)
    return Line(first.bundle, assembler.node(source), assembler.node(Named(first.target, target)), first.drawn, edges)
