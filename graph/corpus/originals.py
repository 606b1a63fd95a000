"""Attached originals: other people's texts, kept beside the corpus, ignored by git, known by hash."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.corpus.files import write_atomically
from graph.corpus.locators import Anchor, anchor, locate
from graph.errors import AttachError
from graph.model import Corpus, Document, Passage

FOLDER = "originals"
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """What became of one document: attached, absent (no file has its hash) or no-original."""

    document: str
    state: str
    file: str | None
    passages: Mapping[str, int]  # anchors by state


def attach(corpus: Corpus, corpus_folder: Path, given: Path) -> list[Attachment]:
    """Copy the originals found in a folder (by hash, whatever their names) beside the corpus.

    Raises AttachError when the folder cannot be read, holds none of the originals, or nothing can
    be written.
    """
    if not given.is_dir():
        raise AttachError(str(given), "no such folder", "name the folder that holds the original texts")
    wanted = {d.original.sha256 for d in corpus.documents if d.original}
    found: dict[str, Path] = {}
    for path in sorted(given.rglob("*")):
        sha256 = _hash(path)
        if sha256 in wanted:
            found.setdefault(sha256, path)
    if not found:
        names = ", ".join(f"{d.id} {d.original.sha256[:12]}…" for d in corpus.documents if d.original)
        raise AttachError(
            str(given),
            "no file has the SHA-256 of an original",
            f"wanted: {names or 'nothing (no document has an original)'}",
        )
    return [_attach_one(document, found, corpus_folder) for document in corpus.documents]


def _hash(path: Path) -> str:
    """The SHA-256 of a file; empty for what is no file, too large or unreadable."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return ""
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _attach_one(document: Document, found: Mapping[str, Path], folder: Path) -> Attachment:
    if document.original is None:
        return Attachment(document.id, "no-original", None, {})
    path = found.get(document.original.sha256)
    if path is None:
        return Attachment(document.id, "absent", None, {})
    try:
        raw = path.read_bytes()
        write_atomically(target(folder, document.id), raw)
    except OSError as error:
        reason = f"the original could not be copied ({error.strerror})"
        raise AttachError(str(target(folder, document.id)), reason, "make room or mend the permissions") from None
    counts: dict[str, int] = {}
    for state in (a.state for a in anchors(document, raw.decode("utf-8", "replace")).values()):
        counts[state] = counts.get(state, 0) + 1
    return Attachment(document.id, "attached", path.name, counts)


def target(folder: Path, document: str) -> Path:
    """Where the original of a document is kept."""
    return folder / FOLDER / f"{document}.txt"


def original_text(folder: Path, document: Document) -> str | None:
    """The attached text of a document; None when there is none.

    A file whose hash is not the recorded one is still returned: its anchors then say moved or
    orphaned, so that drift is seen and not hidden.
    """
    path = target(folder, document.id)
    if document.original is None or not path.is_file():
        return None
    return path.read_bytes().decode("utf-8", "replace")


def recorded_text(folder: Path, document: Document) -> str | None:
    """The attached text of a document where it is the one that was read, by its hash; else None."""
    text = original_text(folder, document)
    if text is None or document.original is None:
        return None
    return text if hashlib.sha256(text.encode()).hexdigest() == document.original.sha256 else None


def anchors(document: Document, text: str | None) -> dict[str, Anchor]:
    """How each utterance of a document stands against its text, by utterance id."""
    return {u.id: anchor(text, u.passage) for u in document.utterances}


def passage_of(document: Document, text: str | None, paragraph: int, words: str) -> Passage:
    """The passage of some words of an attached original.

    Raises AttachError when the text is not the one that was recorded, or does not hold the words
    exactly once in that paragraph.
    """
    for found, fix in _hindrances(document, text, paragraph):
        raise AttachError(document.id, found, fix)
    passage = locate(text or "", paragraph, words)
    if passage is None:
        raise AttachError(
            document.id,
            f"paragraph {paragraph} does not hold these words exactly once",
            "copy them from the original, a little longer",
        )
    return passage


def _hindrances(document: Document, text: str | None, paragraph: int) -> Iterator[tuple[str, str]]:
    if document.original is None:
        yield "it has no original", "cite its digest paragraph alone"
    elif text is None:
        yield "its original is not attached", "run `testimony attach DIR` first"
    elif hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() != document.original.sha256:
        yield "the attached text is not the one that was recorded", "run `testimony attach DIR` again"
    elif not 1 <= paragraph <= len(document.original.paragraphs):
        yield f"no paragraph {paragraph}", f"count the non-empty lines, 1 to {len(document.original.paragraphs)}"
