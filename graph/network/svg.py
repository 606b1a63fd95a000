"""SVG by hand: lines in the style of their status, a legend, and a frame with title and description.

Pure functions from values to text. The paper is white and opaque, so that a picture reads the same on
a dark page as on a light one and in print; no script, no style sheet, no address outside.
"""

import html
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from graph.vocabulary import vocabulary

INK, FAINT, PAPER = "#1a1a1a", "#595959", "#ffffff"
FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"
WIDE = 0.53  # of the height of a letter: how wide one is, as a rule; what is cut is whole in the hint and the table
_HELD = ("Cc", "Cf", "Cs", "Cn", "Co")


@dataclass(frozen=True, slots=True)
class Look:
    """How a drawn status looks: its word, its glyph, its line."""

    token: str
    word: str
    glyph: str
    colour: str
    dash: str
    width: float
    double: bool
    hollow: bool


@cache
def looks() -> dict[str, Look]:
    """The look of every drawn status by token, the most cautious first."""
    concepts = sorted(vocabulary().concepts("DrawnStatus").values(), key=lambda c: int(c.facts["cautionRank"]))
    return {
        c.notation: Look(
            c.notation,
            c.label,
            c.facts["glyph"],
            c.facts["colour"],
            c.facts["dashPattern"],
            float(c.facts["lineWidth"]),
            "double" in c.facts["lineStyle"],
            "hollow" in c.facts["arrowShape"],
        )
        for c in concepts
    }


def status_word(status: str) -> str:
    """Glyph and word; a negated edge says once more that it is only said not to be so."""
    look = looks()[status]
    return f"{look.glyph} {look.word}{', only said not to be so' if status == 'negated' else ''}"


def safe(words: str) -> str:
    """A text from anywhere, inert in HTML and XML: escaped, without what no document may hold or a reader obeys."""
    plain = "".join(c if c == "\n" or unicodedata.category(c) not in _HELD else "\ufffd" for c in words)
    return html.escape(plain.replace("\t", " "), quote=True)


def clipped(words: str, width: float, size: float = 12) -> str:
    """The words cut to a width; whoever cuts gives the whole in a `hint`."""
    room = max(4, int(width / (size * WIDE)))
    return words if len(words) <= room else words[: room - 1].rstrip() + "…"


def fitted(head: str, middle: str, tail: str, width: float, size: float = 12) -> str:
    """Three parts of which only the middle is cut: a status before it and a source after it are never lost."""
    return head + clipped(middle, width - (len(head) + len(tail)) * size * WIDE, size) + tail


def words(x: float, y: float, text: str, size: float = 12, anchor: str = "start", ink: str = INK, bold: bool = False) -> str:  # fmt: skip
    """One line of text; it stands in its own direction."""
    heavy = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{anchor}" fill="{ink}"{heavy}>'
        f'<tspan unicode-bidi="isolate">{safe(text)}</tspan></text>'
    )


def hint(text: str) -> str:
    """What a pointer and a screen reader are told of a group."""
    return f"<title>{safe(text)}</title>"


def rule(x1: float, y1: float, x2: float, y2: float, ink: str = "#cccccc", width: float = 1) -> str:
    """A plain line that means nothing but order."""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{ink}" stroke-width="{width:g}"/>'


def stroke(path: str, look: Look) -> str:
    """A path in the line of a status: its dash, its width, doubled where the vocabulary says so."""
    dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
    wide = look.width + 3 if look.double else look.width
    line = f'<path d="{path}" fill="none" stroke="{look.colour}" stroke-width="{wide:g}"{dash}/>'
    gap = f'<path d="{path}" fill="none" stroke="{PAPER}" stroke-width="{look.width + 0.5:g}"/>'
    return line + gap if look.double else line


def tip(x: float, y: float, right: bool, look: Look) -> str:
    """An arrowhead that ends at a point."""
    back = x - 9 if right else x + 9
    fill = PAPER if look.hollow else look.colour
    return (
        f'<path d="M{back:g} {y - 4.5:g} {x:g} {y:g} {back:g} {y + 4.5:g}Z" '
        f'fill="{fill}" stroke="{look.colour}" stroke-width="1.2"/>'
    )


def legend(tokens: Iterable[str], x: float, y: float, width: float) -> tuple[list[str], float]:
    """Dash, glyph and word of some statuses, in columns; and the height they take."""
    known = looks()
    shown = [known[token] for token in known if token in set(tokens)]
    columns = max(1, int(width // 300))
    parts = [words(x, y + 12, "status of the edge, over everything said about it", 11, ink=FAINT)]
    for number, look in enumerate(shown):
        left = x + (number % columns) * (width / columns)
        base = y + 34 + (number // columns) * 20
        parts.append(stroke(f"M{left:g} {base - 4:g}H{left + 44:g}", look))
        parts.append(words(left + 52, base, f"{look.glyph} {clipped(look.word, width / columns - 66)}"))
    return parts, 30 + 20 * -(-len(shown) // columns)


def drawing(title: str, described: str, width: float, height: float, parts: Sequence[str], role: str = "img") -> str:
    """A whole picture with its title and description."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="{role}" font-family="{FONT}" style="max-width: 100%; height: auto; background: {PAPER}">'
        f"<title>{safe(title)}</title><desc>{safe(described)}</desc>"
        f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )
