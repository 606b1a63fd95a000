"""What the page is held against: evidence from the corpus files, damaged and hostile corpora."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from browser import WAIT
from corpora import MINI
from playwright.sync_api import Page, expect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.content import Ref
from graph.corpus import reader, writer
from graph.evidence import Archive
from graph.model import Claim, Corpus
from graph.origins import Register
from graph.origins.drawn import draw
from graph.queries import named, run
from graph.rdf import short
from graph.status import reported_status
from graph.vocabulary import vocabulary

HIDDEN_AT_FIRST = {"withheld"}


def alleged_links(archive: Archive, corpus: Corpus) -> list[str]:
    """Claims of a link between the Turkish state and ISIS, or an event somebody says ISIS carried out."""
    by_isis = {
        c.edge.subject for c in corpus.claims() if (c.edge.predicate, c.edge.object) == ("perpetratedBy", Ref("isis"))
    }
    answer = run(archive.store, named("alleged-links"), {"actor": "turkish-state"}).rows
    assert answer
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    found = [
        short(row["claim"])
        for row in rows
        if {short(row["subject"]), short(row["object"])} & {"isis", *by_isis}
        and row["drawn"].value not in HIDDEN_AT_FIRST
    ]
    return sorted(found)


def check_evidence(page: Page, claim: Claim, corpus: Corpus) -> None:
    """The card of a claim against the corpus files: chain, statuses, kinds of evidence, passage."""
    names = {entity.id: entity.name for entity in corpus.entities}
    paper = claim.document
    if paper.author in names and "unsigned" in names[paper.author] and not paper.republishes:
        names[paper.author] += f", {names[paper.publisher]}"  # nobody is named: for whom it was written is
    card = page.get_by_role("region", name="Evidence").locator(f'[data-testid=claim-card][data-claim="{claim.id}"]')
    expect(card).to_be_visible(timeout=WAIT)

    steps = [" ".join(text.split()) for text in card.locator("[data-testid=chain] li").all_text_contents()]
    speakers = [names[hop.speaker] for hop in reversed(claim.utterance.by)]
    leads = ["said by", *["relayed by"] * (len(speakers) - 1)]
    told = zip(steps, leads, speakers, strict=False)
    assert len(steps) == len(speakers) + 1, f"the chain differs: {steps}"
    assert all(step.startswith(f"{lead} {name}") for step, lead, name in told), f"the chain differs: {steps}"
    assert card.locator("[data-testid=chain] strong").all_text_contents() == speakers, f"the chain differs: {steps}"
    assert steps[-1].startswith(f"in {claim.document.title} (")

    said = {c.edge for c in corpus.claims() if c.document is claim.document and c.utterance.source.polarity != "Denies"}
    reported = reported_status(claim.utterance, claim.edge, claim.edge in said)
    drawn = draw(corpus.claims(), Register.of_corpus(corpus))[claim.edge].status
    label = vocabulary().concept("DrawnStatus", drawn).label
    assert [text[1:] for text in card.locator(".head .chip").all_text_contents()] == [label]
    group = card.locator("xpath=preceding-sibling::h4[1]").text_content()
    assert group.partition(" · ")[0] == vocabulary().concept("ReportedStatus", reported).label

    kinds = [vocabulary().concept("EvidenceKind", kind).label for kind in claim.utterance.evidence]
    assert card.locator(".kinds .tag").all_text_contents() == kinds

    number = claim.utterance.passage.paragraph
    digest = next(paragraph.text for paragraph in claim.document.digest if paragraph.number == number)
    passage = card.locator("[data-testid=passage]")
    expect(passage).to_be_in_viewport(timeout=WAIT)
    shown = passage.locator("blockquote").text_content()
    assert shown == digest, f"the passage differs: {shown}"
    assert f"paragraph {number}" in passage.locator("figcaption").text_content()


def ends(claim: Claim) -> list[str]:
    return [claim.edge.subject, *([claim.edge.object.id] if isinstance(claim.edge.object, Ref) else [])]


def damage(corpus: Corpus, claim: Claim, how: str) -> Corpus:
    """A corpus in which the chain of one utterance, or the paragraph of its passage, says something else."""

    def utterance(u: Any) -> Any:
        if how != "chain" or u.id != claim.utterance.id:
            return u
        other = next(e.id for e in corpus.entities if e.kind == "Person" and e.id != u.source.speaker)
        return replace(u, by=(*u.by[:-1], replace(u.source, speaker=other)))

    def paragraph(p: Any) -> Any:
        wrong = how == "passage" and p.number == claim.utterance.passage.paragraph
        return replace(p, text="Something else is summed up here.") if wrong else p

    def document(d: Any) -> Any:
        if d.id != claim.document.id:
            return d
        return replace(d, utterances=tuple(map(utterance, d.utterances)), digest=tuple(map(paragraph, d.digest)))

    return replace(corpus, documents=tuple(map(document, corpus.documents)))


def without_policy(app: ASGIApp) -> ASGIApp:
    """The application with its Content-Security-Policy removed."""

    async def bare(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [h for h in message["headers"] if h[0] != b"content-security-policy"]
            await send(message)

        await app(scope, receive, sending)

    return bare


PAYLOADS = (
    "<img src=x onerror=window.pwned=1>",
    "<script>window.pwned=1</script>",
    '"><svg/onload=window.pwned=1>',
    "javascript:window.pwned=1",
    "{{constructor.constructor('window.pwned=1')()}}",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<details open ontoggle=window.pwned=1>",
    "'-(window.pwned=1)-'",
    "</title></textarea><script>window.pwned=1</script>",
    "<a href=javascript:window.pwned=1>href</a>",
    "${window.pwned=1}",
    "<style>@import 'http://192.0.2.1/x'</style>",
)
ASKED = frozenset({"label", "text", "says", "title", "note", "leaning", "cue", "printed", "basis", "reason"})


def reworded(value: Any, write: Callable[[str, str], str], key: str = "") -> Any:
    """Plain corpus data with every text that people read written anew: `write` is given its key and the text."""
    if isinstance(value, dict):
        return {name: reworded(item, write, name if key != "label" else "label") for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [reworded(item, write, key) for item in value]
    readable = isinstance(value, str) and key in ASKED and not value.isidentifier()
    return write(key, value) if readable else value


def poisoned(value: Any, count: Iterator[int]) -> Any:
    """Plain corpus data with a payload after every text that people read."""
    return reworded(value, lambda _, text: f"{text} {PAYLOADS[next(count) % len(PAYLOADS)]}")


def plain_corpus() -> dict[str, Any]:
    """The invented corpus as plain data by file name."""
    corpus = reader.read(MINI)
    return {
        "entities.yaml": writer.entities_data(corpus.entities),
        "questions.yaml": writer.questions_data(corpus.questions),
        "origins.yaml": writer.origins_data(corpus.groups),
        **{f"{d.id}.yaml": writer.document_data(d) for d in corpus.documents},
    }


def hostile_corpus(folder: Path) -> None:
    """The invented corpus with a payload after every text that people read, written as corpus files."""
    count = iter(range(10**6))
    for name, plain in plain_corpus().items():
        (folder / name).write_text(writer.emit(poisoned(plain, count)), encoding="utf-8")
