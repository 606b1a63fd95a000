"""How far two readings of a document agree: the first (the corpus) and a second, made blind.

`corpus/second-reading/` holds the second reader's raw list (`NNN-name.csv`: locators and notes in own
words), `first.csv` (the first reading as it stood when the two were compared), `speakers.csv` (whom the
second reader's words for a speaker mean) and `reconciliation.csv` (what came of each difference).

Two items meet where their passages share at least 0.3 of their union (Jaccard index; 0.3 because one
clause is often cut at different words). Agreement beyond chance on the status is Cohen's kappa
(J. Cohen, Educational and Psychological Measurement 20, 1960).
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import CorpusError, Problem
from graph.model import Corpus, Document, Utterance
from graph.status import affirmed_in, reported_status
from graph.vocabulary import vocabulary

FOLDER = "second-reading"
OVERLAP = 0.3
VERDICTS = {
    "agreed": "both readings have it and say the same of it",
    "first-kept": "the readings differ and the first was kept, for the reason given",
    "first-amended": "the readings differed and the first was changed",
    "added": "the first had missed it and it was added",
    "left-out": "no claim is made of it, for the reason given",
}
# The second reader told headings and presuppositions apart; as a status they are one.
_POSITIONS = dict.fromkeys(("insinuated-by-heading", "insinuated-by-presupposition"), "insinuated-by-position")
_COLUMNS = {
    "reading": ("reading", "paragraph", "start", "end", "speaker", "chain", "polarity", "status", "must", "note"),
    "first": ("document", "utterance", "paragraph", "start", "end", "speaker", "polarity", "status"),
    "speakers": ("document", "written", "entity"),
    "reconciliation": ("reading", "verdict", "utterances", "note"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One assertion as a reader has it: code points of the passage (end exclusive), speaker, side, statuses."""

    id: str
    paragraph: int
    start: int
    end: int
    speaker: str
    polarity: str
    statuses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts over the items of the second reading, and how many of the first it meets."""

    document: str
    second: int
    met: int
    polarity: int
    speaker: int
    status: int
    everything: int
    first: int
    first_met: int
    kappa: float | None


def first_reading(document: Document) -> list[Item]:
    """The utterances of a document as items; a document without an original has none."""
    affirmed = affirmed_in(document)
    items = []
    for u in document.utterances:
        start, end = u.passage.start, u.passage.end
        if start is not None and end is not None and u.retracted is None:
            statuses = frozenset(_token(reported_status(u, edge, edge in affirmed)) for edge in u.edges)
            items.append(_item(u, start, end, statuses or frozenset({"garbled"})))
    return items


def _item(u: Utterance, start: int, end: int, statuses: frozenset[str]) -> Item:
    polarity = vocabulary().concept("Polarity", u.source.polarity or "Affirms").notation
    return Item(u.id, u.passage.paragraph, start, end, u.source.speaker, polarity, statuses)


def _token(status: str) -> str:
    """A denial and a plain negative are one thing to a reader of one passage."""
    return vocabulary().concept("ReportedStatus", "ReportedNegated" if status == "ReportedDenied" else status).notation


def overlap(one: Item, other: Item) -> float:
    """Shared part of the union of two passages, from 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def meeting(item: Item, others: Iterable[Item]) -> Item | None:
    """The item of the other reading that meets this one: of those close enough, the one most alike."""
    near = [other for other in others if overlap(item, other) >= OVERLAP]
    return max(near, key=lambda o: (sum(alike(item, o)), overlap(item, o), o.id), default=None)


def alike(one: Item, other: Item) -> tuple[bool, bool, bool]:
    """Whether polarity, speaker and status are the same; a garbled passage has no side to agree on."""
    same = bool(one.statuses & other.statuses)
    sideless = "garbled" in one.statuses & other.statuses
    return one.polarity == other.polarity or sideless, one.speaker == other.speaker, same


def compare(document: str, second: Sequence[Item], first: Sequence[Item]) -> Agreement:
    """How the second reading of one document agrees with the first."""
    pairs = [(item, meeting(item, first)) for item in second]
    met = [(item, other) for item, other in pairs if other is not None]
    same = [alike(item, other) for item, other in met]
    return Agreement(
        document=document,
        second=len(second),
        met=len(met),
        polarity=sum(polarity for polarity, _, _ in same),
        speaker=sum(speaker for _, speaker, _ in same),
        status=sum(status for _, _, status in same),
        everything=sum(all(parts) for parts in same),
        first=len(first),
        first_met=sum(meeting(item, second) is not None for item in first),
        kappa=kappa([(min(a.statuses), min(a.statuses & b.statuses or b.statuses)) for a, b in met]),
    )


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two raters; None where there is nothing, or chance alone would give all."""
    if not pairs:
        return None
    total = len(pairs)
    seen = sum(a == b for a, b in pairs) / total
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(one[value] * other[value] for value in one) / total**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


# ---- the files ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The second reading of the corpus: items by document, the first as compared, and what came of it."""

    items: Mapping[str, Sequence[Item]]
    first: Mapping[str, Sequence[Item]]
    verdicts: Mapping[str, str]


