"""What views receive: plain, frozen, complete. Status and source are never optional."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an id and a neutral label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of ontology.ttl: its token, label and definition."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class HopEvidence:
    """One link of the speaker chain, in words."""

    speaker: Named
    commitment: Term
    force: Term | None
    polarity: Term | None
    certainty: Term | None
    cue: str | None
    circumstances: tuple[Term, ...]
    held_by: Named | None
    held_by_basis: str | None
    addressee: tuple[Named, ...]
    said_at: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class PassageEvidence:
    """Where the words stand (code points, end exclusive); `quote` and its surroundings only from an attached original."""

    document: str
    paragraph: int
    start: int | None
    end: int | None
    digest: str
    sha256: str | None
    state: str
    before: str | None
    quote: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Garbled:
    """A passage too garbled to carry a claim: what is printed, in our words."""

    utterance: str
    paragraph: int
    printed: str


@dataclass(frozen=True, slots=True)
class DocumentEvidence:
    """The document a claim is found in."""

    id: str
    title: str
    publisher: Named
    kind: Term
    published_from: str
    published_to: str
    captured: str
    leaning: str
    text_quality: Term


@dataclass(frozen=True, slots=True)
class FigureEvidence:
    """A figure as worded: ends that the wording gives, comparator, what is counted, moment."""

    low: str | None
    high: str | None
    comparator: Term
    unit: str
    as_of: str | None


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """One claim with everything that stands behind it."""

    claim: str
    utterance: str
    proposition: str
    says: str
    subject: Named
    predicate: Named
    reading: str
    object: Named
    figure: FigureEvidence | None
    event_start: str | None
    event_end: str | None
    reported_status: Term
    drawn_status: Term
    drawn_reason: str
    force: Term
    polarity: Term
    certainty: Term
    mode: Term
    text_reading: Term
    position: Term
    condition: str | None
    chain: tuple[HopEvidence, ...]
    evidence_kinds: tuple[Term, ...]
    origin: Named
    origin_group: Named | None
    discount: str | None
    document: DocumentEvidence
    passage: PassageEvidence
    about: tuple[Named, ...]
    could_also: tuple[str, ...]
    addresses: tuple[Named, ...]
    premises: tuple[str, ...]
    recorded_by: str
    recorded_at: str
    note: str | None
    retracted: str | None

    @property
    def speakers(self) -> str:
        """Outermost first, joined by ` > `."""
        return " > ".join(hop.speaker.id for hop in self.chain)


def spoken(claims: Iterable[ClaimEvidence]) -> str:
    """Whose word it is, and on which side: "denied by X" is never shown as "said by X"."""
    return spoken_by((claim.chain[-1].speaker, claim.polarity.id) for claim in claims)


def spoken_by(words: Iterable[tuple[Named, str]]) -> str:
    """The same, of speakers and the polarity of what each says; who takes no side never affirms."""
    sides: dict[str, dict[str, str]] = {"affirmed": {}, "denied": {}, "said": {}}
    held = list(words)
    split = any(polarity == "denies" for _, polarity in held)
    for speaker, polarity in held:
        side = {"affirms": "affirmed", "denies": "denied"}.get(polarity, "said") if split else "said"
        sides[side].setdefault(speaker.id, speaker.label)
    return "; ".join(
        f"{side} by {', '.join(list(names.values())[:3])}{' and others' if len(names) > 3 else ''}"
        for side, names in sides.items()
        if names
    )


@dataclass(frozen=True, slots=True)
class EdgeEvidence:
    """One proposition as drawn, with its claims."""

    proposition: str
    subject: Named
    predicate: Named
    reading: str
    object: Named
    drawn_status: Term
    why: str
    origins: int
    claims: tuple[ClaimEvidence, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(sorted({claim.document.id for claim in self.claims}))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The answer to a click: a sentence, the edges behind it, and who disagrees."""

    id: str
    title: str
    sentence: str
    source: Named
    target: Named
    disagreement: str | None
    edges: tuple[EdgeEvidence, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a picture; `kind` is a class of ontology.ttl or a literal kind."""

    id: str
    kind: str
    label: str
    labels: tuple[tuple[str, str], ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything drawn as one line: an ordered pair of nodes and one drawn status."""

    id: str
    source: str
    target: str
    status: Term
    edges: tuple[EdgeEvidence, ...]

    @property
    def claims(self) -> int:
        return sum(len(edge.claims) for edge in self.edges)

    @property
    def origins(self) -> int:
        return max(edge.origins for edge in self.edges)


@dataclass(frozen=True, slots=True)
class Focus:
    """The neighbourhood of one entity: at most `limit` bundles, and how many there are."""

    entity: Node
    nodes: tuple[Node, ...]
    bundles: tuple[Bundle, ...]
    total: int
    total_claims: int
