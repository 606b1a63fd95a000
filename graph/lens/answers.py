"""Questions in view with their competing answers: who gives which, what can be compared, who repeats whom.

Comparisons and disagreements are those of the whole question; shown are those between what is in view.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.content import Figure
from graph.errors import NotFoundError
from graph.evidence import ClaimEvidence, EdgeEvidence, Term
from graph.evidence.assemble import term
from graph.facets import TRUTH, Row
from graph.lens.lens import Lens
from graph.lens.view import View, Views
from graph.model import Claim, Question
from graph.origins import Asked, Disagreement, Drift, Move, asked, drifts, move_words
from graph.origins.disagreements import KINDS
from graph.origins.figures import bounds
from graph.rdf import proposition_id

CONTESTED = "contested"
ALIKE, ALIKE_NUMBER = "alike", "alike-number"
_ALIKE = {ALIKE: "says the same as", ALIKE_NUMBER: "gives the same number as"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A question with how much answers it in view."""

    question: str
    answers: int
    claims: int
    contested: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A claim that gives an answer, the day for which it is given, and which clock that day is from."""

    claim: ClaimEvidence
    when: str
    clock: str  # as-of, said or published


@dataclass(frozen=True, slots=True)
class Answer:
    """An edge that answers the question; `low` and `high` are what the wording of a figure allows, None is open."""

    edge: EdgeEvidence
    low: str | None
    high: str | None
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of answers (by their places in the list) of which the same can be told."""

    comparable: bool
    conflict: bool
    why: str
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """What contests an answer: two edges (or one, affirmed and denied), and the claims in view on either side."""

    kind: Term
    edge: EdgeEvidence
    against: EdgeEvidence
    claims: tuple[str, ...]
    opposed: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """How one claim stands to another: by a signed relation, or because both say the same (ALIKE, ALIKE_NUMBER).

    Only a signed relation says that one took it from the other. `why` is its reason, or what differs.
    """

    source: str
    target: str
    kind: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A question laid out."""

    question: Question
    behaviour: Term
    answers: tuple[Answer, ...]
    compared: tuple[Compared, ...]
    one_origin: tuple[tuple[int, int], ...]  # compared pairs of which a claim of each is counted with the same origin
    clashes: tuple[Clash, ...]
    links: tuple[Link, ...]


def listed(rows: Iterable[Row]) -> tuple[Listed, ...]:
    """The questions that some rows answer, those with most claims first."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for name in row.question:
            held[name].append(row)
    found = [
        Listed(name, len({r.proposition for r in rows}), len(rows), any(r.drawn == CONTESTED for r in rows))
        for name, rows in held.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.claims, one.question)))


def answers(views: Views, lens: Lens, name: str) -> Laid:
    """One question with its answers in view, the one with most claims first; NotFoundError when there is none such."""
    register = views.archive.register
    question = next((q for q in register.questions if q.id == name), None)
    if question is None:
        raise NotFoundError("question", name, tuple(q.id for q in register.questions))
    view = views.through(lens)
    edges = view.edges(row for row in view.rows if name in row.question)
    held = claims_of(views, view, _bearing(view.standing.rows, name))
    found = next(iter(asked(held, replace(register, questions=(question,)))))
    figures = {proposition_id(c.edge): c.edge.object for c in held if isinstance(c.edge.object, Figure)}
    laid = sorted(
        (_answer(edge, figures.get(edge.proposition)) for edge in edges),
        key=lambda one: (-len(one.given), one.edge.proposition),
    )
    shown = {given.claim.claim for one in laid for given in one.given}
    in_view = [claim for claim in held if claim.id in shown]
    compared = tuple(_compared(found, [one.edge.proposition for one in laid]))
    return Laid(
        question,
        term("QuantityBehaviour", question.behaviour),
        tuple(laid),
        compared,
        tuple(_one_origin(laid, compared)),
        tuple(_clashes(view, found)),
        tuple(_links(views, shown, drifts(in_view, register))),
    )


def _bearing(rows: Sequence[Row], question: str) -> Iterator[Row]:
    """What answers a question, denials of any event, and what supposes an event that the question is about."""
    events = {row.subject for row in rows if question in row.question and row.object == TRUTH}
    for row in rows:
        denial = row.denies and row.object == TRUTH
        if question in row.question or denial or not events.isdisjoint((row.subject, row.object)):
            yield row


