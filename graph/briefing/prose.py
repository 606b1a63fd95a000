"""The sentences of a briefing with the claims they cite, from Markdown or the prose cells of a notebook.

A citation is written as Pandoc writes it, in one pair of brackets at the end of the sentence:
`[@000-c12.1]` or `[@000-c12.1; @003-c4.1]`. A sentence marked `<!-- framing -->` is the author's own frame.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.briefing.pages import cited_text
from graph.errors import BriefingError

MAX_BYTES = 8_000_000
CITATION = re.compile(r"\[@([^\[\]\n]*(?:\n[^\[\]\n]+)*)\]")
FRAMING = "<!-- framing -->"
GENERATED = ("<!-- generated -->", "<!-- /generated -->")  # what stands between was made by the graph, not written


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words without citations and markup, what it cites, where it stands.

    `own` are the words that are ours: quotations are blanked out, so that places stay the same.
    """

    text: str
    cites: tuple[str, ...]
    place: str
    framing: bool = False
    quoted: bool = False
    heading: bool = False

    @property
    def own(self) -> str:
        return " " * len(self.text) if self.quoted else _unquoted(self.text)


@dataclass(frozen=True, slots=True)
class Prose:
    """One run of Markdown with the name that places count from."""

    name: str
    text: str
    first: int = 1


_QUOTES = re.compile(
    r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|(?<!\w)‘[^’]*(?:’(?=\w)[^’]*)*’(?!\w)|(?<!\w)'[^']+'(?!\w)"
)


def _unquoted(text: str) -> str:
    return _QUOTES.sub(lambda found: " " * len(found[0]), text)


# ---- files ------------------------------------------------------------------------------------------


def read(path: Path, pages: bool = False) -> list[Prose]:
    """The prose of a file, Markdown or a notebook's Markdown cells; BriefingError for anything else.

    Of a `page` that `testimony brief` wrote, only what cites is read.
    """
    name = path.name
    try:
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise BriefingError(str(path), error.strerror or "unreadable", "name a Markdown file or a notebook") from None
    if raw is None:
        raise BriefingError(str(path), f"more than {MAX_BYTES} bytes", "split the briefing")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BriefingError(f"{path}:{line}", "a byte that is not UTF-8", "save the file as UTF-8") from None
    if path.suffix == ".ipynb":
        return list(_cells(text, str(path), name))
    if pages and path.suffix == ".html":
        return [Prose(name, cited_text(text))]
    if path.suffix not in (".md", ".markdown", ".qmd"):
        raise BriefingError(str(path), f"a file of kind {path.suffix!r}", "give Markdown (.md) or a notebook (.ipynb)")
    return [Prose(name, _GENERATED.sub(_blank, text))]


_GENERATED = re.compile(f"{GENERATED[0]}.*?{GENERATED[1]}", re.DOTALL)


def _cells(text: str, path: str, name: str) -> Iterator[Prose]:
    try:
        cells = json.loads(text)["cells"]
        prose = [(n, cell["source"]) for n, cell in enumerate(cells, 1) if cell["cell_type"] == "markdown"]
        joined = [(n, source if isinstance(source, str) else "".join(source)) for n, source in prose]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BriefingError(path, "no notebook of format 4", "open it in Jupyter and save it again") from None
    yield from (Prose(f"{name}:cell {n}", source) for n, source in joined)


# ---- blocks -----------------------------------------------------------------------------------------

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s+|$)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+\s*)$")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]+\|[\s:|-]*$")


@dataclass(slots=True)
class _Block:
    line: int
    lines: list[str]
    quoted: bool = False
    heading: bool = False
    framing: bool = False


def sentences(prose: Prose) -> list[Sentence]:
    """Every sentence of a run of Markdown; code, comments and front matter are none."""
    return [found for block in _blocks(prose.text) for found in _split(block, prose)]


def _blocks(text: str) -> Iterator[_Block]:
    """Paragraphs, list items, table rows, headings and quotations, in order."""
    held: _Block | None = None
    framing = False
    for number, line, kind in _kinds(_blank_comments(_blank_front_matter(text))):
        if kind == "text" and held is not None:
            held.lines.append(line)
            continue
        if held is not None:
            yield held
            held = None
        if kind == "mark":
            framing = True
        elif kind in _WORDS:
            made = _Block(number, [_WORDS[kind](line)], kind == "quote", kind == "heading", framing)
            framing = False
            if kind in ("text", "item"):
                held = made
            else:
                yield made
    if held is not None:
        yield held


