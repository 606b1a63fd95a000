"""The W3C's SPARQL 1.1 test suite: its manifests, and whether an answer is the one expected.

The suite is not part of this repository; it is looked for beside it.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from corpora import ROOT
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

SUITE = ROOT.parent / "shared" / "w3c-sparql11"
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
QUERY_FOLDERS = (
    "aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation",
    "project-expression", "property-path", "subquery", "syntax-query", "csv-tsv-res", "json-res",
)  # fmt: skip
FEDERATED = ("service", "syntax-fed")

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_FORMATS = {"ttl": RdfFormat.TURTLE, "rdf": RdfFormat.RDF_XML, "nt": RdfFormat.N_TRIPLES}
MEDIA = {
    "srx": ("application/sparql-results+xml", QueryResultsFormat.XML),
    "srj": ("application/sparql-results+json", QueryResultsFormat.JSON),
    "csv": ("text/csv", QueryResultsFormat.CSV),
    "tsv": ("text/tab-separated-values", QueryResultsFormat.TSV),
    "ttl": ("text/turtle", RdfFormat.TURTLE),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One test: files are paths below the suite."""

    name: str
    kind: str  # evaluation, positive or negative
    query: str
    data: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    result: str = ""

    @property
    def text(self) -> str:
        return (SUITE / self.query).read_text(encoding="utf-8")

    @property
    def base(self) -> str:
        return BASE + self.query

    @property
    def with_base(self) -> str:
        """The query as one sends it that was read from a file: over HTTP its base must be said."""
        return f"BASE <{self.base}>\n{self.text}"

    @property
    def media(self) -> str:
        return MEDIA[self.form][0] if self.result else ""

    @property
    def form(self) -> str:
        """The form of the expected answer; rows written as RDF are asked for as JSON."""
        form = self.result.rpartition(".")[2]
        return "srj" if form == "ttl" and "ResultSet" in (SUITE / self.result).read_text(encoding="utf-8") else form

    @property
    def dataset(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        folder = self.query.rpartition("/")[0]
        named = {f"{folder}/{name}" for name in re.findall(r"FROM\s+(?:NAMED\s+)?<([\w.]+)>", self.text)}
        return self.data, (*self.graphs, *sorted(f for f in named if (SUITE / f).is_file()))


class Manifest:
    """The statements of one folder's manifest."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        path = SUITE / folder / "manifest.ttl"
        self.quads = list(parse(path=path, format=RdfFormat.TURTLE, base_iri=f"{BASE}{folder}/manifest.ttl"))

    def values(self, subject: Any, name: str) -> list[Any]:
        return [q.object for q in self.quads if q.subject == subject and q.predicate.value == name]

    def one(self, subject: Any, name: str) -> Any:
        return next(iter(self.values(subject, name)), None)

    def listed(self, head: Any) -> Iterator[Any]:
        while head is not None and getattr(head, "value", "") != _RDF + "nil":
            yield self.one(head, _RDF + "first")
            head = self.one(head, _RDF + "rest")

    def entries(self) -> Iterator[Any]:
        (head,) = [q.object for q in self.quads if q.predicate.value == _MF + "entries"]
        return self.listed(head)

    def cases(self) -> Iterator[Case]:
        for entry in self.entries():
            kind = self.one(entry, _RDF + "type").value.removeprefix(_MF)
            name = f"{self.folder}/{entry.value.rpartition('#')[2]}"
            action = self.one(entry, _MF + "action")
            if "Syntax" in kind:
                yield Case(name, "negative" if "Negative" in kind else "positive", _file(action))
                continue
            yield Case(
                name,
                "evaluation",
                _file(self.one(action, _QT + "query")),
                tuple(_file(found) for found in self.values(action, _QT + "data")),
                tuple(_file(found) for found in self.values(action, _QT + "graphData") if isinstance(found, NamedNode)),
                _file(self.one(entry, _MF + "result")),
            )


def _file(iri: NamedNode) -> str:
    return iri.value.removeprefix(BASE)


def cases(folders: Iterable[str]) -> list[Case]:
    """Every test of some folders; none where the suite is not there."""
    return [case for folder in folders if SUITE.is_dir() for case in Manifest(folder).cases()]


def filled(
    store: Store, dataset: tuple[tuple[str, ...], tuple[str, ...]], names: Mapping[str, str] = MappingProxyType({})
) -> Store:
    """A store with the data of a test: default graph, and named graphs by their address, or by other names."""
    data, graphs = dataset
    for name in data:
        store.bulk_extend(_quads(name, DefaultGraph()))
    for name in graphs:
        store.bulk_extend(_quads(name, NamedNode(names.get(name, BASE + name))))
    return store


def _quads(name: str, graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    form = _FORMATS[name.rpartition(".")[2]]
    for q in parse(path=SUITE / name, format=form, base_iri=BASE + name, rename_blank_nodes=True):
        yield Quad(q.subject, q.predicate, q.object, graph)


def alone(case: Case) -> bool:
    """Whether the engine without anything of ours passes."""
    try:
        found = filled(Store(), case.dataset).query(case.text, base_iri=case.base)
        if case.kind != "evaluation":
            return case.kind == "positive"
        body = found.serialize(format=MEDIA[case.form][1])  # type: ignore[arg-type]
        return meets(case, body or b"")
    except SyntaxError:
        return case.kind == "negative"
    except (ValueError, OSError, RuntimeError):
        return case.kind == "positive"  # read, and not answered: a function that nobody has


def meets(case: Case, body: bytes) -> bool:
    """Whether an answer, in the form of the expected one, is the expected one."""
    kind = case.form
    expected = (SUITE / case.result).read_bytes()
    if kind == "ttl":
        return _same_graph(expected, body, BASE + case.result)
    if kind == "csv":
        return _same(_csv(expected), _csv(body), False)
    if case.result.endswith(".ttl"):
        names, wanted_rows = _rows_in_rdf(expected, BASE + case.result)
        found = parse_query_results(body, format=QueryResultsFormat.JSON)
        return {v.value for v in found.variables} == names and _same(wanted_rows, _rows(found), False)
    wanted, found = (parse_query_results(data, format=MEDIA[kind][1]) for data in (expected, body))
    if isinstance(wanted, QueryBoolean) or isinstance(found, QueryBoolean):
        return isinstance(found, QueryBoolean) and isinstance(wanted, QueryBoolean) and bool(found) == bool(wanted)
    assert isinstance(wanted, QuerySolutions)
    assert isinstance(found, QuerySolutions)
    if {v.value for v in wanted.variables} != {v.value for v in found.variables}:
        return False
    return _same(_rows(wanted), _rows(found), is_ordered(case.text))


def is_ordered(text: str) -> bool:
    """Whether the outermost query orders its rows."""
    return re.search(r"ORDER\s+BY", text[text.rindex("}") :], re.IGNORECASE) is not None


Row = tuple[tuple[str, Any], ...]


def _rows(found: QuerySolutions) -> list[Row]:
    names = sorted(v.value for v in found.variables)
    return [tuple((name, _plain(row[name])) for name in names if row[name] is not None) for row in found]


def _plain(term: Any) -> Any:
    """A term; numbers by their value."""
    if isinstance(term, Literal) and term.datatype.value in (_XSD + "decimal", _XSD + "double", _XSD + "float"):
        try:
            return Literal(str(Decimal(term.value).normalize()), datatype=term.datatype)
        except InvalidOperation:
            return term
    return term


def _rows_in_rdf(body: bytes, base: str) -> tuple[set[str], list[Row]]:
    """Column names and rows of an answer written with the W3C's vocabulary of result sets."""
    quads = list(parse(body, format=RdfFormat.TURTLE, base_iri=base))

    def of(subject: Any, name: str) -> list[Any]:
        return [q.object for q in quads if q.subject == subject and q.predicate.value.endswith("#" + name)]

    names = {q.object.value for q in quads if q.predicate.value.endswith("#resultVariable")}
    solutions = [q.object for q in quads if q.predicate.value.endswith("#solution")]
    cells = [{of(b, "variable")[0].value: _plain(of(b, "value")[0]) for b in of(s, "binding")} for s in solutions]
    return names, [tuple(sorted(row.items(), key=lambda cell: cell[0])) for row in cells]


def _csv(body: bytes) -> list[Row]:
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    cells = [[BlankNode(c[2:]) if c.startswith("_:") else Literal(c) for c in row] for row in rows]
    return [tuple(sorted(zip(head, row, strict=True), key=lambda cell: cell[0])) for row in cells]


def _same(wanted: list[Row], found: list[Row], ordered: bool) -> bool:
    if len(wanted) != len(found):
        return False
    if not any(isinstance(term, BlankNode) for row in (*wanted, *found) for _, term in row):
        return wanted == found if ordered else Counter(wanted) == Counter(found)
    return _canonical(_as_graph(wanted, ordered)) == _canonical(_as_graph(found, ordered))


def _as_graph(rows: list[Row], ordered: bool) -> Dataset:
    """Rows as a graph, which the engine can compare with another up to the names of blank nodes."""
    made = Dataset()
    for number, row in enumerate(rows):
        node = NamedNode(f"urn:row:{number}") if ordered else BlankNode()
        made.add(Quad(node, NamedNode("urn:is"), Literal("row")))
        for name, term in row:
            made.add(Quad(node, NamedNode(f"urn:column:{name}"), term))
    return made


def _same_graph(wanted: bytes, found: bytes, base: str) -> bool:
    graphs = (Dataset(parse(data, format=RdfFormat.TURTLE, base_iri=base)) for data in (wanted, found))
    first, second = map(_canonical, graphs)
    return first == second


def _canonical(graph: Dataset) -> set[str]:
    graph.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in graph}