def claims_of(views: Views, view: View, rows: Iterable[Row]) -> list[Claim]:
    """The claims of some rows that stand, whole."""
    wanted = {row.claim for row in rows}
    held = view.standing.claims
    if held is None:
        held = tuple(
            views.archive.claims_of_utterances(dict.fromkeys(name.rpartition(".")[0] for name in sorted(wanted)))
        )
    return [claim for claim in held if claim.id in wanted]


def _answer(edge: EdgeEvidence, figure: Figure | None) -> Answer:
    low = high = None
    if figure is not None:
        least, most = bounds(figure)
        falling = figure.comparator in ("AtMost", "LessThan")
        low = None if falling else format(least.normalize(), "f")
        high = None if most is None else format(most.normalize(), "f")
    given = sorted((_given(claim) for claim in edge.claims), key=lambda one: one.when)
    return Answer(edge, low, high, tuple(given))


def _given(claim: ClaimEvidence) -> Given:
    """A figure holds for its stated day; else the day on which it was said, else the last on which it may have been published."""
    if claim.figure is not None and claim.figure.as_of:
        return Given(claim, claim.figure.as_of, "as-of")
    said = [hop.said_at for hop in reversed(claim.chain) if hop.said_at]
    return Given(claim, said[0], "said") if said else Given(claim, claim.document.published_to, "published")


def _compared(found: Asked, order: Sequence[str]) -> Iterator[Compared]:
    places = {name: place for place, name in enumerate(order)}
    grouped: dict[tuple[bool, bool, str], list[tuple[int, int]]] = defaultdict(list)
    for one in found.comparisons:
        ends = sorted(places.get(proposition_id(edge), -1) for edge in (one.first, one.second))
        if ends[0] >= 0:
            grouped[one.comparable, one.conflict, one.why].append((ends[0], ends[1]))
    for key in sorted(grouped, key=lambda key: (not key[1], not key[0], -len(grouped[key]), key[2])):
        yield Compared(*key, tuple(sorted(grouped[key])))


def _one_origin(laid: Sequence[Answer], compared: Iterable[Compared]) -> Iterator[tuple[int, int]]:
    """The compared pairs that rest on one origin: affirmed on both sides by claims that are counted with the same."""
    behind = [{origin for each in one.given if (origin := _counted(each.claim))} for one in laid]
    for one, other in sorted(pair for each in compared for pair in each.pairs):
        if not behind[one].isdisjoint(behind[other]):
            yield one, other


def _counted(claim: ClaimEvidence) -> str | None:
    if claim.discount or claim.polarity.id == "denies":
        return None
    return (claim.origin_group or claim.origin).id


def _clashes(view: View, found: Asked) -> Iterator[Clash]:
    for one in found.disagreements:
        sides = [tuple(name for name in names if name in view.ids) for names in (one.claims, one.opposed)]
        if not all(sides):
            continue
        yield clash(view, one, *sides)


def clash(view: View, one: Disagreement, claims: tuple[str, ...], opposed: tuple[str, ...]) -> Clash:
    """A disagreement with its edges, each with the claims on its side alone; an edge that is denied itself has both."""
    same = one.edge == one.against
    sides = (set(claims + opposed), set(claims + opposed)) if same else (set(claims), set(opposed))
    edge, against = (view.edges(row for row in view.rows if row.claim in side)[0] for side in sides)
    return Clash(term("DisagreementKind", KINDS[one.kind]), edge, against, claims, opposed, one.why)


def _links(views: Views, shown: set[str], moved: Sequence[Drift]) -> Iterator[Link]:
    """Signed relations between claims shown; beside them what says the same as the first of its matter."""
    told: set[frozenset[str]] = set()
    for relation in views.archive.parts.relations:
        if {relation.source, relation.target} <= shown:
            kind = term("RelationKind", relation.kind)
            told.add(frozenset((relation.source, relation.target)))
            why = f"{relation.reason} (signed by {relation.by}, {relation.at})"
            yield Link(relation.source, relation.target, kind.id, kind.label, why)
    for drift in moved:
        first = drift.steps[0]
        for step in drift.steps[1:]:
            pair = frozenset((first.claim, step.claim))
            if len(pair) == 2 and pair not in told:
                told.add(pair)
                alike = ALIKE if step.edge == first.edge else ALIKE_NUMBER
                differs = "; ".join(_differs(move, views.archive.register.label) for move in step.moves)
                yield Link(step.claim, first.claim, alike, _ALIKE[alike], differs)


def _differs(move: Move, label: Callable[[str], str]) -> str:
    there, here = move_words(move, label)
    return f"{move.aspect}: here {here}, there {there}"
