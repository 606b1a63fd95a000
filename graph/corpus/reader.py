"""Corpus files → model, with file and line in every error.

Structure is checked against the published JSON Schemas, then figures, relations and references by
rules of their own; all problems of all files are reported together.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from graph.corpus.convert import Converter
from graph.corpus.rules import check_corpus
from graph.corpus.schema import schemas
from graph.corpus.strictyaml import Node, parse, read_text
from graph.errors import CorpusError, Problem, nearest
from graph.model import Corpus, Document, Entity, OriginGroup, Question

PARTS = {"entities": "entities.yaml", "questions": "questions.yaml", "origins": "origins.yaml"}


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus file as text."""

    name: str
    text: str


def sources(folder: Path) -> Iterator[Path]:
    """The corpus files of a folder, in a fixed order: parts first, then documents by name."""
    for name in PARTS.values():
        yield folder / name
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in PARTS.values():
            yield path


def read(folder: Path, progress: Callable[[Path], None] = lambda _path: None) -> Corpus:
    """Read and check a whole corpus folder.

    `progress` is called once per file. Raises CorpusError with every problem found.
    """
    texts: list[Source] = []
    problems: list[Problem] = []
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


def _shown(path: Path) -> str:
    """The path as messages show it: relative to where the user stands, if below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
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
                case _:
                    documents.append(convert.document(root))
            problems += convert.problems
        except CorpusError as error:
            problems += error.problems
    if problems:
        raise CorpusError(problems)
    corpus = Corpus(tuple(documents), tuple(entities), tuple(questions), tuple(groups))
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
    validator = Draft202012Validator(_lenient(schemas()[kind]))
    errors = sorted(validator.iter_errors(_json(root)), key=lambda e: [str(p) for p in e.absolute_path])
    if errors:
        raise CorpusError([_explain(error, root, source.name) for error in errors[:50]])
    return kind, root


def _items(root: Node, key: str) -> list[Node]:
    assert isinstance(root.value, dict)
    items = root.value[key].value
    assert isinstance(items, list)
    return items


def _json(node: Node) -> Any:
    """Plain data as JSON Schema sees it (decimals as floats)."""
    plain = node.plain()

    def convert(value: Any) -> Any:
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, list):
            return [convert(item) for item in value]
        if isinstance(value, dict):
            return {key: convert(item) for key, item in value.items()}
        return value

    return convert(plain)


def _lenient(schema: Any) -> Any:
    """The schema without the content of edges, whose errors the converter words better."""
    if isinstance(schema, dict):
        if "prefixItems" in schema:
            return {k: v for k, v in schema.items() if k != "prefixItems"}
        return {key: _lenient(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_lenient(item) for item in schema]
    return schema


def _explain(error: ValidationError, root: Node, name: str) -> Problem:
    error = best_match([error]) or error
    node = root.at(list(error.absolute_path))
    where = ".".join(str(step) for step in error.absolute_path) or "the file"
    code = f"schema-{error.validator}"
    value = error.instance
    shown = repr(value) if isinstance(value, str | int | float | bool) else f"a {_type(value)}"
    match error.validator:
        case "required":
            missing = [key for key in error.validator_value if key not in value]
            return Problem(
                name,
                node.line,
                code,
                f"no {', '.join(f'`{m}`' for m in missing)} in {where}",
                f"the keys {', '.join(error.validator_value)}",
                "add what is missing",
            )
        case "additionalProperties":
            allowed = list(error.schema["properties"])
            extra = [key for key in value if key not in allowed]
            line = root.at([*error.absolute_path, extra[0]]).line
            return Problem(
                name,
                line,
                code,
                f"the key {extra[0]!r} in {where}",
                f"the keys {', '.join(allowed)}",
                nearest(extra[0], allowed) or "remove it or spell it as the schema does",
            )
        case "enum":
            allowed = [str(item) for item in error.validator_value]
            return Problem(
                name,
                node.line,
                code,
                f"{shown} as {where}",
                ", ".join(allowed),
                nearest(str(value), allowed) or "use one of these",
            )
        case "type":
            return Problem(
                name,
                node.line,
                code,
                f"{shown} as {where}",
                f"a value of type {error.validator_value}",
                "quote it if it is a text that looks like a number or a truth value",
            )
        case "minItems" | "maxItems" | "minLength" | "maxLength" | "minimum" | "maximum":
            return Problem(
                name,
                node.line,
                code,
                f"{shown} as {where}",
                f"{error.validator} {error.validator_value}",
                "mend its size",
            )
        case "pattern":
            return Problem(
                name, node.line, code, f"{shown} as {where}", f"text like {error.validator_value}", "mend its form"
            )
        case _:
            return Problem(
                name, node.line, code, f"{shown} as {where}", str(error.validator_value), "see corpus/schema"
            )


def _type(value: Any) -> str:
    return {list: "list", dict: "mapping"}.get(type(value), type(value).__name__)
