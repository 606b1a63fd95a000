"""Withdrawal: what is left to say when a reader sets sources aside, and what that changes.

A view of the reader's: nothing is written, and putting a source back restores what was there.
Whatever is withdrawn is named once, over everything in view, before any claim falls; so it makes no
difference in which order sources are set aside.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from graph.content import Edge
from graph.model import Claim, Document, OriginGroup, Utterance
from graph.origins.counting import Register
from graph.origins.disagreements import Disagreement, disagreements
from graph.origins.drawn import Drawn, draw
from graph.vocabulary import vocabulary

GONE = "no claim for it is left in view"
PARTY = "PartyToConflict"
ALL = "NeedsAll"


@dataclass(frozen=True, slots=True, order=True)
class Carrier:
    """Something a claim rests on: `kind` is document, publisher, speaker, group or evidence."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a reader sets aside; `minimum` hides edges with fewer independent origins."""

    documents: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    parties: bool = False
    minimum: int = 0

    def __or__(self, other: "Withdrawal") -> "Withdrawal":
        """Both at once."""
        merged: dict[str, Any] = {
            name: getattr(self, name) | getattr(other, name)
            for name in (field.name for field in fields(self))
            if name != "minimum"
        }
        return Withdrawal(**merged, minimum=max(self.minimum, other.minimum))

    @property
    def carriers(self) -> frozenset[Carrier]:
        """What is set aside by name."""
        return frozenset(
            Carrier(kind, name)
            for kind, names in (
                ("document", self.documents),
                ("publisher", self.publishers),
                ("speaker", self.speakers),
                ("group", self.groups),
                ("evidence", self.evidence),
            )
            for name in names
        )


@dataclass(frozen=True, slots=True)
class Sources:
    """What tells the carriers of a claim: the register, and every document (a reprint rests on what it prints)."""

    register: Register
    documents: Mapping[str, Document]

    @classmethod
    def of(cls, register: Register, documents: Iterable[Document]) -> "Sources":
        return cls(register, {document.id: document for document in documents})

    def carriers(self, claim: Claim) -> frozenset[Carrier]:
        """Every source a claim rests on; withdrawing any one of them fells it.

        Its document and publisher, those of the documents that it prints again, and the media that relay
        it; speakers and custodians of every hop, with the institution named for them and the group each is in;
        and the group of which a member or an organ publishes it, though whoever wrote there is no origin of the group.
        """
        speakers = {name for hop in claim.utterance.by for name in self._names(hop.speaker)}
        speakers |= {name for hop in claim.utterance.by if hop.held_by for name in self._names(hop.held_by.who)}
        found = {Carrier("speaker", name) for name in speakers}
        found |= {Carrier("publisher", name) for name in speakers if self._is_medium(name)}
        found |= {Carrier("group", group.id) for name in speakers if (group := self.register.groups.get(name))}
        return frozenset(found) | self.upstream(claim.document)

    def upstream(self, document: Document) -> frozenset[Carrier]:
        """A document and its publisher with the group of which that is a member or an organ, and those of what it prints again."""
        found: set[Carrier] = set()
        for name in self._upstream(document):
            known = document if name == document.id else self.documents.get(name)
            if known is not None:
                found |= {Carrier("document", name), Carrier("publisher", known.publisher)}
                found |= {Carrier("group", group.id) for group in self._sides(known.publisher)}
            else:  # what is printed again is a document of ours or an entity: an agency, or a story
                found.add(Carrier("publisher" if self._is_medium(name) else "document", name))
        return frozenset(found)

    def withdrawables(self, claim: Claim) -> frozenset[Carrier]:
        """The carriers of a claim and its kinds of evidence."""
        return self.carriers(claim) | {Carrier("evidence", kind) for kind in claim.utterance.evidence}

    def parties(self, claims: Iterable[Claim]) -> frozenset[Carrier]:
        """Speakers of whom any visible claim says that they are a party to the conflict, with their groups."""
        names = {
            name
            for claim in claims
            if not claim.withheld
            for hop in claim.utterance.by
            if PARTY in hop.circumstances
            for name in self._names(hop.speaker)
        }
        groups = {group.id for name in names if (group := self.register.groups.get(name))}
        return frozenset({*(Carrier("speaker", name) for name in names), *(Carrier("group", name) for name in groups)})

    def _names(self, name: str) -> tuple[str, ...]:
        entity = self.register.entities.get(name)
        return (name, entity.institution) if entity is not None and entity.institution is not None else (name,)

    def _sides(self, publisher: str) -> Iterator[OriginGroup]:
        """The groups of a publisher and of whatever it is an organ of, at any remove."""
        name: str | None = publisher
        met: set[str] = set()
        while name is not None and name not in met:
            met.add(name)
            if group := self.register.groups.get(name):
                yield group
            entity = self.register.entities.get(name)
            name = entity.organ_of if entity is not None else None

    def _is_medium(self, name: str) -> bool:
        entity = self.register.entities.get(name)
        return entity is not None and vocabulary().is_a(entity.kind, "Media")

    def _upstream(self, document: Document) -> set[str]:
        """A document with all that it prints again, at any remove."""
        found = {document.id}
        todo = list(document.republishes)
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self.documents[name].republishes if name in self.documents else ()
        return found


# ---- what stands ------------------------------------------------------------------------------------


