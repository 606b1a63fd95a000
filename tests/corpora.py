"""Helpers for tests that read, damage and write small corpora."""

from collections.abc import Iterator
from pathlib import Path

from graph.corpus import writer
from graph.corpus.reader import Source, read_sources, sources
from graph.corpus.strictyaml import header_of
from graph.errors import CorpusError, Problem
from graph.model import Corpus

TESTS = Path(__file__).parent
ROOT = TESTS.parent
MINI = TESTS / "data" / "mini"
FOUNDING = ROOT / "corpus"


def texts(folder: Path = MINI) -> dict[str, str]:
    """Every corpus file of a folder by file name, as text."""
    return {path.name: path.read_text(encoding="utf-8") for path in sources(folder)}


def damaged(file: str, old: str, new: str, folder: Path = MINI) -> dict[str, str]:
    """The files of a corpus with the only occurrence of `old` in `file` replaced."""
    files = texts(folder)
    assert files[file].count(old) == 1, f"{old!r} occurs {files[file].count(old)} times in {file}"
    return {**files, file: files[file].replace(old, new)}


def read_texts(files: dict[str, str]) -> Corpus:
    """Read corpus files given by name."""
    return read_sources([Source(name, text) for name, text in files.items()])


def problems(files: dict[str, str]) -> tuple[Problem, ...]:
    """The problems of corpus files given by name; none when they can be read."""
    try:
        read_texts(files)
    except CorpusError as error:
        return error.problems
    return ()


def line_of(text: str, words: str) -> int:
    """The number of the first line that contains `words`."""
    return text[: text.index(words)].count("\n") + 1


def written(corpus: Corpus, headers: dict[str, str] | None = None) -> Iterator[tuple[str, str]]:
    """File name and canonical text of every file of a corpus."""
    data = {
        "entities.yaml": writer.entities_data(corpus.entities),
        "questions.yaml": writer.questions_data(corpus.questions),
        "origins.yaml": writer.origins_data(corpus.groups),
        **({"assessments.yaml": writer.assessments_data(corpus.assessments)} if corpus.assessments else {}),
        **({"independence.yaml": writer.independence_data(corpus.independence)} if corpus.independence else {}),
        **({"relations.yaml": writer.relations_data(corpus.relations)} if corpus.relations else {}),
        **{f"{document.id}.yaml": writer.document_data(document) for document in corpus.documents},
    }
    for name, plain in data.items():
        yield name, writer.emit(plain, (headers or {}).get(name, ""))


def write_corpus(folder: Path, corpus: Corpus) -> None:
    """Write a corpus as a folder of canonical files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written(corpus, {name: header_of(text) for name, text in texts().items()}):
        (folder / name).write_text(text, encoding="utf-8")
