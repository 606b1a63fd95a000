"""Numbered notes and the evidence annex behind them: Markdown, escaped HTML and plain text.

Every text of the corpus is hostile until escaped; a claim is never shown without status and source.
"""

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.briefing.citing import Known, cite, drawn_words, name_of, span
from graph.briefing.manifest import Manifest, manifest
from graph.errors import NotFoundError
from graph.evidence import ClaimEvidence, HopEvidence
from graph.export.markdown import inert

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One citation with its number; shown as `[1]`, with the citation in words behind it."""

    number: int
    claims: tuple[ClaimEvidence, ...]
    words: str

    def __str__(self) -> str:
        return f"[{self.number}]"

    def __repr__(self) -> str:
        return f"[{self.number}] {self.words}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        shown = f'<a href="#note-{self.number}" title="{html.escape(self.words)}">[{self.number}]</a>'
        return {"text/plain": repr(self), "text/markdown": f"\\[{self.number}\\]", "text/html": shown}


@dataclass(frozen=True, slots=True)
class Annex:
    """The evidence behind some notes; `address` is put before permalinks."""

    notes: tuple[Note, ...]
    address: str = ""
    known: Known | None = None

    def markdown(self) -> str:
        lines = ["## Evidence", ""]
        for note in self.notes:
            lines += [f"### [{note.number}]", "", inert(note.words), ""]
            for claim in note.claims:
                link = f"{self.address}{permalink(claim)}"
                lines += [f"- **[{claim.claim}]({link})**: {inert(claim.says)}"]
                lines += [f"  - {name}: {inert(value)}" for name, value in facts(claim, self.known or {})]
            lines.append("")
        return "\n".join(lines)

    def html(self) -> str:
        """HTML without script or style, every text escaped."""
        parts = ["<section><h2>Evidence</h2><ol>"]
        for note in self.notes:
            parts.append(f'<li id="note-{note.number}" value="{note.number}"><p>{html.escape(note.words)}</p>')
            for claim in note.claims:
                link = html.escape(f"{self.address}{permalink(claim)}")
                rows = "".join(
                    f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>"
                    for name, value in facts(claim, self.known or {})
                )
                says = html.escape(claim.says)
                parts.append(f'<p><a href="{link}">{html.escape(claim.claim)}</a>: {says}</p><dl>{rows}</dl>')
            parts.append("</li>")
        return "".join([*parts, "</ol></section>"])

    def __repr__(self) -> str:
        lines = ["Evidence"]
        for note in self.notes:
            lines.append(repr(note))
            for claim in note.claims:
                lines.append(f"  {claim.claim}: {claim.says}")
                lines += [f"    {name}: {value}" for name, value in facts(claim, self.known or {})]
                lines.append(f"    {self.address}{permalink(claim)}")
        return "\n".join(lines)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        return {"text/plain": repr(self), "text/markdown": self.markdown(), "text/html": self.html()}


class Citations:
    """Numbers for citations in the order of first use: the same claims keep their number for a session."""

    def __init__(self, claim: Callable[[str], ClaimEvidence], known: Known | None = None, address: str = "") -> None:
        self._claim = claim
        self._known = known or {}
        self._address = address
        self._notes: dict[frozenset[str], Note] = {}

    def note(self, *names: str) -> Note:
        """The note for some claims, by id; NotFoundError when there is none of that name."""
        if not names:
            raise NotFoundError("claim", "")
        key = frozenset(names)
        if key not in self._notes:
            claims = tuple(self._claim(name) for name in dict.fromkeys(names))
            self._notes[key] = Note(len(self._notes) + 1, claims, cite(claims, self._known))
        return self._notes[key]

    def annex(self) -> Annex:
        """The evidence behind every note given so far."""
        return Annex(tuple(self._notes.values()), self._address, self._known)

    def manifest(self) -> Manifest:
        """What was cited so far, with the hash of what each claim said."""
        return manifest(claim for note in self._notes.values() for claim in note.claims)


def permalink(claim: ClaimEvidence) -> str:
    """The address of a claim in the explorer."""
    return f"?claim={claim.claim}"


def facts(claim: ClaimEvidence, known: Known) -> Facts:
    """Everything that stands behind a claim, in the order in which a reader asks."""
    document, passage = claim.document, claim.passage
    rows = (
        ("Drawn", f"{drawn_words(claim, known)} ({claim.drawn_reason})"),
        ("Reported", _reported(claim)),
        ("Chain, outermost first", " › ".join(_hop(hop) for hop in claim.chain)),
        ("Evidence", ", ".join(kind.label for kind in claim.evidence_kinds)),
        ("Adds no origin", claim.discount or ""),
        ("Condition", claim.condition or ""),
        ("Figure", claim.object.label if claim.figure else ""),
        ("Inferred from", ", ".join(claim.premises)),
        ("Could also mean", "; ".join(claim.could_also)),
        ("Retracted", claim.retracted or ""),
        ("Document", f"{document.id}: {document.title} ({document.kind.label})"),
        ("Publisher", document.publisher.label),
        ("Published", span(document.published_from, document.published_to)),
        ("Paragraph", str(passage.paragraph)),
        ("Digest", passage.digest),
        ("SHA-256 of the passage", passage.sha256 or "none: the document has no original"),
    )
    return tuple((name, value) for name, value in rows if value)


def _reported(claim: ClaimEvidence) -> str:
    axes = (claim.force, claim.polarity, claim.certainty, claim.mode, claim.position)
    return f"{claim.reported_status.label} ({', '.join(axis.label for axis in axes)})"


def _hop(hop: HopEvidence) -> str:
    marks: list[str] = [mark.label for mark in hop.circumstances]
    marks += [f"held by {name_of(hop.held_by)}"] if hop.held_by else []
    return f"{hop.speaker.label}{_bracketed([hop.commitment.label, *marks])}"


def _bracketed(words: Iterable[str] | Sequence[str]) -> str:
    return f" [{', '.join(words)}]"
