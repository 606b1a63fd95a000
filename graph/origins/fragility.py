"""Fragility: the smallest sets of sources without which an edge no longer stands.

A support of an edge is one affirming claim with everything it rests on: its own sources and those of
its premises, of which pooled ones are alternatives and joint ones multiply. What fells an edge is a
minimal hitting set of its supports. They are found by Berge's algorithm (C. Berge, Hypergraphs:
Combinatorics of Finite Sets, North-Holland 1989): the hitting sets of two families together are the
unions of one of each, with every set dropped that contains another (absorption). Supports need not be
written out for that: the same two steps follow the premises, where pooled ones are families met
together and joint ones families of which one is enough.

Our own code: the maintained library that finds hitting sets on Python, python-sat, brings 4 MB of
compiled solvers; HyTra is an alpha of 2020; networkx and rdflib have no such function.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from graph.content import Edge
from graph.model import Claim
from graph.origins.withdrawal import Carrier, Sources, premises_of
from graph.rdf import natural
from graph.status import takes_side

SIZE = 4  # sources set aside together: larger sets say little and are many
MOST = 1000  # sets kept at a time before the size sought is lowered
Sets = frozenset[int]  # each set of carriers as the bits of a number


@dataclass(frozen=True, slots=True)
class Fragility:
    """The minimal sets of sources without which an edge falls, smallest first.

    Each way is one set, written as choices: any one carrier of each choice, since the carriers of a
    choice stand or fall for the same claims. `cut` is the size beyond which sets were not sought, None
    when these are all.
    """

    edge: Edge
    affirming: tuple[str, ...]
    ways: tuple[tuple[tuple[Carrier, ...], ...], ...]
    cut: int | None

    @property
    def sets(self) -> frozenset[frozenset[Carrier]]:
        """Every minimal set, written out."""
        return frozenset(frozenset(chosen) for way in self.ways for chosen in product(*way))

    @property
    def least(self) -> int | None:
        """How many sources must fall at least; None when nobody affirms it or no small set is enough."""
        return min((len(way) for way in self.ways), default=None)


def supports(edge: Edge, claims: Iterable[Claim], sources: Sources) -> frozenset[frozenset[Carrier]]:
    """The minimal supports of an edge, written out: the definition, for few premises (they multiply)."""
    by_id = {claim.id: claim for claim in claims if not claim.withheld}

    def of(claim: Claim, path: tuple[str, ...]) -> set[frozenset[Carrier]]:
        found = {sources.carriers(claim)}
        for joint, premises in premises_of(claim):
            here = [by_id[name] for name in premises if name in by_id]
            below = [{frozenset[Carrier]()} if p.id in path else of(p, (*path, p.id)) for p in here]
            if not below:
                continue
            ways = [frozenset().union(*one) for one in product(*below)] if joint else frozenset().union(*below)
            found = {own | way for own in found for way in ways}
        return found

    every = {one for claim in by_id.values() if _affirms(claim, edge) for one in of(claim, (claim.id,))}
    return frozenset(one for one in every if not any(other < one for other in every))


def fragility(edge: Edge, claims: Iterable[Claim], sources: Sources, size: int = SIZE, most: int = MOST) -> Fragility:
    """The minimal sets of at most `size` sources without which nobody is left who affirms an edge.

    Where more than `most` sets would have to be kept at a time, smaller ones are sought, and `cut` says so.
    """
    by_id = {claim.id: claim for claim in claims if not claim.withheld}
    affirming = sorted((name for name, claim in by_id.items() if _affirms(claim, edge)), key=natural)
    if not affirming:
        return Fragility(edge, (), (), None)
    reached = _reached(affirming, by_id)
    choices = _choices(reached, by_id, sources)
    own = {name: [bit for bit, choice in enumerate(choices) if name in choice.claims] for name in reached}
    search = _Search(size, most, by_id, own)
    while (found := search.felled(affirming)) is None:
        search = _Search(search.limit - 1, most, by_id, own)
    ways = (tuple(choices[bit].carriers for bit in _bits(one)) for one in found)
    ordered = tuple(sorted(ways, key=lambda way: (len(way), way)))
    return Fragility(edge, tuple(affirming), ordered, search.limit if search.cut else None)


def _affirms(claim: Claim, edge: Edge) -> bool:
    return claim.edge == edge and takes_side(claim.utterance, "Affirms")


def _reached(names: Iterable[str], by_id: Mapping[str, Claim]) -> list[str]:
    """Claims with everything they are concluded from."""
    found: dict[str, None] = {}
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in by_id and name not in found:
            found[name] = None
            todo += [p for _, premises in premises_of(by_id[name]) for p in premises]
    return sorted(found, key=natural)


@dataclass(frozen=True, slots=True)
class _Choice:
    carriers: tuple[Carrier, ...]
    claims: frozenset[str]


def _choices(reached: Sequence[str], by_id: Mapping[str, Claim], sources: Sources) -> list[_Choice]:
    """Carriers by the claims that rest on them: those of the same claims are interchangeable."""
    claims: dict[Carrier, set[str]] = defaultdict(set)
    for name in reached:
        for carrier in sources.carriers(by_id[name]):
            claims[carrier].add(name)
    grouped: dict[frozenset[str], list[Carrier]] = defaultdict(list)
    for carrier in sorted(claims):
        grouped[frozenset(claims[carrier])].append(carrier)
    return [_Choice(tuple(carriers), held) for held, carriers in grouped.items()]


def _bits(number: int) -> Iterator[int]:
    at = 0
    while number:
        if number & 1:
            yield at
        number >>= 1
        at += 1


class _Search:
    """Berge's two steps, over sets of at most `limit` members."""

    def __init__(self, limit: int, most: int, by_id: Mapping[str, Claim], own: Mapping[str, Sequence[int]]) -> None:
        self.limit = limit
        self.most = most
        self.by_id = by_id
        self.own = own
        self.cut = False
        self.crowded = False

    def felled(self, affirming: Sequence[str]) -> Sets | None:
        """The sets that fell every one of some claims; None when they are too many.

        What fells a claim is built up from its own carriers, premise by premise, until nothing is added:
        so it ends even where premises lead back.
        """
        fell: dict[str, Sets] = {name: frozenset(1 << bit for bit in bits) for name, bits in self.own.items()}
        while not self.crowded:
            next_ = {name: self._claim(name, fell) for name in fell}
            if next_ == fell:
                found = self._both(fell[name] for name in affirming)
                return None if self.crowded else found
            fell = next_
        return None

    def _claim(self, name: str, fell: Mapping[str, Sets]) -> Sets:
        found = fell[name]
        for joint, premises in premises_of(self.by_id[name]):
            here = [fell[p] for p in premises if p in fell]
            if here:
                found = self._least(found | (frozenset().union(*here) if joint else self._both(here)))
        return found

    def _both(self, families: Iterable[Sets]) -> Sets:
        """The sets that hit every family."""
        found: Sets = frozenset({0})
        for family in families:
            joined = {one | other for one in found for other in family}
            found = self._least(frozenset(one for one in joined if one.bit_count() <= self.limit))
            large = (one for one in joined if one.bit_count() > self.limit)
            self.cut = self.cut or any(not any(one & other == other for other in found) for one in large)
        return found

    def _least(self, sets: Sets) -> Sets:
        """Absorption: without the sets that contain another."""
        kept: list[int] = []
        for one in sorted(sets, key=lambda number: (number.bit_count(), number)):
            if not any(one & other == other for other in kept):
                kept.append(one)
            if len(kept) > self.most and self.limit > 1:
                self.crowded = True
                break
        return frozenset(kept)


