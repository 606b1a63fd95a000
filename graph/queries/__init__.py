"""Named queries (`.rq` files with headers), the guard before the engine, and tables of answers.

A header line is `# key: value`: `title`, `what`, and one `param` per parameter:
`# param: entity IRI the actor, place or event`. Values are bound, never concatenated.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.corpus.dates import is_date
from graph.errors import NotFoundError, QueryError
from graph.queries.guard import guard, reads_content
from graph.queries.names import known_terms
from graph.rdf import date, iri, maybe_iri, short, typed
from graph.store import Answer, Queryable, Term
from graph.vocabulary import ID, vocabulary

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that must be bound: its name, kind (IRI, DATE, NUMBER, TEXT, TERM) and meaning."""

    name: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A shipped query."""

    name: str
    title: str
    what: str
    parameters: tuple[Parameter, ...]
    sparql: str


def parse_query(name: str, text: str) -> NamedQuery:
    """Read the header of a query text; one without a header has no title and no parameters."""
    head: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        key, _, value = line.removeprefix("#").strip().partition(": ")
        if key == "param":
            variable, kind, what = [*value.split(" ", 2), "", ""][:3]
            parameters.append(Parameter(variable, kind, what))
        else:
            head[key] = value
    return NamedQuery(name, head.get("title", name), head.get("what", ""), tuple(parameters), text)


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Every shipped query by name."""
    return {path.stem: parse_query(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.rq"))}


def named(name: str) -> NamedQuery:
    """A shipped query; NotFoundError with a hint when there is none."""
    found = named_queries().get(name)
    if found is None:
        raise NotFoundError("query", name, tuple(named_queries()))
    return found


def bind(query: NamedQuery, given: Mapping[str, str]) -> dict[str, Term]:
    """Terms for the parameters of a query.

    Raises QueryError for a parameter that is missing, unknown or malformed.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            allowed = ", ".join(known) or "none"
            raise QueryError(
                query.name,
                0,
                f"the parameter {name!r} is not one of this query's ({allowed})",
                "remove it or correct its name",
            )
    for name, parameter in known.items():
        if name not in given:
            raise QueryError(
                query.name,
                0,
                f"the parameter {name!r} is not bound ({parameter.what or parameter.kind})",
                f"add {name}=VALUE",
            )
    return {name: _term(query.name, known[name], value) for name, value in given.items()}


_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
_NAMED_KINDS = frozenset({"entity", "document", "utterance", "claim", "proposition", "question"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~/-]*\Z")


def _term(where: str, parameter: Parameter, value: str) -> Term:
    match parameter.kind:
        case "IRI" if _IRI.match(value) and (given := maybe_iri(value)) is not None:
            return given
        case "IRI" if _ID.match(value):
            return iri(parameter.name if parameter.name in _NAMED_KINDS else _kind_of(value), value)
        case "TERM":
            return vocabulary().term(value)
        case "DATE" if is_date(value):
            return date(value)
        case "NUMBER" if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            return typed(value, "decimal")
        case "TEXT":
            return Literal(value)
        case _:
            raise QueryError(where, 0, f"{value!r} as {parameter.name}", f"give a value of kind {parameter.kind}")


def _kind_of(value: str) -> str:
    """Which kind of thing a short id names."""
    if re.fullmatch(r"[0-9]{2,4}-c[0-9]+\.[0-9]+", value):
        return "claim"
    if re.fullmatch(r"[0-9]{2,4}-c[0-9]+", value):
        return "utterance"
    if re.fullmatch(r"[0-9]{2,4}-[a-z0-9-]+", value):
        return "document"
    if re.fullmatch(r"[0-9a-f]{32}", value):
        return "proposition"
    return "origin-group" if value.startswith("grp-") else "entity"


def prepared(store: Queryable, query: NamedQuery, given: Mapping[str, str], datasets: bool = False) -> dict[str, Term]:
    """Guard a query and bind its parameters. Raises QueryError or NotFoundError, as `run` does."""
    guard(query.sparql, query.name, datasets)
    known_terms(query.sparql, query.name)
    bound = bind(query, given)
    known_nodes(store, bound, given)
    return bound


def known_nodes(store: Queryable, bound: Mapping[str, Term], given: Mapping[str, str]) -> None:
    """Refuse a parameter that names nothing in this graph. Raises NotFoundError."""
    for name, term in bound.items():
        if isinstance(term, NamedNode) and term.value.startswith(ID) and not store.knows(term):
            raise NotFoundError(name, given[name], _candidates(store, term, given[name]))


def run(store: Queryable, query: NamedQuery, given: Mapping[str, str]) -> Answer:
    """Guard, bind and run a query.

    Raises QueryError for anything refused, wrong or unbound, NotFoundError for a parameter that names
    nothing in this graph: an empty answer would read as silence of the corpus.
    """
    bound = prepared(store, query, given)
    answer = store.query(query.sparql, bound, query.name)
    if answer.triples is not None:
        _no_naked_edges(query.name, answer)
    return answer


def _candidates(store: Queryable, term: NamedNode, given: str) -> tuple[str, ...]:
    """Ids of the same kind; first of all, what bears the given words as a name."""
    kind = term.value.removeprefix(ID).partition("/")[0]
    called = [
        short(q.subject) for name in _spellings(given) for q in store.bearing(name) if isinstance(q.subject, NamedNode)
    ]
    return tuple(called[:1]) or store.ids(kind)


def _spellings(given: str) -> tuple[Literal, ...]:
    forms = dict.fromkeys((given, given.title(), given.upper(), given.capitalize()))
    return tuple(Literal(form, language=lang) for form in forms for lang in ("en", "ku", "ar", "tr"))


def _no_naked_edges(where: str, answer: Answer) -> None:
    content = vocabulary().content
    for triple in answer.triples or ():
        if triple.predicate in content:
            raise QueryError(
                where,
                0,
                f"it would give the allegation {triple.predicate.value} as a bare triple",
                "SELECT it with its status and source, or use `testimony export`",
            )


def lacks_status(answer: Answer, sparql: str = "") -> bool:
    """Whether rows show content and no status beside it.

    With the text of the query at hand, each row of a query that looks inside propositions is judged, a
    bare count, a yes or no and constructed triples included: they too answer as if something were so. Without it, relations
    and propositions count, and one status speaks for the whole table.
    """
    if answer.rows is None and sparql:
        return reads_content(sparql)
    if answer.rows is None:
        return False
    rows = [[term for term in row if term is not None] for row in answer.rows.rows]
    if not sparql:
        return any(map(_shows_content, rows)) and not any(map(_shows_status, rows))
    return reads_content(sparql) and any(row and not _shows_status(row) for row in rows)


def _shows_content(row: Iterable[Term]) -> bool:
    content = vocabulary().content
    return any(
        isinstance(term, NamedNode) and (term in content or term.value.startswith(f"{ID}proposition/")) for term in row
    )


def _shows_status(row: Iterable[Term]) -> bool:
    known = _statuses()
    return any((term.value if isinstance(term, Literal) else term) in known for term in row)


@cache
def _statuses() -> frozenset[NamedNode | str]:
    """Every reported and drawn status as IRI, token and label."""
    concepts = [c for s in ("ReportedStatus", "DrawnStatus") for c in vocabulary().concepts(s).values()]
    return frozenset(name for c in concepts for name in (c.iri, c.notation, c.label))
