"""The sentences of a page that `testimony brief` wrote: paragraphs that cite, their notes as citations again."""

from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "td", "th", "blockquote"})


def cited_text(page: str) -> str:
    """Markdown with each citing block at the line where it stands, and the page's comments."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "\n".join(reader.lines)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._words: list[str] = []
        self._from = 0
        self._cites = False
        self._skip = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end()
        held = dict(attrs).get("data-cites")
        if tag == "a" and held:
            self._words.append(f" [{'; '.join(f'@{name}' for name in held.split())}]")
            self._cites, self._skip = True, "a"
        elif tag in ("style", "svg", "pre"):
            self._skip = self._skip or tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skip:
            self._skip = ""
        elif tag in _BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._words.append(data)

    def handle_comment(self, data: str) -> None:
        self._end()
        self._put(f"<!--{data}-->", self.getpos()[0])

    def _end(self) -> None:
        if self._cites:
            self._put(" ".join("".join(self._words).split()), self._from)
        self._words, self._cites, self._from = [], False, self.getpos()[0]

    def _put(self, text: str, line: int) -> None:
        """A block of its own, at its line where there is room."""
        self.lines += [""] * max(1, line - 1 - len(self.lines)) + text.split("\n")
