"""A briefing as Markdown and as one page of HTML that asks nobody for anything and runs nothing."""

import base64
import html
import json
import re

from graph.briefing import picture
from graph.briefing.brief import CLOSE, MARK, NOTE, PICTURE, Brief
from graph.briefing.manifest import mark as manifest_mark
from graph.briefing.prose import GENERATED
from graph.errors import MissingPackageError
from graph.export.markdown import inert

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light }
body { font: 16px/1.5 system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif; color: #1a1a1a; background: #fff;
  max-width: 74rem; margin: 0 auto; padding: 1rem 1.5rem 4rem }
p, li { max-width: 46rem } h1, h2, h3 { line-height: 1.25; text-wrap: balance } h2 { margin-top: 2.2em }
table { border-collapse: collapse; font-size: 14px; margin: 1em 0 }
th, td { text-align: start; vertical-align: top; padding: 3px 12px 3px 0; border-bottom: 1px solid #bbb;
  overflow-wrap: break-word }
th { border-bottom-color: #333 } td:first-child { min-width: 7rem } figure { margin: 1em 0; overflow-x: auto }
pre { white-space: pre-wrap; font-size: 13px } code { font-size: 0.9em } sup a { text-decoration: none }
a:focus-visible { outline: 2px solid #00509e } h3[id]:target { background: #fff3bf }
@page { size: A4 landscape; margin: 14mm }
@media print { body { font-size: 11pt; padding: 0; max-width: none } table { font-size: 8.5pt } pre { font-size: 8pt }
  tr, h2, h3 { break-inside: avoid } h2, h3 { break-after: avoid } figure { overflow: visible; break-inside: avoid; margin: 0 } a { color: inherit } }
"""


def as_markdown(made: Brief) -> str:
    """One Markdown file; citations keep their ids, pictures stand in it as data."""

    def put(found: re.Match[str]) -> str:
        if found[1] == NOTE:
            claims = made.notes[int(found[2]) - 1].claims
            ids = "; ".join(f"@{claim.claim}" for claim in claims)
            return f"[{ids}][^{found[2]}]{_outside(made, int(found[2]))}"
        if found[1] == PICTURE:
            held = made.pictures[int(found[2])]
            data = base64.b64encode(held.encode()).decode()
            return f"![{inert(html.unescape(picture.title(held)))}](data:image/svg+xml;base64,{data})"
        return GENERATED[found[1] == CLOSE]

    defined = [f"[^{note.number}]: {inert(note.words)}" for note in made.notes]
    parts = [
        f"# {made.title}",
        MARK.sub(put, made.body),
        GENERATED[0],
        *defined,
        GENERATED[1],
        manifest_mark(made.cited),
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(parts)) + "\n"


def as_html(made: Brief, most: float = 0) -> str:
    """One page without script, its pictures drawn in it; where `most` is given, in pieces of that height."""

    def put(found: re.Match[str]) -> str:
        if found[1] == NOTE:
            note = made.notes[int(found[2]) - 1]
            ids = " ".join(claim.claim for claim in note.claims)
            hint = html.escape(note.words)
            link = f'<a href="#note-{note.number}" data-cites="{ids}" title="{hint}">[{note.number}]</a>'
            return f"<sup>{link}{html.escape(_outside(made, note.number))}</sup>"
        if found[1] == PICTURE:
            whole = made.pictures[int(found[2])]
            pieces = picture.slices(whole, most) if most else [whole]
            return "".join(f"<figure>{piece}</figure>" for piece in pieces)
        return ""

    drawn = rendered(close(made.body))
    drawn = re.sub("<p>\\s*(\ue000[poc]\\d*\ue001)\\s*</p>", r"\1", drawn)
    drawn = re.sub(r"<h3>\[(\d+)\]</h3>", r'<h3 id="note-\1">[\1]</h3>', drawn)
    title = rendered(made.title).removeprefix("<p>").removesuffix("</p>\n")
    plain = html.escape(html.unescape(re.sub(r"<[^>]*>", "", title)))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{plain}</title>\n'
        f"<style>{_STYLE}</style></head>\n<body><main>\n<h1>{title}</h1>\n{MARK.sub(put, drawn)}</main>\n"
        f"{manifest_mark(made.cited)}\n</body></html>\n"
    )


def rendered(text: str) -> str:
    """Markdown as HTML: whatever HTML stands in it is shown as text, and no link runs a script."""
    try:
        import mistune
    except ImportError:
        raise MissingPackageError("nbconvert", "'testimony[notebook,brief]'") from None

    made = mistune.create_markdown(renderer=mistune.HTMLRenderer(escape=False), plugins=["table"])
    made.inline.rules.remove("inline_html")
    made.block.rules.remove("raw_html")
    return str(made(text))


def close(body: str) -> str:
    """Notes stand at their words, so that no line begins with one."""
    return re.sub("\\s+(?=\ue000n)", "", body)


def as_json(made: Brief) -> str:
    """What was made, for a program."""
    told = {
        "title": made.title,
        "corpus": made.corpus,
        "notes": len(made.notes),
        "cited": list(made.cited),
        "shown": list(made.shown),
        "pictures": len(made.pictures),
        "findings": len(made.findings),
    }
    return json.dumps(told, ensure_ascii=False)


def _outside(made: Brief, number: int) -> str:
    gone = [c.claim for c in made.notes[number - 1].claims if c.claim in made.unseen]
    return f" (outside this view: {', '.join(gone)})" if gone else ""
