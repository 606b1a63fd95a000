"""Asking what nobody has vetted: guarded, in a worker that can be stopped; the path of the command and of notebooks."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from graph.engine import Ask, Engine, Told
from graph.errors import QueryError
from graph.queries import NamedQuery, prepared
from graph.queries.guard import own_dataset
from graph.queries.looking import Rows, answered
from graph.queries.meetings import joins, unmet
from graph.queries.pitfalls import pitfalls
from graph.store import Answer, Store, as_answer

LOOKING = 1.0  # seconds for each question about an empty answer


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whether it was cut, and what the engine may have answered wrongly."""

    answer: Answer
    truncated: bool
    warnings: tuple[str, ...]


def ask(engine: Engine, store: Store, query: NamedQuery, given: Mapping[str, str]) -> Reply:
    """Guard, bind and ask.

    Raises QueryError for anything refused, wrong, unbound or stopped by a limit, NotFoundError for a
    parameter that names nothing.
    """
    bound = prepared(store, query, given, datasets=True)
    asked = Ask(
        query.sparql,
        tuple((name, str(term)) for name, term in bound.items()),
        graph_media="application/n-triples",
        own_dataset=own_dataset(query.sparql),
    )
    told = engine.ask(asked)
    if told.state not in ("complete", "truncated"):
        raise QueryError(query.name, told.line, told.why, told.fix or "ask again")
    careful = pitfalls(query.sparql, store.knows)
    if told.empty and not asked.own_dataset:
        careful += answered(unmet(joins(query.sparql)), lambda text: _rows(engine.ask(Ask(text), LOOKING)))
    return Reply(_answer(told, frozenset(bound)), told.state == "truncated", careful)


def _rows(told: Told) -> Rows | None:
    return told.values() if told.state == "complete" else None


def _answer(told: Told, known: frozenset[str]) -> Answer:
    if told.kind == "triples":
        quads = parse(told.body, format=RdfFormat.N_TRIPLES)
        return Answer(triples=tuple(Triple(q.subject, q.predicate, q.object) for q in quads))
    return as_answer(parse_query_results(told.body, format=QueryResultsFormat.JSON), known)
