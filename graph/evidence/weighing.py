"""What the evidence carries: withdrawal, dates, fragility and disagreement over one build, in words.

Every edge comes out with its status, the sentence that explains it and whose word it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.content import Edge
from graph.errors import NotFoundError
from graph.evidence.archive import Archive
from graph.evidence.assemble import Assembler, term
from graph.evidence.overview import Overview
from graph.evidence.values import ClaimEvidence, Named, Term, spoken
from graph.model import Claim, SourceRelation
from graph.origins import (
    Asked,
    Back,
    Carrier,
    Change,
    Disagreement,
    Drawn,
    Drift,
    EdgeChange,
    Fragility,
    Load,
    Redrawing,
    Register,
    Sources,
    Withdrawal,
    asked,
    change,
    disagreements,
    drifts,
    fragility,
    loads,
    published_by,
    recorded_by,
    register_by,
    standing,
    upstream,
    withdrawn,
)
from graph.rdf import natural, proposition_id
from graph.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class EdgeTold:
    """An edge in words, with its status, the reason for it, and whose word it is."""

    proposition: str
    says: str
    status: Term
    why: str
    origins: tuple[Named, ...]
    said: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """An edge before and after; `after` is None where it falls, `before` where it appears."""

    before: EdgeTold | None
    after: EdgeTold | None
    why: str


@dataclass(frozen=True, slots=True)
class OriginTold:
    """One origin of an edge, its group, and the claims that carry its word here."""

    origin: Named
    group: Named | None
    claims: tuple[ClaimEvidence, ...]


@dataclass(frozen=True, slots=True)
class BackTold:
    """A claim that one of an edge's claims goes back to by a signed relation, with whose word that is.

    `of` is the claim from which this step leads. Of a claim that was taken back nothing is told but that it was.
    """

    claim: str
    of: str
    to: str
    kind: Term
    says: str | None
    status: Term
    speaker: Named
    document: str
    published: str
    in_custody: bool
    relation: str
    reason: str
    signer: Named
    signed_at: str


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What stands behind an edge: documents, publishers, origins, groups; and what adds no origin, with the reason.

    `upstream` is what its claims go back to by signed relations; it is shown and never counted.
    """

    edge: EdgeTold
    documents: tuple[str, ...]
    publishers: tuple[Named, ...]
    origins: tuple[OriginTold, ...]
    denials: tuple[ClaimEvidence, ...]
    barren: tuple[ClaimEvidence, ...]
    upstream: tuple[BackTold, ...] = ()

    @property
    def groups(self) -> int:
        """How many count as one each."""
        return len(self.origins)