def premises_of(claim: Claim) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """The premises from which a claim is concluded, and whether they hold only jointly."""
    u: Utterance = claim.utterance
    for entry in u.infers:
        if u.claim_id(entry.claim) == claim.id:
            yield entry.needs == ALL, entry.premises


def withdrawn(withdrawal: Withdrawal, claims: Iterable[Claim], sources: Sources) -> frozenset[Carrier]:
    """What a withdrawal sets aside among some claims, the parties named one by one."""
    return withdrawal.carriers | (sources.parties(claims) if withdrawal.parties else frozenset())


def standing(claims: Iterable[Claim], gone: frozenset[Carrier], sources: Sources) -> tuple[Claim, ...]:
    """The claims that stay, in the order given.

    A claim falls with anything it rests on, and when its premises fall: one of joint premises is
    enough, of pooled ones all. Premises that are not among the claims to begin with fell nobody.
    """
    listed = tuple(claims)
    visible = {claim.id for claim in listed if not claim.withheld}
    fallen = {claim.id for claim in listed if sources.withdrawables(claim) & gone}
    steps = [
        (claim.id, joint, here)
        for claim in listed
        for joint, premises in premises_of(claim)
        if (here := visible.intersection(premises))
    ]
    while more := {
        name
        for name, joint, premises in steps
        if name not in fallen and (premises & fallen if joint else premises <= fallen)
    }:
        fallen |= more
    return tuple(claim for claim in listed if claim.id not in fallen)


# ---- what changes -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """An edge as drawn before and after; None where no visible claim is for it.

    `hidden` says why it is not shown although claims for it stay: fewer independent origins than the minimum.
    """

    edge: Edge
    before: Drawn | None
    after: Drawn | None
    hidden: str | None = None

    @property
    def falls(self) -> bool:
        """Whether it was shown before and is not any more."""
        return self.before is not None and (self.after is None or self.hidden is not None)

    @property
    def appears(self) -> bool:
        """Whether it is shown now and was not before."""
        return self.before is None and self.after is not None and self.hidden is None

    @property
    def changed(self) -> bool:
        """Whether anything about it is shown differently."""
        return self.before != self.after or self.hidden is not None

    @property
    def restated(self) -> bool:
        """Whether it is still shown, under another status."""
        return (
            self.before is not None
            and self.after is not None
            and self.hidden is None
            and self.before.status != self.after.status
        )

    @property
    def why(self) -> str:
        """The sentence that explains what is shown now."""
        return self.hidden or (self.after.why if self.after else GONE)


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two sets of claims: every edge of either, and the disagreements."""

    edges: tuple[EdgeChange, ...]
    vanished: tuple[Disagreement, ...]
    appeared: tuple[Disagreement, ...]
    claims_before: int
    claims_after: int

    @property
    def changed(self) -> tuple[EdgeChange, ...]:
        """The edges about which anything is different."""
        return tuple(edge for edge in self.edges if edge.changed)

    @property
    def fallen(self) -> tuple[EdgeChange, ...]:
        """The edges that are not shown any more."""
        return tuple(edge for edge in self.edges if edge.falls)


def withdraw(claims: Iterable[Claim], withdrawal: Withdrawal, sources: Sources) -> Change:
    """What a withdrawal changes."""
    listed = tuple(claims)
    left = standing(listed, withdrawn(withdrawal, listed, sources), sources)
    return change(listed, left, sources.register, minimum=withdrawal.minimum)


def change(
    before: Sequence[Claim], after: Sequence[Claim], register: Register, then: Register | None = None, minimum: int = 0
) -> Change:
    """The edges and disagreements of two sets of claims, compared; `then` is the register of the second.

    A minimum hides edges and silences nobody: a denial that stays below it contests as before.
    """
    known = then or register
    edges = compared(draw(before, register), draw(after, known), minimum)
    hidden = {changed.edge for changed in edges if changed.hidden is not None}
    said = {d.key: d for d in disagreements(before, register)}
    still = {d.key: d for d in disagreements(after, known) if not hidden.intersection(d.contested)}
    return Change(
        edges,
        tuple(d for key, d in said.items() if key not in still),
        tuple(d for key, d in still.items() if key not in said),
        sum(not claim.withheld for claim in before),
        sum(not claim.withheld for claim in after),
    )


def compared(before: Mapping[Edge, Drawn], after: Mapping[Edge, Drawn], minimum: int = 0) -> tuple[EdgeChange, ...]:
    """The edges of two sets of claims as drawn, compared, without what disagrees with what; see `change`."""
    was, now = _shown(before), _shown(after)
    return tuple(EdgeChange(edge, was.get(edge), now.get(edge), _hidden(now.get(edge), minimum)) for edge in was | now)


def _shown(edges: Mapping[Edge, Drawn]) -> dict[Edge, Drawn]:
    return {edge: drawn for edge, drawn in edges.items() if drawn.status != "DrawnWithheld"}


def _hidden(drawn: Drawn | None, minimum: int) -> str | None:
    count = 0 if drawn is None else drawn.independent.count
    if drawn is None or count >= minimum:
        return None
    many = {0: "no origin stands", 1: "1 independent origin stands"}.get(count, f"{count} independent origins stand")
    return f"{many} behind it, fewer than {minimum}"
