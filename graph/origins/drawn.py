"""Status as drawn: a decision list over the visible claims of one proposition.

The first rule that holds wins, and the order is the order of caution (`cautionRank` in
ontology.ttl). Nothing is drawn as corroborated but what signed judgements of independence carry.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from graph.content import Date, Edge, Ref, Truth
from graph.model import Claim, Pattern
from graph.origins.counting import Origin, Register, discount, origins
from graph.origins.figures import FigureConflict, carried, carrying, conflicts
from graph.origins.independence import Independence, Judged, Routes, gathered, heard, independence, relayed_by
from graph.rdf import natural
from graph.status import effective_certainty, is_actual, is_concluded, takes_side
from graph.vocabulary import vocabulary

RULE_VERSION = "drawn-3"
GUESSES = frozenset({"AnalystInference", "AuthorOpinion", "ExpertOpinion", "TemporalCoincidence"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """How one proposition is drawn, and the sentence that says why."""

    status: str
    why: str
    origins: tuple[Origin, ...]
    claims: int
    documents: int
    independent: Independence


def draw(claims: Iterable[Claim], register: Register) -> dict[Edge, Drawn]:
    """The drawn status of every edge among `claims`, judged over exactly these claims.

    A proposition all of whose claims are retracted is withheld; one with no claim is absent. The
    order of the claims makes no difference.
    """
    return Redrawing(claims, register).all


class Redrawing:
    """Claims made ready to be drawn again and again, each time over some of them.

    What holds between two claims (figures that conflict, or hold for one another) and what each adds is worked out once;
    an edge is decided anew only where something that it is decided by differs. `over` gives what `draw` would.
    """

    def __init__(self, claims: Iterable[Claim], register: Register) -> None:
        self._claims = sorted(claims, key=lambda claim: natural(claim.id))
        self._register = register
        self._judged = Judged(register)
        visible = [claim for claim in self._claims if not claim.withheld]
        self._conflicts = conflicts(visible, register.questions, register.wholes)
        self._carried = tuple(carried(visible, register.questions))
        self._heard = {claim.id: heard(claim, register) for claim in self._claims}
        self._seen = self._view(self._claims)
        self._by_edge = _by_edge(self._claims)

    @cached_property
    def all(self) -> dict[Edge, Drawn]:
        """Every edge, judged over all of the claims."""
        return {edge: _decide(edge, held, self._seen) for edge, held in self._by_edge.items()}

    @cached_property
    def _all_grounds(self) -> dict[Edge, "Grounds"]:
        return {edge: self._grounds(edge, held, self._seen) for edge, held in self._by_edge.items()}

    def over(self, claims: Iterable[Claim]) -> dict[Edge, Drawn]:
        """Every edge among some of the claims, judged over exactly these. Raises ValueError for others."""
        wanted = {claim.id for claim in claims}
        listed = [claim for claim in self._claims if claim.id in wanted]
        if len(listed) != len(wanted):
            raise ValueError(f"{len(wanted) - len(listed)} claims are not among those made ready")
        seen, found = self._view(listed), {}
        for edge, held in _by_edge(listed).items():
            same = self._grounds(edge, held, seen) == self._all_grounds[edge]
            found[edge] = self.all[edge] if same else _decide(edge, held, seen)
        return found

    def _view(self, listed: Sequence[Claim]) -> "_View":
        ids = {claim.id for claim in listed}
        return _View(
            listed,
            self._register,
            self._judged,
            gathered(self._heard[claim.id] for claim in listed),
            [one for one in self._conflicts if one.first in ids and one.second in ids],
            carrying(pair for pair in self._carried if pair[0].id in ids and pair[1].id in ids),
        )

    def _grounds(self, edge: Edge, held: Sequence[Claim], seen: "_View") -> "Grounds":
        carrying = seen.carrying.get(edge, ())
        told = (self._heard[claim.id] for claim in (*held, *carrying))
        return Grounds(
            tuple(claim.id for claim in held),
            tuple(claim.id for claim in carrying),
            tuple(conflict for claim in held for conflict in seen.figures.get(claim.id, ())),
            tuple(claim.id for claim in (*seen.denied(edge), *seen.covering(edge))),
            tuple(seen.ways[one[0]] for one in told if one is not None),
        )


class Grounds(NamedTuple):
    """Everything of the claims in view by which an edge is decided: ids, and through whom its origins are heard."""

    claims: tuple[str, ...]
    carrying: tuple[str, ...]
    conflicts: tuple[FigureConflict, ...]
    against: tuple[str, ...]
    ways: tuple[frozenset[str], ...]


def _by_edge(claims: Iterable[Claim]) -> dict[Edge, list[Claim]]:
    found: dict[Edge, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.edge].append(claim)
    return found


def _sides(claims: Iterable[Claim], side: str) -> list[Claim]:
    return [claim for claim in claims if takes_side(claim.utterance, side)]


class _View:
    """What other claims in view do to a proposition: denied events, general denials, figures."""

    def __init__(
        self,
        claims: Sequence[Claim],
        register: Register,
        judged: Judged,
        ways: Routes,
        conflicting: Iterable[FigureConflict],
        carrying: Mapping[Edge, tuple[Claim, ...]],
    ) -> None:
        self.register = register
        self.judged = judged
        self.ways = ways
        visible = [claim for claim in claims if not claim.withheld]
        # an ambiguous denial contests its own narrowest proposition and nothing beyond it
        denials = [c for c in _sides(visible, "Denies") if c.utterance.reading != "Ambiguous"]
        self.denied_events: dict[str, Claim] = {}
        for claim in denials:
            if isinstance(claim.edge.object, Truth):
                self.denied_events.setdefault(claim.edge.subject, claim)
        self.covered: dict[str, list[tuple[Pattern, Claim]]] = defaultdict(list)  # by relation
        said: dict[str, list[Claim]] = defaultdict(list)
        for claim in denials:
            said[claim.edge.predicate].append(claim)
        for rule in (rule for question in register.questions for rule in question.covers):
            for claim in (claim for claim in said[rule.denial.predicate] if rule.denial.matches(claim.edge)):
                for pattern in rule.contests:
                    self.covered[pattern.predicate].append((pattern, claim))
        self.figures: dict[str, list[FigureConflict]] = defaultdict(list)
        for conflict in conflicting:
            self.figures[conflict.first].append(conflict)
            self.figures[conflict.second].append(conflict)
        self.carrying = carrying

    def denied(self, edge: Edge) -> list[Claim]:
        """Who denies the events that an edge supposes."""
        return [self.denied_events[event] for event in supposed(edge) if event in self.denied_events]

    def covering(self, edge: Edge) -> list[Claim]:
        """The general denials that cover an edge."""
        return [claim for pattern, claim in self.covered.get(edge.predicate, ()) if pattern.matches(edge)]

    def contest(self, edge: Edge, affirming: Sequence[Claim], denying: Sequence[Claim]) -> str | None:
        """Why an edge is contested, or None."""
        if not affirming:
            return None
        if denying:
            return f"affirmed in {_list(affirming)} and denied in {_denials(denying)}"
        for claim in affirming:
            for conflict in self.figures.get(claim.id, ()):
                other = conflict.second if conflict.first == claim.id else conflict.first
                what = "date" if isinstance(edge.object, Date) else "figure"
                return f"its {what} conflicts with {other}: {conflict.why}"
        if denied := self.denied(edge):
            return f"the event is denied in {denied[0].id}"
        if covering := self.covering(edge):
            return f"a general denial in {covering[0].id} covers it"
        return None


def supposed(edge: Edge) -> tuple[str, ...]:
    """What must have taken place for an edge to hold: its subject, and its object where the relation supposes it."""
    if isinstance(edge.object, Ref) and vocabulary().property(edge.predicate).supposes_object:
        return edge.subject, edge.object.id
    return (edge.subject,)


def _denials(claims: Sequence[Claim]) -> str:
    unclear = all(claim.utterance.reading == "Ambiguous" for claim in claims)
    return _list(claims) + (" (scope unclear)" if unclear else "")


def _list(claims: Sequence[Claim]) -> str:
    return _some([claim.id for claim in claims])


def _some(words: Sequence[str], between: str = ", ") -> str:
    return between.join(words[:3]) + (f" and {len(words) - 3} more" if len(words) > 3 else "")


def _decide(edge: Edge, held: Sequence[Claim], seen: _View) -> Drawn:
    visible = [claim for claim in held if not claim.withheld]
    actual = [claim for claim in visible if is_actual(claim.utterance)]
    affirming, denying = _sides(actual, "Affirms"), _sides(actual, "Denies")
    behind = origins(affirming, seen.register)
    carrying = seen.carrying.get(edge, ()) if behind else ()
    signed = independence(edge, (*affirming, *carrying), seen.ways, seen.judged)
    documents = len({claim.document.id for claim in visible})

    def drawn(status: str, why: str) -> Drawn:
        return Drawn(status, why, behind, len(visible), documents, signed)

    forces = {claim.utterance.source.force for claim in actual}
    if not visible:
        return drawn("DrawnWithheld", "every claim for it has been retracted")
    if not actual:
        return drawn("DrawnHypothetical", "nobody says it happened: it is predicted, conditional or counterfactual")
    if not forces & {"Asserts", "Asks"}:
        return drawn("DrawnViewOrDemand", "nobody asserts it: it is a view, a demand, a threat or a promise")
    if why := seen.contest(edge, affirming, denying):
        return drawn("DrawnContested", why)
    if denying:
        return drawn("DrawnNegated", f"it is only said not to be so ({_denials(denying)})")
    if all(claim.utterance.position in ("Heading", "Presupposed") for claim in affirming):
        return drawn("DrawnInsinuated", "it is only asked, headlined or taken for granted")
    return drawn(*_by_origins(affirming, behind, carrying, signed, seen))


def _by_origins(
    affirming: Sequence[Claim],
    behind: Sequence[Origin],
    carrying: Sequence[Claim],
    signed: Independence,
    seen: _View,
) -> tuple[str, str]:
    register = seen.register
    if not behind:
        reasons = _barren(affirming, register)
        if any(claim.utterance.position == "Body" and _is_guess(claim) for claim in affirming):
            return "DrawnConjecture", f"nobody who says so shows an origin: {reasons}"
        documents = len({claim.document.id for claim in affirming})
        many = "1 document says" if documents == 1 else f"{documents} documents say"
        return "DrawnNoOriginShown", f"{many} it without showing an origin: {reasons}"
    names = _names(behind, seen)
    if signed.count > 1:
        of = f" of {len(behind)}" if len(behind) > signed.count else ""
        told = _some([f"{judgement.id}: {judgement.reason}" for judgement in signed.judgements], "; ")
        besides = f", with figures that it holds for as well ({_list(carrying)})" if carrying else ""
        return (
            "DrawnCorroborated",
            f"{signed.count}{of} origins, independent by signed judgement, stand behind it{besides}:"
            f" {_names(signed.origins, seen)} ({told})",
        )
    if len(behind) == 1:
        held = ", through words in custody" if _in_custody(affirming, register) else ""
        return "DrawnSingleOrigin", _single(affirming, names + held, register)
    against = _some([f"{judgement.id}: {why}" for judgement, why in signed.against], "; ")
    return (
        "DrawnSeveralOrigins",
        f"{len(behind)} origins ({names}), whose independence nobody has established{against and f' ({against})'}",
    )


def _single(affirming: Sequence[Claim], name: str, register: Register) -> str:
    """One origin: which claims show it, and which others say so without resting on it, for all that is known."""
    adding = [claim for claim in affirming if discount(claim.utterance, register) is None]
    others = len(affirming) - len(adding)
    if len(affirming) == 1:
        return f"one origin says so: {name}"
    if not others:
        return f"however many say so, one origin stands behind it: {name}"
    rest = "another claim shows none of its own" if others == 1 else f"{others} other claims show none of their own"
    return f"one origin is shown: {name} ({_list(adding)}); {rest}: {_barren(affirming, register)}"


def _barren(claims: Sequence[Claim], register: Register) -> str:
    """Whose words add no origin, by the reason; a reason that several share is told once."""
    held: dict[str, dict[str, None]] = defaultdict(dict)
    for claim in claims:
        if why := discount(claim.utterance, register):
            held[why][register.called(claim.utterance.source.speaker)] = None
    return "; ".join(f"{_some(list(names))} ({why})" for why, names in sorted(held.items()))


def _names(behind: Iterable[Origin], seen: _View) -> str:
    """The names of origins; one that is heard through a single publisher is named with it."""
    told = []
    for origin in behind:
        publisher = relayed_by(origin, seen.ways, seen.register)
        relay = f" as relayed by {seen.register.label(publisher)}" if publisher else ""
        told.append(seen.register.label(origin.key) + relay)
    return ", ".join(told)


def _in_custody(affirming: Sequence[Claim], register: Register) -> bool:
    """Whether every claim that adds an origin passes through somebody who was held."""
    adding = [claim.utterance for claim in affirming if discount(claim.utterance, register) is None]
    return bool(adding) and all(any(hop.held_by for hop in u.by) for u in adding)


def _is_guess(claim: Claim) -> bool:
    u = claim.utterance
    return (
        bool(GUESSES & set(u.evidence))
        or is_concluded(u, claim.edge)
        or u.source.force == "Opines"
        or effective_certainty(u.by) == "Possible"
    )
