"""What a query may not be, told before the engine sees it.

The engine dies of deep nesting, plans wide joins for minutes and follows SERVICE to the network;
FROM a proposition turns mentioned content into plain triples. All are refused by reading the text's
tokens (comments, strings and IRIs skipped), not by searching it. The guard makes bad queries cheap; what
it lets through runs in a worker that can be stopped (graph/engine).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from graph.errors import QueryError

MAX_BYTES = 32_000
MAX_DEPTH = 40
MAX_OPERATORS = 500
MAX_JOINS = 150  # planning time grows with the cube: 0.4 s here, 8 s at 400

# a character of a name: the grammar's letters beyond ASCII are more than Python's (U+00B7, U+0301, U+3001 …), and
# any other beyond ASCII is an error to the engine, so that taking all of them never hides what it reads
_NAME = r"[0-9A-Za-z_\x80-\U0010ffff]"
_IN_IRI = r"""[^<>"{}|^`\\\x00-\x20]"""
_TOKEN = re.compile(
    rf"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><(?:{_IN_IRI}|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
  | (?P<string>\"{{3}}(?:\"{{0,2}}(?:[^"\\]|\\.))*\"{{3}}|'{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*'{{3}}
      |"(?!"")(?:[^"\\\n\r]|\\.)*"|'(?!'')(?:[^'\\\n\r]|\\.)*')
  | (?P<unclosed>["'])
  | (?P<name>[?$]{_NAME}+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|{_NAME}*:(?:{_NAME}|[%-]|\\.|:|\.(?=[0-9A-Za-z_\x80-\U0010ffff.%:\\-]))*
      |[0-9]+\.[0-9]*)
  | (?P<word>{_NAME}+)
  | (?P<less><(?=<[A-Za-z][A-Za-z0-9+.-]*://))
  | (?P<unclear><<(?=[^<>"{{}}|^`\\\#\x00-\x20]*\#{_IN_IRI}*>))
  | (?P<open><<|[{{(\[])
  | (?P<close>>>|[}})\]])
  | (?P<join>[.;,/])
  | (?P<operator>\|\||&&|[!|^*+=-])
  | (?P<sign>[<>])
    """,
    re.VERBOSE | re.DOTALL,
)
_COUNTED = frozenset({"FILTER", "BIND", "EXISTS", "AS", "IN"})
_JOINING = frozenset({"UNION", "OPTIONAL", "MINUS", "GRAPH", "VALUES", "LATERAL", "SELECT"})
# the engine asks for no space around a keyword: SERVICEx:q, trueSERVICE and ASKFROM are two words to it
_GLUED = re.compile(r"[0-9.e]*(?:true|false|ask|construct)?(service|from)", re.IGNORECASE)
_GLUED_GRAPH = re.compile(r"[0-9.e]*(?:true|false)?graph", re.IGNORECASE)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"})


@lru_cache(maxsize=4)  # a question is read by several functions here, one after the other
def matches(sparql: str) -> tuple[tuple[str, str, int], ...]:
    """Kind, text and position of every token but comments; nothing follows a string that is not closed."""
    return tuple(_found(sparql))


def _found(sparql: str) -> Iterator[tuple[str, str, int]]:
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup
        if kind and kind != "comment":
            yield kind, match.group(), match.start()
            if kind == "unclosed":  # to look for its end again and again would take the square of the size
                return


def tokens(sparql: str) -> list[re.Match[str]]:
    """Every token but comments, by kind (`lastgroup`) and position; what a query is rewritten by."""
    return [match for match in _TOKEN.finditer(sparql) if match.lastgroup != "comment"]


def reads_content(sparql: str) -> bool:
    """Whether a query looks inside named graphs, where the propositions are."""
    return "graph" in sparql.casefold() and any(
        kind in ("word", "name") and _GLUED_GRAPH.match(token) is not None for kind, token, _ in matches(sparql)
    )


def own_dataset(sparql: str) -> bool:
    """Whether a query names its dataset itself, with FROM."""
    return "from" in sparql.casefold() and any(
        kind == "word" and token.upper() == "FROM" for kind, token, _ in matches(sparql)
    )


def guard(sparql: str, where: str, datasets: bool = False) -> None:
    """Refuse a query that is too large, too deep, reaches the network, would write or lays content bare.

    With `datasets`, FROM may name a graph by its IRI, if that is not a proposition.

    Raises QueryError.
    """
    size = len(sparql.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise QueryError(where, 0, f"a query of {size} bytes, more than {MAX_BYTES}", "shorten it")
    counts = _Counts()
    brackets, first = _Brackets(), True
    tokens, folded = matches(sparql), sparql.casefold()
    bases = (
        [iri for (_, word, _), (_, iri, _) in pairwise(tokens) if word.upper() == "BASE"] if "base" in folded else []
    )
    may_be_glued = "service" in folded or "from" in folded
    for at, (kind, found, position) in enumerate(tokens):
        word = found.upper() if kind == "word" else ""
        glued = _GLUED.match(found) if may_be_glued and kind in ("word", "name") else None
        refusal = _refused(glued.group(1).upper() if glued else word, first) or counts.exceeded(kind, found, word)
        if word == "FROM" and datasets and _harmless(tokens[at + 1 : at + 3], bases):
            refusal = None
        if brackets.unclear(kind, found):
            refusal = "a < that may compare or begin an IRI", "put a space after it, or write the IRI in full"
        if refusal or kind == "unclosed":
            line = sparql.count("\n", 0, position) + 1
            raise QueryError(where, line, *refusal) if refusal else NotSparqlError(where, line, *_UNCLOSED)
        if word or kind in ("open", "close"):
            first = first and word in ("", "PREFIX", "BASE")


def _harmless(following: tuple[tuple[str, str, int], ...], bases: list[str]) -> bool:
    """Whether FROM is followed by the IRI of a graph that is no proposition, in full or relative to a BASE that shows.

    What is resolved against a base is joined at a slash, so that neither part can lend the other half a word.
    """
    named = [token for token in following if token[1].upper() != "NAMED"][:1]
    return all(
        kind == "iri" and ("://" in found or bases) and not any(map(_may_be_content, [found, *bases]))
        for kind, found, _ in named
    ) and bool(named)


def _may_be_content(iri: str) -> bool:
    return "\\" in iri or "proposition" in iri.lower()


_UNCLOSED = "not SPARQL: a string that is not closed", "close it; one of several lines has three quotes"


class NotSparqlError(QueryError):
    """A text that cannot be SPARQL whatever the engine says."""


class _Brackets:
    """Whether `<…>` may be a comparison to the engine where it looks like an IRI; a `#` in it then begins a comment."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._last = ""

    def unclear(self, kind: str, found: str) -> bool:
        """Take the next token; True when the engine may read another text than we do."""
        unclear = kind == "unclear" or (
            kind == "iri"
            and "#" in found
            and "//" not in found.partition("#")[0]
            and self._last not in ("", "open", "join", "operator", "less", "sign")
            and self._open[-1:] == ["("]
        )
        if kind == "open":
            self._open.append(found)
        elif kind == "close" and self._open:
            self._open.pop()
        self._last = kind
        return unclear


class _Counts:
    """Nesting, operators and joins so far."""

    def __init__(self) -> None:
        self.depth = self.hidden = self.operators = self.joins = 0

    def exceeded(self, kind: str, found: str, word: str) -> tuple[str, str] | None:
        """What is too much, with the fix, when this token makes it so."""
        step = {"open": 1, "close": -1}.get(kind, 0)
        self.depth += step
        # `?x<((((1>2` may be read as an IRI or as brackets: the engine decides by context, so count both ways
        self.hidden += found.count("(") - found.count(")") if kind == "iri" else step
        self.operators += kind == "operator" or word in _COUNTED
        if kind == "iri" and "//" not in found:
            self.operators += sum(map(found.count, "!|&^*+-="))
        self.joins += kind == "join" or found == "{" or word in _JOINING
        if max(self.depth, self.hidden) > MAX_DEPTH or (kind == "iri" and found.count("(") > MAX_DEPTH):
            return f"nesting deeper than {MAX_DEPTH}", "flatten the groups"
        if self.operators > MAX_OPERATORS:
            return f"more than {MAX_OPERATORS} operators", "split the query, or use VALUES"
        if self.joins > MAX_JOINS:
            return f"more than {MAX_JOINS} joined patterns", "split the query, or use VALUES"
        return None


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
