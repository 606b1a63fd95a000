"""Markdown made of texts that nobody vetted: one line each, nothing in it markup or HTML."""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence

_OBEYED = ("Cc", "Cf", "Cs", "Cn", "Co")


def inert(text: str) -> str:
    """A text as one line of Markdown: nothing in it is markup, HTML or a character that a reader obeys."""
    line = re.sub(r"\s+", " ", text).strip()
    held = "".join("\ufffd" if unicodedata.category(c) in _OBEYED else c for c in line)
    return re.sub(r"([\\`*_{}\[\]()#+.!|~>@^$:-])", r"\\\1", html.escape(held, quote=False))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> str:
    """Rows as a table of Markdown, a note above it."""
    lined = [[inert(cell) for cell in row] for row in (columns, *rows)]
    head, *body = [f"| {' | '.join(row)} |" for row in lined]
    told = [f"**{inert(note)}**", ""] if note else []
    return "\n".join([*told, head, f"|{' --- |' * len(columns)}", *body])


def fenced(text: str) -> str:
    """Lines as they stand, in a fence that nothing inside can close."""
    plain = "".join(c if c == "\n" or unicodedata.category(c) not in _OBEYED else "\ufffd" for c in text)
    longest = max((len(found) for found in re.findall(r"`+", plain)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{plain}\n{fence}"
