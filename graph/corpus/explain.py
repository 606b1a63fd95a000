"""A schema error → a problem: what was found at which line, what is allowed, how to mend it."""

from collections.abc import Callable
from typing import Any

from graph.corpus.strictyaml import Node
from graph.corpus.validation import ValidationError
from graph.errors import Problem, nearest

_FIXES = {
    "string": "quote it if it is a text that looks like a number or a truth value",
    "array": "write a list, one item per line after `-`, or remove the key",
    "object": "write `key: value` lines below it, or remove the key",
    "integer": "write whole plain digits, without quotes",
    "number": "write plain digits, without quotes",
}
_SIZES = frozenset({"minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum"})

_Told = tuple[int, str, str, str]  # line, found, allowed, fix


def explain(error: ValidationError, root: Node, name: str) -> Problem:
    """The problem of one error of the schema, found while checking `root`."""
    path = list(error.absolute_path)
    where = ".".join(str(step) for step in path) or "the file"
    rule = str(error.validator)
    line, found, allowed, fix = _TELL.get(rule, _other)(error, root, where)
    return Problem(name, line, "date-form" if rule == "format" else f"schema-{rule}", found, allowed, fix)


def _line(error: ValidationError, root: Node) -> int:
    return root.at(list(error.absolute_path)).line


def _shown(value: Any) -> str:
    if isinstance(value, str | int | float):
        text = repr(value)
        return text if len(text) <= 80 else f"{text[:79]}…"
    return "a list" if isinstance(value, list) else "a mapping"


def _required(error: ValidationError, root: Node, where: str) -> _Told:
    wanted: list[str] = list(_value(error))
    missing = ", ".join(f"`{key}`" for key in wanted if key not in _mapping(error))
    return _line(error, root), f"no {missing} in {where}", f"the keys {', '.join(wanted)}", "add what is missing"


def _extra(error: ValidationError, root: Node, where: str) -> _Told:
    allowed = list(error.schema["properties"]) if isinstance(error.schema, dict) else []
    extra = next(key for key in _mapping(error) if key not in allowed)
    line = root.at([*error.absolute_path, extra]).line
    fix = nearest(extra, allowed) or "remove it or spell it as the schema does"
    return line, f"the key {extra!r} in {where}", f"the keys {', '.join(allowed)}", fix


def _enum(error: ValidationError, root: Node, where: str) -> _Told:
    allowed = [str(item) for item in _value(error)]
    fix = nearest(str(error.instance), allowed) or "use one of these"
    return _line(error, root), f"{_shown(error.instance)} as {where}", ", ".join(allowed), fix


def _type(error: ValidationError, root: Node, where: str) -> _Told:
    wanted = str(_value(error))
    found = "nothing" if error.instance == "" else _shown(error.instance)
    return _line(error, root), f"{found} as {where}", f"a value of type {wanted}", _FIXES[wanted]


def _pattern(error: ValidationError, root: Node, where: str) -> _Told:
    return _line(error, root), f"{_shown(error.instance)} as {where}", _form(error), "mend its form"


def _form(error: ValidationError) -> str:
    return f"text like {str(_value(error)).replace(chr(92) + 'Z', '$')}"


def _format(error: ValidationError, root: Node, where: str) -> _Told:
    allowed = (
        "a day of the calendar like 2022-01-26"
        if _value(error) == "date"
        else "a date like 2022, 2022-01 or 2022-01-26"
    )
    return _line(error, root), f"{_shown(error.instance)} as {where}", allowed, "mend the date"


def _other(error: ValidationError, root: Node, where: str) -> _Told:
    rule, limit = str(error.validator), str(_value(error))
    if rule in ("minProperties", "maxProperties"):
        keys = list(error.schema["properties"]) if isinstance(error.schema, dict) else []
        return _line(error, root), f"{len(_mapping(error))} keys in {where}", f"one of {', '.join(keys)}", "keep one"
    if rule in _SIZES:
        return _line(error, root), f"{_shown(error.instance)} as {where}", f"{rule} {limit}", "mend its size"
    return _line(error, root), f"{_shown(error.instance)} as {where}", limit, "see corpus/schema"


_TELL: dict[str, Callable[[ValidationError, Node, str], _Told]] = {
    "required": _required,
    "additionalProperties": _extra,
    "enum": _enum,
    "type": _type,
    "pattern": _pattern,
    "format": _format,
}


def _value(error: ValidationError) -> Any:
    return error.validator_value


def _mapping(error: ValidationError) -> dict[str, Any]:
    return error.instance if isinstance(error.instance, dict) else {}
