"""Figures and dates: the range a wording allows, and when two of them cannot both hold.

Comparison follows the question's behaviour: a stock at one moment, a toll that can only grow, or
one event's number or date. The policy ranges (±10 % for "about", bounds for number words) live here and
never in an estimate.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from graph.addressed import Asking
from graph.content import Date, Edge, Figure
from graph.corpus.dates import after
from graph.model import Claim, Question
from graph.status import is_actual

ABOUT = Decimal("0.1")
DAY = len("2022-01-20")


def bounds(figure: Figure) -> tuple[Decimal, Decimal | None]:
    """Lowest and highest value the wording allows; None for an open end."""
    step = Decimal(1) if figure.of else Decimal(0)
    value = figure.value if figure.value is not None else Decimal(0)
    match figure.comparator:
        case "Exactly":
            return value, value
        case "AtLeast":
            return value, None
        case "MoreThan":
            return value + step, None
        case "AtMost":
            return Decimal(0), value
        case "LessThan":
            return Decimal(0), max(value - step, Decimal(0))
        case "About":
            return value * (1 - ABOUT), value * (1 + ABOUT)
        case _:
            return figure.low if figure.low is not None else Decimal(0), figure.high


@dataclass(frozen=True, slots=True)
class FigureConflict:
    """Two claims whose figures or dates cannot both hold, and why."""

    first: str
    second: str
    question: str
    why: str


def enters(claim: Claim) -> bool:
    """Whether a claim's figure takes part: asserted as actual, affirmed, legible, not withdrawn."""
    return isinstance(claim.edge.object, Figure) and _stands(claim)


def _stands(claim: Claim) -> bool:
    u = claim.utterance
    return (
        not claim.withheld
        and is_actual(u)
        and u.reading != "Garbled"
        and u.source.force == "Asserts"
        and u.source.polarity == "Affirms"
    )


def conflicts(
    claims: Iterable[Claim], questions: Sequence[Question], wholes: Mapping[str, str]
) -> tuple[FigureConflict, ...]:
    """Every pair of claims whose figures or dates conflict, question by question.

    `wholes` gives for a population the one it is part of.
    """
    entering = [claim for claim in claims if isinstance(claim.edge.object, Figure | Date) and _stands(claim)]
    found: list[FigureConflict] = []
    for question, answers in Asking(questions).answered(entering):
        for first, second in _alike(answers):
            why = _conflict(first, second, question, wholes)
            if why:
                found.append(FigureConflict(first.id, second.id, question.id, why))
    return tuple(found)


def carrying(pairs: Iterable[tuple[Claim, Claim]]) -> dict[Edge, tuple[Claim, ...]]:
    """By figure, the claims of other figures that it holds for as well, of the pairs that `carried` gives."""
    found: dict[Edge, dict[str, Claim]] = defaultdict(dict)
    for one, other in pairs:
        found[other.edge][one.id] = one
    return {edge: tuple(claims.values()) for edge, claims in found.items()}


def carried(claims: Iterable[Claim], questions: Sequence[Question]) -> Iterator[tuple[Claim, Claim]]:
    """Every two claims of which the figure of the first holds for that of the second as well: it lies within its range.

    Only for the same subject, relation, unit and population (or a pair that the question signs), and
    the same moment where the figure can change. "154 killed" carries "at least 77 killed" of that
    day; "at least 77" does not carry "154".
    """
    entering = [claim for claim in claims if enters(claim)]
    for question, answers in Asking(questions).answered(entering):
        pairs = (pair for one, other in _alike(answers) for pair in ((one, other), (other, one)))
        yield from ((one, other) for one, other in pairs if _carries(one, other, question))