def _cell_words(line: str) -> str:
    return ", ".join(cell.strip() for cell in line.strip().strip("|").split("|"))


_WORDS: dict[str, Callable[[str], str]] = {
    "text": str,
    "item": lambda line: _ITEM.sub("", line, count=1),
    "heading": lambda line: _HEADING.sub("", line, count=1),
    "quote": lambda line: re.sub(r"^\s*>[\s>]*", "", line),
    "row": _cell_words,
}


def _kinds(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line outside fenced code with what it is."""
    fence, apart = "", True
    for number, line in enumerate(text.split("\n")):
        opened = _FENCE.match(line)
        if fence:
            if opened and opened[1].startswith(fence) and line.strip() == opened[1]:
                fence = ""
            continue
        kind = _kind(line, apart)
        fence = opened[1] if kind == "fence" and opened else ""
        apart = kind == "blank" or (apart and kind == "code")
        yield number, line, kind


def _kind(line: str, apart: bool) -> str:
    """What a line of Markdown is."""
    tests = (
        ("blank", not line.strip()),
        ("fence", _FENCE.match(line)),
        ("mark", line.strip() == FRAMING),
        ("rule", _RULE.match(line) or _TABLE_RULE.match(line)),
        ("code", apart and line.startswith(("    ", "\t"))),
        ("heading", _HEADING.match(line)),
        ("quote", line.lstrip().startswith(">")),
        ("row", line.strip().startswith("|")),
        ("item", _ITEM.match(line)),
    )
    return next((kind for kind, fits in tests if fits), "text")


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _blank_front_matter(text: str) -> str:
    return re.sub(r"\A---\n.*?\n(?:---|\.\.\.)(?=\n|\Z)", _blank, text, flags=re.DOTALL)


def _blank_comments(text: str) -> str:
    """Comments say nothing to a reader, but the mark of framing does to us."""
    marked = re.sub(r"<!--\s*framing\s*-->", FRAMING, text)
    return re.sub(rf"(?!{FRAMING})<!--.*?(?:-->|\Z)", _blank, marked, flags=re.DOTALL)


# ---- sentences --------------------------------------------------------------------------------------

_END = re.compile(
    r"[.!?…][\"”’»)*_]*(?:\s*\[@[^\]]*\][.]?|\s*<!-- framing -->)*(?=\s+[\[\"“‘«(*_]*[A-ZÀ-ÞĀ-Ž0-9]|\s*$)"
)
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|St|No|Nos|vs|cf|e\.g|i\.e|approx|ca|[A-Z])|\bU\.S|\bU\.N)\.$"
)


def _split(block: _Block, prose: Prose) -> Iterator[Sentence]:
    text = re.sub(r"(`+).*?\1", _blank, "\n".join(block.lines), flags=re.DOTALL)
    start = 0
    for end in _ends(text):
        part = text[start:end]
        if found := _sentence(part, text, start, block, prose):
            yield found
        start = end


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        if not _SHORT.search(text[: found.start() + 1]):
            yield found.end()
    yield len(text)


def _sentence(part: str, text: str, start: int, block: _Block, prose: Prose) -> Sentence | None:
    cites = [name.strip().lstrip("@") for found in CITATION.finditer(part) for name in re.split(r"[;,]", found[1])]
    framing = block.framing or FRAMING in part
    words = plain(CITATION.sub(" ", part).replace(FRAMING, " "))
    if not words and not cites:
        return None
    skipped = len(part) - len(part.lstrip())
    line = prose.first + block.line + text.count("\n", 0, start + skipped)
    place = f"{prose.name}:{line}"
    return Sentence(words, tuple(dict.fromkeys(cites)), place, framing, block.quoted, block.heading)


def plain(text: str) -> str:
    """Markdown without its markup; links keep their words."""
    text = re.sub(r"\[\^[^\]]*\]", "", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<(?:https?|mailto):[^>]*>|</?[a-zA-Z][^>]*>", " ", text)
    text = re.sub(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|~~", "", text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    text = re.sub(r"\s+([.,;:!?])", r"\1", re.sub(r"\s+", " ", text))
    return text.strip()
