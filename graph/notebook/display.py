"""How things show themselves: one bundle of media for every front end, plain text always.

HTML is escaped, carries its styles inline, inherits the colours of the page it lands on (light or
dark) and runs no script; what can be chosen stands in a sandboxed frame that carries all it needs.
"""

from collections.abc import Iterable, Sequence

from graph.briefing.citing import CLAIM_ID
from graph.briefing.executed import CLAIMS_SHOWN
from graph.evidence import ClaimEvidence
from graph.export.markdown import fenced
from graph.network.svg import looks, safe, status_word
from graph.network.told import content, source

_CELL = "text-align: start; vertical-align: top; padding: 2px 10px 2px 0"
_RULE = "border-bottom: 1px solid rgba(128, 128, 128, 0.45)"
COLUMNS = ("drawn", "status", "what is said", "source")


class Shown:
    """Something that a notebook shows: as HTML where it can, as a picture where it is one, as text always."""

    def text(self) -> str:
        """Plain text, with status and source on each row."""
        raise NotImplementedError

    def html(self) -> str:
        """A piece of HTML without script, safe to put into any page."""
        return pre(self.text())

    def markdown(self) -> str:
        """The same for a briefing, without the picture."""
        return fenced(self.text())

    def svg(self) -> str | None:
        """The picture, where there is one."""
        return None

    def __repr__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        picture = self.svg()
        return {
            "text/html": self.html(),
            **({"image/svg+xml": picture} if picture else {}),
            "text/markdown": self.markdown(),
            "text/plain": self.text(),
            CLAIMS_SHOWN: " ".join(dict.fromkeys(CLAIM_ID.findall(self.text()))),
        }


def pre(text: str) -> str:
    """Text as it stands, in its own direction."""
    return f'<pre style="white-space: pre-wrap; text-align: start; background: transparent; color: inherit">{safe(text)}</pre>'


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> str:
    """Rows as HTML; a status stands with its glyph beside its word."""
    head = "".join(f"<th>{safe(column)}</th>" for column in columns)
    body = "".join(
        f'<tr style="{_RULE}">{"".join(_cell(name, text) for name, text in zip(columns, row, strict=True))}</tr>'
        for row in rows
    )
    told = f"<p><strong>{safe(note)}</strong></p>" if note else ""
    return f'{told}<table style="border-collapse: collapse"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(column: str, text: str) -> str:
    shown = status_word(text) if column == "drawn" and text in looks() else text
    return f'<td dir="auto" style="{_CELL}">{safe(shown)}</td>'


def claim_rows(claims: Iterable[ClaimEvidence]) -> list[tuple[str, ...]]:
    """Claims as rows under COLUMNS."""
    return [(c.drawn_status.id, c.reported_status.label, content(c), source(c)) for c in claims]


def folded(title: str, inside: str) -> str:
    """Something to unfold: what remains where a front end shows no picture and no frame."""
    return f"<details><summary>{safe(title)}</summary>{inside}</details>"


def frame(page: str, title: str, height: int) -> str:
    """A page of its own in a sandboxed frame: scripts run there and reach nothing outside."""
    return (
        f'<iframe sandbox="allow-scripts allow-popups" referrerpolicy="no-referrer" title="{safe(title)}" width="100%" '
        f'height="{height}" style="border: 0; background: #ffffff" srcdoc="{attribute(page)}"></iframe>'
    )


def attribute(page: str) -> str:
    """A page of ours as the value of an attribute."""
    return page.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
