"""Attached originals: other people's texts, kept beside the corpus, ignored by git, known by hash."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.corpus.files import write_atomically
from graph.corpus.locators import Anchor, anchor
from graph.errors import AttachError
from graph.model import Corpus, Document

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

    Raises AttachError when the folder cannot be read or holds none of the originals.
    """
    if not given.is_dir():
        raise AttachError(str(given), "no such folder", "name the folder that holds the original texts")
    by_hash: dict[str, Path] = {}
    for path in sorted(given.rglob("*")):
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            by_hash.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), path)
    results = [_attach_one(document, by_hash, corpus_folder) for document in corpus.documents]
    if not any(result.state == "attached" for result in results):
        wanted = ", ".join(f"{d.id} {d.original.sha256[:12]}…" for d in corpus.documents if d.original)
        raise AttachError(
            str(given),
            "no file has the SHA-256 of an original",
            f"wanted: {wanted or 'nothing (no document has an original)'}",
        )
    return results


def _attach_one(document: Document, by_hash: Mapping[str, Path], folder: Path) -> Attachment:
    if document.original is None:
        return Attachment(document.id, "no-original", None, {})
    path = by_hash.get(document.original.sha256)
    if path is None:
        return Attachment(document.id, "absent", None, {})
    raw = path.read_bytes()
    write_atomically(target(folder, document.id), raw)
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


def anchors(document: Document, text: str | None) -> dict[str, Anchor]:
    """How each utterance of a document stands against its text, by utterance id."""
    return {u.id: anchor(text, u.passage) for u in document.utterances}
