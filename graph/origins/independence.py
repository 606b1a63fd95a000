"""Independence: by what way an origin's word comes here, and how many origins are signed as independent.

An edge has as many independent origins as the largest set of its origins of which every two are
established for one question that the edge answers: a maximum clique, found by branch and bound
(Carraghan and Pardalos 1990). The sets are those that somebody signed pair by pair, hence tiny.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from graph.addressed import Asking
from graph.content import Edge
from graph.model import Claim, IndependenceJudgement
from graph.origins.counting import Origin, Register, discount, origin_of
from graph.origins.publishers import first_publishers
from graph.vocabulary import vocabulary

ESTABLISHED = "IndependenceEstablished"
Routes = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Independence:
    """The largest set of independent origins of an edge, and what was signed.

    `judgements` establish the set pair by pair (none for a single origin); `against` are the others
    that bear on two of the edge's origins and do not count, each with the reason why not.
    """

    origins: tuple[Origin, ...]
    judgements: tuple[IndependenceJudgement, ...] = ()
    against: tuple[tuple[IndependenceJudgement, str], ...] = ()

    @property
    def count(self) -> int:
        """How many origins are independent; one alone is one, and none are none."""
        return len(self.origins)


# ---- by what way --------------------------------------------------------------------------------


def route(claim: Claim, register: Register) -> frozenset[str]:
    """Who published a claim's origin first: the innermost medium that relays it, else the publisher of the document."""
    by = claim.utterance.by
    counted = next((at for at, hop in enumerate(by) if hop.held_by is not None), len(by) - 1)
    for hop in reversed(by[:counted]):
        relaying = register.entities.get(hop.speaker)
        if relaying is not None and vocabulary().is_a(relaying.kind, "Media"):
            return frozenset({relaying.id})
    found = register.publishers.get(claim.document.id)
    return found or first_publishers([claim.document])[claim.document.id]


def heard(claim: Claim, register: Register) -> tuple[str, frozenset[str]] | None:
    """The key of the origin that a claim adds, and through whom it is heard; None where it adds none."""
    if claim.withheld or discount(claim.utterance, register) is not None:
        return None
    return origin_of(claim.utterance, register).key, route(claim, register)


def gathered(each: Iterable[tuple[str, frozenset[str]] | None]) -> dict[str, frozenset[str]]:
    """By key of each origin, every publisher through which it is heard."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in each:
        if one is not None:
            found[one[0]] |= one[1]
    return {key: frozenset(publishers) for key, publishers in found.items()}


def routes(claims: Iterable[Claim], register: Register) -> dict[str, frozenset[str]]:
    """By key of each origin that claims add, every publisher through which its word reaches them."""
    return gathered(heard(claim, register) for claim in claims)


def relayed_by(origin: Origin, ways: Routes, register: Register) -> str | None:
    """The one publisher through whom an origin is heard; None when there are several, or it speaks itself."""
    only = ways.get(origin.key, frozenset())
    if len(only) != 1:
        return None
    (publisher,) = only
    group = register.groups.get(publisher)
    return None if origin.key in (publisher, group.id if group else None) else publisher


def share_their_only_publisher(one: str, other: str, ways: Routes) -> str | None:
    """The publisher, when each of two origins is heard through one alone and it is the same."""
    first, second = ways.get(one, frozenset()), ways.get(other, frozenset())
    return next(iter(first)) if first == second and len(first) == 1 else None


# ---- how many -----------------------------------------------------------------------------------


class Judged:
    """The judgements of a register, by question and pair of names."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._pairs: dict[str, dict[frozenset[str], list[IndependenceJudgement]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for judgement in register.independence:
            self._pairs[judgement.question][frozenset(judgement.between)].append(judgement)
        self._asking = Asking(question for question in register.questions if question.id in self._pairs)

    def questions(self, edge: Edge) -> list[str]:
        """The questions that an edge answers and for which something is judged."""
        return [question.id for question in self._asking.of(edge)]

    def on(self, question: str, one: str, other: str) -> tuple[IndependenceJudgement, ...]:
        """Every judgement that holds for two speakers: one on a group holds for each of its members."""
        pairs = self._pairs[question]
        return tuple(
            judgement
            for a, b in product(self._names(one), self._names(other))
            for judgement in pairs.get(frozenset({a, b}), ())
        )

    def _names(self, name: str) -> tuple[str, ...]:
        group = self.register.groups.get(name)
        return (name, group.id) if group else (name,)


