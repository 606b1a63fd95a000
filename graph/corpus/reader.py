"""Corpus files → model, with file and line in every error.

Structure is checked against the published JSON Schemas, then figures, relations and references by
rules of their own; all problems of all files are reported together.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.corpus.convert import Converter
from graph.corpus.rules import check_corpus
from graph.corpus.strictyaml import Node, parse, read_text
from graph.errors import CorpusError, Problem
from graph.model import (
    Assessment,
    Corpus,
    Document,
    Entity,
    IndependenceJudgement,
    OriginGroup,
    Question,
    SourceRelation,
)

PARTS = {
    "entities": "entities.yaml",
    "questions": "questions.yaml",
    "origins": "origins.yaml",
    "assessments": "assessments.yaml",
    "independence": "independence.yaml",
    "relations": "relations.yaml",
}
OPTIONAL = {"assessments", "independence", "relations"}
SHOWN = 50  # problems of form per file: what follows is mostly their echo


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus file as text."""

    name: str
    text: str


def sources(folder: Path) -> Iterator[Path]:
    """The corpus files of a folder, in a fixed order: parts first, then documents by name."""
    for kind, name in PARTS.items():
        if kind not in OPTIONAL or (folder / name).exists():
            yield folder / name
    yield from documents(folder)


def documents(folder: Path) -> Iterator[Path]:
    """The document files of a folder, by name; hidden files are an editor's, not ours."""
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in PARTS.values() and not path.name.startswith("."):
            yield path


def read(folder: Path, progress: Callable[[Path], None] = lambda _path: None) -> Corpus:
    """Read and check a whole corpus folder.

    `progress` is called once per file. Raises CorpusError with every problem found.
    """
    texts: list[Source] = []
    problems: list[Problem] = list(_folder_problems(folder))
    if problems:
        raise CorpusError(problems)
    for path in sources(folder):
        progress(path)
        name = _shown(path)
        try:
            texts.append(Source(name, read_text(path, name)))
        except CorpusError as error:
            problems.extend(error.problems)
    if problems:
        raise CorpusError(problems)
    return read_sources(texts)


def _folder_problems(folder: Path) -> Iterator[Problem]:
    name = _shown(folder)
    if not folder.is_dir():
        yield Problem(name, 0, "folder-missing", "no such folder", "a corpus folder", "name the folder of the corpus")
    elif not any(documents(folder)):
        yield Problem(
            name, 0, "folder-empty", "no document", "at least one file like 000-title.yaml", "add a document file"
        )
    for path in sorted(folder.glob("*.yml")):
        yield Problem(
            _shown(path), 0, "file-ending", "a file that ends in .yml", ".yaml", f"rename it to {path.stem}.yaml"
        )


def _shown(path: Path) -> str:
    """The path as messages show it: relative to where the user stands, if below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def read_sources(texts: Sequence[Source]) -> Corpus:
    """Read and check corpus files given as texts.

    Raises CorpusError with every problem found.
    """
    problems: list[Problem] = []
    documents: list[Document] = []
    entities: list[Entity] = []
    questions: list[Question] = []
    groups: list[OriginGroup] = []
    assessments: list[Assessment] = []
    independence: list[IndependenceJudgement] = []
    relations: list[SourceRelation] = []
    for source in texts:
        try:
            kind, root = checked(source)
            convert = Converter(source.name)
            match kind:
                case "entities":
                    entities += [convert.entity(n) for n in _items(root, "entities")]
                case "questions":
                    questions += [convert.question(n) for n in _items(root, "questions")]
                case "origins":
                    groups += [convert.group(n) for n in _items(root, "groups")]
                case "assessments":
                    assessments += [convert.assessment(n) for n in _items(root, "assessments")]
                case "independence":
                    independence += [convert.independence(n) for n in _items(root, "judgements")]
                case "relations":
                    relations += [convert.source_relation(n) for n in _items(root, "relations")]
                case _:
                    documents.append(convert.document(root))
            problems += convert.problems
        except CorpusError as error:
            problems += error.problems
    if problems:
        raise CorpusError(problems)
    corpus = Corpus(
        tuple(documents),
        tuple(entities),
        tuple(questions),
        tuple(groups),
        tuple(assessments),
        tuple(independence),
        tuple(relations),
    )
    if found := check_corpus(corpus):
        raise CorpusError(found)
    return corpus


def read_document(source: Source) -> Document:
    """Read one document file without its neighbours (references are not checked).

    Raises CorpusError.
    """
    _, root = checked(source)
    convert = Converter(source.name)
    document = convert.document(root)
    if convert.problems:
        raise CorpusError(convert.problems)
    return document


def kind_of(name: str) -> str:
    """Which schema a file answers to, from its name."""
    stem = Path(name).name
    return next((kind for kind, part in PARTS.items() if part == stem), "document")


def checked(source: Source) -> tuple[str, Node]:
    """Parse one file and check it against its schema.

    Raises CorpusError.
    """
    kind = kind_of(source.name)
    root = parse(source.text, source.name)
    # Imported here because the schema library is slow to load, and those who only ask never read a corpus file.
    from graph.corpus.form import form_problems

    if found := form_problems(kind, root, source.name):
        raise CorpusError(found[:SHOWN])
    return kind, root


def _items(root: Node, key: str) -> list[Node]:
    assert isinstance(root.value, dict)
    items = root.value[key].value
    assert isinstance(items, list)
    return items
