"""What a query cannot do without: the patterns and comparisons that must hold for it to find anything.

Read from the algebra (W3C, SPARQL 1.1 Query Language, section 18.2). What is optional, an alternative, or stands in a
subquery is left out: it has too many ways to be empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pyoxigraph import NamedNode

from graph.rdf import maybe_iri

# parts of the algebra whose pattern must match for the whole to match
_THROUGH = frozenset(
    {"Filter", "Extend", "Group", "AggregateJoin", "Project", "OrderBy", "Distinct", "Reduced", "Slice"}
    | {"SelectQuery", "AskQuery", "ConstructQuery", "DescribeQuery"}
)

Step = tuple[Any, Any, Any]  # subject, relation (an IRI), object


@dataclass(slots=True)
class Required:
    """The steps of the default graph, those of each GRAPH, and which variable is compared with which values."""

    steps: list[Step] = field(default_factory=list)
    graphs: list[list[Step]] = field(default_factory=list)
    compared: list[tuple[Any, Any]] = field(default_factory=list)


def required(sparql: str) -> Required:
    """What a query needs; nothing where it cannot be read."""
    # rdflib takes a quarter of a second to load, which only an empty answer is worth
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    found = Required()
    try:
        algebra = translateQuery(parseQuery(sparql)).algebra
    except Exception:  # it raises this very class for some mistakes, and only a warning is lost
        return found
    _read(algebra, found, found.steps, count())
    return found


def iri_of(term: Any) -> NamedNode | None:
    """A term of rdflib's as an IRI for the engine, None where it is none."""
    from rdflib import URIRef

    return maybe_iri(str(term)) if isinstance(term, URIRef) else None


def _read(part: Any, found: Required, steps: list[Step], fresh: Iterator[int]) -> None:
    if part.name == "BGP":
        for subject, predicate, value in part.triples:
            steps.extend(_steps(subject, predicate, value, fresh))
    elif part.name == "Join":
        _read(part.p1, found, steps, fresh)
        _read(part.p2, found, steps, fresh)
    elif part.name in ("LeftJoin", "Minus"):
        _read(part.p1, found, steps, fresh)
    elif part.name == "Graph":
        found.graphs.append([])
        _read(part.p, found, found.graphs[-1], fresh)
    elif part.name in _THROUGH and part.p is not None:
        if part.name == "Filter":
            found.compared.extend(_compared(part.expr))
        _read(part.p, found, steps, fresh)


def _steps(subject: Any, predicate: Any, value: Any, fresh: Iterator[int]) -> Iterator[Step]:
    """A triple, or the triples of a path that is a sequence; none of any other path or of a variable."""
    from rdflib import URIRef
    from rdflib.paths import InvPath, SequencePath

    if isinstance(predicate, URIRef):
        yield subject, predicate, value
    elif isinstance(predicate, InvPath):
        yield from _steps(value, predicate.arg, subject, fresh)
    elif isinstance(predicate, SequencePath):
        nodes = [subject, *(f"step {next(fresh)}" for _ in predicate.args[1:]), value]
        for start, step, end in zip(nodes, predicate.args, nodes[1:], strict=False):
            yield from _steps(start, step, end, fresh)


def _compared(condition: Any) -> Iterator[tuple[Any, Any]]:
    """Each variable that must equal, exceed or fall below a value, with the value; one of IN (…) stands for all."""
    from rdflib import Literal, Variable

    name = getattr(condition, "name", "")
    if name == "ConditionalAndExpression":
        for each in (condition.expr, *condition.other):
            yield from _compared(each)
    elif name == "RelationalExpression" and condition.op not in ("!=", "NOT IN"):
        other = condition.other[0] if isinstance(condition.other, list) and condition.other else condition.other
        for one, value in ((condition.expr, other), (other, condition.expr)):
            if isinstance(one, Variable) and isinstance(value, Literal):
                yield one, value
