"""How an empty answer is looked into: questions put one after the other, and what they come to in a sentence."""

from collections.abc import Callable, Generator

from graph.rdf.trig import prefixes

CARE = "look there before an empty answer is read as silence"
SEEN = 200  # nodes that are looked at for what else they have

Rows = list[list[str]]
Asking = Generator[str, Rows, str]  # SPARQL texts, each answered by its rows; in the end a sentence, or none
Questions = Generator[str, Rows, tuple[str, ...]]


def answered(questions: Questions, rows: Callable[[str], Rows | None]) -> tuple[str, ...]:
    """What questions come to when a function answers them; nothing, once that cannot tell."""
    found: Rows | None
    try:
        text = next(questions)
        while (found := rows(text)) is not None:
            text = questions.send(found)
    except StopIteration as told:
        sentences: tuple[str, ...] = told.value
        return sentences
    return ()


def listed(found: Rows) -> str:
    """The IRIs of the first column."""
    return ", ".join(called(iri) for iri, *_ in found)


def called(iri: str) -> str:
    """An IRI as it may be told in a line."""
    short = ((name, iri.removeprefix(base)) for name, base in prefixes().items() if iri.startswith(base))
    return next((f"{name}:{local}" for name, local in short if local.replace("-", "").replace(".", "").isalnum()), iri)
