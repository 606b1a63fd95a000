"""The embedded store: a read-only index over a published build, rebuilt rather than repaired."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Protocol

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    Variable,
    parse,
)
from pyoxigraph import Store as Oxigraph

from graph.errors import BuildError, QueryError
from graph.vocabulary import ID, SKOS, vocabulary

Term = NamedNode | Literal
RECORD = "record.nq"  # what is on record, among the lines beside an index


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: column names, and one term or None per cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives: rows (SELECT), a truth value (ASK) or triples (CONSTRUCT, DESCRIBE)."""

    rows: Rows | None = None
    truth: bool | None = None
    triples: tuple[Triple, ...] | None = None

    @property
    def empty(self) -> bool:
        """Whether it has no row and no triple, or is a no."""
        return not (self.rows.rows if self.rows is not None else self.truth if self.truth is not None else self.triples)


class Queryable(Protocol):
    """What a query is asked of: the embedded store, or an endpoint that holds the same record."""

    @property
    def name(self) -> str:
        """Where it lies."""

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None, where: str = "query") -> Answer:
        """Run a query with bound variables, whose columns are left out of the answer."""

    def rows(self, sparql: str, bindings: Mapping[str, Term] | None = None, where: str = "query") -> Rows:
        """The rows of a SELECT query."""

    def about(self, subject: NamedNode) -> list[Quad]:
        """The record's quads of one subject."""

    def knows(self, node: NamedNode) -> bool:
        """Whether anything is said of a node, or a graph bears its name."""

    def bearing(self, name: Literal) -> list[Quad]:
        """Quads that give something this label."""

    def ids(self, kind: str) -> tuple[str, ...]:
        """Every id of a kind of thing."""