class Weighing:
    """The questions of weight, asked of one build."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.register: Register = archive.register
        self.sources = Sources(archive.register, archive.documents)
        self._assembler = Assembler(archive.register, archive.documents, archive.text)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim of the build."""
        return tuple(self.archive.every_claim())

    @cached_property
    def relations(self) -> tuple[SourceRelation, ...]:
        """How sources stand to one another, as signed."""
        return self.archive.parts.relations

    @cached_property
    def drawn(self) -> dict[Edge, Drawn]:
        """Every edge as drawn over all claims."""
        return self.redrawing.all

    @cached_property
    def redrawing(self) -> Redrawing:
        """All claims, ready to be drawn over some of them."""
        return Redrawing(self.claims, self.register)

    @cached_property
    def by_edge(self) -> dict[Edge, list[Claim]]:
        """The visible claims of each edge."""
        return _grouped(self.claims)

    # ---- names ----------------------------------------------------------------------------

    @cached_property
    def _carriers(self) -> frozenset[Carrier]:
        return frozenset(carrier for claim in self.claims for carrier in self.sources.carriers(claim))

    def checked(self, kind: str, names: Iterable[str]) -> frozenset[str]:
        """Ids of one kind of source, each of which carries something here; NotFoundError with the nearest."""
        known = sorted(carrier.id for carrier in self._carriers if carrier.kind == kind)
        for name in names:
            if name not in known:
                raise NotFoundError(kind, name, known)
        return frozenset(names)

    def kinds(self, names: Iterable[str]) -> frozenset[str]:
        """Kinds of evidence by name or token."""
        concepts = vocabulary().concepts("EvidenceKind").values()
        known = {word: concept.name for concept in concepts for word in (concept.notation, concept.name)}
        for name in names:
            if name not in known:
                raise NotFoundError("kind of evidence", name, tuple(known))
        return frozenset(known[name] for name in names)

    def carrier(self, carrier: Carrier) -> str:
        """A source in words."""
        label = carrier.id if carrier.kind == "document" else self.register.label(carrier.id)
        return f"{carrier.kind} {label}" if label == carrier.id else f"{carrier.kind} {label} ({carrier.id})"

    def named(self, name: str) -> tuple[str, list[Edge]]:
        """A title and the visible edges of an edge's 32 digits, a claim or an entity (by id or name)."""
        if re.fullmatch(r"\d{2,4}-c\d+\.\d+", name):
            found = [claim.edge for claim in self.claims if claim.id == name]
            if not found:
                raise NotFoundError("claim", name, self.archive.claim_ids())
            return f"Edge of claim {name}", [edge for edge in found if edge in self.by_edge]
        if re.fullmatch(r"[0-9a-f]{32}", name):
            found = [edge for edge in self.by_edge if proposition_id(edge) == name]
            if not found:
                raise NotFoundError("edge", name)
            return "Edge", found
        if name not in self.register.entities:
            matches = Overview(self.archive).find(name)
            if not matches:
                raise NotFoundError("claim, edge or entity", name, tuple(self.register.entities))
            name = matches[0].entity.id
        wanted = set(self.archive.propositions_about(name))
        edges = [edge for edge in self.by_edge if proposition_id(edge) in wanted]
        return self.label(name), sorted(edges, key=lambda edge: -len(self.by_edge[edge]))

    # ---- edges ----------------------------------------------------------------------------

    def sentence(self, edge: Edge) -> str:
        """An edge in words; show nothing of it without its status."""
        return self._assembler.sentence(edge)

    def label(self, name: str) -> str:
        """The label of an entity."""
        return self._assembler.named(name).label

    def drawn_words(self, edge: Edge) -> str:
        """An edge in words behind its status."""
        return f"{term('DrawnStatus', self.drawn[edge].status).label}: {self.sentence(edge)}"

    def told(self, edge: Edge, drawn: Drawn | None = None, claims: Sequence[Claim] | None = None) -> EdgeTold:
        """An edge with status and source, over all claims or over those given."""
        found = drawn or self.drawn[edge]
        held = self.by_edge.get(edge, []) if claims is None else claims
        evidence = self.archive.evidence_of(held)
        return EdgeTold(
            proposition_id(edge),
            self.sentence(edge),
            term("DrawnStatus", found.status),
            found.why,
            tuple(Named(origin.key, self.register.label(origin.key)) for origin in found.origins),
            spoken(evidence),
            tuple(claim.id for claim in held),
            tuple(sorted({claim.document.id for claim in held})),
        )

    def changes(
        self, edges: Iterable[EdgeChange], after: Sequence[Claim], before: Sequence[Claim] | None = None
    ) -> list[ChangeTold]:
        """Edges before and after in words, each with those claims that are in view."""
        was, now = _grouped(self.claims if before is None else before), _grouped(after)
        return [
            ChangeTold(
                self.told(one.edge, one.before, was.get(one.edge, ())) if one.before else None,
                self.told(one.edge, one.after, now.get(one.edge, ())) if one.after and not one.hidden else None,
                one.why,
            )
            for one in edges
        ]

    # ---- questions of weight --------------------------------------------------------------

    def withdraw(self, withdrawal: Withdrawal) -> tuple[Change, tuple[Claim, ...], frozenset[Carrier]]:
        """What a withdrawal changes, the claims that stay, and what is set aside, the parties named one by one."""
        gone = withdrawn(withdrawal, self.claims, self.sources)
        left = standing(self.claims, gone, self.sources)
        return change(self.claims, left, self.register, minimum=withdrawal.minimum), left, gone

    def loads(self) -> tuple[Load, ...]:
        """What the corpus rests on, the most load-bearing first."""
        return loads(self.claims, self.sources)

    def as_of(self, date: str, record: bool) -> tuple[tuple[Claim, ...], Change]:
        """The claims known on a date, and what has changed from then to now."""
        if not record:
            known = published_by(self.claims, date)
            return known, change(known, self.claims, self.register)
        known = recorded_by(self.claims, date)
        return known, change(known, self.claims, register_by(self.register, date), self.register)

    def fragility(self, edge: Edge) -> Fragility:
        """Without which sources an edge falls."""
        return fragility(edge, self.claims, self.sources)

    def asked(self) -> tuple[Asked, ...]:
        """Every question with its competing answers."""
        return asked(self.claims, self.register)

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Everything that contests an edge."""
        return disagreements(self.claims, self.register)

    def drifts(self) -> tuple[Drift, ...]:
        """Wordings that are repeated."""
        return drifts(self.claims, self.register, self.relations)

    def unfold(self, edge: Edge) -> Unfolded:
        """Documents, publishers, origins and groups behind an edge, with the chains between them."""
        evidence = self.archive.evidence_of(self.by_edge[edge])
        found: dict[str, list[ClaimEvidence]] = {}
        denials, barren = [], []
        for claim in evidence:
            if claim.polarity.id == "denies":
                denials.append(claim)
            elif claim.discount is not None:
                barren.append(claim)
            else:
                key = claim.origin_group.id if claim.origin_group else claim.origin.id
                found.setdefault(key, []).append(claim)
        publishers = {claim.document.publisher.id: claim.document.publisher for claim in evidence}
        return Unfolded(
            self.told(edge),
            tuple(sorted({claim.document.id for claim in evidence})),
            tuple(publishers[name] for name in sorted(publishers)),
            tuple(OriginTold(held[0].origin, held[0].origin_group, tuple(held)) for _, held in sorted(found.items())),
            tuple(denials),
            tuple(barren),
            tuple(told for claim in evidence for told in self._upstream(claim.claim)),
        )

    def _upstream(self, claim: str) -> Iterator[BackTold]:
        """What a claim goes back to, in words."""
        steps = upstream(claim, self.relations)
        found = self.claim_evidence(step.claim for step in steps)
        return (self._back(claim, step, found[step.claim]) for step in steps)

    def _back(self, claim: str, step: Back, found: ClaimEvidence) -> BackTold:
        relation = step.relation
        return BackTold(
            claim,
            step.of,
            step.claim,
            term("RelationKind", relation.kind),
            None if found.retracted else found.says,
            found.reported_status,
            found.chain[-1].speaker,
            found.document.id,
            found.document.published_to,
            any(hop.held_by for hop in found.chain),
            relation.id,
            relation.reason,
            Named(relation.by, self.label(relation.by)),
            relation.at,
        )

    def claim_evidence(self, names: Iterable[str]) -> Mapping[str, ClaimEvidence]:
        """Some claims with everything behind them."""
        wanted = set(names)
        return {c.claim: c for c in self.archive.evidence_of(c for c in self.claims if c.id in wanted)}

    def opposed(self, one: Disagreement) -> str:
        """A disagreement in one sentence: what is contested, and who stands on either side."""
        edge, sides = self.sentence(one.edge), [self._speakers(names) for names in (one.claims, one.opposed)]
        if one.kind == "denied":
            return f"contested: {edge}: affirmed by {sides[0]}, denied by {sides[1]} ({one.why})"
        other = self.sentence(one.against)
        if one.kind == "figures":
            return f"contested: {edge} (said by {sides[0]}) against {other} (said by {sides[1]}): {one.why}"
        return f"contested: {edge} (said by {sides[0]}); denied by {sides[1]}: {other} ({one.why})"

    def _speakers(self, names: Sequence[str]) -> str:
        found = self.claim_evidence(names)
        listed = dict.fromkeys(f"{found[name].chain[-1].speaker.label}, {name}" for name in names)
        return "; ".join(list(listed)[:3]) + (f" and {len(listed) - 3} more" if len(listed) > 3 else "")


def _grouped(claims: Iterable[Claim]) -> dict[Edge, list[Claim]]:
    found: dict[Edge, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: natural(claim.id)):
        if not claim.withheld:
            found.setdefault(claim.edge, []).append(claim)
    return found
