"""What a reader meets first: how much is held, where one can start, what was read and how it leans."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graph.evidence.archive import Archive
from graph.evidence.asking import worded
from graph.evidence.finding import Finding, entities, finding
from graph.evidence.names import Found
from graph.evidence.values import ClaimEvidence
from graph.model import Entity, Question


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a document: our digest, the original where attached, what was found there."""

    number: int
    digest: str
    original: str | None
    start: int | None  # where the original paragraph begins in its text, in code points
    claims: tuple[ClaimEvidence, ...]
    garbled: tuple[str, ...]


class Overview:
    """Counts over one build, made once: a published build never changes."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        rows = archive.rows
        ends = Counter(end for row in rows for end in {row.subject, row.object})
        self.by_entity = {name: ends[name] for name in archive.register.entities if ends[name]}
        self.by_status = Counter(row.drawn for row in rows if not row.retracted)
        self.by_document = Counter(row.document for row in rows)

    @property
    def claims(self) -> int:
        """How many claims the build holds."""
        return sum(self.by_document.values())

    @property
    def propositions(self) -> int:
        return int(self._archive.manifest["counts"]["propositions"])

    def starts(self) -> list[tuple[Entity, int]]:
        """Entities that claims are about, the most spoken of first."""
        entities = self._archive.register.entities
        return [(entities[name], count) for name, count in sorted(self.by_entity.items(), key=lambda x: (-x[1], x[0]))]

    def questions(self) -> list[tuple[Question, int, str | None]]:
        """Each question with the claims that answer it and the entity that most answers share."""
        claims: Counter[str] = Counter()
        ends: dict[str, Counter[str]] = defaultdict(Counter)
        entities = self._archive.register.entities
        for row in self._archive.rows:
            for asked in row.question:
                claims[asked] += 1
                ends[asked].update(name for name in (row.subject, row.object) if name in entities)
        listed = []
        for question in self._archive.register.questions:
            counts = ends[question.id]
            best = min(counts, key=lambda name: (-counts[name], name)) if counts else None
            listed.append((question, claims[question.id], best))
        return sorted(listed, key=lambda row: (-row[1], row[0].id))

    def languages(self) -> list[str]:
        """Languages in which entities are labelled, English first."""
        known = {lang for entity in self._archive.register.entities.values() for lang, _ in entity.label}
        return [lang for lang in ("en", "ku", "ar", "tr") if lang in known]

    def find(self, text: str) -> list[Found]:
        """Entities by name, see `graph.evidence.finding`."""
        return entities(self._archive, self.by_entity, text)

    def search(self, text: str, limit: int = 20) -> Finding:
        """Entities by name, and at most `limit` sentences, documents and questions by their words."""
        return finding(self._archive, self.by_entity, text, limit)

    def worded(self, text: str) -> tuple[str, ...]:
        """Questions by id that words find, by wording and by the claims that answer them, best first."""
        return worded(self._archive, text)

    def paragraphs(self, document: str) -> list[Paragraph]:
        """A document as read; NotFoundError when there is none."""
        record = self._archive.document_record(document)
        garbled: dict[int, list[str]] = defaultdict(list)
        for reading in self._archive.garbled(document):
            garbled[reading.paragraph].append(reading.printed)
        claims: dict[int, list[ClaimEvidence]] = defaultdict(list)
        for claim in self._archive.claims_of_document(document):
            claims[claim.passage.paragraph].append(claim)
        lines = dict(enumerate(_lines(self._archive.text(document) or ""), start=1))
        found = []
        for p in record.digest:
            original, start = lines.get(p.number, (None, None))
            found.append(
                Paragraph(p.number, p.text, original, start, tuple(claims[p.number]), tuple(garbled[p.number]))
            )
        return found


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The lines of a text that are not empty, without the space around them, and where each begins."""
    at = 0
    for line in text.split("\n"):
        if words := line.strip():
            yield words, at + line.index(words)
        at += len(line) + 1
