"""Origins: whose access to the matter a claim rests on, and whether it adds one at all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from graph.model import Claim, Corpus, Document, Entity, IndependenceJudgement, OriginGroup, Question, Utterance
from graph.origins.publishers import first_publishers
from graph.status import effective_certainty, is_actual
from graph.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Register:
    """What counting needs to know besides the claims: entities, groups, questions, judgements, first publishers."""

    entities: Mapping[str, Entity]
    groups: Mapping[str, OriginGroup]  # by member
    questions: tuple[Question, ...]
    independence: tuple[IndependenceJudgement, ...] = ()
    publishers: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by document
    bylines: Mapping[str, str] = field(default_factory=dict)  # by unnamed author, in words
    # populations that are part of another, with the whole: asked for each two figures
    wholes: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wholes = {entity.id: entity.part_of for entity in self.entities.values() if entity.part_of is not None}
        object.__setattr__(self, "wholes", wholes)

    def group(self, name: str) -> OriginGroup | None:
        """A group by its id."""
        return next((group for group in self.groups.values() if group.id == name), None)

    def label(self, name: str) -> str:
        """The label of a group, else of an entity, else the id itself."""
        found = self.group(name) or self.entities.get(name)
        if found is None:
            return name
        return found.label if isinstance(found, OriginGroup) else found.name

    def called(self, name: str) -> str:
        """The same for readers: whoever wrote for a publisher without a name is called with the publisher."""
        entity = self.entities.get(name)
        if entity is None:
            return self.label(name)
        return f"{entity.name}, {self.bylines[name]}" if name in self.bylines else entity.name

    @classmethod
    def of(
        cls,
        entities: Iterable[Entity],
        groups: Iterable[OriginGroup],
        questions: Iterable[Question],
        independence: Iterable[IndependenceJudgement] = (),
        documents: Iterable[Document] = (),
    ) -> "Register":
        known, papers = {entity.id: entity for entity in entities}, tuple(documents)
        return cls(
            known,
            {member: group for group in groups for member in group.members},
            tuple(questions),
            tuple(independence),
            first_publishers(papers),
            _bylines(known, papers),
        )

    @classmethod
    def of_corpus(cls, corpus: Corpus) -> "Register":
        """Everything that a corpus says about its sources."""
        return cls.of(corpus.entities, corpus.groups, corpus.questions, corpus.independence, corpus.documents)


def _bylines(entities: Mapping[str, Entity], documents: Iterable[Document]) -> dict[str, str]:
    """For whom authors wrote who have a role and no name; what is printed again has another publisher."""
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        author, publisher = entities.get(document.author), entities.get(document.publisher)
        if author is not None and author.kind == "Role" and publisher is not None and not document.republishes:
            found.setdefault(author.id, {})[publisher.name] = None
    return {name: ", ".join(publishers) for name, publishers in found.items()}


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """The one a claim is counted with, and the group that counts as one with it."""

    entity: str
    group: str | None

    @property
    def key(self) -> str:
        """What is counted: the group where there is one."""
        return self.group or self.entity


def origin_of(utterance: Utterance, register: Register) -> Origin:
    """The origin of an utterance.

    If any hop was in custody, the custodian of the outermost such hop; else the innermost speaker,
    an anonymous official counting with the institution named for them. Relays collapse into it.
    """
    held = next((hop.held_by for hop in utterance.by if hop.held_by is not None), None)
    name = held.who if held else utterance.source.speaker
    entity = register.entities.get(name)
    if entity is not None and entity.institution is not None:
        name = entity.institution
    group = register.groups.get(name)
    return Origin(name, group.id if group else None)


def discount(utterance: Utterance, register: Register) -> str | None:
    """Why an utterance adds no origin; None when it adds one.

    The reasons are those of the rule in docs/origins.md: each of them alone is enough.
    """
    for reason in DISCOUNTS.values():
        why = reason(utterance, register)
        if why is not None:
            return why
    return None


def _told(holds: bool, why: str) -> str | None:
    return why if holds else None


def _barren(utterance: Utterance, _register: Register) -> str | None:
    kinds = vocabulary().concepts("EvidenceKind")
    barren = [kinds[kind].label for kind in utterance.evidence if kinds[kind].facts.get("addsOrigin") != "true"]
    return f"the kind of evidence, {' and '.join(barren)}, adds none" if barren else None


def _unnamed(utterance: Utterance, register: Register) -> str | None:
    speaker = register.entities.get(utterance.source.speaker)
    nobody = speaker is not None and speaker.unidentified and speaker.institution is None
    return "the source is unnamed" if nobody else None


Discount = Callable[[Utterance, Register], str | None]

#: every reason for which a claim adds no origin; the first that holds is the one that is told
DISCOUNTS: dict[str, Discount] = {
    "garbled": lambda u, _r: _told(u.reading == "Garbled", "the text is garbled"),
    "not-actual": lambda u, _r: _told(not is_actual(u), "the words are not about what is said to have happened"),
    "not-asserted": lambda u, _r: _told(u.source.force != "Asserts", "the words are not asserted"),
    "position": lambda u, _r: _told(
        u.position in ("Heading", "Presupposed"), "the words stand in a heading or are presupposed"
    ),
    "evidence": _barren,
    "possible": lambda u, _r: _told(effective_certainty(u.by) == "Possible", "the words are called merely possible"),
    "rejected": lambda u, _r: _told(any(h.commitment == "Rejects" for h in u.by), "who relays the words rejects them"),
    "unnamed": _unnamed,
}


def origins(claims: Iterable[Claim], register: Register) -> tuple[Origin, ...]:
    """The distinct origins that claims add, one per group, sorted."""
    found: dict[str, Origin] = {}
    for claim in claims:
        if not claim.withheld and discount(claim.utterance, register) is None:
            origin = origin_of(claim.utterance, register)
            found.setdefault(origin.key, origin)
    return tuple(found[key] for key in sorted(found))
