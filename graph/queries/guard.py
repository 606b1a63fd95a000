"""What a query may not be, told before the engine sees it.

The engine dies of deep nesting, plans wide joins for minutes and follows SERVICE to the network;
FROM turns mentioned content into plain triples. All are refused by reading the text's tokens
(comments, strings and IRIs skipped), not by searching it.
"""

import re
from collections.abc import Iterator

from graph.errors import QueryError, nearest
from graph.vocabulary import vocabulary

MAX_BYTES = 32_000
MAX_DEPTH = 40
MAX_OPERATORS = 500
MAX_JOINS = 150  # planning time grows with the cube: 0.4 s here, 8 s at 400

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<name>[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\w*:(?:[\w%-]|\\.|:|\.(?=[\w.%:-]))*|[0-9]+\.[0-9]*)
  | (?P<word>\w+)
  | (?P<open>[{(\[])
  | (?P<close>[})\]])
  | (?P<join>[.;,/])
  | (?P<operator>\|\||&&|[!|^*+=-])
    """,
    re.VERBOSE | re.DOTALL,
)
_COUNTED = frozenset({"FILTER", "BIND", "EXISTS", "AS", "IN"})
_JOINING = frozenset({"UNION", "OPTIONAL", "MINUS", "GRAPH", "VALUES", "LATERAL", "SELECT"})
# the engine asks for no space around a keyword: SERVICEx:q and trueSERVICE are SERVICE to it
_GLUED = re.compile(r"[0-9.e]*(?:true|false)?(service|from)", re.IGNORECASE)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"})


def _tokens(sparql: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and position of every token that matters."""
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup and match.lastgroup not in ("comment", "iri", "string", "name"):
            yield match.lastgroup, match.group(), match.start()


def reads_content(sparql: str) -> bool:
    """Whether a query looks inside named graphs, where the propositions are."""
    return any(kind == "word" and token.upper() == "GRAPH" for kind, token, _ in _tokens(sparql))


def guard(sparql: str, where: str) -> None:
    """Refuse a query that is too large, too deep, reaches the network, would write or lays content bare.

    Raises QueryError.
    """
    size = len(sparql.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise QueryError(where, 0, f"a query of {size} bytes, more than {MAX_BYTES}", "shorten it")
    depth = operators = joins = 0
    first = True
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup in ("word", "name") and (glued := _GLUED.match(match.group())):
            found, fix = _refused(glued.group(1).upper(), first) or ("", "")
            raise QueryError(where, sparql.count("\n", 0, match.start()) + 1, found, fix)
    for kind, found, position in _tokens(sparql):
        line = sparql.count("\n", 0, position) + 1
        word = found.upper() if kind == "word" else ""
        if refusal := _refused(word, first):
            raise QueryError(where, line, *refusal)
        depth += {"open": 1, "close": -1}.get(kind, 0)
        operators += kind == "operator" or word in _COUNTED
        joins += kind == "join" or found == "{" or word in _JOINING
        first = first and word in ("", "PREFIX", "BASE")
        if depth > MAX_DEPTH:
            raise QueryError(where, line, f"nesting deeper than {MAX_DEPTH}", "flatten the groups")
        if operators > MAX_OPERATORS:
            raise QueryError(where, line, f"more than {MAX_OPERATORS} operators", "split the query, or use VALUES")
        if joins > MAX_JOINS:
            raise QueryError(where, line, f"more than {MAX_JOINS} joined patterns", "split the query, or use VALUES")


def _refused(word: str, first: bool) -> tuple[str, str] | None:
    """What was found and the fix, when a word may not stand in a query."""
    if word == "SERVICE":
        return "SERVICE, which would ask another machine", "query this graph alone; nothing leaves this machine"
    if word == "FROM":
        return (
            "FROM, which would turn content into plain triples",
            "remove it and read content as GRAPH ?g { ?s ?p ?o } ?claim say:content ?g ; say:reportedStatus ?status",
        )
    if first and word in _UPDATES:
        return f"{word}, which would write", "change corpus/ and rebuild: the store is read-only"
    return None


_PREFIX = re.compile(r"PREFIX\s+(\w*):\s*<([^<>\s]*)>", re.IGNORECASE)


def known_terms(sparql: str, where: str) -> None:
    """Refuse a term of our namespace that the vocabulary lacks: its empty answer would read as silence.

    Raises QueryError with the nearest term.
    """
    namespace, names = vocabulary().namespace, frozenset(vocabulary().names)
    ours = {prefix for prefix, iri in _PREFIX.findall(sparql) if iri == namespace}
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup == "name":
            prefix, colon, name = match.group().partition(":")
            found = name if colon and prefix in ours else ""
        elif match.lastgroup == "iri" and match.group().startswith(f"<{namespace}"):
            found = match.group()[len(namespace) + 1 : -1]
        else:
            continue
        if found and found not in names:
            line = sparql.count("\n", 0, match.start()) + 1
            fix = nearest(found, tuple(names)) or "use a term of docs/vocabulary.md"
            raise QueryError(where, line, f"{found!r}, which is not a term of the vocabulary", fix)
