"""Locators: which words of an original a claim stands on, found again exactly or not at all.

Normalisation maps each white-space character to one space and each curly quote to its straight
form, one code point to one code point, and nothing else; offsets are code points of the original.
"""

import hashlib
from dataclasses import dataclass

from graph.model import Original, Passage

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"})


def normalise(text: str) -> str:
    """The text with the same number of code points, spaces and quotes unified."""
    return "".join(" " if char.isspace() else char for char in text).translate(_QUOTES)


def passage_hash(words: str) -> str:
    """SHA-256 (hex) of the normalised words, in UTF-8."""
    return hashlib.sha256(normalise(words).encode()).hexdigest()


def paragraph_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Code-point ranges of the lines that are not empty after stripping Unicode white space.

    Ends are exclusive; the stripped white space is outside the range.
    """
    ranges: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + len(line) - len(line.lstrip())
            ranges.append((start, start + len(stripped)))
        position += len(line) + 1
    return tuple(ranges)


def describe(text: str) -> Original:
    """The record of an original: hash, length, paragraphs."""
    return Original(hashlib.sha256(text.encode()).hexdigest(), len(text), paragraph_ranges(text))


def locate(text: str, paragraph: int, words: str) -> Passage | None:
    """The passage of `words` inside a paragraph (counted from 1); None unless found exactly once."""
    ranges = paragraph_ranges(text)
    if not 1 <= paragraph <= len(ranges):
        return None
    start, end = ranges[paragraph - 1]
    body, wanted = normalise(text[start:end]), normalise(words)
    first = body.find(wanted)
    if not wanted or first < 0 or body.find(wanted, first + 1) >= 0:
        return None
    at = start + first
    return Passage(paragraph, at, at + len(wanted), passage_hash(words))


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a passage stands against an attached original.

    `state` is verified, moved (the same words elsewhere), orphaned (words gone) or not-attached;
    `start` and `end` are where the words stand now. Nothing re-aligns silently: a moved passage
    keeps its recorded range and says so.
    """

    state: str
    start: int | None = None
    end: int | None = None


def anchor(text: str | None, passage: Passage) -> Anchor:
    """Check a passage against the text of its original."""
    if text is None or passage.start is None or passage.end is None or passage.sha256 is None:
        return Anchor("not-attached")
    start, end = passage.start, passage.end
    if end <= len(text) and passage_hash(text[start:end]) == passage.sha256:
        return Anchor("verified", start, end)
    length = end - start
    normal = normalise(text)
    for at in range(len(text) - length + 1):
        words = normal[at : at + length]
        if hashlib.sha256(words.encode()).hexdigest() == passage.sha256:
            return Anchor("moved", at, at + length)
    return Anchor("orphaned")
