"""What can be found: one row for each name, sentence, paragraph, title and question of a corpus.

A sentence that somebody is said to have said comes with its reported status, speaker and document
in the same row. What was retracted, for whatever reason, gives no row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from graph.content import Edge, Ref
from graph.model import Corpus, Document, Entity, Question, Utterance
from graph.rdf import natural
from graph.search.folding import bare, fold, words
from graph.status import affirmed_in, reported_status

KINDS = ("entity", "claim", "document", "question")
NAMES = ("label", "title", "alias", "id")  # fields that are names, so that a whole name can come first


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. What does not apply is empty; a sentence without status and source cannot be written."""

    kind: str
    thing: str  # what a hit opens
    field: str
    lang: str
    text: str
    whole: str = ""  # a name, folded, without articles
    documents: str = ""
    paragraph: int = 0
    claims: str = ""
    status: str = ""
    speaker: str = ""
    chain: str = ""  # every speaker, outermost first
    about: tuple[tuple[str, int], ...] = ()  # its subjects (0), objects (1) and speaker (2), kept beside the row

    @property
    def body(self) -> str:
        """What is searched."""
        return fold(self.text)


COLUMNS = tuple(field.name for field in fields(Entry) if field.name != "about")


def row(entry: Entry) -> tuple[str | int, ...]:
    """An entry in the order of the columns."""
    return tuple(getattr(entry, name) for name in COLUMNS)


def entries(corpus: Corpus) -> list[Entry]:
    """Every entry, sorted: the order of the files makes no difference."""
    found = [
        *(entry for entity in corpus.entities for entry in _entity(entity)),
        *(entry for question in corpus.questions for entry in _question(question)),
        *(entry for document in corpus.documents for entry in _document(document)),
    ]
    return sorted(set(found), key=_place)


def _place(entry: Entry) -> tuple[object, ...]:
    return (KINDS.index(entry.kind), natural(entry.thing), entry.paragraph, _rest(entry))


def _rest(entry: Entry) -> tuple[str, ...]:
    return (str(("label", "title", "alias", "id", "says", "digest").index(entry.field)), entry.lang, entry.text)


def _entity(entity: Entity) -> Iterator[Entry]:
    taken = set()
    for lang, text in entity.label:
        taken.add(fold(text))
        yield _name("entity", entity.id, "label", lang, text)
    documents: dict[tuple[str, str], set[str]] = {}
    for alias in entity.aliases:
        documents.setdefault((alias.lang, alias.text), set()).add(alias.document)
    for (lang, text), where in documents.items():
        taken.add(fold(text))
        yield _name("entity", entity.id, "alias", lang, text, " ".join(sorted(where)))
    if fold(entity.id) not in taken:
        yield _name("entity", entity.id, "id", "", entity.id)


def _name(kind: str, thing: str, field: str, lang: str, text: str, documents: str = "") -> Entry:
    return Entry(kind, thing, field, lang, text, bare(words(text)), documents)


def _question(question: Question) -> Iterator[Entry]:
    for lang, text in question.label:
        yield _name("question", question.id, "label", lang, text)


def _document(document: Document) -> Iterator[Entry]:
    yield _name("document", document.id, "title", "en", document.title, document.id)
    for part in document.digest:
        thing = f"{document.id}/{part.number}"
        yield Entry("document", thing, "digest", "en", part.text, documents=document.id, paragraph=part.number)
    affirmed = affirmed_in(document)
    for utterance in document.utterances:
        if utterance.retracted is None:
            statuses: dict[str, list[tuple[str, Edge]]] = {}
            for claim, edge in utterance.claims():
                statuses.setdefault(reported_status(utterance, edge, edge in affirmed), []).append((claim, edge))
            for status, claims in statuses.items():
                yield _says(document, utterance, status, claims)


def _says(document: Document, utterance: Utterance, status: str, claims: list[tuple[str, Edge]]) -> Entry:
    """The claims of an utterance that share a status: the same sentence, the same word for it."""
    return Entry(
        "claim",
        claims[0][0],
        "says",
        "en",
        utterance.says,
        documents=document.id,
        paragraph=utterance.passage.paragraph,
        claims=" ".join(name for name, _ in claims),
        status=status,
        speaker=utterance.source.speaker,
        chain=" > ".join(hop.speaker for hop in utterance.by),
        about=(
            *((edge.subject, 0) for _, edge in claims),
            *((edge.object.id, 1) for _, edge in claims if isinstance(edge.object, Ref)),
            (utterance.source.speaker, 2),
        ),
    )
