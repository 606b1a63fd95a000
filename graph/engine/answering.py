"""One query against the index, answered in the bytes of the media type that was asked for."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
    serialize,
)

from graph.engine.messages import Ask, Told
from graph.store import syntax_error
from graph.vocabulary import ID, vocabulary

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/trig": RdfFormat.TRIG,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
# what ends or joins rows in each format; a literal can only make the count too high, never too low
_ROW = {
    "application/sparql-results+json": b"},{",
    "application/sparql-results+xml": b"</result>",
    "text/csv": b"\n",
    "text/tab-separated-values": b"\n",
}
_TERM = "<urn:x> <urn:x> {} ."


class _CutError(Exception):
    """The answer is larger than allowed."""


class _Counted(io.BytesIO):
    """A sink that gives up as soon as an answer is too long."""

    def __init__(self, mark: bytes, rows: int, size: int) -> None:
        super().__init__()
        self._mark, self._rows, self._left = mark, rows, size

    def write(self, data: "ReadableBuffer") -> int:
        held = bytes(data)
        self._left -= len(held)
        self._rows -= held.count(self._mark)
        if self._left < 0 or self._rows < 0:
            raise _CutError
        return super().write(held)


def answer(index: Store, ask: Ask) -> Told:
    """What the index answers; never raises."""
    try:
        result = _run(index, ask)
        if isinstance(result, QueryBoolean):
            return Told("complete", "truth", ask.media, body=_bytes(result.serialize(format=RESULTS[ask.media])))
        if isinstance(result, QuerySolutions):
            return _rows(index, ask, result)
        return _triples(ask, result)
    except SyntaxError as error:
        return _wrong(str(error))
    except (ValueError, OSError, RuntimeError, KeyError) as error:
        return Told(
            "wrong", why=f"the query could not be answered ({error})", fix="simplify it, or check its functions"
        )


def _run(index: Store, ask: Ask) -> QuerySolutions | QueryBoolean | QueryTriples:
    bound: dict[Variable, NamedNode | BlankNode | Literal | Triple]
    bound = {Variable(name): term(text) for name, text in ask.bindings}
    named: list[NamedNode | BlankNode] | None = [NamedNode(name) for name in ask.named_graphs]
    default: list[NamedNode | BlankNode | DefaultGraph] | DefaultGraph | None = DefaultGraph()
    if ask.default_graphs or ask.named_graphs:
        default = [NamedNode(name) for name in ask.default_graphs]
    else:
        named = None
        default = None if ask.own_dataset else DefaultGraph()
    return index.query(
        ask.sparql, base_iri=ask.base, substitutions=bound or None, default_graph=default, named_graphs=named
    )


def term(text: str) -> NamedNode | Literal:
    """A term written as in N-Triples."""
    (found,) = parse(_TERM.format(text), format=RdfFormat.N_TRIPLES)
    assert isinstance(found.object, NamedNode | Literal)
    return found.object


def _bytes(made: bytes | None) -> bytes:
    return made or b""


def _rows(index: Store, ask: Ask, result: QuerySolutions) -> Told:
    mark = _ROW[ask.media]
    sink = _Counted(mark, ask.rows + 1, ask.bytes)
    try:
        result.serialize(sink, format=RESULTS[ask.media])
    except _CutError:
        return _first_rows(index, ask)
    body = sink.getvalue()
    return Told("complete", "rows", ask.media, 0 if _is_empty(ask.media, body) else None, body=body)


def _is_empty(media: str, body: bytes) -> bool:
    """Whether a table has no row: only its last bytes, or what joins rows and heads, can tell without reading it."""
    if media.endswith("json"):
        return body.endswith(b"[]}}")
    return (b"<result>" not in body) if media.endswith("xml") else body.count(b"\n") < 2


def _first_rows(index: Store, ask: Ask) -> Told:
    """The first rows alone. The engine writes them, from a list of values: no format is written by hand."""
    result = _run(index, ask)
    assert isinstance(result, QuerySolutions)
    names = [variable.value for variable in result.variables]
    held = [tuple(row) for row in islice(_within(result, ask.bytes), ask.rows + 1)]
    cut = len(held) > ask.rows or sum(map(_size, held)) >= ask.bytes
    rows = held[: ask.rows]
    head = " ".join(f"?{name}" for name in names)
    lines = "\n".join("(" + " ".join("UNDEF" if t is None else _ground(t) for t in row) + ")" for row in rows)
    again = Store().query(f"SELECT {head} WHERE {{ VALUES ({head}) {{ {lines} }} }}")
    assert isinstance(again, QuerySolutions)
    state = "truncated" if cut else "complete"
    return Told(state, "rows", ask.media, len(rows), body=_bytes(again.serialize(format=RESULTS[ask.media])))


def _within(rows: Iterable[Iterable[object]], size: int) -> Iterator[Iterable[object]]:
    for row in rows:
        held = tuple(row)
        size -= _size(held)
        yield held
        if size < 0:
            return


def _size(row: Iterable[object]) -> int:
    return sum(len(str(t)) for t in row if t is not None) + 2


def _ground(found: object) -> str:
    """A term for a list of values, where a blank node may not stand."""
    return f"<urn:blank:{found.value}>" if isinstance(found, BlankNode) else str(found)


def _triples(ask: Ask, result: QueryTriples) -> Told:
    content = vocabulary().content
    held: list[Triple] = []
    size = 0
    for triple in result:
        if triple.predicate in content:
            return Told(
                "refused",
                why=f"it would give the allegation {triple.predicate.value} as a bare triple",
                fix="SELECT it with its status and source, or use `testimony export`",
            )
        held.append(triple)
        size += len(str(triple))
        if len(held) > ask.rows or size > ask.bytes:
            break
    state = "truncated" if len(held) > ask.rows or size > ask.bytes else "complete"
    body = _bytes(serialize(held[: ask.rows], format=GRAPHS[ask.graph_media]))
    return Told(state, "triples", ask.graph_media, min(len(held), ask.rows), body=body)


def _wrong(message: str) -> Told:
    line, column, reason, fix = syntax_error(message)
    return Told("wrong", why=f"not SPARQL: {reason}", fix=fix, line=line, column=column)


def is_proposition(name: str) -> bool:
    """Whether a graph is one of the mentioned contents, which no dataset may lay bare."""
    return name.startswith(f"{ID}proposition/")