def independence(edge: Edge, affirming: Iterable[Claim], ways: Routes, judged: Judged) -> Independence:
    """The independent origins among those that affirm an edge; `ways` are the routes of all claims in view.

    Where several sets are equally large, the first in order of questions and origins is taken.
    """
    behind, speakers = _behind(affirming, judged.register)
    best = Independence(tuple(behind.values())[:1])
    against: dict[str, tuple[IndependenceJudgement, str]] = {}
    for question in judged.questions(edge) if len(behind) > 1 else ():
        joined: dict[frozenset[str], tuple[IndependenceJudgement, ...]] = {}
        for one, other in combinations(behind, 2):
            signed, refused = _verdict(question, speakers[one], speakers[other], judged)
            shared = share_their_only_publisher(one, other, ways)
            if signed and shared is None:
                joined[frozenset({one, other})] = signed
            elif signed and shared is not None:
                refused = tuple(
                    (judgement, f"both are heard through {judged.register.label(shared)} alone") for judgement in signed
                )
            against.update({judgement.id: (judgement, why) for judgement, why in refused})
        names = largest(tuple(behind), joined)
        if len(names) > best.count:
            found = {j.id: j for pair in combinations(names, 2) for j in joined[frozenset(pair)]}
            best = Independence(tuple(behind[name] for name in names), tuple(found[name] for name in sorted(found)))
    return Independence(best.origins, best.judgements, tuple(against[name] for name in sorted(against)))


def largest(names: Sequence[str], joined: Collection[frozenset[str]]) -> tuple[str, ...]:
    """The largest set of names of which every two are joined; the first of several in the order given."""
    best: tuple[str, ...] = ()

    def grow(chosen: tuple[str, ...], rest: Sequence[str]) -> None:
        nonlocal best
        if len(chosen) > len(best):
            best = chosen
        for at, name in enumerate(rest):
            if len(chosen) + len(rest) - at <= len(best):
                return
            grow((*chosen, name), [other for other in rest[at + 1 :] if frozenset({name, other}) in joined])

    grow((), names)
    return best


def _behind(affirming: Iterable[Claim], register: Register) -> tuple[dict[str, Origin], dict[str, list[str]]]:
    """The origins by key, in order, and by key the entities through which each is heard here."""
    found: dict[str, Origin] = {}
    speakers: dict[str, set[str]] = defaultdict(set)
    for claim in affirming:
        if not claim.withheld and discount(claim.utterance, register) is None:
            origin = origin_of(claim.utterance, register)
            found.setdefault(origin.key, origin)
            speakers[origin.key].add(origin.entity)
    return {key: found[key] for key in sorted(found)}, {key: sorted(names) for key, names in speakers.items()}


def _verdict(
    question: str, ones: Sequence[str], others: Sequence[str], judged: Judged
) -> tuple[tuple[IndependenceJudgement, ...], tuple[tuple[IndependenceJudgement, str], ...]]:
    """What establishes two origins as independent, and what speaks against it.

    It is enough that two of their speakers are; for these, a judgement on a group and one on its
    member must agree, else the more cautious holds.
    """
    refused: dict[str, tuple[IndependenceJudgement, str]] = {}
    for one, other in product(ones, others):
        found = judged.on(question, one, other)
        if found and all(judgement.verdict == ESTABLISHED for judgement in found):
            return found, ()
        refused.update({j.id: (j, _told(j)) for j in found if j.verdict != ESTABLISHED})
    return (), tuple(refused.values())


def _told(judgement: IndependenceJudgement) -> str:
    return f"it is {vocabulary().concept('Independence', judgement.verdict).label}"
