"""Spellings that differ only in how they are written become one: a pure function of the text.

Case, accents, apostrophes, hyphens and invisible marks are set aside; letters that stand for one
another between Arabic, Persian and Kurdish keyboards, and between Turkish and other Latin ones, are
made the same; the Arabic article becomes a word of its own however it is joined. Nothing is guessed
from sound: two transliterations of one name are aliases in the corpus, not a matter of folding.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

APOSTROPHES = frozenset("'’‘‛`´ʹʻʼʽʾʿˈ′＇")
HYPHENS = frozenset("-‐‑")
ARTICLE = "al"
ARABIC_ARTICLE = "ال"
_ARTICLES = frozenset({"al", "el", ARABIC_ARTICLE})
# The article takes the sound of the consonant after it, and is then written with a hyphen: ar-Raqqa.
_ASSIMILATED = {f"{vowel}{sun}": sun for vowel in "ae" for sun in ("d", "dh", "n", "r", "s", "sh", "t", "th", "z")}
# What no decomposition makes the same; each line is one letter and the signs written for it.
_SAME = {
    "i": "ı",
    "o": "ø",
    "d": "đ",
    "l": "ł",
    "h": "ħ",
    "t": "ŧ",
    "ا": "ٱٲٳ",
    "ك": "کڪ",
    "ي": "یىێېے",
    "ه": "ەةھہ",
    "و": "ۆۇۋ",
    "ر": "ڕ",
    "ل": "ڵ",
    "": "ءـ",  # hamza without a seat, and the stroke that only lengthens a word
}
_CHUNK = re.compile(r"[^\s\-,.;:()]+")  # these part words in any case
_LETTERS = {sign: letter for letter, signs in _SAME.items() for sign in signs}


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it stands in the text (code points, end exclusive)."""

    folded: str
    start: int
    end: int
    article: bool = False


def fold(text: str) -> str:
    """The folded words of a text, one space between them; folding again changes nothing."""
    return " ".join(word.folded for word in words(text))


def bare(found: Sequence[Word]) -> str:
    """Folded words without articles: al-Hol and Hol are one name."""
    return " ".join(word.folded for word in found if not word.article)


def words(text: str) -> list[Word]:
    """The words of a text, folded, with their places."""
    found: list[Word] = []
    for chunk in _CHUNK.finditer(text):
        given, start = chunk.group(), chunk.start()
        if given.isascii() and given.isalnum():  # most words of most texts
            found.append(Word(given.lower(), start, chunk.end()))
        else:
            found += (part for run in _runs(given, start) for part in _parted(*run))
    return [_as_article(text, word, after) for word, after in pairwise(found)] + found[-1:]


def _runs(text: str, start: int) -> Iterator[tuple[str, list[int]]]:
    """Each run of letters and digits with the place of every folded character, and of its end."""
    letters: list[str] = []
    places: list[int] = []
    end = 0
    for at, char in enumerate(text):
        if at < end:
            continue  # the s of a possessive, passed over with its apostrophe
        for one in _folded(char):
            if one != " ":
                letters.append(one)
                places.append(start + at)
                end = at + 1
            elif letters:
                yield "".join(letters), [*places, start + end]
                letters, places = [], []
        if letters and char in APOSTROPHES and _possessive(text, at):
            yield "".join(letters), [*places, start + end]
            letters, places, end = [], [], at + 2
    if letters:
        yield "".join(letters), [*places, start + end]


def _possessive(text: str, at: int) -> bool:
    """Whether an apostrophe is that of `Syria's`."""
    return text[at + 1 : at + 2] in ("s", "S") and not _folded(text[at + 2 : at + 3] or " ").strip()


@cache
def _folded(char: str) -> str:
    """What a character folds to: letters or digits, a space where it parts words, or nothing."""
    if char in APOSTROPHES:
        return ""
    spelt = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char.casefold()).casefold())
    return "".join(map(_plain, spelt))


def _plain(char: str) -> str:
    char = _LETTERS.get(char, char)
    kind = unicodedata.category(char) if char else ""
    if kind in ("", "Mn", "Mc", "Me", "Cf"):
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    return char if char.isalnum() and char not in APOSTROPHES else " "


def _parted(folded: str, places: list[int]) -> Iterator[Word]:
    """An Arabic word without its article, which comes first as a word of its own."""
    at = 0
    while folded.startswith(ARABIC_ARTICLE, at) and len(folded) > at + 2:
        yield Word(ARABIC_ARTICLE, places[at], places[at + 2])
        at += 2
    yield Word(folded[at:], places[at], places[-1])


def _as_article(text: str, word: Word, after: Word) -> Word:
    """The word, or the article that it is before another: `al Hol`, `el-Hol`, `ar-Raqqa`, but not `ar Raqqa`."""
    sun = _ASSIMILATED.get(word.folded)
    joined = sun is not None and after.folded.startswith(sun) and text[word.end : after.start] in HYPHENS
    if word.folded in _ARTICLES or joined:
        folded = word.folded if word.folded == ARABIC_ARTICLE else ARTICLE
        return Word(folded, word.start, word.end, article=True)
    return word
