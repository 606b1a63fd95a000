"""One utterance as a lint reads it: with its digest, its neighbours and, where attached, its original."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.content import Edge, Ref, Where
from graph.corpus.traces import hinted, named
from graph.errors import Problem
from graph.model import Document, Entity, Utterance

Entities = Mapping[str, Entity]


@dataclass(frozen=True, slots=True)
class Reading:
    """One utterance with all that was written and printed about it; `passage` and `original` are empty when not attached."""

    utterance: Utterance
    document: Document
    entities: Entities
    digest: str
    before: str  # title, digests and `says` up to here
    passage: str = ""
    paragraph: str = ""
    original: str = ""  # the original from its beginning to the end of the paragraph
    used: frozenset[str] = frozenset()  # what earlier utterances speak of
    overlapping: tuple[Utterance, ...] = ()

    @property
    def ours(self) -> str:
        """What the coder wrote about it."""
        return f"{self.utterance.says} {self.digest}"

    def lined(self) -> Iterator[tuple[Edge, int]]:
        """Each edge with its line."""
        u = self.utterance
        yield from zip(u.edges, u.edge_lines or (u.where.line,) * len(u.edges), strict=True)

    def named(self, name: str, text: str) -> bool:
        """Whether a text names the entity."""
        entity = self.entities.get(name)
        return entity is None or named(entity, self.document.id, text, self.entities)

    def traced(self, name: str, text: str) -> bool:
        """Whether a text names the entity, or speaks of one of its kind that was named before."""
        entity = self.entities.get(name)
        return self.named(name, text) or (entity is not None and hinted(entity, text) and self.named(name, self.before))

    def kinds(self, name: str) -> Iterator[str]:
        """The kind of an entity, or the kinds of its members."""
        entity = self.entities.get(name)
        if entity is not None:
            yield from (k for m in entity.members for k in self.kinds(m)) if entity.members else (entity.kind,)

    def slip(self, code: str, found: str, allowed: str, fix: str, line: int = 0) -> Problem:
        u = self.utterance
        return slip(u.where, code, f"{found} in {u.id}", allowed, fix, line)


def slip(where: Where, code: str, found: str, allowed: str, fix: str, line: int = 0) -> Problem:
    """A problem that a lint finds."""
    return Problem(where.file, line or where.line, code, found, allowed, fix)


def readings(document: Document, entities: Entities, text: str) -> Iterator[Reading]:
    """The utterances of a document that still make a claim, each with its words."""
    digest = {p.number: p.text for p in document.digest}
    standing = [u for u in document.utterances if u.retracted is None and u.reading != "Garbled"]
    ranges = document.original.paragraphs if document.original else ()
    for number, u in enumerate(standing):
        paragraph = u.passage.paragraph
        start, end = ranges[paragraph - 1] if text and paragraph <= len(ranges) else (0, 0)
        told = [*(text for p, text in digest.items() if p <= paragraph), *(v.says for v in standing[: number + 1])]
        yield Reading(
            utterance=u,
            document=document,
            entities=entities,
            digest=digest.get(paragraph, ""),
            before=" ".join((document.title, *told)),
            passage=text[u.passage.start : u.passage.end] if end else "",
            paragraph=text[start:end],
            original=text[:end],
            used=frozenset(name for v in standing[:number] for edge in v.edges for name in _ends(edge)),
            overlapping=tuple(v for v in standing[:number] if _overlap(u, v) and u.source.speaker == v.source.speaker),
        )


def _ends(edge: Edge) -> tuple[str, ...]:
    return (edge.subject, edge.object.id) if isinstance(edge.object, Ref) else (edge.subject,)


def _overlap(one: Utterance, other: Utterance) -> bool:
    a, b = one.passage, other.passage
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return False
    return a.start < b.end and b.start < a.end
