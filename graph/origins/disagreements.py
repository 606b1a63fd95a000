"""Disagreement as objects: what contests an edge, and the competing answers to a question.

Only propositions that address one question are set against each other, and two figures only where
they count the same: what cannot be compared is listed with the reason and never called a conflict.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.addressed import Asking
from graph.content import Edge, Figure, Truth
from graph.model import Claim, Question
from graph.origins.counting import Register
from graph.origins.drawn import Drawn, draw, supposed
from graph.origins.figures import FigureConflict, apart, conflicts, enters, is_part, moment, same_population
from graph.rdf import natural
from graph.status import takes_side

DENIED, EVENT, GENERAL, FIGURES = "denied", "event-denied", "general-denial", "figures"

#: the concept of each kind in ontology.ttl
KINDS = {
    DENIED: "DisagreementDenied",
    EVENT: "DisagreementEventDenied",
    GENERAL: "DisagreementGeneralDenial",
    FIGURES: "DisagreementFigures",
}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One reason why `edge` is contested: what stands `against` it, and the claims on both sides.

    `kind` is denied (the edge itself), event-denied, general-denial (by a signed coverage rule) or
    figures (which stands for dates too); of two conflicting figures or dates each contests the other.
    """

    kind: str
    edge: Edge
    against: Edge
    claims: tuple[str, ...]
    opposed: tuple[str, ...]
    questions: tuple[str, ...]
    why: str

    @property
    def key(self) -> tuple[str, frozenset[Edge] | tuple[Edge, Edge]]:
        """What makes it the same disagreement whoever else joins a side."""
        pair = (self.edge, self.against)
        return self.kind, frozenset(pair) if self.kind == FIGURES else pair

    @property
    def contested(self) -> tuple[Edge, ...]:
        """The edges that are contested by it."""
        return (self.edge, self.against) if self.kind == FIGURES else (self.edge,)


def disagreements(
    claims: Iterable[Claim], register: Register, drawn: Mapping[Edge, Drawn] | None = None
) -> tuple[Disagreement, ...]:
    """Every reason why an edge among some claims is contested; an edge without one is not.

    `drawn` spares drawing these claims once more.
    """
    listed = sorted((claim for claim in claims if not claim.withheld), key=lambda claim: natural(claim.id))
    standing = draw(listed, register) if drawn is None else drawn
    contested = {edge for edge, how in standing.items() if how.status == "DrawnContested"}
    sides = _sides(listed)
    asking = Asking(register.questions)
    found = [
        *_denied(sides, asking),
        *_events(sides, asking),
        *_general(sides, register),
        *_figures(listed, register),
    ]
    return tuple(one for one in found if contested.intersection(one.contested))


class _Sides:
    """Who affirms and who denies each edge; ambiguous denials bear on their own edge alone."""

    def __init__(self) -> None:
        self.affirm: dict[Edge, list[Claim]] = defaultdict(list)
        self.deny: dict[Edge, list[Claim]] = defaultdict(list)

    def clear(self, edge: Edge) -> list[Claim]:
        return [claim for claim in self.deny.get(edge, ()) if claim.utterance.reading != "Ambiguous"]


def _sides(claims: Iterable[Claim]) -> _Sides:
    sides = _Sides()
    for claim in claims:
        if takes_side(claim.utterance, "Affirms"):
            sides.affirm[claim.edge].append(claim)
        elif takes_side(claim.utterance, "Denies"):
            sides.deny[claim.edge].append(claim)
    return sides


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


def _asked(edge: Edge, asking: Asking) -> tuple[str, ...]:
    return tuple(question.id for question in asking.of(edge))


def _denied(sides: _Sides, asking: Asking) -> Iterable[Disagreement]:
    for edge, affirming in sides.affirm.items():
        if denying := sides.deny.get(edge):
            unclear = all(claim.utterance.reading == "Ambiguous" for claim in denying)
            why = "affirmed and denied" + (" (scope unclear)" if unclear else "")
            yield Disagreement(DENIED, edge, edge, _ids(affirming), _ids(denying), _asked(edge, asking), why)


def _events(sides: _Sides, asking: Asking) -> Iterable[Disagreement]:
    denied = {edge.subject: edge for edge in sides.deny if isinstance(edge.object, Truth) and sides.clear(edge)}
    for edge, affirming in sides.affirm.items():
        for event in (denied[name] for name in supposed(edge) if name in denied and denied[name] != edge):
            against = _ids(sides.clear(event))
            why = "somebody denies that the event took place"
            yield Disagreement(EVENT, edge, event, _ids(affirming), against, _asked(event, asking), why)


def _general(sides: _Sides, register: Register) -> Iterable[Disagreement]:
    for question in register.questions:
        for rule in question.covers:
            denials = [edge for edge in sides.deny if rule.denial.matches(edge) and sides.clear(edge)]
            for edge, affirming in sides.affirm.items():
                if any(pattern.matches(edge) for pattern in rule.contests):
                    for denial in denials:
                        if denial != edge:
                            against = _ids(sides.clear(denial))
                            why = f"a general denial covers it: {rule.reason} (rule signed by {rule.by}, {rule.at})"
                            yield Disagreement(GENERAL, edge, denial, _ids(affirming), against, (question.id,), why)


