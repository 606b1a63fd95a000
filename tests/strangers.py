"""Strings written blind to harm the page, what the reader does with each, and a corpus full of them."""

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from corpora import TESTS, problems
from pages import plain_corpus, reworded

from graph.corpus import writer

REFUSED = frozenset({"invisible-character", "not-nfc", "schema-maxLength", "yaml-syntax"})
ROOM = 3900  # letters that the reader allows in any text, and a few less
SHORT = 400  # what is too long for the reader is also tried cut to so much


@cache
def strings() -> tuple[str, ...]:
    """Those written blind, in order."""
    told = json.loads((TESTS / "data" / "hostile-page.json").read_text(encoding="utf-8"))
    return tuple(each["text"] for each in told)


def refusal(text: str) -> str | None:
    """The first problem that the reader of the corpus has with a text, or nothing."""
    entity = {"id": "somebody", "kind": "Person", "label": {"en": "Somebody"}, "note": f"x{text}"}
    found = problems({"entities.yaml": writer.emit({"entities": [entity]})})
    return next((f"{p}" for p in found if p.code in REFUSED), None)


@cache
def accepted() -> tuple[str, ...]:
    """What a corpus may hold: those that the reader lets pass, the too long ones cut short."""
    tried = [text[:SHORT] if len(text) > SHORT and refusal(text) else text for text in strings()]
    return tuple(text for text in tried if text and not refusal(text))


class Pen:
    """Writes every given string into every kind of text: alone as a name, and after what is there."""

    def __init__(self, payloads: Sequence[str], sizes: Counter[str]) -> None:
        self.payloads, self.sizes = payloads, sizes
        self.turn: Counter[str] = Counter()

    def __call__(self, key: str, text: str) -> str:
        each = -(-len(self.payloads) // self.sizes[key])  # so that none is left out
        turn, self.turn[key] = self.turn[key], self.turn[key] + each
        own = [self.payloads[(turn + step) % len(self.payloads)] for step in range(each)]
        alone = key == "label" and turn < len(self.payloads) and own[0].strip() == own[0] != ""
        if alone:
            return own[0]
        for payload in own:
            text = f"{text} {payload}" if len(text) + len(payload) < ROOM else text
        return text


def corpus_of(payloads: Sequence[str], folder: Path) -> None:
    """The invented corpus with these strings in every text that people read, written as corpus files."""
    plain = plain_corpus()
    sizes: Counter[str] = Counter()

    def size(key: str, text: str) -> str:
        sizes[key] += 1
        return text

    reworded(list(plain.values()), size)
    pen = Pen(payloads, sizes)
    for name, data in plain.items():
        written: Any = reworded(data, pen)
        (folder / name).write_text(writer.emit(written), encoding="utf-8")