def read_second_reading(folder: Path, corpus: Corpus) -> SecondReading | None:
    """The second reading beside a corpus, or None where there is none; CorpusError when it is damaged."""
    here = folder / FOLDER
    if not here.is_dir():
        return None
    named = {(r["document"], r["written"]): r["entity"] for r in _rows(here / "speakers.csv", "speakers")}
    items = {
        d.id: [_read(r, r["reading"], _speaker(named, d.id, r, here)) for r in _rows(here / f"{d.id}.csv", "reading")]
        for d in corpus.documents
        if (here / f"{d.id}.csv").exists()
    }
    first: dict[str, list[Item]] = defaultdict(list)
    for row in _rows(here / "first.csv", "first"):
        first[row["document"]].append(_read(row, row["utterance"], row["speaker"]))
    verdicts = dict(_verdicts(here / "reconciliation.csv", items, corpus))
    return SecondReading(items, dict(first), verdicts)


def agreements(reading: SecondReading, corpus: Corpus) -> list[tuple[Agreement, Agreement]]:
    """By document: agreement as the readings stood when compared, and with the corpus of now."""
    now = {document.id: first_reading(document) for document in corpus.documents}
    return [
        (compare(name, items, reading.first.get(name, ())), compare(name, items, now[name]))
        for name, items in sorted(reading.items.items())
    ]


def _read(row: Mapping[str, str], name: str, speaker: str) -> Item:
    start, end = int(row["start"]), int(row["end"])
    statuses = frozenset(_POSITIONS.get(status, status) for status in row["status"].split(";"))
    return Item(name, int(row["paragraph"]), start, end, speaker, row["polarity"], statuses)


def _speaker(named: Mapping[tuple[str, str], str], document: str, row: Mapping[str, str], here: Path) -> str:
    if (document, row["speaker"]) not in named:
        found = f"no line for the speaker {row['speaker']!r} of {row['reading']}"
        raise CorpusError([_problem(here / "speakers.csv", 0, "reading-speaker", found, "a line for each speaker")])
    return named[document, row["speaker"]]


def _rows(path: Path, kind: str) -> Iterator[dict[str, str]]:
    """The lines of a CSV file of ours, each with the columns of its kind."""
    if not path.is_file():
        raise CorpusError([_problem(path, 0, "reading-file", "no such file", ", ".join(f"{n}.csv" for n in _COLUMNS))])
    with path.open(encoding="utf-8-sig", newline="") as handle:  # a spreadsheet puts a mark before it
        lines = csv.DictReader(handle, strict=True)
        if tuple(lines.fieldnames or ()) != _COLUMNS[kind]:
            raise CorpusError([_problem(path, 1, "reading-columns", "other columns", ", ".join(_COLUMNS[kind]))])
        for number, row in enumerate(lines, start=2):
            if None in row or None in row.values():
                raise CorpusError(
                    [_problem(path, number, "reading-columns", "a line of other length", "one cell each")]
                )
            yield row


def _problem(path: Path, line: int, code: str, found: str, allowed: str) -> Problem:
    return Problem(str(path), line, code, found, allowed, "mend the line")


def _verdicts(path: Path, items: Mapping[str, Sequence[Item]], corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Verdict by item: each item has one, of a known kind, naming utterances that exist."""
    known = {u.id for _, u in corpus.utterances()}
    wanted = {item.id for listed in items.values() for item in listed}
    problems = []
    for number, row in enumerate(_rows(path, "reconciliation"), start=2):
        if row["verdict"] not in VERDICTS:
            problems.append(_problem(path, number, "reading-verdict", row["verdict"], ", ".join(VERDICTS)))
        for name in filter(None, row["utterances"].split(";")):
            if name not in known:
                problems.append(_problem(path, number, "reading-utterance", name, "the id of an utterance"))
        if row["reading"] not in wanted:
            problems.append(_problem(path, number, "reading-item", row["reading"], "each item of the lists once"))
        wanted.discard(row["reading"])
        yield row["reading"], row["verdict"]
    problems += [_problem(path, 0, "reading-item", f"no line for {name}", "one line for each item") for name in wanted]
    if problems:
        raise CorpusError(sorted(problems))
