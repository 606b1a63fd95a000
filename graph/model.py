"""The value types of the graph: frozen, without input or output.

Names of vocabulary terms (kinds, axes, properties) are plain strings here; the corpus reader
checks each against ontology.ttl before a value is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from graph.content import NOWHERE, Edge, Ref, Where


@dataclass(frozen=True, slots=True)
class Custody:
    """Who held a speaker, and whether the text says so."""

    who: str
    basis: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of the speaker chain. The innermost hop has a force, a relaying one a commitment."""

    speaker: str
    commitment: str
    force: str | None = None
    polarity: str | None = None
    certainty: str | None = None
    to: tuple[str, ...] = ()
    cue: str | None = None
    circumstances: tuple[str, ...] = ()
    held_by: Custody | None = None
    said_at: str | None = None
    basis: str = "Explicit"


@dataclass(frozen=True, slots=True)
class Condition:
    """A proposition nobody claims, on which an utterance hangs."""

    edge: Edge
    link: str
    polarity: str = "Affirms"


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words stand: nth non-empty line; code points of the original, end exclusive."""

    paragraph: int
    start: int | None = None
    end: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Inferring:
    """Edge number `claim` of an utterance is concluded from the claims `premises`."""

    claim: int
    premises: tuple[str, ...]
    scheme: str
    needs: str


@dataclass(frozen=True, slots=True)
class LintException:
    """A lint that is overruled for one utterance, and why."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Record:
    """Who put something on record, and on which day (ISO)."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Retraction:
    """A claim taken back: kept, with the reason."""

    at: str
    by: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One passage committing, through one chain of hops, to edges coded from one clause."""

    id: str
    passage: Passage
    says: str
    by: tuple[Hop, ...]  # outermost first
    evidence: tuple[str, ...] = ()
    printed: str | None = None
    reading: str = "Clear"
    position: str = "Body"
    mode: str = "Actual"
    condition: tuple[Condition, ...] = ()
    edges: tuple[Edge, ...] = ()
    about: tuple[str, ...] = ()
    could_also: tuple[str, ...] = ()
    infers: tuple[Inferring, ...] = ()
    lint_ok: tuple[LintException, ...] = ()
    note: str | None = None
    record: Record | None = None
    retracted: Retraction | None = None
    where: Where = field(default=NOWHERE, compare=False)
    edge_lines: tuple[int, ...] = field(default=(), compare=False)

    @property
    def source(self) -> Hop:
        """The innermost hop: whose word it is."""
        return self.by[-1]

    def claim_id(self, number: int) -> str:
        """The id of the claim for edge `number`, counted from 1."""
        return f"{self.id}.{number}"

    def claims(self) -> Iterator[tuple[str, Edge]]:
        """Claim id and edge, in order."""
        for number, edge in enumerate(self.edges, start=1):
            yield self.claim_id(number), edge


@dataclass(frozen=True, slots=True)
class Published:
    """Not before, not after, and how that is known."""

    start: str
    end: str
    basis: str


