"""What a picture or a table draws, made from rows alone: no store is read until a line is opened.

Each line carries its status, whose word it is, the documents and its claims.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.evidence import Node
from graph.facets import TRUTH, Row
from graph.model import Entity
from graph.origins import Register
from graph.vocabulary import vocabulary

TOOK_PLACE = "it took place"


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose word an edge is, and whether they deny it."""

    id: str
    label: str
    denies: bool


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


@dataclass(frozen=True, slots=True)
class Line:
    """Everything drawn as one line: an ordered pair of nodes and one drawn status."""

    id: str
    source: Node
    target: Node
    status: str
    edges: tuple[EdgeLine, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(claim for edge in self.edges for claim in edge.claims)

    @property
    def origins(self) -> int:
        return max(edge.origins for edge in self.edges)

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(sorted({document for edge in self.edges for document in edge.documents}))

    @property
    def said(self) -> str:
        """Whose word it is, and on which side: "denied by X" is never shown as "said by X"."""
        return spoken_by(voice for edge in self.edges for voice in edge.voices)


def spoken_by(voices: Iterable[Voice]) -> str:
    """Those who affirm, then those who deny, three of each by name."""
    sides: dict[bool, dict[str, str]] = {False: {}, True: {}}
    for voice in voices:
        sides[voice.denies].setdefault(voice.id, voice.label)
    words = {False: "affirmed" if sides[True] else "said", True: "denied"}
    return "; ".join(
        f"{words[side]} by {', '.join(list(names.values())[:3])}{' and others' if len(names) > 3 else ''}"
        for side, names in sides.items()
        if names
    )


def edges_of(rows: Iterable[Row], register: Register) -> list[EdgeLine]:
    """The edges of some rows, in order of first appearance."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        held[row.proposition].append(row)
    return [_edge(name, found, register) for name, found in held.items()]


def _edge(name: str, rows: Sequence[Row], register: Register) -> EdgeLine:
    first = rows[0]
    voices = dict.fromkeys(Voice(row.said, entity_label(row.said, register), row.denies) for row in rows)
    return EdgeLine(
        name,
        first.subject,
        entity_label(first.subject, register),
        first.predicate,
        vocabulary().property(first.predicate).forward,
        first.object,
        first.value or entity_label(first.object, register),
        first.drawn,
        first.origins,
        tuple(row.claim for row in rows),
        tuple(sorted({row.document for row in rows})),
        tuple(voices),
    )


def entity_label(name: str, register: Register) -> str:
    """The English label of an entity, else its id."""
    entity = register.entities.get(name)
    return entity.name if entity else name


def lines_of(rows: Iterable[Row], register: Register) -> list[Line]:
    """One line for each ordered pair of nodes and drawn status, those with most claims first."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.bundle].append(row)
    ranked = sorted(grouped, key=lambda name: (-len(grouped[name]), name))
    return [_line(name, grouped[name], register) for name in ranked]


def _line(name: str, rows: Sequence[Row], register: Register) -> Line:
    edges = tuple(edges_of(rows, register))
    first = rows[0]
    target = TOOK_PLACE if first.object == TRUTH else edges[0].object_label
    ends = (node(first.subject, "", register), node(first.target, target, register))
    return Line(name, *ends, first.drawn, edges)


def node(name: str, label: str, register: Register, claims: int = 0) -> Node:
    """A node of a picture: an entity, or a value under the label given."""
    entity: Entity | None = register.entities.get(name)
    if entity is not None:
        return Node(entity.id, entity.kind, entity.name, entity.label, claims)
    return Node(name, name.partition("-")[0].capitalize(), label, (("en", label),), claims)
