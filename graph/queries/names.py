"""Names of ours in a query: how each is written, the IRI that it stands for, and that the vocabulary has it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import QueryError, nearest
from graph.queries.guard import matches
from graph.vocabulary import ID, vocabulary

_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, what it stands for, and where in the text it is."""

    text: str
    iri: str
    position: int


@lru_cache(maxsize=4)  # read by the guard's neighbours one after the other
def names(sparql: str) -> tuple[Name, ...]:
    """Every name of a term or a thing of ours, with a prefix or in full, in the order of the text."""
    begins = (vocabulary().namespace, ID)
    if not any(begin in sparql for begin in begins):
        return ()
    prefixes: dict[str, str] = {}
    found: list[Name] = []
    word = declared = ""  # the keyword before, and the prefix that it declares
    for kind, text, position in matches(sparql):
        if kind == "iri":
            if declared:
                prefixes[declared] = text[1:-1]
            elif text.startswith(begins, 1):
                found.append(Name(text, text[1:-1], position))
            declared = ""
        elif kind == "name":
            declared = text if word == "PREFIX" else ""
            prefix, colon, local = text.partition(":")
            base = prefixes.get(prefix + colon, "") if local else ""
            if base.startswith(begins):
                found.append(Name(text, base + _ESCAPED.sub(r"\1", local), position))
        word = text.upper() if kind == "word" else ""
    return tuple(found)


def known_terms(sparql: str, where: str) -> None:
    """Refuse a term of our namespace that the vocabulary lacks: its empty answer would read as silence.

    Raises QueryError with the nearest term.
    """
    namespace = vocabulary().namespace
    for name in names(sparql):
        term = name.iri.removeprefix(namespace) if name.iri.startswith(namespace) else ""
        if term and term not in vocabulary():
            line = sparql.count("\n", 0, name.position) + 1
            fix = _longer(term) or nearest(term, vocabulary().names) or "use a term of docs/vocabulary.md"
            raise QueryError(where, line, f"{term!r}, which is not a term of the vocabulary", fix)


def _longer(term: str) -> str:
    """A hint at the names that end in a term: a value bears its scheme in front, as `ReportedDenied` does."""
    found = [
        name
        for name in vocabulary().names
        if len(term) > 3 and name.casefold().endswith(term.casefold()) and name[-len(term)].isupper()
    ]
    return f"did you mean {' or '.join(map(repr, found[:3]))}?" if found else ""
