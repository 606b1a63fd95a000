"""Whose word, and how it is drawn: claims in view counted by one facet and by drawn status."""

from collections import Counter
from dataclasses import dataclass

from graph.errors import LensError
from graph.lens.filtering import values
from graph.lens.view import View
from graph.vocabulary import vocabulary

BY = ("said", "publisher", "origin", "document", "kind")
ROWS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One value of the facet: its claims by status, in the order of the columns, and in all."""

    id: str
    cells: tuple[int, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts, the values with most claims first, cut openly.

    `totals` count every claim in view once, whatever is cut. Where `several`, a claim stands in more
    than one line (a claim may rest on two kinds of evidence), so the lines add up to more.
    """

    by: str
    statuses: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int
    totals: tuple[int, ...]
    claims: int
    several: bool


def matrix(view: View, by: str, limit: int = ROWS) -> Matrix:
    """Claims in view by a facet and by drawn status; LensError when there are no such rows."""
    if by not in BY:
        raise LensError("by", f"cannot be {by!r}", BY)
    statuses = ranked()
    cells = Counter((name, row.drawn) for row in view.rows for name in values(row, by))
    lines = Counter(name for row in view.rows for name in values(row, by))
    drawn = Counter(row.drawn for row in view.rows)
    order = sorted(lines, key=lambda name: (-lines[name], name))
    return Matrix(
        by,
        statuses,
        tuple(Line(name, tuple(cells[name, status] for status in statuses), lines[name]) for name in order[:limit]),
        len(order),
        tuple(drawn[status] for status in statuses),
        len(view.rows),
        lines.total() > len(view.rows),
    )


def ranked() -> tuple[str, ...]:
    """The drawn statuses, the best supported first."""
    found = vocabulary().concepts("DrawnStatus").values()
    return tuple(c.notation for c in sorted(found, key=lambda c: -int(c.facts["cautionRank"])))
