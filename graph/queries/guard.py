"""What a query may not be, told before the engine sees it.

The engine dies of deep nesting and follows SERVICE to the network; both are refused by reading the
text's tokens (comments, strings and IRIs skipped), not by searching it.
"""

import re
from collections.abc import Iterator

from graph.errors import QueryError

MAX_BYTES = 32_000
MAX_DEPTH = 40
MAX_OPERATORS = 500

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<name>[?$]\w+|\w*:[\w.%/-]*)
  | (?P<word>\w+)
  | (?P<open>[{(\[])
  | (?P<close>[})\]])
  | (?P<operator>\|\||&&|[!/|^*+])
    """,
    re.VERBOSE | re.DOTALL,
)
_COUNTED = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS", "GRAPH", "VALUES"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"})


def _tokens(sparql: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and position of every token that matters."""
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup and match.lastgroup not in ("comment", "iri", "string", "name"):
            yield match.lastgroup, match.group(), match.start()


def guard(sparql: str, where: str) -> None:
    """Refuse a query that is too large, too deep, reaches the network or would write.

    Raises QueryError.
    """
    size = len(sparql.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise QueryError(where, 0, f"a query of {size} bytes, more than {MAX_BYTES}", "shorten it")
    depth = operators = 0
    first = True
    for kind, token, position in _tokens(sparql):
        line = sparql.count("\n", 0, position) + 1
        word = token.upper()
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif word == "SERVICE":
            raise QueryError(
                where,
                line,
                "SERVICE, which would ask another machine",
                "query this graph alone; nothing leaves this machine",
            )
        elif first and word in _UPDATES:
            raise QueryError(
                where, line, f"{word}, which would write", "change corpus/ and rebuild: the store is read-only"
            )
        elif kind == "operator" or word in _COUNTED:
            operators += 1
        if kind == "word" and word not in ("PREFIX", "BASE"):
            first = False
        if depth > MAX_DEPTH:
            raise QueryError(where, line, f"nesting deeper than {MAX_DEPTH}", "flatten the groups")
        if operators > MAX_OPERATORS:
            raise QueryError(where, line, f"more than {MAX_OPERATORS} operators", "split the query, or use VALUES")
