"""Passages find their words in the attached originals, and the originals are the texts that were read."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from graph.corpus.originals import anchors, original_text
from graph.errors import Problem
from graph.model import Corpus


def locator_problems(corpus: Corpus, folder: Path) -> Iterator[Problem]:
    """Passages find their words in the attached text; a text with another hash is reported whole."""
    for document in corpus.documents:
        content = original_text(folder, document)
        if content is None or document.original is None:
            continue
        where = document.where
        if hashlib.sha256(content.encode()).hexdigest() != document.original.sha256:
            yield Problem(
                where.file,
                where.line,
                "L01-original-hash",
                f"the attached original of {document.id} has another hash",
                document.original.sha256,
                "attach the text that was read: testimony attach DIR",
            )
        for name, found in anchors(document, content).items():
            if found.state in ("moved", "orphaned"):
                line = next(u.where.line for u in document.utterances if u.id == name)
                moved = f"; its words stand at {found.start}" if found.start is not None else ""
                yield Problem(
                    where.file,
                    line,
                    "L02-locator",
                    f"the passage of {name} is {found.state}{moved}",
                    "a passage whose words stand where it says",
                    "run `testimony locate` and correct the passage",
                )
