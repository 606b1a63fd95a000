"""When things are said to have happened, and when it was published: lanes of claimed dates, and documents.

A mark is one dated edge with everybody who claims it; no date is worked out or averaged here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.corpus.dates import after
from graph.evidence import Archive, DocumentEvidence, EdgeEvidence, Named
from graph.facets import Row
from graph.lens.lens import Span
from graph.lens.view import View

LANES, PAPERS = 30, 60
DATE, INTERVAL = "date-", "interval-"
_ENDS = {"startedOn": (True, False), "endedOn": (False, True)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A date or span that somebody gives an event: the edge with its claims in view. "" is an open end."""

    edge: EdgeEvidence
    span: Span
    opens: bool  # whether it only says when the event began
    ends: bool  # whether it only says when the event ended


@dataclass(frozen=True, slots=True)
class Lane:
    """An event with what is said of its time, the earliest first.

    `claims` are all its claims in view, dated or not; `differ` tells that two affirmed dates of one
    relation cannot both hold.
    """

    event: Named
    claims: int
    marks: tuple[Mark, ...]
    differ: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its claims in view; its dates are not before and not after."""

    document: DocumentEvidence
    claims: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes and documents, cut openly; of all claims in view, how many date something and how many nobody dates."""

    lanes: tuple[Lane, ...]
    lane_total: int
    papers: tuple[Paper, ...]
    paper_total: int
    dating: int
    undated: int


def timeline(archive: Archive, view: View, limit: int = LANES) -> Timeline:
    """What is in view, by time: the events with most claims first."""
    dated = [row for row in view.rows if dates(row)]
    about: Counter[str] = Counter(end for row in view.rows for end in {row.subject, row.object})
    by_event: dict[str, list[Row]] = defaultdict(list)
    for row in dated:
        by_event[row.subject].append(row)
    ranked = sorted(by_event, key=lambda name: (-about[name], name))
    marks: dict[str, list[Mark]] = defaultdict(list)
    for edge in view.edges(row for name in ranked[:limit] for row in by_event[name]):
        marks[edge.subject.id].append(_mark(edge))
    lanes = tuple(_lane(archive, name, about[name], marks[name]) for name in ranked[:limit])
    held = Counter(row.document for row in view.rows)
    papers = sorted((archive.document(name) for name in held), key=lambda d: (d.published_from, d.published_to, d.id))
    return Timeline(
        lanes,
        len(ranked),
        tuple(Paper(document, held[document.id]) for document in papers[:PAPERS]),
        len(papers),
        len(dated),
        sum(row.happened is None for row in view.rows),
    )


def dates(row: Row) -> bool:
    """Whether a claim gives its subject a date or a span."""
    return row.object.startswith((DATE, INTERVAL))


def _mark(edge: EdgeEvidence) -> Mark:
    name = edge.object.id
    start, _, end = (name.removeprefix(DATE), "", "") if name.startswith(DATE) else edge.object.label.partition(" to ")
    return Mark(edge, (start, end or start), *_ENDS.get(edge.predicate.id, (False, False)))


def _lane(archive: Archive, name: str, claims: int, marks: Iterable[Mark]) -> Lane:
    ordered = tuple(sorted(marks, key=lambda mark: (mark.span, mark.edge.proposition)))
    entity = archive.entity(name)
    return Lane(Named(entity.id, entity.name), claims, ordered, _differ(ordered))


def _differ(marks: Sequence[Mark]) -> bool:
    affirmed = [mark for mark in marks if any(claim.polarity.id == "affirms" for claim in mark.edge.claims)]
    return any(
        one.edge.predicate == other.edge.predicate and apart(one.span, other.span)
        for one, other in combinations(affirmed, 2)
    )


def apart(one: Span, other: Span) -> bool:
    """Whether two spans certainly have no day in common."""
    return after(one[0], other[1]) or after(other[0], one[1])
