"""A briefing made from a notebook: prose held against its claims, notes, evidence, and what it all rests on.

The parts are Markdown in which marks (private-use characters, which no text of the corpus may hold)
stand for notes, pictures and what the graph generated; each format puts its own in their place.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.briefing.annex import Annex, Citations, Note
from graph.briefing.citing import Known, rank
from graph.briefing.executed import Executed, Value, prepare, run
from graph.briefing.lint import Finding, findings
from graph.briefing.manifest import Manifest, manifest
from graph.briefing.picture import checked
from graph.briefing.prose import CITATION, Sentence, read, sentences
from graph.evidence import Archive, ClaimEvidence
from graph.export.markdown import inert, table
from graph.lens import Lens, View, Views, check, parse

NOTE, PICTURE, OPEN, CLOSE = "n", "p", "o", "c"
MARK = re.compile("\ue000([npoc])(\\d*)\ue001")
_CODE = re.compile(
    r"(^ {0,3}(```+|~~~+)[^\n]*\n.*?^ {0,3}\2[ \t]*$|(`+)(?!`).*?(?<!`)\3(?!`))", re.MULTILINE | re.DOTALL
)
_COMMENT = re.compile(r"[ \t]*<!--.*?-->", re.DOTALL)
_TITLE = re.compile(r"\A\s*# +([^\n]+)\n?")


@dataclass(frozen=True, slots=True)
class Brief:
    """A briefing before it has a format."""

    title: str
    body: str
    notes: tuple[Note, ...]
    unseen: frozenset[str]
    pictures: tuple[str, ...]
    cited: Manifest
    shown: tuple[str, ...]
    findings: tuple[Finding, ...]
    corpus: str


def mark(kind: str, number: int | str = "") -> str:
    """A mark for something that each format writes in its own way."""
    return f"\ue000{kind}{number}\ue001"


def brief(
    archive: Archive, path: Path, given: Mapping[str, str], places: Mapping[str, str], address: str = ""
) -> Brief:
    """Run a notebook and make a briefing of it; `places` are values for parameters that it may have or not.

    Raises BriefingError, LensError, MissingPackageError.
    """
    prose = [one for part in read(path) for one in sentences(part)]
    prepared = prepare(path, given, places)
    view = Views(archive).through(_lens(archive, prepared.values))  # a bad value is refused before anything runs
    return _assembled(archive, view, run(prepared), prose, address)


def _lens(archive: Archive, values: Mapping[str, Value]) -> Lens:
    asked = [(name, str(values.get(key) or "")) for name, key in (("as-of", "as_of"), ("without", "without"))]
    lens = parse([(name, text) for name, text in asked if text])
    check(archive, lens)
    return lens


def _assembled(archive: Archive, view: View, done: Executed, prose: list[Sentence], address: str) -> Brief:
    known = {claim.claim: claim for claim in view.claims()}
    unseen = frozenset(name for one in prose for name in one.cites if name not in known)
    wrong = [*findings(prose, archive), *_unseen(prose, archive, known), *_foreign(done)]
    citations = Citations(lambda name: known.get(name) or archive.claim(name), known, address)
    title = done.path.stem
    parts: list[str] = []
    pictures: list[str] = []
    for cell in done.cells:
        text = cell.prose
        if not parts and (found := _TITLE.match(text)):
            title, text = _COMMENT.sub("", found[1]).strip(), text[found.end() :]
        if cell.prose:
            parts.append(_noted(text, citations, archive))
        for output in cell.outputs:
            shown = [output.markdown]
            if output.picture:
                pictures.append(checked(output.picture, f"{done.path}: cell {cell.number}"))
                shown.insert(0, mark(PICTURE, len(pictures) - 1))
            parts.append(_generated("\n\n".join(shown)))
    annex = citations.annex()
    cited = manifest(claim for note in annex.notes for claim in note.claims)
    shown_claims = dict.fromkeys(name for cell in done.cells for output in cell.outputs for name in output.claims)
    head = _generated(_head(archive, view, done))
    foot = _generated("\n\n".join([_evidence(annex), _checked(prose, wrong), _cited(annex, cited)]))
    body = "\n\n".join([head, *parts, foot])
    return Brief(
        title,
        body,
        annex.notes,
        unseen,
        tuple(pictures),
        cited,
        tuple(shown_claims),
        tuple(wrong),
        archive.corpus_hash,
    )


# ---- prose ------------------------------------------------------------------------------------------


def _noted(text: str, citations: Citations, archive: Archive) -> str:
    """Prose with marks for its citations and without its comments; code stays as it stands."""
    held = set(archive.claim_ids())
    pieces, last = [], 0
    for code in _CODE.finditer(text):
        pieces += [_marked(text[last : code.start()], citations, held), code[0]]
        last = code.end()
    return "".join([*pieces, _marked(text[last:], citations, held)]).strip()


def _marked(text: str, citations: Citations, held: set[str]) -> str:
    def note(found: re.Match[str]) -> str:
        names = [name.strip().lstrip("@") for name in re.split(r"[;,]", found[1])]
        known = [name for name in dict.fromkeys(names) if name in held]
        return mark(NOTE, citations.note(*known).number) if known else inert(found[0])

    return CITATION.sub(note, _COMMENT.sub("", text))


# ---- findings ---------------------------------------------------------------------------------------


def _unseen(prose: list[Sentence], archive: Archive, known: Known) -> Iterator[Finding]:
    """Sentences on claims that the date or the withdrawal takes out of view, or that it draws with more caution."""
    built = set(archive.claim_ids())
    for one in prose:
        for name in one.cites:
            if name not in known and name in built:
                yield _finding("unseen", one, f"{name} is not in this view", "leave the sentence out of this view")
                continue
            was = archive.claim(name).drawn_status.id if name in built else ""
            if was and rank(known[name].drawn_status.id) < rank(was):
                now = known[name].drawn_status.id
                yield _finding(
                    "redrawn", one, f"{name} is drawn {now} in this view, and {was} in the build", "say less"
                )


def _finding(rule: str, one: Sentence, found: str, fix: str) -> Finding:
    return Finding(rule, "error", one.place, one.text, found, fix, "")


def _foreign(done: Executed) -> Iterator[Finding]:
    fix = "end the line with a semicolon, or show it as a table, a trace or a picture of the graph"
    for cell in done.cells:
        for output in cell.outputs:
            if output.foreign:
                place = f"{done.path.name}:cell {cell.number}"
                yield Finding("foreign", "error", place, output.foreign, "neither status nor source", fix, "")


# ---- what is generated ------------------------------------------------------------------------------


def _generated(text: str) -> str:
    return f"{mark(OPEN)}\n\n{text}\n\n{mark(CLOSE)}"


def _head(archive: Archive, view: View, done: Executed) -> str:
    lens = view.lens
    last = max((row.published[1] for row in view.rows), default="")
    own = {k: v for k, v in done.parameters.items() if k not in ("build", "corpus")}
    values = ", ".join(f"{name} = {value!r}" for name, value in own.items()) or "none"
    gone = lens.parameters().get("without", "")
    facts = {
        "Corpus": f"SHA-256 {archive.corpus_hash}",
        "As of": f"{lens.as_of}, by publication" if lens.as_of else f"all documents, the latest published {last}",
        "Set aside": gone or "nothing",
        "Parameters": values,
        "In view": f"{len(view.rows)} of {view.held} claims",
        "Read it so": "a number in brackets leads to whose word a sentence is; every row shows its status and its "
        "source. What is told flatly is corroborated: two origins or more, independent by a signed judgement.",
    }
    return "\n".join(f"- **{name}:** {inert(text)}" for name, text in facts.items())


def _evidence(annex: Annex) -> str:
    return annex.markdown().strip() if annex.notes else "## Evidence\n\nNothing is cited."


def _checked(prose: list[Sentence], wrong: list[Finding]) -> str:
    cites = sum(bool(one.cites) for one in prose)
    framing = sum(one.framing for one in prose)
    told = (
        f"{len(prose)} sentences and headings were held against the claims they cite: {cites} cite, "
        f"{framing} are marked as the author's own framing. Findings: {len(wrong) or 'none'}."
    )
    rows = [(one.place, one.rule, one.found, one.sentence) for one in wrong]
    listed = ["", table(("place", "rule", "found", "sentence"), rows)] if rows else []
    return "\n".join(["## Check of the sentences", "", inert(told), *listed])


def _cited(annex: Annex, cited: Manifest) -> str:
    claims: dict[str, ClaimEvidence] = {c.claim: c for note in annex.notes for c in note.claims}
    rows = [(name, one.drawn, _speaker(claims[name]), one.said) for name, one in cited.items()]
    root = hashlib.sha256("".join(one.said for one in cited.values()).encode()).hexdigest()
    told = f"{len(rows)} claims, each with a SHA-256 of what it said when this was made. All of them: {root}"
    return "\n\n".join(["## Claims cited", inert(told), table(("claim", "drawn", "whose word", "fingerprint"), rows)])


def _speaker(claim: ClaimEvidence) -> str:
    return f"{claim.chain[-1].speaker.label}, {claim.document.id}"
