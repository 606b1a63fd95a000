"""Figures: the range a wording allows, and when two figures cannot both hold.

Comparison follows the question's behaviour: a stock at one moment, a toll that can only grow, or
one event's number. The policy ranges (±10 % for "about", bounds for number words) live here and
never in an estimate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from graph.model import Claim, Figure, Question

ABOUT = Decimal("0.1")


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
    """Two claims whose figures cannot both hold, and why."""

    first: str
    second: str
    question: str
    why: str


def enters(claim: Claim) -> bool:
    """Whether a claim's figure takes part: asserted as actual, affirmed, legible, not withdrawn."""
    u = claim.utterance
    return (
        isinstance(claim.edge.object, Figure)
        and not claim.withheld
        and u.mode in ("Actual", "Generic")
        and u.reading != "Garbled"
        and u.source.force == "Asserts"
        and u.source.polarity == "Affirms"
    )


def conflicts(claims: Iterable[Claim], questions: Sequence[Question]) -> tuple[FigureConflict, ...]:
    """Every pair of claims whose figures conflict, question by question."""
    entering = [claim for claim in claims if enters(claim)]
    found: list[FigureConflict] = []
    for question in questions:
        answers = [claim for claim in entering if question.addressed_by(claim.edge)]
        for first, second in combinations(answers, 2):
            why = _conflict(first, second, question)
            if why:
                found.append(FigureConflict(first.id, second.id, question.id, why))
    return tuple(found)


def _conflict(first: Claim, second: Claim, question: Question) -> str | None:
    a, b = first.edge.object, second.edge.object
    if not isinstance(a, Figure) or not isinstance(b, Figure) or a == b:
        return None
    if (first.edge.subject, first.edge.predicate) != (second.edge.subject, second.edge.predicate):
        return None
    if a.unit != b.unit or not _same_population(a, b, question):
        return None
    if question.behaviour == "Cumulative":
        return _toll_conflict(first, second, a, b)
    if a.as_of and b.as_of and not _overlap(a.as_of, b.as_of):
        return None
    return "the ranges do not meet" if _below(a, b) or _below(b, a) else None


def _same_population(a: Figure, b: Figure, question: Question) -> bool:
    if a.of == b.of:
        return True
    return any(set(same.pair) == {a.of, b.of} for same in question.same_population)


def _overlap(a: str, b: str) -> bool:
    """Whether two dates of different precision may be the same moment."""
    length = min(len(a), len(b))
    return a[:length] == b[:length]


def _below(a: Figure, b: Figure) -> bool:
    high = bounds(a)[1]
    return high is not None and high < bounds(b)[0]


def _moment(claim: Claim, figure: Figure) -> str:
    said = [hop.said_at for hop in reversed(claim.utterance.by) if hop.said_at]
    return figure.as_of or (said[0] if said else claim.document.published.end)


def _toll_conflict(first: Claim, second: Claim, a: Figure, b: Figure) -> str | None:
    when_a, when_b = _moment(first, a), _moment(second, b)
    if _overlap(when_a, when_b):
        stated = a.as_of is not None and b.as_of is not None
        return "the ranges do not meet at one stated moment" if stated and (_below(a, b) or _below(b, a)) else None
    earlier, later = (a, b) if when_a < when_b else (b, a)
    return "the later figure is lower" if _below(later, earlier) else None
