"""What words find in a build: entities, sentences with status and source, documents, questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from graph.evidence.archive import Archive
from graph.evidence.asking import addressed
from graph.evidence.assemble import term
from graph.evidence.names import Found, near
from graph.evidence.values import Named, Term
from graph.search import Asked, ClaimHit, Hits, NameHit, Passage, asks, most, names, search

OTHERS = ("claim", "document", "question")  # entities come with their counts of claims, and all of them
FEW = 3  # fewer sentences, documents and questions with all words: those with most of the words follow


@dataclass(frozen=True, slots=True)
class ClaimFound:
    """A sentence of ours for what somebody says, with its reported status, speaker and document."""

    claims: tuple[str, ...]
    says: Passage
    status: Term
    speaker: Named
    chain: str
    document: Named
    named: tuple[Named, ...] = ()  # subject, object or speaker whose names hold the words that it does not
    all_words: bool = True


@dataclass(frozen=True, slots=True)
class DocumentFound:
    """A document by its title, or by a paragraph of our digest."""

    document: Named
    paragraph: int | None
    passage: Passage
    all_words: bool = True


@dataclass(frozen=True, slots=True)
class QuestionFound:
    """A question by its wording, or by claims that answer it."""

    question: Named
    passage: Passage
    all_words: bool = True
    claims: int = 0  # how many of the claims that were found answer it, where a question was asked


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question where not all of them were asked for, folded."""

    sought: tuple[str, ...]
    left_out: tuple[str, ...]  # function words
    unknown: tuple[str, ...]  # nothing here holds them


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything found: all entities, the first of the others, and how many of each kind there are.

    What holds all words comes first. `words` is set where what holds some of them follows.
    """

    entities: tuple[Found, ...]
    claims: tuple[ClaimFound, ...]
    documents: tuple[DocumentFound, ...]
    questions: tuple[QuestionFound, ...]
    totals: Mapping[str, int]
    whole: int = 0  # how many of all hold all the words
    words: Words | None = None
    asks: bool = False  # what was typed looks like a question: questions are what a reader wants to see first

    @property
    def empty(self) -> bool:
        return not any(self.totals.values())

    @property
    def note(self) -> str | None:
        """What a reader has to know where some of the words were enough."""
        if self.words is None:
            return None
        counted = f"{self.whole} result{'s have' if self.whole > 1 else ' has'} all the words; the others have"
        told = counted if self.whole else "Nothing has all the words; these have"
        parts = [f"{told} some of them, most first: {', '.join(self.words.sought)}."]
        if self.words.left_out:
            parts.append(f"Left out: {', '.join(self.words.left_out)}.")
        if self.words.unknown:
            parts.append(f"Not found: {', '.join(self.words.unknown)}.")
        return " ".join(parts)


def entities(archive: Archive, counts: Mapping[str, int], text: str) -> list[Found]:
    """Entities by name: by rung of the index, then the most spoken of; near spellings where none fits."""
    register = archive.register.entities
    ranked = sorted(enumerate(names(archive.index, text)), key=lambda n: (n[1].rung, -counts.get(n[1].id, 0), n[0]))
    return [_entity(archive, counts, hit) for _, hit in ranked] or near(register.values(), counts, text)


def finding(archive: Archive, counts: Mapping[str, int], text: str, limit: int) -> Finding:
    """Everything that a text finds; at most `limit` sentences, documents and questions.

    Where next to nothing holds all of its words, what holds some of them follows, at most `limit` of each kind.
    Where it looks like a question, our questions are also found by the claims that answer them.
    """
    found = _worded(archive, counts, text, limit)
    return _asking(archive, found, text, limit) if asks(text) else found


def _worded(archive: Archive, counts: Mapping[str, int], text: str, limit: int) -> Finding:
    named, hits = tuple(entities(archive, counts, text)), search(archive.index, text, limit, OTHERS)
    whole = _finding(archive, named, hits, {**hits.totals, "entity": len(named)})
    if sum(hits.totals.values()) >= FEW:
        return whole
    asked = Asked.gist(text)
    more = most(archive.index, text, limit + FEW)
    some = tuple(_entity(archive, counts, hit) for hit in more.entities)
    return _joined(whole, _finding(archive, some, more, more.totals), asked, archive.index.unknown(asked), limit)


def _finding(archive: Archive, named: tuple[Found, ...], hits: Hits, totals: Mapping[str, int]) -> Finding:
    return Finding(
        named,
        tuple(_claim(archive, hit) for hit in hits.claims),
        tuple(DocumentFound(_document(archive, hit.document), hit.paragraph, hit.passage) for hit in hits.documents),
        tuple(QuestionFound(Named(hit.id, archive.questions[hit.id]), hit.passage) for hit in hits.questions),
        totals,
        sum(hits.totals[kind] for kind in OTHERS) + sum(one.all_words for one in named),
    )


def _joined(whole: Finding, some: Finding, asked: Asked, unknown: tuple[str, ...], limit: int) -> Finding:
    """What holds all words, then what holds some; as it was when nothing is added."""
    joined = replace(
        whole,
        entities=(*whole.entities, *_rest(whole.entities, some.entities, lambda f: f.entity.id)),
        claims=(*whole.claims, *_rest(whole.claims, some.claims, lambda f: f.claims))[:limit],
        documents=(*whole.documents, *_rest(whole.documents, some.documents, lambda f: (f.document, f.paragraph)))[
            :limit
        ],
        questions=(*whole.questions, *_rest(whole.questions, some.questions, lambda f: f.question))[:limit],
    )
    totals = {kind: max(count, some.totals[kind]) for kind, count in whole.totals.items()}
    totals["entity"] = max(len(joined.entities), totals["entity"])
    if totals == whole.totals:
        return whole
    return replace(joined, totals=totals, words=_words(asked, unknown))


def _asking(archive: Archive, found: Finding, text: str, limit: int) -> Finding:
    """The same with our questions by their words and by the claims that answer them, those with all words first."""
    asked = Asked.gist(text)
    known = {one.question.id: one for one in found.questions}
    ranked = addressed(archive, text)
    whole = [one.question.id for one in found.questions if one.all_words]
    listed = tuple(
        replace(
            known.get(name) or _question(archive, asked, name),
            claims=ranked.get(name, 0),
        )
        for name in dict.fromkeys((*whole, *ranked, *known))
    )
    totals = {**found.totals, "question": max(found.totals["question"], len(listed))}
    partial = any(not one.all_words for one in listed)
    told = found.words or (_words(asked, archive.index.unknown(asked)) if partial else None)
    return replace(found, questions=listed[:limit], totals=totals, words=told, asks=True)


def _words(asked: Asked, unknown: tuple[str, ...]) -> Words:
    sought = tuple(word.folded for word in asked.words if word.folded not in unknown)
    return Words(sought, asked.left_out, unknown)


def _question(archive: Archive, asked: Asked, name: str) -> QuestionFound:
    label = archive.questions[name]
    return QuestionFound(Named(name, label), Passage(label, asked.marks(label), "en"), all_words=False)


T = TypeVar("T", Found, ClaimFound, DocumentFound, QuestionFound)


def _rest(whole: Sequence[T], some: Sequence[T], key: Callable[[T], object]) -> list[T]:
    known = {key(one) for one in whole}
    return [replace(one, all_words=False) for one in some if key(one) not in known]


def _entity(archive: Archive, counts: Mapping[str, int], hit: NameHit) -> Found:
    entity = archive.register.entities[hit.id]
    return Found(entity, entity.name if hit.field == "id" else hit.passage.text, counts.get(hit.id, 0))


def _claim(archive: Archive, hit: ClaimHit) -> ClaimFound:
    return ClaimFound(
        hit.claims,
        hit.passage,
        term("ReportedStatus", hit.status),
        archive.named(hit.speaker),
        hit.chain,
        _document(archive, hit.document),
        tuple(archive.named(name) for name in hit.named),
    )


def _document(archive: Archive, name: str) -> Named:
    return Named(name, archive.document_record(name).title)
