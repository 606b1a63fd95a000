"""What a reader typed → what FTS5 is asked, and which words of a text are the hit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.search.folding import Word, bare, words

MOST_WORDS = 16  # words beyond these are not looked for
MOST_TEXT = 1000  # characters beyond these are not read


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the index: every word must occur, the last one may be unfinished; `loose`: one of them is enough."""

    words: tuple[Word, ...]
    loose: bool = False

    @classmethod
    def of(cls, text: str) -> "Asked":
        """What a text asks for; nothing when it holds no letter and no digit."""
        found = words(text[:MOST_TEXT])[:MOST_WORDS]
        return cls((*found[:-1], *(replace(word, article=False) for word in found[-1:])))

    @property
    def whole(self) -> str:
        """The name it would be, in the form in which names are kept."""
        return bare(self.words)

    @property
    def match(self) -> str:
        """The expression for FTS5. Folded words hold letters and digits only, and stand in quotes."""
        return (" OR " if self.loose else " AND ").join(
            f"({part})" for at in range(len(self.words)) if (part := self._part(at))
        )

    def _part(self, at: int) -> str:
        word = self.words[at]
        if at < len(self.words) - 1:
            # an article never keeps a text out: al-Hasakah is in a text that says Hasakah
            return "" if word.article else f'"{word.folded}"'
        if self._after_article:
            # but `al-Ho` shall find al-Hol and not every word that begins so
            return f'"{self.words[at - 1].folded} {word.folded}" * OR "{word.folded}"'
        return f'"{word.folded}" *'

    @property
    def _after_article(self) -> bool:
        return len(self.words) > 1 and self.words[-2].article

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where the hit stands in a text: code points, ends exclusive."""
        if not self.words:
            return ()
        whole = {word.folded for word in self.words[:-1] if not word.article}
        found = words(text)
        hit = ((w.start, w.end) for at, w in enumerate(found) if w.folded in whole or self._last(found, at))
        return tuple(dict.fromkeys(hit))  # one sign may fold to several words

    def _last(self, found: Sequence[Word], at: int) -> bool:
        last, here = self.words[-1].folded, found[at].folded
        joined = not self._after_article or (at > 0 and found[at - 1].article)
        return here == last or (joined and here.startswith(last))
