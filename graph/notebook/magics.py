"""Magics: %%sparql, %trace, %claim, %withdraw, %as_of. `%load_ext graph` brings them.

An error is one line without a traceback, and still an error: a notebook that is run unattended stops there.
"""

import re
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from graph.errors import NotFoundError, TestimonyError
from graph.notebook import options
from graph.notebook.api import Graph
from graph.notebook.asking import endpoint_table
from graph.notebook.options import HelpAsked, NoGraphError, OptionError, parsed
from graph.queries import named_queries, parse_query
from graph.queries.guard import tokens

Magic = Callable[[Namespace, str, Mapping[str, Any]], Any]


def load(shell: Any) -> None:
    """Bring the magics into a shell."""
    for name, parser, magic in (
        ("sparql", options.sparql_parser(), _sparql),
        ("trace", options.name_parser("%trace", _TRACE, "EDGE|CLAIM|ENTITY", "003-c23.2"), _trace),
        ("claim", options.name_parser("%claim", _CLAIM, "CLAIM", "003-c23.2"), _claim),
        ("withdraw", options.withdraw_parser(), _withdraw),
        ("as_of", options.as_of_parser(), _as_of),
    ):
        kind = "line_cell" if name == "sparql" else "line"
        shell.register_magic_function(_magic(shell, parser, magic), kind, name)


_TRACE = "Show what stands behind an edge, a claim or an entity, down to the passages."
_CLAIM = "Show the edge of a claim, with everything said for and against it."


def _magic(shell: Any, parser: options.Parser, magic: Magic) -> Callable[..., Any]:
    def run(line: str, cell: str = "") -> Any:
        from IPython.core.error import UsageError

        try:
            given = parsed(parser, line)
            _name(parser.prog, given.store_to)
            found = magic(given, cell, shell.user_ns)
        except HelpAsked as help_:
            print(help_)  # noqa: T201
            return None
        except TestimonyError as error:
            raise UsageError("; ".join(error.lines())) from None
        if given.store_to:
            shell.user_ns[given.store_to] = found
        return None if given.no_display else found

    run.__doc__ = parser.description
    return run


def _name(magic: str, name: str | None) -> None:
    if name is not None and not name.isidentifier():
        raise OptionError(magic, f"--store-to {name!r} is no name of a variable")


def _graph(given: Namespace, names: Mapping[str, Any]) -> Graph:
    found = names.get(given.graph)
    if not isinstance(found, Graph):
        raise NoGraphError(given.graph)
    return found


def _sparql(given: Namespace, cell: str, names: Mapping[str, Any]) -> Any:
    text = cell.strip()
    if not text:
        raise OptionError("%%sparql", "no query below the magic")
    values = wanted(text, names)
    if given.endpoint:
        return endpoint_table(_address(given), text, values, given.timeout)
    if given.path:
        raise OptionError("%%sparql", "--path without --endpoint")
    return _graph(given, names).query(text, **values)


def _address(given: Namespace) -> str:
    return f"{given.endpoint.rstrip('/')}/{given.path.lstrip('/')}" if given.path else str(given.endpoint)


def wanted(text: str, names: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a query takes from the notebook: its `$name` variables and the parameters of its header.

    Raises NotFoundError for one that the notebook does not have: unbound it would ask for anything at all.
    """
    query = named_queries().get(text) or parse_query("query", text)
    asked = dict.fromkeys(parameter.name for parameter in query.parameters)
    asked |= dict.fromkeys(m.group()[1:] for m in tokens(text) if m.lastgroup == "name" and m.group().startswith("$"))
    mine = [name for name in names if not name.startswith("_")]
    for name in asked:
        if name not in names:
            raise NotFoundError("variable of the notebook", name, [n for n in mine if re.match(r"\w+\Z", n)])
    return {name: names[name] for name in asked}


def _trace(given: Namespace, _cell: str, names: Mapping[str, Any]) -> Any:
    return _graph(given, names).evidence(" ".join(given.name))


def _claim(given: Namespace, _cell: str, names: Mapping[str, Any]) -> Any:
    return _graph(given, names).trace(" ".join(given.name))


def _withdraw(given: Namespace, _cell: str, names: Mapping[str, Any]) -> Any:
    graph = _graph(given, names)
    left = graph.without(
        given.speaker, given.document, given.publisher, given.group, given.evidence, given.parties, given.below
    )
    if left.lens == graph.lens:
        raise OptionError("%withdraw", "nothing to withdraw")
    return left


def _as_of(given: Namespace, _cell: str, names: Mapping[str, Any]) -> Any:
    return _graph(given, names).as_of(given.date, given.record)
