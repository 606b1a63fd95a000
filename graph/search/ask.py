"""What a reader typed → what FTS5 is asked, and which words of a text are the hit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from graph.search.folding import Word, bare, words
from graph.search.function_words import ASKING, FUNCTION_WORDS, IRREGULAR

MOST_WORDS = 16  # words beyond these are not looked for
MOST_TEXT = 1000  # characters beyond these are not read
NAMED_WORDS = 6  # of more words, each must be in the sentence itself: to seek each by names too would take too long
NAME_BEGINS = 3  # letters of an unfinished word before names that begin so bring their claims
_ENDINGS = ("ing", "ed", "es", "s", "e")
_STEM = 4  # letters that are left at the least when an ending is set aside


def asks(text: str) -> bool:
    """Whether a text looks like a question: a question mark, or a word of asking and another after it.

    A word in capitals is a name (IS, WHO), as for `Asked.gist`.
    """
    if "?" in text or "؟" in text:
        return True
    found = words(text[:MOST_TEXT])
    return len(found) > 1 and found[0].folded in ASKING and not _in_capitals(text, found[0])


def _in_capitals(text: str, word: Word) -> bool:
    """Whether it is a name in capitals: IS, US, WHO, unless all of the text is in capitals."""
    typed = text[word.start : word.end]
    return typed.isupper() and len(typed) > 1 and any(char.islower() for char in text[:MOST_TEXT])


@dataclass(frozen=True)
class Asked:
    """A question to the index: every word must occur, the last one may be unfinished.

    `most`: most of its words are enough, and each stands for all that begins like it without its English ending.
    `left_out` are the function words, which it then leaves out.
    """

    words: tuple[Word, ...]
    most: bool = False
    left_out: tuple[str, ...] = ()
    unfinished: bool = True  # the last of the words is the last that was typed

    @classmethod
    def of(cls, text: str) -> "Asked":
        """What a text asks for; nothing when it holds no letter and no digit."""
        found = words(text[:MOST_TEXT])[:MOST_WORDS]
        return cls((*found[:-1], *(replace(word, article=False) for word in found[-1:])))

    @classmethod
    def gist(cls, text: str) -> "Asked":
        """What a text asks for beside its function words; nothing when it has no other words.

        A word in capitals (IS, US, WHO) is a name, unless all of the text is in capitals.
        """
        found = [word for word in cls.of(text).words if not word.article]

        def little(word: Word) -> bool:
            return word.folded in FUNCTION_WORDS and not _in_capitals(text, word)

        kept = dict.fromkeys(word.folded for word in found if not little(word))
        by = {word.folded: word for word in reversed(found)}
        last = bool(kept) and found[-1].folded == [*kept][-1]
        gone = dict.fromkeys(word.folded for word in found if word.folded not in kept)
        return cls(tuple(by[name] for name in kept), most=True, left_out=tuple(gone), unfinished=last)

    @property
    def whole(self) -> str:
        """The name it would be, in the form in which names are kept."""
        return bare(self.words)

    @property
    def match(self) -> str:
        """The expression for FTS5. Folded words hold letters and digits only, and stand in quotes."""
        return (" OR " if self.most else " AND ").join(f"({part})" for part in self.parts)

    @property
    def sought(self) -> tuple[Word, ...]:
        """The words that are looked for: all but articles."""
        last = len(self.words) - 1
        return tuple(word for at, word in enumerate(self.words) if self.most or at == last or not word.article)

    @property
    def little(self) -> tuple[str, ...]:
        """The expression for each function word that is left out."""
        return tuple(f'"{word}"' for word in self.left_out)

    @property
    def parts(self) -> tuple[str, ...]:
        """The expression for each word that is looked for.

        An article never keeps a text out: al-Hasakah is in a text that says Hasakah.
        """
        return tuple(part for at in range(len(self.words)) if (part := self._part(at)))

    def _part(self, at: int) -> str:
        word = self.words[at]
        if self.most:
            return " OR ".join(f'"{form}" *' if begins else f'"{form}"' for form, begins in self._forms[at])
        if at < len(self.words) - 1:
            return "" if word.article else f'"{word.folded}"'
        if self._after_article:
            # but `al-Ho` shall find al-Hol and not every word that begins so
            return f'"{self.words[at - 1].folded} {word.folded}" * OR "{word.folded}"'
        return f'"{word.folded}" *'

    @property
    def names(self) -> tuple[str, ...]:
        """The expression by which names are sought for each part: a letter or two do not stand for a name."""
        if self.most or not self.parts or len(self.words[-1].folded) >= NAME_BEGINS:
            return self.parts
        return (*self.parts[:-1], f'"{self.words[-1].folded}"')

    @property
    def _after_article(self) -> bool:
        return len(self.words) > 1 and self.words[-2].article

    @cached_property
    def _forms(self) -> tuple[tuple[tuple[str, bool], ...], ...]:
        last = len(self.words) - 1
        return tuple(_forms(word.folded, self.unfinished and at == last) for at, word in enumerate(self.words))

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where the hit stands in a text: code points, ends exclusive."""
        if not self.words:
            return ()
        found = words(text)
        fits = self._begins if self.most else self._fits
        hit = ((w.start, w.end) for at, w in enumerate(found) if fits(found, at))
        return tuple(dict.fromkeys(hit))  # one sign may fold to several words

    def _begins(self, found: Sequence[Word], at: int) -> bool:
        here = found[at].folded
        forms = (form for each in self._forms for form in each)
        return any(here == form or (begins and here.startswith(form)) for form, begins in forms)

    def _fits(self, found: Sequence[Word], at: int) -> bool:
        last, here = self.words[-1].folded, found[at].folded
        joined = not self._after_article or (at > 0 and found[at - 1].article)
        whole = any(word.folded == here and not word.article for word in self.words[:-1])
        return whole or here == last or (joined and here.startswith(last))


def _forms(folded: str, unfinished: bool) -> tuple[tuple[str, bool], ...]:
    """The forms of an English word, each with whether other words that begin so are meant.

    planned, planning → plan; escaped, escapes → escap; prison → prison, so that prisoners fit; begin → began too;
    al, 2022 as they are.
    """
    if folded in IRREGULAR:
        return tuple((form, (unfinished and form == folded) or len(form) >= _STEM) for form in IRREGULAR[folded])
    if not folded.isalpha() or len(folded) < _STEM:
        return ((folded, unfinished),)
    ending = next((e for e in _ENDINGS if folded.endswith(e) and len(folded) - len(e) >= _STEM), "")
    stem = folded.removesuffix(ending)
    if ending in ("ing", "ed") and len(stem) > _STEM and stem[-1] == stem[-2] and stem[-1] not in "ls":
        stem = stem[:-1]
    return ((stem, True),)