def _alike(answers: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Every two answers about one subject by one relation, in the order given: no others are compared."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, claim in enumerate(answers):
        places[claim.edge.subject, claim.edge.predicate].append(place)
    pairs = (pair for held in places.values() for pair in combinations(held, 2))
    yield from ((answers[first], answers[second]) for first, second in sorted(pairs))


def _carries(one: Claim, other: Claim, question: Question) -> bool:
    a, b = _figure(one), _figure(other)
    same = (one.edge.subject, one.edge.predicate, a.unit) == (other.edge.subject, other.edge.predicate, b.unit)
    if one.edge == other.edge or not same or not same_population(a, b, question):
        return False
    if question.behaviour == "Cumulative" and _moment(one) != _moment(other):
        return False
    return not apart(a, b) and within(a, b)


def within(a: Figure, b: Figure) -> bool:
    """Whether what one wording allows is all allowed by the other."""
    (low, high), (least, most) = bounds(a), bounds(b)
    return low >= least and (most is None or (high is not None and high <= most))


def _conflict(first: Claim, second: Claim, question: Question, wholes: Mapping[str, str]) -> str | None:
    a, b = first.edge.object, second.edge.object
    if (first.edge.subject, first.edge.predicate) != (second.edge.subject, second.edge.predicate):
        return None
    if isinstance(a, Date) and isinstance(b, Date):
        return _date_conflict(a, b) if question.behaviour == "OneEvent" else None
    if not isinstance(a, Figure) or not isinstance(b, Figure) or a == b or a.unit != b.unit:
        return None
    grows = question.behaviour == "Cumulative"
    if same_population(a, b, question):
        return _toll_conflict(first, second, a, b) if grows else _range_conflict(a, b)
    for part, whole in ((first, second), (second, first)):
        if is_part(_figure(part).of, _figure(whole).of, wholes):
            return _part_conflict(part, whole, grows)
    return None


def _date_conflict(a: Date, b: Date) -> str | None:
    """One event has one date; a month holds each of its days."""
    return "the dates do not meet" if after(a.text, b.text) or after(b.text, a.text) else None


def _figure(claim: Claim) -> Figure:
    assert isinstance(claim.edge.object, Figure)
    return claim.edge.object


def same_population(a: Figure, b: Figure, question: Question) -> bool:
    """Whether two figures count the same, or what the question signs as comparable."""
    if a.of == b.of:
        return True
    return any(same.pair in ((a.of, b.of), (b.of, a.of)) for same in question.same_population)


def is_part(part: str | None, whole: str | None, wholes: Mapping[str, str]) -> bool:
    """Whether one population is part of another, at any depth."""
    seen: set[str] = set()
    while part is not None and part not in seen:
        seen.add(part)
        part = wholes.get(part)
        if part is not None and part == whole:
            return True
    return False


def apart(a: Figure, b: Figure) -> bool:
    """Whether two figures are stated for different moments."""
    return a.as_of is not None and b.as_of is not None and (after(a.as_of, b.as_of) or after(b.as_of, a.as_of))


def _below(a: Figure, b: Figure) -> bool:
    high = bounds(a)[1]
    return high is not None and high < bounds(b)[0]


def _range_conflict(a: Figure, b: Figure) -> str | None:
    return "the ranges do not meet" if not apart(a, b) and (_below(a, b) or _below(b, a)) else None


def moment(claim: Claim) -> str:
    """When a claim was said: the date given for the innermost speaker that has one, else of the document."""
    said = [hop.said_at for hop in reversed(claim.utterance.by) if hop.said_at]
    return said[0] if said else claim.document.published.end


def _moment(claim: Claim) -> str:
    """The day for which a figure holds."""
    return _figure(claim).as_of or moment(claim)


def _toll_conflict(first: Claim, second: Claim, a: Figure, b: Figure) -> str | None:
    """A toll only grows. Two figures of one stated day must meet; a month leaves their order open."""
    if _one_day(a, b):
        return "the ranges do not meet at one stated moment" if _below(a, b) or _below(b, a) else None
    for earlier, later in ((first, second), (second, first)):
        if after(_moment(later), _moment(earlier)) and _below(_figure(later), _figure(earlier)):
            return "the later figure is lower"
    return None


def _one_day(a: Figure, b: Figure) -> bool:
    return a.as_of == b.as_of and a.as_of is not None and len(a.as_of) == DAY


def _part_conflict(part: Claim, whole: Claim, grows: bool) -> str | None:
    """Parts are never summed; a part is only ever too large for its whole."""
    a, b = _figure(part), _figure(whole)
    grown_since = grows and not (after(_moment(whole), _moment(part)) or _one_day(a, b))
    if grown_since or (not grows and apart(a, b)):
        return None
    return "a part exceeds its whole" if _below(b, a) else None