class Store:
    """Answers SPARQL over one build; never writes."""

    def __init__(self, index: Oxigraph, name: str, lines: Path | None = None) -> None:
        self._index, self._lines = index, lines
        self.name = name

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """Open the index of a published build; BuildError when it cannot be opened."""
        if not folder.is_dir():
            raise BuildError(str(folder), "no store here", "run `testimony build`")
        try:
            return cls(Oxigraph.read_only(str(folder)), str(folder), folder.parent / RECORD)
        except (OSError, ValueError, RuntimeError) as error:
            raise BuildError(
                str(folder),
                f"the store cannot be opened ({error})",
                "run `testimony build --force`: the store is an index and is rebuilt from corpus/",
            ) from None

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> "Store":
        """A store in memory, for checks and small graphs."""
        index = Oxigraph()
        index.bulk_extend(quads)
        return cls(index, "memory")

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None, where: str = "query") -> Answer:
        """Run a query with bound variables (never concatenated into its text).

        The engine binds only variables that the query projects; their columns are left out of the
        answer, being known. A variable that is bound and not projected is a QueryError.

        Raises QueryError with line and column when the text is not SPARQL.
        """
        with _explained(bindings or {}, where):
            return as_answer(self._started(sparql, bindings), frozenset(bindings or ()))

    def columns(self, sparql: str, bindings: Mapping[str, Term] | None = None, where: str = "query") -> tuple[str, ...]:
        """The columns that a query would give, without reading a row; none unless it is a SELECT.

        Raises QueryError as `query` does.
        """
        with _explained(bindings or {}, where):
            result = self._started(sparql, bindings)
            return _columns(result, frozenset(bindings or ())) if isinstance(result, QuerySolutions) else ()

    def _started(
        self, sparql: str, bindings: Mapping[str, Term] | None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        bound: dict[Variable, NamedNode | BlankNode | Literal | Triple]
        bound = {Variable(name): term for name, term in (bindings or {}).items()}
        return self._index.query(sparql, substitutions=bound or None, default_graph=DefaultGraph())

    def rows(self, sparql: str, bindings: Mapping[str, Term] | None = None, where: str = "query") -> Rows:
        """The rows of a SELECT query; QueryError for any other form."""
        answer = self.query(sparql, bindings, where)
        if answer.rows is None:
            raise QueryError(where, 0, "not a SELECT query", "write SELECT")
        return answer.rows

    def quads(self) -> Iterator[Quad]:
        """Every quad."""
        yield from self._index

    def record(self) -> Iterator[Quad]:
        """Every quad of the record, for who reads all of it: from the lines that the index on disk was made of, at a
        fifth of what asking that index costs. An index in memory has none beside it, and gives what it holds.

        Raises BuildError when the lines cannot be read.
        """
        lines = self._lines
        if lines is None or not lines.is_file():
            yield from self._index
            return
        try:
            yield from parse(path=str(lines), format=RdfFormat.N_QUADS, lenient=True)
        except (OSError, SyntaxError, ValueError) as error:
            raise BuildError(
                str(lines), f"the record cannot be read ({error})", "run `testimony build --force`"
            ) from None

    def about(self, subject: NamedNode) -> list[Quad]:
        """The default-graph quads of one subject."""
        return [*self._index.quads_for_pattern(subject, None, None, DefaultGraph())]

    def value(self, subject: NamedNode, predicate: NamedNode) -> Term | None:
        """What the default graph says of one subject with this predicate, if anything."""
        found = next(self._index.quads_for_pattern(subject, predicate, None, DefaultGraph()), None)
        return None if found is None else shown_term(found.object)

    def of_object(self, predicate: NamedNode, target: NamedNode) -> list[Quad]:
        """The default-graph quads with this predicate and object."""
        return list(self._index.quads_for_pattern(None, predicate, target, DefaultGraph()))

    def knows(self, node: NamedNode) -> bool:
        """Whether anything is said of a node, or a graph bears its name."""
        patterns = ((node, None, None, None), (None, None, None, node))
        return any(next(self._index.quads_for_pattern(*pattern), None) is not None for pattern in patterns)

    def bearing(self, name: Literal) -> list[Quad]:
        """Quads that give something this label."""
        return list(self._index.quads_for_pattern(None, NamedNode(SKOS + "prefLabel"), name, DefaultGraph()))

    def ids(self, kind: str) -> tuple[str, ...]:
        """Every id of a kind of thing: `ids("entity")`."""
        start = f"{ID}{kind}/"
        named = {q.subject.value for q in self._index if isinstance(q.subject, NamedNode)}
        return tuple(sorted(value.removeprefix(start) for value in named if value.startswith(start)))

    def in_graph(self, graph: NamedNode) -> list[Quad]:
        """The quads of one named graph."""
        return list(self._index.quads_for_pattern(None, None, None, graph))


IN_MEMORY = 64 << 20  # bytes of N-Quads (400,000 quads, read in 0.8 s) up to which a server holds a build in memory


def in_memory(folder: Path, most: int = IN_MEMORY) -> Oxigraph | None:
    """The quads of an index in memory, where the same query is answered four to seven times as fast.

    They are read from the N-Quads that a build publishes beside its index. None where these are not
    there or are more than `most` bytes: the index on disk needs no reading, and little memory.
    """
    lines = sorted(folder.parent.glob("*.nq"))
    if not lines or sum(path.stat().st_size for path in lines) > most:
        return None
    index = Oxigraph()
    try:
        for path in lines:  # lenient: what a build wrote has been judged, and is not judged again
            index.load(path=str(path), format=RdfFormat.N_QUADS, lenient=True)
    except (OSError, SyntaxError, ValueError):  # the index on disk is whole all the same
        return None
    return index


def load(lines: Path, folder: Path) -> None:
    """Make an index from N-Quads files in an empty folder and flush it."""
    index = Oxigraph(str(folder))
    for path in sorted(lines.glob("*.nq")):
        index.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    index.optimize()
    index.flush()


@contextmanager
def _explained(bindings: Mapping[str, Term], where: str) -> Iterator[None]:
    """The engine's errors as QueryErrors."""
    try:
        yield
    except SyntaxError as error:
        line, _, reason, fix = syntax_error(str(error))
        raise QueryError(where, line, f"not SPARQL: {reason}", fix) from None
    except (ValueError, OSError, RuntimeError) as error:
        if "SELECT projection" in str(error):
            names = ", ".join(f"?{name}" for name in sorted(bindings))
            raise QueryError(
                where, 0, f"a parameter that is not selected ({names})", f"write SELECT {names} …"
            ) from None
        raise QueryError(
            where, 0, f"the query could not be answered ({error})", "simplify it, or check its functions"
        ) from None


def _columns(result: QuerySolutions, known: frozenset[str]) -> tuple[str, ...]:
    return tuple(variable.value for variable in result.variables if variable.value not in known)


def as_answer(result: QuerySolutions | QueryBoolean | QueryTriples, known: frozenset[str]) -> Answer:
    """What the engine, or a parser of results, gives; the columns of `known` variables are left out."""
    if isinstance(result, QueryBoolean):
        return Answer(truth=bool(result))
    if isinstance(result, QueryTriples):
        return Answer(triples=tuple(result))
    kept = [variable.value not in known for variable in result.variables]
    cells = (tuple(map(shown_term, compress(row, kept))) for row in result)
    return Answer(rows=Rows(_columns(result, known), tuple(cells)))


_SHOWABLE = (NamedNode, Literal)  # made once: `NamedNode | Literal` would be made for every cell


def shown_term(term: object) -> Term | None:
    """A term that can stand in a table; blank nodes and quoted triples cannot."""
    return term if isinstance(term, _SHOWABLE) else None


_SHOWN = 120  # characters of the engine's list of what it expected


_MEANT = {
    "with a variable that is unbound": (
        "SELECT computes with a variable that GROUP BY does not name",
        "compute it before, as in BIND(YEAR(?day) AS ?year), and GROUP BY ?year",
    ),
    "a variable that is unbound": (
        "a variable is shown or sorted by that GROUP BY does not name",
        "name it in GROUP BY, or put it into an aggregate, as in (SAMPLE(?x) AS ?one)",
    ),
    "SELECT * is not authorized": ("SELECT * with GROUP BY", "name the variables that GROUP BY names, and aggregates"),
    "overrides an existing variable": ("AS names a variable that is there already", "choose another name"),
}


def syntax_error(message: str) -> tuple[int, int, str, str]:
    """Line, column, reason and fix out of the engine's `error at LINE:COLUMN: reason`."""
    head, _, reason = message.partition(": ")
    line, _, column = head.removeprefix("error at ").partition(":")
    if "Prefix not found" in reason:
        reason, fix = "a prefix that is not declared", f"declare it, as in PREFIX say: <{vocabulary().namespace}>"
    elif known := next((told for sign, told in _MEANT.items() if sign in reason), None):
        reason, fix = known  # what is wrong stands among what was expected
    elif reason.startswith("expected") and len(reason) > _SHOWN:
        reason, fix = f"{reason[:_SHOWN]}…", "mend the query there: a point, brace or quote may be missing just before"
    else:
        fix = "mend the query there"
    if line.isdigit() and column.isdigit():
        return int(line), int(column), f"column {column}, {reason}", fix
    return 0, 0, message, fix
