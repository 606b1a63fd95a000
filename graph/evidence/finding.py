"""What words find in a build: entities, sentences with status and source, documents, questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.evidence.archive import Archive
from graph.evidence.assemble import term
from graph.evidence.names import Found, near
from graph.evidence.values import Named, Term
from graph.search import ClaimHit, Passage, names, search

OTHERS = ("claim", "document", "question")  # entities come with their counts of claims, and all of them


@dataclass(frozen=True, slots=True)
class ClaimFound:
    """A sentence of ours for what somebody says, with its reported status, speaker and document."""

    claims: tuple[str, ...]
    says: Passage
    status: Term
    speaker: Named
    chain: str
    document: Named


@dataclass(frozen=True, slots=True)
class DocumentFound:
    """A document by its title, or by a paragraph of our digest."""

    document: Named
    paragraph: int | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class QuestionFound:
    """A question by its wording."""

    question: Named
    passage: Passage


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything found: all entities, the first of the others, and how many of each kind there are."""

    entities: tuple[Found, ...]
    claims: tuple[ClaimFound, ...]
    documents: tuple[DocumentFound, ...]
    questions: tuple[QuestionFound, ...]
    totals: Mapping[str, int]
    partial: bool = False  # the others hold some of the words only

    @property
    def empty(self) -> bool:
        return not any(self.totals.values())


def entities(archive: Archive, counts: Mapping[str, int], text: str) -> list[Found]:
    """Entities by name: by rung of the index, then the most spoken of; near spellings where none fits."""
    register = archive.register.entities
    ranked = sorted(enumerate(names(archive.index, text)), key=lambda n: (n[1].rung, -counts.get(n[1].id, 0), n[0]))
    found = [
        Found(
            register[hit.id],
            register[hit.id].name if hit.field == "id" else hit.passage.text,
            counts.get(hit.id, 0),
        )
        for _, hit in ranked
    ]
    return found or near(register.values(), counts, text)


def finding(archive: Archive, counts: Mapping[str, int], text: str, limit: int) -> Finding:
    """Everything that a text finds; at most `limit` sentences, documents and questions.

    Where nothing holds all of its words, what holds some of them is found, and `partial` says so.
    """
    named, hits = entities(archive, counts, text), search(archive.index, text, limit, OTHERS)
    partial = not any(hits.totals.values())
    if partial:
        hits = search(archive.index, text, limit, OTHERS, loose=True)
    questions = {q.id: dict(q.label)["en"] for q in archive.register.questions}
    return Finding(
        tuple(named),
        tuple(_claim(archive, hit) for hit in hits.claims),
        tuple(DocumentFound(_document(archive, hit.document), hit.paragraph, hit.passage) for hit in hits.documents),
        tuple(QuestionFound(Named(hit.id, questions[hit.id]), hit.passage) for hit in hits.questions),
        {**hits.totals, "entity": len(named)},
        partial and any(hits.totals.values()),
    )


def _claim(archive: Archive, hit: ClaimHit) -> ClaimFound:
    return ClaimFound(
        hit.claims,
        hit.passage,
        term("ReportedStatus", hit.status),
        archive.named(hit.speaker),
        hit.chain,
        _document(archive, hit.document),
    )


def _document(archive: Archive, name: str) -> Named:
    return Named(name, archive.document_record(name).title)