def _figures(claims: Sequence[Claim], register: Register) -> Iterable[Disagreement]:
    by_id = {claim.id: claim for claim in claims}
    pairs: dict[tuple[Edge, Edge], list[FigureConflict]] = defaultdict(list)
    for conflict in conflicts(claims, register.questions, register.wholes):
        pairs[(by_id[conflict.first].edge, by_id[conflict.second].edge)].append(conflict)
    merged: dict[frozenset[Edge], tuple[tuple[Edge, Edge], list[FigureConflict]]] = {}
    for pair, held in pairs.items():  # one pair of figures may be met in either order of claims
        merged.setdefault(frozenset(pair), (pair, []))[1].extend(held)
    for (first, second), held in merged.values():
        names = sorted({name for conflict in held for name in (conflict.first, conflict.second)}, key=natural)
        yield Disagreement(
            FIGURES,
            first,
            second,
            tuple(name for name in names if by_id[name].edge == first),
            tuple(name for name in names if by_id[name].edge == second),
            tuple(dict.fromkeys(conflict.question for conflict in held)),
            "; ".join(dict.fromkeys(conflict.why for conflict in held)),
        )


# ---- questions --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """Who gives an answer: whose word, by whom relayed (outermost first), when said, in which document."""

    claim: str
    side: str
    speaker: str
    relays: tuple[str, ...]
    when: str
    document: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, as drawn, with everybody who affirms or denies it."""

    edge: Edge
    drawn: Drawn
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures that answer one question: whether they can be compared, whether they conflict, and why."""

    first: Edge
    second: Edge
    comparable: bool
    conflict: bool
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its competing answers."""

    question: Question
    answers: tuple[Answer, ...]
    comparisons: tuple[Comparison, ...]
    disagreements: tuple[Disagreement, ...]


def asked(claims: Iterable[Claim], register: Register) -> tuple[Asked, ...]:
    """Every question with its answers, in the order of the register."""
    listed = sorted((claim for claim in claims if not claim.withheld), key=lambda claim: natural(claim.id))
    drawn = draw(listed, register)
    found = disagreements(listed, register)
    by_edge: dict[Edge, list[Claim]] = defaultdict(list)
    for claim in listed:
        by_edge[claim.edge].append(claim)
    return tuple(
        Asked(
            question,
            tuple(Answer(edge, drawn[edge], tuple(map(_given, by_edge[edge]))) for edge in answers),
            tuple(_comparisons(question, {edge: by_edge[edge] for edge in answers}, found, register)),
            tuple(one for one in found if question.id in one.questions),
        )
        for question in register.questions
        for answers in ([edge for edge in by_edge if question.addressed_by(edge)],)
    )


def _given(claim: Claim) -> Given:
    u = claim.utterance
    return Given(
        claim.id,
        u.source.polarity or "Affirms",
        u.source.speaker,
        tuple(hop.speaker for hop in u.by[:-1]),
        moment(claim),
        claim.document.id,
    )


def _comparisons(
    question: Question, answers: Mapping[Edge, Sequence[Claim]], found: Sequence[Disagreement], register: Register
) -> Iterable[Comparison]:
    clashes = {d.key[1]: d.why for d in found if d.kind == FIGURES and question.id in d.questions}
    entering = {edge for edge, claims in answers.items() if any(enters(claim) for claim in claims)}
    figures = [edge for edge in answers if isinstance(edge.object, Figure)]
    for first, second in combinations(figures, 2):
        why = clashes.get(frozenset((first, second)))
        if why is not None:
            yield Comparison(first, second, True, True, why)
        elif not {first, second} <= entering:
            yield Comparison(first, second, False, False, "one of them is not asserted as so, and does not enter")
        else:
            comparable, why = _compare(first, second, question, register.wholes)
            yield Comparison(first, second, comparable, False, why)


def _compare(first: Edge, second: Edge, question: Question, wholes: Mapping[str, str]) -> tuple[bool, str]:
    """Whether two figures that do not conflict can be compared, and why or why not."""
    a, b = first.object, second.object
    assert isinstance(a, Figure)
    assert isinstance(b, Figure)
    part = is_part(a.of, b.of, wholes) or is_part(b.of, a.of, wholes)
    grows = question.behaviour == "Cumulative"
    rules = (
        (first.subject != second.subject, False, "another subject"),
        (first.predicate != second.predicate, False, "another relation"),
        (a.unit != b.unit or (a.of is None) != (b.of is None), False, "another unit"),
        (not (part or same_population(a, b, question)), False, "another population"),
        (not grows and apart(a, b), False, "another moment"),
        (part and not same_population(a, b, question), True, "a part that does not exceed its whole"),
        (grows, True, "a toll that may have grown from one to the other"),
    )
    return next(((verdict, why) for holds, verdict, why in rules if holds), (True, "the ranges meet"))
