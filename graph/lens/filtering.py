"""Which rows a lens lets through, and how many there would be for each value of each facet."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.facets import Row
from graph.lens.lens import FACETS, Lens, Span
from graph.origins import last_day

Test = Callable[[Row], bool]


def values(row: Row, facet: str) -> tuple[str, ...]:
    """What a row holds of one facet."""
    found = getattr(row, facet)
    return found if isinstance(found, tuple) else (found,)


def meets(rows: Iterable[Row], lens: Lens) -> list[Row]:
    """The rows that meet everything a lens asks."""
    tests = [test for _, test in _tests(lens)]
    return [row for row in rows if all(test(row) for test in tests)]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are by value of each facet, every other condition met, and by year and month."""

    facets: dict[str, Counter[str]]
    happened: Counter[str]
    published: Counter[str]
    undated: int


def counts(rows: Sequence[Row], lens: Lens) -> Counts:
    """Facet counts in the usual sense: the choice within a facet does not thin out its own values."""
    tests = _tests(lens)
    facets: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    happened: Counter[str] = Counter()
    published: Counter[str] = Counter()
    undated = 0
    for row in rows:
        failed = {name for name, test in tests if not test(row)}
        for name, counter in facets.items():
            if not failed or failed == {name}:
                counter.update(values(row, name))
        if not failed or failed == {"happened"}:
            undated += row.happened is None
            happened.update(_months(row.happened))
        if not failed or failed == {"published"}:
            published.update(_months(row.published))
    return Counts(facets, happened, published, undated)


def _tests(lens: Lens) -> list[tuple[str, Test]]:
    """One test for each thing that is asked, under the name of the facet or brush that asks it."""
    found: list[tuple[str, Test]] = []
    for name, allowed in lens.facets.items():
        if allowed:
            found.append((name, _any_of(name, allowed)))
    if lens.hide:
        found.append(("drawn", lambda row: row.drawn not in lens.hide))
    if lens.entity:
        found.append(("entity", lambda row: lens.entity in (row.subject, row.object)))
    if lens.relation:
        found.append(("relation", lambda row: row.predicate == lens.relation))
    if any(lens.happened):
        found.append(("happened", lambda row: _in_span(row.happened, lens)))
    if any(lens.published):
        found.append(("published", lambda row: overlap(row.published, lens.published)))
    if lens.origins:
        found.append(("origins", lambda row: row.independent >= lens.origins))
    return found


def _in_span(held: Span | None, lens: Lens) -> bool:
    return lens.undated if held is None else overlap(held, lens.happened)


def _any_of(name: str, allowed: frozenset[str]) -> Test:
    return lambda row: not allowed.isdisjoint(values(row, name))


def overlap(held: Span, asked: Span) -> bool:
    """Whether two spans of days share one; an empty end is open, a month or year ends with its last day."""
    starts, ends = (held[0] or "0000", last_day(held[1]) if held[1] else "9999")
    return (not asked[1] or starts <= last_day(asked[1])) and (not asked[0] or ends >= asked[0])


def _months(span: Span | None) -> Iterator[str]:
    """The months that a span touches, the first twelve of them; one end alone is one month."""
    if span is None:
        return
    start, end = span[0] or span[1], span[1] or span[0]
    year, month = int(start[:4]), int(start[5:7] or 1)
    for _ in range(12):
        name = f"{year:04}-{month:02}"
        yield name
        if name >= last_day(end)[:7]:
            return
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
