"""Rules about ids: each once, and each that is used must be borne by something."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.content import Edge, Figure, Ref, Where
from graph.errors import Problem, nearest
from graph.model import Assessment, Corpus, Document, Entity, OriginGroup, Question, Utterance

Mention = tuple[str, Where, int]  # id, where, and line if it is not the first of the record


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that bears an id."""

    entities: Mapping[str, Entity]
    documents: Mapping[str, Document]
    claims: Mapping[str, Utterance]

    @classmethod
    def of(cls, corpus: Corpus) -> "Names":
        return cls(
            {entity.id: entity for entity in corpus.entities},
            {document.id: document for document in corpus.documents},
            {claim.id: claim.utterance for claim in corpus.claims()},
        )


def at(where: Where, code: str, found: str, allowed: str, fix: str, line: int = 0) -> Problem:
    """A problem at a place in a corpus file."""
    return Problem(where.file, line or where.line, code, found, allowed, fix)


def duplicates(corpus: Corpus) -> Iterator[Problem]:
    """Ids that are borne twice; a former id counts as one."""
    former = ((old, e.where) for e in corpus.entities for old in e.formerly)
    kinds: tuple[tuple[str, Iterable[tuple[str, Where]]], ...] = (
        ("document", ((d.id, d.where) for d in corpus.documents)),
        ("utterance", ((u.id, u.where) for _, u in corpus.utterances())),
        ("entity", (*((e.id, e.where) for e in corpus.entities), *former)),
        ("question", ((q.id, q.where) for q in corpus.questions)),
        ("origin group", ((g.id, g.where) for g in corpus.groups)),
        ("assessment", ((a.id, a.where) for a in corpus.assessments)),
        ("independence judgement", ((j.id, j.where) for j in corpus.independence)),
        ("source relation", ((r.id, r.where) for r in corpus.relations)),
    )
    for kind, named in kinds:
        seen: dict[str, Where] = {}
        for name, where in named:
            if name in seen:
                first = seen[name]
                yield at(
                    where,
                    "duplicate-id",
                    f"the {kind} id {name!r} again",
                    "each id once",
                    f"give this one a new id (first at {first.file}:{first.line})",
                )
            seen.setdefault(name, where)


def unknown(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """Ids that nothing bears: entities, documents, claims."""
    for name, where, line in _mentions(corpus):
        if name not in names.entities:
            yield at(
                where,
                "unknown-entity",
                f"the entity {name!r}",
                "an id of entities.yaml",
                nearest(name, tuple(names.entities)) or "add it there",
                line,
            )
    yield from _unknown_documents(corpus, names)
    for claim, what, where in _cited(corpus):
        if claim not in names.claims:
            yield at(
                where,
                "unknown-claim",
                f"{what} {claim!r}",
                "the id of a claim, like 000-c17.1",
                nearest(claim, tuple(names.claims)) or "code that claim first",
            )


def _cited(corpus: Corpus) -> Iterator[tuple[str, str, Where]]:
    """Every claim id that is used, with words for its use."""
    for _, utterance in corpus.utterances():
        for inferring in utterance.infers:
            yield from ((premise, f"in {utterance.id} the premise", utterance.where) for premise in inferring.premises)
    for assessment in corpus.assessments:
        yield from ((claim, f"{assessment.id} cites", assessment.where) for claim in assessment.cites)
        if assessment.about == "Claim":
            yield assessment.target, f"{assessment.id} is of", assessment.where


def _unknown_documents(corpus: Corpus, names: Names) -> Iterator[Problem]:
    named = [
        *((a.document, e.where, f"an alias of {e.id} from the document") for e in corpus.entities for a in e.aliases),
        *((r, d.where, f"{d.id} republishes") for d in corpus.documents for r in d.republishes if _numbered(r)),
        *((a.target, a.where, f"{a.id} is of") for a in corpus.assessments if a.about == "Document"),
    ]
    for name, where, what in named:
        if name not in names.documents:
            yield at(
                where,
                "unknown-document",
                f"{what} {name!r}",
                "the id of a document in this folder",
                nearest(name, tuple(names.documents)) or "name the document itself",
            )


def _numbered(name: str) -> bool:
    """What is republished is one of our documents (their ids begin with a number) or an entity."""
    return name[0].isdigit()


def _mentions(corpus: Corpus) -> Iterator[Mention]:
    """Every entity id that is used, with the place of its use."""
    for document in corpus.documents:
        yield from ((name, document.where, 0) for name in _of_document(document))
        for utterance in document.utterances:
            yield from _of_utterance(utterance)
    for entity in corpus.entities:
        yield from ((name, entity.where, 0) for name in _of_entity(entity))
    for question in corpus.questions:
        yield from ((name, question.where, 0) for name in _of_question(question))
    for group in corpus.groups:
        yield from ((name, group.where, 0) for name in _of_group(group))
    for assessment in corpus.assessments:
        yield from ((name, assessment.where, 0) for name in _of_assessment(assessment))
    yield from ((judgement.by, judgement.where, 0) for judgement in corpus.independence)
    yield from ((relation.by, relation.where, 0) for relation in corpus.relations)


def _of_document(document: Document) -> Iterator[str]:
    yield from (document.publisher, document.author, document.record.by)
    yield from (name for name in document.republishes if not _numbered(name))


def _of_utterance(u: Utterance) -> Iterator[Mention]:
    spoken = [name for hop in u.by for name in (hop.speaker, *hop.to, *([hop.held_by.who] if hop.held_by else []))]
    signers = [signed.by for signed in (u.record, u.retracted) if signed]
    yield from ((name, u.where, 0) for name in (*spoken, *u.about, *signers))
    for edge, line in lined_edges(u):
        yield from ((name, u.where, line) for name in named_by(edge))


def lined_edges(u: Utterance) -> Iterator[tuple[Edge, int]]:
    """The edges an utterance claims or depends on, each with its line; conditions have none."""
    yield from zip(u.edges, u.edge_lines, strict=True)
    yield from ((condition.edge, 0) for condition in u.condition)


def named_by(edge: Edge) -> Iterator[str]:
    """The entities that an edge names: its ends, and the population of a figure."""
    yield edge.subject
    if isinstance(edge.object, Ref):
        yield edge.object.id
    if isinstance(edge.object, Figure) and edge.object.of:
        yield edge.object.of


def _of_entity(entity: Entity) -> Iterator[str]:
    single = (entity.organ_of, entity.institution, entity.within, entity.part_of)
    yield from (name for name in single if name is not None)
    yield from entity.members
    for judgement in entity.possible_same:
        yield from (judgement.with_, judgement.by)


def _of_question(question: Question) -> Iterator[str]:
    patterns = [*question.patterns, *(p for rule in question.covers for p in (rule.denial, *rule.contests))]
    yield from (name for p in patterns for name in (p.subject, p.object) if name != "*")
    for same in question.same_population:
        yield from (*same.pair, same.by)
    yield from (rule.by for rule in question.covers)


def _of_assessment(assessment: Assessment) -> Iterator[str]:
    yield assessment.by
    if assessment.about == "Entity":
        yield assessment.target


def _of_group(group: OriginGroup) -> Iterator[str]:
    yield from (*group.members, group.by)