@dataclass(frozen=True, slots=True)
class Original:
    """The text a document was read from; kept locally, identified by its hash.

    `paragraphs` are code-point ranges of the non-empty lines, ends exclusive.
    """

    sha256: str
    code_points: int
    paragraphs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a digest, in our own words."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document, how it was read, and everything coded from it."""

    id: str
    title: str
    kind: str
    publisher: str
    author: str
    language: str
    published: Published
    captured: str
    text_quality: str
    leaning: str
    record: Record
    digest: tuple[Paragraph, ...]
    utterances: tuple[Utterance, ...]
    url: str | None = None
    original: Original | None = None
    republishes: tuple[str, ...] = ()
    availability: str | None = None
    note: str | None = None
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Alias:
    """A name as it occurs in a document."""

    text: str
    lang: str
    document: str


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Where a place is, how exactly, and who says so."""

    lat: Decimal
    lon: Decimal
    precision: str
    level: str
    source: str


@dataclass(frozen=True, slots=True)
class IdentityJudgement:
    """A signed judgement that two entities may be the same; never a merge."""

    with_: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that is spoken of, or speaks. Naming it asserts nothing."""

    id: str
    kind: str
    label: tuple[tuple[str, str], ...]  # (language, text), English first
    aliases: tuple[Alias, ...] = ()
    organ_of: str | None = None
    institution: str | None = None
    within: str | None = None
    part_of: str | None = None
    members: tuple[str, ...] = ()
    unidentified: bool = False
    place: PlaceFacts | None = None
    possible_same: tuple[IdentityJudgement, ...] = ()
    formerly: tuple[str, ...] = ()
    note: str | None = None
    where: Where = field(default=NOWHERE, compare=False)

    @property
    def name(self) -> str:
        """The English label."""
        return self.label[0][1]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Edges a question is about; `*` stands for anything, the object is an entity id or `*`."""

    subject: str
    predicate: str
    object: str

    def matches(self, edge: Edge) -> bool:
        """Whether the edge fits the pattern."""
        return self.fits(edge.subject, edge.predicate, edge.object.id if isinstance(edge.object, Ref) else "*")

    def fits(self, subject: str, predicate: str, target: str) -> bool:
        """The same of an edge told by its ids."""
        return self.predicate == predicate and self.subject in ("*", subject) and self.object in ("*", target)


@dataclass(frozen=True, slots=True)
class SamePopulation:
    """A signed judgement that figures of two populations may be compared."""

    pair: tuple[str, str]
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """A signed rule: denying the weaker rung contests the stronger ones."""

    denial: Pattern
    contests: tuple[Pattern, ...]
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """What competing claims answer; disagreement is computed inside one question only."""

    id: str
    label: tuple[tuple[str, str], ...]
    behaviour: str
    patterns: tuple[Pattern, ...]
    same_population: tuple[SamePopulation, ...] = ()
    covers: tuple[CoverageRule, ...] = ()
    note: str | None = None
    where: Where = field(default=NOWHERE, compare=False)

    @property
    def name(self) -> str:
        """The English wording."""
        return dict(self.label)["en"]

    def addressed_by(self, edge: Edge) -> bool:
        """Whether an edge answers this question."""
        relation = edge.predicate  # compared here first: most patterns are of another one, and a call costs more
        return any(pattern.predicate == relation and pattern.matches(edge) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """Origins that count as one: a signed, reasoned editorial act."""

    id: str
    label: str
    members: tuple[str, ...]
    by: str
    at: str
    reason: str
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A signed judgement on a source (`about` entity or document) or on what it says (claim, garbled).

    `reliability` grades a source, `credibility` an item (Admiralty, NATO AJP-2.1); likelihood and
    confidence are those of ICD 203. What nobody graded stays None.
    """

    id: str
    about: str  # Entity, Document, Claim or Garbled
    target: str
    by: str
    at: str
    reason: str
    status: str = "AssessedUnassessed"
    reliability: str | None = None
    credibility: str | None = None
    likelihood: str | None = None
    confidence: str | None = None
    cites: tuple[str, ...] = ()
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class IndependenceJudgement:
    """A signed judgement on whether two origins have separate access to the matter of one question.

    `between` names entities or origin groups; the order means nothing.
    """

    id: str
    between: tuple[str, str]
    question: str
    verdict: str
    by: str
    at: str
    reason: str
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SourceRelation:
    """A signed, reasoned relation between two sources: documents or claims, or a question that one is about.

    `kind` is a concept of RelationKindScheme; the relation leads from `source` to `target`, for
    example from a repetition to what it repeats. It never adds to a count.
    """

    id: str
    kind: str
    source: str
    target: str
    by: str
    at: str
    reason: str
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything in the corpus folder, each part in the order of its file."""

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    questions: tuple[Question, ...]
    groups: tuple[OriginGroup, ...]
    assessments: tuple[Assessment, ...] = ()
    independence: tuple[IndependenceJudgement, ...] = ()
    relations: tuple[SourceRelation, ...] = ()

    def utterances(self) -> Iterator[tuple[Document, Utterance]]:
        """Every utterance with its document."""
        for document in self.documents:
            for utterance in document.utterances:
                yield document, utterance

    def claims(self) -> Iterator["Claim"]:
        """Every claim, in the order of the files."""
        for document, utterance in self.utterances():
            for name, edge in utterance.claims():
                yield Claim(name, edge, utterance, document)


@dataclass(frozen=True, slots=True)
class Claim:
    """One edge of one utterance of one document: somebody's word for a proposition."""

    id: str
    edge: Edge
    utterance: Utterance
    document: Document

    @property
    def withheld(self) -> bool:
        """Whether the claim has been retracted."""
        return self.utterance.retracted is not None
