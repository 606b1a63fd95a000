"""A timeline: one row for each dated claim, a bar from the first to the last day that it may mean."""

from collections.abc import Iterable, Sequence
from datetime import date

from graph.evidence import ClaimEvidence
from graph.network import svg
from graph.network.told import content, line, row
from graph.origins import last_day
from graph.rdf import natural

WIDTH, LEFT, RIGHT, TOP, ROW = 980.0, 560.0, 24.0, 58.0, 38.0


def dated(claims: Iterable[ClaimEvidence]) -> tuple[ClaimEvidence, ...]:
    """The claims that date the event they are about, in the order of its first day."""
    found = [claim for claim in claims if claim.event_start or claim.event_end]
    return tuple(sorted(found, key=lambda claim: (span(claim), natural(claim.claim))))


def span(claim: ClaimEvidence) -> tuple[date, date]:
    """The first and the last day that a dated claim may mean; a month means any of its days."""
    start, end = claim.event_start or claim.event_end, claim.event_end or claim.event_start
    assert start is not None
    assert end is not None
    first, last = first_day(start), date.fromisoformat(last_day(end))
    return (first, max(first, last))


def when(claim: ClaimEvidence) -> str:
    """The day or days of a dated claim, as they were given."""
    start, end = claim.event_start, claim.event_end
    return f"{start}" if start == end else f"{start or '…'} – {end or '…'}"


def first_day(text: str) -> date:
    """The first day of a year, month or day."""
    return date.fromisoformat(f"{text}-01-01"[:10])


def timeline(title: str, claims: Sequence[ClaimEvidence]) -> str:
    """Dated claims as rows, the earliest first."""
    rows = dated(claims)
    if not rows:
        return svg.drawing(title, "no dated claim", WIDTH, 60, [svg.words(16, 36, f"{title}: no claim here dates an event")])  # fmt: skip
    first, last = min(span(c)[0] for c in rows), max(span(c)[1] for c in rows)
    height = TOP + ROW * len(rows)
    parts = [svg.words(16, 24, svg.clipped(title, WIDTH - 32, 15), 15, bold=True)]
    for day in ticks(first, last):
        x = _place(day, first, last)
        parts += [svg.rule(x, TOP - 6, x, height), svg.words(x, TOP - 12, day.isoformat(), 10, "middle", svg.FAINT)]
    for number, claim in enumerate(rows):
        parts += _row(claim, TOP + ROW * number, first, last)
    keys, more = svg.legend({c.drawn_status.id for c in rows}, 16, height + 10, WIDTH - 32)
    told = f"{len(rows)} claims with a date of event, from {first} to {last}. " + " ".join(f"{line(c)}." for c in rows)
    return svg.drawing(title, told, WIDTH, height + more + 20, [*parts, *keys])


def _row(claim: ClaimEvidence, y: float, first: date, last: date) -> list[str]:
    look = svg.looks()[claim.drawn_status.id]
    start, end = span(claim)
    left, right = _place(start, first, last), _place(end, first, last)
    mark = max(right, left + 6)
    return [
        f'<g data-claim="{svg.safe(claim.claim)}">{svg.hint(f"{when(claim)}: {line(claim)}")}',
        svg.words(16, y + 14, svg.clipped(f"{look.glyph} {content(claim)}", LEFT - 32), 12),
        svg.words(28, y + 29, row(claim, LEFT - 44, 10.5), 10.5, ink=svg.FAINT),
        svg.stroke(f"M{left:g} {y + 14:g}H{mark:g}", look),
        svg.words((left + mark) / 2, y + 30, look.glyph, 11, "middle", look.colour),
        "</g>",
    ]  # fmt: skip


def _place(day: date, first: date, last: date) -> float:
    whole = max(1, (last - first).days)
    return round(LEFT + (WIDTH - LEFT - RIGHT - 34) * (day - first).days / whole + 17, 1)


def ticks(first: date, last: date, most: int = 5) -> list[date]:
    """Up to `most` days, evenly spread, the ends among them."""
    days = (last - first).days
    count = min(most, days + 1)
    if count < 2:
        return [first]
    return [date.fromordinal(first.toordinal() + round(days * n / (count - 1))) for n in range(count)]
