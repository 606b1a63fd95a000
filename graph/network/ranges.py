"""Figures as ranges: for each thing counted, one row a claim in the order of the day it holds for.

An estimate is drawn as wide as its wording allows and never as a point that nobody gave; what is counted
otherwise stands under a heading of its own, on a scale of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from graph.evidence import ClaimEvidence
from graph.network import svg
from graph.network.told import line, row
from graph.rdf import natural

WIDTH, LEFT, RIGHT, ROW, HEAD = 980.0, 560.0, 54.0, 38.0, 44.0


@dataclass(frozen=True, slots=True)
class Ranged:
    """A figure of one claim: what is counted, the day it holds for, the ends that its wording allows."""

    claim: ClaimEvidence
    counted: str
    day: str
    low: Decimal
    high: Decimal | None

    @property
    def words(self) -> str:
        top = "or more" if self.high is None else "" if self.high == self.low else f"to {plain(self.high)}"
        return f"{plain(self.low)} {top}".strip()


def plain(number: Decimal) -> str:
    """A number without superfluous digits, its thousands apart."""
    text = format(round(number, 2).normalize(), "f")
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}".replace(",", "\u202f") + point + rest


def ordered(figures: Sequence[Ranged]) -> tuple[Ranged, ...]:
    """By what is counted, then by day."""
    return tuple(sorted(figures, key=lambda f: (f.counted, f.day, natural(f.claim.claim))))


def ranges(title: str, figures: Sequence[Ranged]) -> str:
    """Figures as ranges over time, time running downward."""
    rows = ordered(figures)
    if not rows:
        return svg.drawing(title, "no figure", WIDTH, 60, [svg.words(16, 36, f"{title}: nobody here gives a figure")])
    parts, y = [svg.words(16, 24, svg.clipped(title, WIDTH - 32, 15), 15, bold=True)], 36.0
    for counted, group in groupby(rows, key=lambda f: f.counted):
        held = list(group)
        parts += _group(counted, held, y)
        y += HEAD + ROW * len(held)
    keys, more = svg.legend({f.claim.drawn_status.id for f in rows}, 16, y + 10, WIDTH - 32)
    told = f"{len(rows)} figures. " + " ".join(f"{f.day}, {f.counted}: {f.words}; {line(f.claim)}." for f in rows)
    return svg.drawing(title, told, WIDTH, y + more + 20, [*parts, *keys])


def _group(counted: str, held: Sequence[Ranged], y: float) -> list[str]:
    most = _round(max(*(f.high or f.low for f in held), Decimal(1)))
    bottom = y + HEAD + ROW * len(held)
    parts = [svg.words(16, y + 26, svg.clipped(f"counted: {counted}", LEFT - 40, 13), 13, bold=True)]
    for mark in (Decimal(0), most / 2, most):
        x = _place(mark, most)
        parts += [svg.rule(x, y + 34, x, bottom - 6), svg.words(x, y + 28, plain(mark), 10, "middle", svg.FAINT)]
    for number, figure in enumerate(held):
        parts += _row(figure, y + HEAD + ROW * number, most)
    return parts


def _round(number: Decimal) -> Decimal:
    """The next number that is easily halved."""
    unit = Decimal(10) ** number.adjusted()
    return next(step * unit for step in (1, 2, 4, 6, 8, 10) if step * unit >= number)


def _row(figure: Ranged, y: float, most: Decimal) -> list[str]:
    claim = figure.claim
    look = svg.looks()[claim.drawn_status.id]
    left = _place(figure.low, most)
    right = WIDTH - 16 if figure.high is None else max(_place(figure.high, most), left + 5)
    says = f"{figure.day}  {look.glyph} {claim.object.label}"
    return [
        f'<g data-claim="{svg.safe(claim.claim)}">{svg.hint(f"{figure.day}: {line(claim)}")}',
        svg.words(16, y + 14, svg.clipped(says, LEFT - 32), 12),
        svg.words(28, y + 29, row(claim, LEFT - 44, 10.5), 10.5, ink=svg.FAINT),
        svg.rule(left, y + 5, left, y + 17, look.colour, 1.5),
        svg.stroke(f"M{left:g} {y + 11:g}H{right - (8 if figure.high is None else 0):g}", look),
        svg.tip(right, y + 11, True, look) if figure.high is None else svg.rule(right, y + 5, right, y + 17, look.colour, 1.5),
        svg.words(left, y + 29, f"{look.glyph} {figure.words}", 10.5, "start", look.colour),
        "</g>",
    ]  # fmt: skip


def _place(number: Decimal, most: Decimal) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT - 60) * float(number / most), 1)
