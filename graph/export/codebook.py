"""The part of `corpus/README.md` that is counted and never typed: made from the corpus itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from graph.corpus.agreement import VERDICTS, Agreement, SecondReading, agreements
from graph.corpus.references import named_by
from graph.model import Corpus, Document, Utterance
from graph.status import affirmed_in, reported_status
from graph.vocabulary import vocabulary

BEGIN = "<!-- counted: made by `testimony codebook`, edit nothing below -->"
END = "<!-- end of what is counted -->"
_PARTIES = ("State", "Organisation", "ArmedForce")


def codebook(corpus: Corpus, reading: SecondReading | None) -> str:
    """The counted part as Markdown, between its two marks."""
    parts = [_documents(corpus), _statuses(corpus), _silences(corpus)]
    if reading:
        parts += [_agreement(agreements(reading, corpus)), _verdicts(reading)]
    return "\n".join([BEGIN, "", *parts, END]) + "\n"


def spliced(page: str, part: str) -> str:
    """A page with the part between the marks replaced; ValueError when it has no marks."""
    start, end = page.index(BEGIN), page.index(END) + len(END) + 1
    return page[:start] + part + page[end:]


def _documents(corpus: Corpus) -> str:
    rows = [
        (
            f"`{d.id}`",
            f"{d.published.start} to {d.published.end}",
            len(d.utterances),
            sum(len(u.edges) for u in d.utterances),
            sum(u.reading == "Garbled" for u in d.utterances),
        )
        for d in corpus.documents
    ]
    held = f"{len(corpus.entities)} entities, {len(corpus.questions)} questions, {len(corpus.groups)} origin groups"
    total = ("together", "", *(sum(column) for column in zip(*(row[2:] for row in rows), strict=True)))
    table = _table(("document", "published", "utterances", "claims", "garbled"), [*rows, total])
    return f"**What is coded**: {held}, {len(corpus.assessments)} assessments.\n\n{table}"


def _statuses(corpus: Corpus) -> str:
    counts = {document.id: Counter(_reported(document)) for document in corpus.documents}
    rows = [
        (concept.label, *(counts[d.id][concept.name] or "" for d in corpus.documents))
        for concept in vocabulary().concepts("ReportedStatus").values()
        if any(counts[d.id][concept.name] for d in corpus.documents)
    ]
    table = _table(("claims by status as reported", *(f"`{d.id}`" for d in corpus.documents)), rows)
    return f"{table}"


def _reported(document: Document) -> Iterator[str]:
    affirmed = affirmed_in(document)
    for u in document.utterances:
        yield from (reported_status(u, edge, edge in affirmed) for edge in u.edges)


def _silences(corpus: Corpus) -> str:
    """Parties that at least two documents mention, by document that never does."""
    mentioned = {document.id: _mentions(corpus, document) for document in corpus.documents}
    often = Counter(name for names in mentioned.values() for name in names)
    parties = [e for e in corpus.entities if e.kind in _PARTIES and often[e.id] > 1]
    rows = [
        (f"`{d.id}`", "; ".join(e.name for e in parties if e.id not in mentioned[d.id]) or "none of them")
        for d in corpus.documents
    ]
    return "**Parties that two documents or more mention, and that this one never does**\n\n" + _table(
        ("document", "never mentioned"), rows
    )


def _mentions(corpus: Corpus, document: Document) -> set[str]:
    found = {e.id for e in corpus.entities if any(a.document == document.id for a in e.aliases)}
    for u in document.utterances:
        found |= set(_names(u))
    held = {e.id: e for e in corpus.entities}
    for name in list(found):  # a composite mentions its members
        found |= set(held[name].members) if name in held else set()
    return found


def _names(u: Utterance) -> Iterable[str]:
    yield from (hop.speaker for hop in u.by)
    yield from u.about
    for edge in (*u.edges, *(condition.edge for condition in u.condition)):
        yield from named_by(edge)


def _agreement(found: Sequence[tuple[Agreement, Agreement]]) -> str:
    head = ("document", "second reader's items", "met", "polarity", "speaker", "status", "all three", "kappa (status)")
    tables = []
    for title, at in (("before any difference was settled", 0), ("with the corpus as it is", 1)):
        rows = [_row(pair[at]) for pair in found]
        first = "; ".join(f"`{pair[at].document}` {_share(pair[at].first_met, pair[at].first)}" for pair in found)
        tables.append(
            f"Agreement {title} (shares of polarity, speaker and status are of the items met):\n\n"
            f"{_table(head, rows)}\n"
            f"Of the first reading's utterances the second has: {first}.\n"
        )
    return "\n".join(["**The second, blind reading**\n", *tables])


def _row(found: Agreement) -> tuple[object, ...]:
    shares = (found.polarity, found.speaker, found.status, found.everything)
    kappa = "–" if found.kappa is None else f"{found.kappa:.2f}"
    met = _share(found.met, found.second)
    return (f"`{found.document}`", found.second, met, *(_share(share, found.met) for share in shares), kappa)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _verdicts(reading: SecondReading) -> str:
    counts = Counter(reading.verdicts.values())
    rows = [(f"`{name}`", counts[name], meaning) for name, meaning in VERDICTS.items()]
    return "What came of each item:\n\n" + _table(("verdict", "items", "meaning"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)
