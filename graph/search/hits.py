"""What a search gives: what was hit, where in its text, and for a sentence whose word it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.search.ask import Asked
from graph.search.entry import KINDS, Entry
from graph.search.index import Found, Index


@dataclass(frozen=True, slots=True)
class Passage:
    """The whole text that was hit and where: code points, ends exclusive. It is never cut.

    A sentence without its beginning may lack the words that say whose it is.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    lang: str


@dataclass(frozen=True, slots=True)
class NameHit:
    """An entity or a question by one of its names; `rung` 0 and 1 are whole names."""

    id: str
    field: str
    passage: Passage
    rung: int
    documents: tuple[str, ...]
    share: float = 1.0  # how much it holds of the weight of what was asked


@dataclass(frozen=True, slots=True)
class ClaimHit:
    """A sentence of our words for what somebody says: the claims it stands for share a status."""

    claims: tuple[str, ...]
    passage: Passage
    status: str
    speaker: str
    chain: str
    document: str
    named: tuple[str, ...] = ()  # ids of its subject, object or speaker, where their names hold what it does not
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A title, or a paragraph of a digest."""

    document: str
    paragraph: int | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits by kind, best first, and how many of each kind there are."""

    entities: tuple[NameHit, ...]
    claims: tuple[ClaimHit, ...]
    documents: tuple[DocumentHit, ...]
    questions: tuple[NameHit, ...]
    totals: dict[str, int]


def search(index: Index, text: str, limit: int = 20, kinds: Sequence[str] = KINDS) -> Hits:
    """What holds every word of a text, among some kinds, at most `limit` of each."""
    return _hits(index, Asked.of(text), limit, kinds)


def most(index: Index, text: str, limit: int = 20, kinds: Sequence[str] = KINDS, least: float = 0.5) -> Hits:
    """What holds half (or `least`) of the words of a text, function words left out; those with most of them first."""
    return _hits(index, Asked.gist(text), limit, kinds, least)


def _hits(index: Index, asked: Asked, limit: int, kinds: Sequence[str], least: float = 0.5) -> Hits:
    found = {kind: index.rows(asked, kind, limit, least) if kind in kinds else [] for kind in KINDS}
    return Hits(
        tuple(_name(asked, row) for row in found["entity"]),
        tuple(_claim(asked, row) for row in found["claim"]),
        tuple(_document(asked, row.entry) for row in found["document"]),
        tuple(_name(asked, row) for row in found["question"]),
        {kind: rows[0].total if rows else 0 for kind, rows in found.items()},
    )


def names(index: Index, text: str) -> list[NameHit]:
    """Every entity that a text names, best first."""
    asked = Asked.of(text)
    return [_name(asked, row) for row in index.rows(asked, "entity")]


def _passage(asked: Asked, entry: Entry) -> Passage:
    return Passage(entry.text, asked.marks(entry.text), entry.lang)


def _name(asked: Asked, row: Found) -> NameHit:
    entry = row.entry
    return NameHit(
        entry.thing, entry.field, _passage(asked, entry), row.rung, tuple(entry.documents.split()), row.share
    )


def _claim(asked: Asked, row: Found) -> ClaimHit:
    entry = row.entry
    return ClaimHit(
        tuple(entry.claims.split()),
        _passage(asked, entry),
        entry.status,
        entry.speaker,
        entry.chain,
        entry.documents,
        row.named,
        row.share,
    )


def _document(asked: Asked, entry: Entry) -> DocumentHit:
    return DocumentHit(entry.documents, entry.paragraph or None, _passage(asked, entry))