# ---- the most load-bearing --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """Something the corpus rests on, and what falls without it alone.

    Carriers with the same claims are one load: a document, its publisher and its author, say.
    """

    carriers: tuple[Carrier, ...]
    claims: tuple[str, ...]
    edges: int


def loads(claims: Iterable[Claim], sources: Sources) -> tuple[Load, ...]:
    """What the visible claims rest on with what falls without it, the most load-bearing first.

    An edge falls when no visible claim is left for it, whichever side the claim takes.
    """
    visible = sorted((claim for claim in claims if not claim.withheld), key=lambda claim: natural(claim.id))
    felled = felled_by_one(visible, sources)
    by_edge: dict[Edge, frozenset[Carrier]] = {}
    by_carrier: dict[Carrier, list[str]] = defaultdict(list)
    for claim in visible:
        by_edge[claim.edge] = by_edge.get(claim.edge, felled[claim.id]) & felled[claim.id]
        for carrier in felled[claim.id]:
            by_carrier[carrier].append(claim.id)
    edges = Counter(carrier for found in by_edge.values() for carrier in found)
    grouped: dict[tuple[str, ...], list[Carrier]] = defaultdict(list)
    for carrier in sorted(by_carrier):
        grouped[tuple(by_carrier[carrier])].append(carrier)
    found = (Load(tuple(carriers), names, edges[carriers[0]]) for names, carriers in grouped.items())
    return tuple(sorted(found, key=lambda load: (-load.edges, -len(load.claims), load.carriers)))


def felled_by_one(visible: Iterable[Claim], sources: Sources) -> dict[str, frozenset[Carrier]]:
    """By claim, every carrier without which alone it falls: its own, and those that fell its premises."""
    visible = tuple(visible)
    felled = {claim.id: sources.carriers(claim) for claim in visible}
    steps = [
        (claim.id, joint, here)
        for claim in visible
        for joint, premises in premises_of(claim)
        if (here := [name for name in premises if name in felled])
    ]
    moved = True
    while moved:
        moved = False
        for name, joint, premises in steps:
            below = [felled[premise] for premise in premises]
            more = felled[name] | (frozenset().union(*below) if joint else below[0].intersection(*below[1:]))
            moved = moved or more != felled[name]
            felled[name] = more
    return felled
