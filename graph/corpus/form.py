"""The form of a corpus file: what its published JSON Schema says, told with line and fix."""

from decimal import Decimal
from functools import cache
from typing import Any

from graph.corpus.dates import is_date
from graph.corpus.explain import explain
from graph.corpus.schema import PARTIAL_DATE, schemas
from graph.corpus.strictyaml import Node
from graph.corpus.validation import Draft202012Validator, FormatChecker, extend
from graph.errors import Problem


def form_problems(kind: str, root: Node, name: str) -> list[Problem]:
    """Every breach of the schema of a kind of file, by line."""
    found = {explain(error, root, name) for error in _validator(kind).iter_errors(_json(root))}
    return sorted(found, key=lambda problem: problem.line)


@cache
def _validator(kind: str) -> Draft202012Validator:
    formats = FormatChecker(formats=())
    formats.checks(PARTIAL_DATE)(_is_date)
    formats.checks("date")(lambda value: _is_date(value) and (not isinstance(value, str) or len(value) == 10))
    # JSON Schema takes 1.0 for an integer; a paragraph number is one only as plain digits
    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _checker, value: type(value) is int)
    strict: type[Draft202012Validator] = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, type_checker=types
    )
    return strict(_lenient(schemas()[kind]), format_checker=formats)


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or is_date(value)


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
    """The schema as Python checks it.

    Without the content of edges, whose errors the converter words better; without the pattern of a
    date, whose format says more; and with the end of a pattern as the standard means it, where
    Python's `$` would let a line end pass.
    """
    if isinstance(schema, dict):
        made = {key: _lenient(value) for key, value in schema.items() if key != "prefixItems"}
        if "format" in made:
            del made["pattern"]
        elif isinstance(made.get("pattern"), str):
            made["pattern"] = made["pattern"].removesuffix("$") + r"\Z"
        return made
    if isinstance(schema, list):
        return [_lenient(item) for item in schema]
    return schema
