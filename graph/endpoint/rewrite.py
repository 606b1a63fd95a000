"""A query of ours as it must be asked elsewhere.

The embedded store keeps the record in its default graph; an endpoint keeps it in a named graph, because
the default graph of many stores is the union of all, where an allegation would show as a fact. A query is
rewritten token by token, never by searching its text: the record's graph is named around the outermost
group, `GRAPH ?g` is kept to propositions (a store may hold other graphs), and parameters become terms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from re import IGNORECASE, Match, compile

from graph.errors import QueryError
from graph.queries.guard import tokens
from graph.rdf.terms import TYPE
from graph.store import Term
from graph.vocabulary import ID, say

RECORD = f"{ID}record"
_GLUED = compile(r"[0-9.e]+(graph|as|select|where|values)\Z|(?:true|false)(graph|as|select|where|values)\Z", IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """One SELECT, ASK or CONSTRUCT: the braces of its WHERE group, and those around the whole, as indices of tokens."""

    form: str
    low: int
    high: int
    start: int
    end: int
    projected: frozenset[str] | None  # None: everything


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    rank: int  # of two at one place, the lower comes first
    text: str


class Rewriter:
    """The tokens of one query that is known to be SPARQL, and the edits made to it."""

    def __init__(self, sparql: str, where: str) -> None:
        self.sparql, self.where = sparql, where
        self.tokens = tokens(sparql)
        self.braces = _braces(self.tokens)
        for token in self.tokens:
            if token.lastgroup == "word" and _GLUED.match(token.group()):
                raise self.refused(token, f"{token.group()!r}, two words in one", "put a space between them")
        self.scopes = list(self._scopes())
        self.outer = self.scopes[0]
        self.edits: list[_Edit] = []

    def refused(self, token: Match[str], found: str, fix: str) -> QueryError:
        return QueryError(self.where, self.sparql.count("\n", 0, token.start()) + 1, found, fix)

    def word(self, index: int) -> str:
        """The keyword at an index, in capitals; empty for anything else."""
        inside = 0 <= index < len(self.tokens) and self.tokens[index].lastgroup == "word"
        return self.tokens[index].group().upper() if inside else ""

    def _scopes(self) -> Iterator[Scope]:
        for index, token in enumerate(self.tokens):
            word = self.word(index)
            if word == "DESCRIBE":
                raise self.refused(token, "DESCRIBE, which every store answers in its own way", "write CONSTRUCT")
            if word == "FROM":
                raise self.refused(token, "FROM, which would turn content into plain triples", "remove it")
            if word in ("SELECT", "ASK", "CONSTRUCT"):
                yield self._scope(word, index)

    def _scope(self, form: str, head: int) -> Scope:
        index, depth, named, everything = head + 1, 0, set(), form != "SELECT"
        short = form == "CONSTRUCT" and self.word(index) == "WHERE"
        while self.tokens[index].group() != "{" or depth:
            token = self.tokens[index]
            depth += {"(": 1, ")": -1}.get(token.group(), 0)
            if _is_variable(token) and (depth == 0 or self.word(index - 1) == "AS"):
                named.add(token.group()[1:])
            everything = everything or (depth == 0 and token.group() == "*")
            index += 1
        if form == "CONSTRUCT" and not short:
            index = self.braces[index] + 1  # past the template
            index += self.word(index) == "WHERE"
        low = max((start for start, end in self.braces.items() if start < head < end), default=-1)
        high = self.braces.get(low, len(self.tokens))
        return Scope(form, low, high, index, self.braces[index], None if everything else frozenset(named))

    def insert(self, at: int, text: str, rank: int = 0) -> None:
        self.edits.append(_Edit(at, at, rank, text))

    def replace(self, index: int, text: str) -> None:
        token = self.tokens[index]
        self.edits.append(_Edit(token.start(), token.end(), 5, text))

    def text(self) -> str:
        """The query with its edits."""
        made, at = [], 0
        for edit in sorted(self.edits, key=lambda e: (e.start, e.end, e.rank)):
            made += [self.sparql[at : edit.start], edit.text]
            at = edit.end
        return "".join([*made, self.sparql[at:]])


def on_record(sparql: str, bindings: Mapping[str, Term] | None = None, where: str = "query", flat: bool = False) -> str:
    """The query as an endpoint must be asked it, with parameters as terms.

    `flat`: the endpoint holds propositions as facts of the record and not as graphs of their own.

    Raises QueryError for a query that cannot be asked so.
    """
    made = Rewriter(sparql, where)
    opened = made.tokens[made.outer.start].end()
    made.insert(opened, f" GRAPH <{RECORD}> {{", 2)
    made.insert(made.tokens[made.outer.end].start(), "} ", 9)
    _bind(made, bindings or {})
    for index in range(len(made.tokens)):
        if made.word(index) == "GRAPH":
            _graph(made, index, flat)
    return made.text()


def with_terms(sparql: str, bindings: Mapping[str, Term], where: str = "query") -> str:
    """The query with its parameters as terms and nothing else changed, for an engine that cannot bind them."""
    made = Rewriter(sparql, where)
    _bind(made, bindings)
    return made.text()


def form_of(sparql: str, where: str = "query") -> str:
    """SELECT, ASK or CONSTRUCT. Raises QueryError for DESCRIBE."""
    return Rewriter(sparql, where).outer.form


def has_long_path(sparql: str) -> bool:
    """Whether a query follows a path of any length (`*`, `+`)."""
    found = tokens(sparql)
    return any(
        token.group() in ("*", "+") and (before.lastgroup == "iri" or before.group() == ")" or ":" in before.group())
        for before, token in pairwise(found)
    )


def template_of(sparql: str, parameters: tuple[str, ...], where: str) -> tuple[str, str, str, tuple[str, ...]]:
    """A CONSTRUCT taken apart: prologue, template, a SELECT of what the template needs, and the names of that."""
    made = Rewriter(sparql, where)
    outer = made.outer
    head = next(i for i in range(len(made.tokens)) if made.word(i) == "CONSTRUCT")
    first = next(
        i for i in range(head, len(made.tokens)) if made.tokens[i].group() == "{"
    )  # WHERE itself in the short form
    last = made.braces[first]
    found = {t.group()[1:] for t in made.tokens[first:last] if _is_variable(t)}
    names = tuple(sorted(found | set(parameters)))
    prologue, body = sparql[: made.tokens[head].start()], sparql[made.tokens[outer.start].start() :]
    template = sparql[made.tokens[first].start() : made.tokens[last].end()]
    heads = " ".join(f"?{name}" for name in names) or "*"
    return prologue, template, f"{prologue}SELECT {heads} WHERE {body}", names


# ---- parameters ----------------------------------------------------------------------------


def _bind(made: Rewriter, bindings: Mapping[str, Term]) -> None:
    """Put terms for variables wherever these are the projected ones.

    In a group they are replaced, so that the engine starts from them; a VALUES beside keeps their columns.
    """
    for name in bindings:
        if not _sees(made.outer, name):
            raise QueryError(made.where, 0, f"a parameter that is not selected (?{name})", f"write SELECT ?{name} …")
    for scope in made.scopes:
        bound = {name: term for name, term in bindings.items() if _visible(made, scope, name)}
        listed = "".join(f" BIND({term} AS ?{name})" for name, term in bound.items())
        alone = scope is not made.outer and made.word(scope.start + 1) == "SELECT"  # nothing may stand beside it
        if listed:
            made.insert(made.tokens[scope.start].end(), listed + (" {" if alone else ""), 1)
        if listed and alone:
            made.insert(made.tokens[scope.end].start(), "} ", 9)
    for index, token in enumerate(made.tokens):
        name = token.group()[1:]
        if token.lastgroup == "iri" and any(sign + n in token.group() for n in bindings for sign in "?$"):
            _not_hidden(made, token)
        if _is_variable(token) and name in bindings:
            _place(made, index, name, bindings[name])


def _not_hidden(made: Rewriter, token: Match[str]) -> None:
    """`?x<?y&&?z>1` is an IRI to one reader and a comparison to another."""
    if "://" not in token.group():
        raise made.refused(token, f"{token.group()!r}, an IRI or a comparison", "put spaces around < and >")


def _place(made: Rewriter, index: int, name: str, term: Term) -> None:
    owner = [scope for scope in made.scopes if scope.low < index < scope.high][-1]
    token = made.tokens[index]
    if not _visible(made, owner, name):
        return
    if made.word(index - 1) == "AS":
        raise made.refused(token, f"{token.group()}, a parameter that is also computed", "give the result another name")
    if _listed_by_values(made, index):
        raise made.refused(token, f"{token.group()}, a parameter that VALUES lists", "remove it from VALUES")
    if owner.start < index < owner.end:  # before stands its head, behind its GROUP BY: names, not places
        made.replace(index, str(term))


def _visible(made: Rewriter, scope: Scope, name: str) -> bool:
    """Whether a name means the same in this scope as in the whole query."""
    around = [outer for outer in made.scopes if outer.low <= scope.low and scope.high <= outer.high]
    return all(_sees(outer, name) for outer in around)


def _sees(scope: Scope, name: str) -> bool:
    return scope.projected is None or name in scope.projected


def _listed_by_values(made: Rewriter, index: int) -> bool:
    at = index - 1
    while at > 0 and _is_variable(made.tokens[at]):
        at -= 1
    if made.tokens[at].group() == "(":
        at -= 1
    return made.word(at) == "VALUES"


# ---- graphs --------------------------------------------------------------------------------


def _graph(made: Rewriter, index: int, flat: bool) -> None:
    """One GRAPH: kept to propositions, or asked of the flat projection."""
    named, start = made.tokens[index + 1], index + 2
    end = made.braces[start]
    if flat:
        _flatten(made, index, start, end)
    elif _is_variable(named):
        kept = f" GRAPH <{RECORD}> {{ {named.group()} <{TYPE.value}> <{say.Proposition.value}> }}"
        made.insert(made.tokens[end].end(), kept, 3)


def _flatten(made: Rewriter, index: int, start: int, end: int) -> None:
    """`GRAPH ?g { s p o }` as three facts about ?g."""
    parts = [t for t in made.tokens[start + 1 : end] if t.group() != "."]
    if len(parts) != 3 or any(t.lastgroup not in ("name", "iri", "word", "string") for t in parts):
        raise made.refused(
            made.tokens[index],
            "a GRAPH with more than one plain triple, in a store that holds propositions laid flat",
            "write one GRAPH for each triple, or push with --accept-union",
        )
    subject, predicate, _ = parts
    made.replace(index, "{")
    made.replace(start, f"<{say.contentSubject.value}>")
    made.insert(subject.end(), f" ; <{say.contentPredicate.value}>", 6)
    if predicate.group() == "a":
        made.replace(made.tokens.index(predicate), f"<{TYPE.value}>")
    made.insert(predicate.end(), f" ; <{say.contentObject.value}>", 6)


def _is_variable(token: Match[str]) -> bool:
    return token.group()[0] in "?$" and token.lastgroup == "name"


def _braces(found: list[Match[str]]) -> dict[int, int]:
    """Where each opened brace closes, by index."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for index, token in enumerate(found):
        if token.group() == "{":
            opened.append(index)
        elif token.group() == "}":
            pairs[opened.pop()] = index
    return pairs
