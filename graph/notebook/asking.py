"""Queries from a notebook: guarded, in a worker that can be stopped, their parameters bound."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from graph.asking import ask
from graph.endpoint import Endpoint
from graph.engine import Engine
from graph.errors import QueryError
from graph.export.cells import cells
from graph.notebook.results import Table
from graph.queries import NamedQuery, Parameter, bind, lacks_status, named, named_queries, parse_query, run
from graph.queries.meetings import never_met
from graph.queries.pitfalls import pitfalls
from graph.store import Answer, Queryable, Store

_WARNING = "These rows show what is alleged without its status: add ?claim say:reportedStatus ?status, or use g.trace."
_CUT = "Truncated: there is more than this; add LIMIT, or narrow the query."


def named_table(store: Store, name: str, given: Mapping[str, Any]) -> Table:
    """Rows of a shipped query. Raises QueryError or NotFoundError."""
    query = named(name)
    answer = run(store, query, _texts(given))
    return as_table(answer, store, lacks_status(answer, query.sparql))


def asked_table(engine: Engine, store: Store, text: str, given: Mapping[str, Any]) -> Table:
    """Rows of a query of one's own. Raises QueryError or NotFoundError."""
    query = declared(store, text, given)
    reply = ask(engine, store, query, _texts(given))
    told = [_CUT] if reply.truncated else []
    told += [f"Careful: {warning}." for warning in reply.warnings]
    return as_table(reply.answer, store, lacks_status(reply.answer, query.sparql), told)


def endpoint_table(url: str, text: str, given: Mapping[str, Any], timeout: float) -> Table:
    """The same, asked of a SPARQL 1.1 endpoint that holds the record. Raises EndpointError as well."""
    store = Endpoint.open(url, timeout)
    query = named(text.strip()) if text.strip() in named_queries() else declared(store, text, given)
    answer = run(store, query, _texts(given))
    warnings = pitfalls(query.sparql, store.knows) + never_met(store, query.sparql, answer)
    told = [f"Careful: {warning}." for warning in warnings]
    return as_table(answer, store, lacks_status(answer, query.sparql), told)


def declared(store: Queryable, text: str, given: Mapping[str, Any]) -> NamedQuery:
    """A query with its parameters: those of its header, and for others that are given a kind told by the value.

    A number is a NUMBER, a date a DATE; a text is an IRI where it is one, or an id that this graph
    knows, else a TEXT. A header (`# param: actor IRI …`) decides otherwise.
    """
    query = parse_query("query", text)
    known = {parameter.name for parameter in query.parameters}
    more = tuple(Parameter(n, _kind(store, n, v), "") for n, v in given.items() if n not in known)
    return NamedQuery(query.name, query.title, query.what, (*query.parameters, *more), query.sparql)


def _kind(store: Queryable, name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal | date):
        kind = type(value).__name__
        raise QueryError("query", 0, f"the parameter {name!r} is a {kind}", "give a text, a number or a date")
    if isinstance(value, date):
        return "DATE"
    if not isinstance(value, str):
        return "NUMBER"
    try:
        node = bind(NamedQuery("query", "", "", (Parameter(name, "IRI", ""),), ""), {name: value})[name]
    except QueryError:
        return "TEXT"
    return "IRI" if isinstance(node, NamedNode) and ("://" in value or store.knows(node)) else "TEXT"


def _texts(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in given.items()}


def as_table(answer: Answer, store: Queryable, alleged: bool, told: Iterable[str] = ()) -> Table:
    """An answer as a table that says what it leaves out."""
    note = " ".join([*([_WARNING] if alleged else []), *told])
    if answer.rows is not None:
        columns, rows = cells(answer.rows, store, alleged)
        return Table(columns, tuple(rows), note)
    if answer.truth is not None:
        return Table(("answer",), (("yes" if answer.truth else "no",),), note)
    return Table(("triple",), tuple((str(triple),) for triple in answer.triples or ()), note)
