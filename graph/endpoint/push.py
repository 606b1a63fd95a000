"""Filling a store with a build, and looking what it makes of it.

The record goes first and alone: whether the default graph is the union of all is known before any
proposition is sent, so that an allegation is never laid bare, not even for a moment.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Quad

from graph.endpoint import bulk
from graph.endpoint.client import FORM, Endpoint
from graph.endpoint.places import Places
from graph.endpoint.rewrite import RECORD
from graph.endpoint.wire import TIMEOUT, Reply, post
from graph.errors import EndpointError
from graph.queries import named_queries, run
from graph.rdf.terms import TYPE
from graph.store import Answer, Store, Term
from graph.vocabulary import ID, say, vocabulary

_QUADS = 20_000  # in one request of N-Quads or N-Triples
_INSERTED = 500  # in one INSERT DATA: stores compile these
_DROPPED = 200
_START = f"{ID}proposition/"
_OURS = f'FILTER(STRSTARTS(STR(?g), "{_START}"))'
_NQUADS, _GRAPHS, _UPDATES = "N-Quads", "one graph at a time", "INSERT DATA"
Progress = Callable[[str], None]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Held:
    """What a store holds of ours, and whether it would show an allegation as a fact."""

    record: int  # facts in the record's graph
    graphs: int  # propositions as graphs of their own
    flat: int  # propositions as facts of the record
    union: bool  # the default graph shows what lies in named graphs
    bare: bool  # a naive ?s ?p ?o shows an allegation


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was loaded, by which way, and what the store makes of it."""

    url: str
    way: str
    held: Held


def push(
    build: Path,
    corpus: str,
    places: Places,
    accept_union: bool = False,
    timeout: float = TIMEOUT,
    progress: Progress = lambda _step: None,
) -> Pushed:
    """Replace what a store holds of ours by a build.

    Where its default graph is the union of all, propositions are laid flat, and as graphs only beside that.

    Raises EndpointError when the store refuses, or holds something else afterwards; it then has no seal.
    """
    filler = _Filler(places, timeout, progress)
    filler.clear()
    filler.announce()
    union = filler.is_union()
    filler.send(bulk.record(build), "sending the record")
    if union:
        filler.send(bulk.flat(build), "sending propositions, laid flat")
    if accept_union or not union:
        filler.send(bulk.propositions(build), "sending propositions")
        filler.send_missing(bulk.propositions(build))
    progress("looking what the store holds")
    held = look(filler.asked)
    compare(build, held, places.query, 1)
    filler.send([bulk.seal(corpus)], "sealing the record")
    return Pushed(places.query, filler.way, held)


def probe(build: Path, places: Places, timeout: float = TIMEOUT) -> Held:
    """Look whether a store holds a build, however it was loaded; EndpointError when it does not."""
    held = look(Endpoint.open(places.query, timeout))
    compare(build, held, places.query, 2)
    return held


def look(asked: Endpoint) -> Held:
    """Count what a store holds of ours, and ask it naively for an allegation."""
    relations = " ".join(str(relation.iri) for relation in vocabulary().properties.values())
    return Held(
        record=_count(asked, f"COUNT(*) AS ?n) {{ GRAPH <{RECORD}> {{ ?s ?p ?o }} }}"),
        graphs=_count(asked, f"COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {_OURS} }}"),
        flat=_count(asked, f"COUNT(DISTINCT ?g) AS ?n) {{ GRAPH <{RECORD}> {{ ?g {say.contentPredicate} ?p }} }}"),
        union=asked.ask(f"ASK {{ <{RECORD}> {TYPE} {say.PublishedRecord} }}"),
        bare=asked.ask(f"ASK {{ VALUES ?p {{ {relations} }} ?s ?p ?o }}"),
    )


def _count(asked: Endpoint, what: str) -> int:
    ((number,),) = asked.select(f"SELECT ({what}", ("n",)).rows
    return int(number.value) if number is not None else 0


def compare(build: Path, held: Held, url: str, own: int) -> None:
    """EndpointError unless a store holds as much as a build; `own`: facts about the record that no build has."""
    made = sum(1 for _ in bulk.propositions(build))
    facts = sum(1 for _ in bulk.record(build)) + own + (3 * made if held.flat else 0)
    for what, there, here in (
        ("facts of the record", held.record, facts),
        ("propositions as graphs", held.graphs or made, made),
        ("propositions laid flat", held.flat or made, made),
        ("propositions", held.graphs or held.flat, made),
    ):
        if there != here:
            told = f"it holds {there} {what}, the build {here}"
            raise EndpointError(url, told, "push again, or load the files of --bulk by the store's own loader")


def differing(store: Store, endpoint: Endpoint, progress: Progress = lambda _step: None) -> dict[str, str]:
    """The named queries without parameters that an endpoint does not answer as the build does, with the reason.

    An empty reason: it answers, with other rows.
    """
    found = {}
    for query in named_queries().values():
        if query.parameters:
            continue
        progress(f"asking {query.name}")
        try:
            there = run(endpoint, query, {})
        except EndpointError as error:
            found[query.name] = str(error)
            continue
        if Counter(_rows(there)) != Counter(_rows(run(store, query, {}))):
            found[query.name] = ""
    return found


def _rows(answer: Answer) -> tuple[tuple[Term | None, ...], ...]:
    return answer.rows.rows if answer.rows is not None else ()


class _Filler:
    """One push: where to, how long to wait, and by which way the store takes graphs."""

    def __init__(self, places: Places, timeout: float, progress: Progress) -> None:
        self.places, self.timeout, self.progress = places, timeout, progress
        self.asked = Endpoint(places.query, timeout)
        self.way = _UPDATES

    def clear(self) -> None:
        """Remove every graph of ours: what was withheld since the last time must not stay there."""
        self.progress("clearing what was there")
        for some in _batches([RECORD, *self.graphs()], _DROPPED):
            self.update(" ;\n".join(f"DROP SILENT GRAPH <{name}>" for name in some))
        if left := self.graphs():
            raise EndpointError(self.places.update, f"{len(left)} graphs cannot be dropped", "drop them in the store")

    def graphs(self) -> list[str]:
        """The propositions that lie there as graphs."""
        listed = self.asked.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {_OURS} }}", ("g",)).rows
        return [name.value for (name,) in listed if name is not None]

    def announce(self) -> None:
        """Send one fact by one way after the other, until it lies where it should."""
        first = bulk.announcement()
        refusal = ""
        for way in (_NQUADS, _GRAPHS, _UPDATES):
            if way != _UPDATES and not self.places.store:
                continue
            self.way = way
            try:
                self.send([first], "finding out how it takes graphs")
            except EndpointError as error:
                refusal = str(error)
                continue
            if self.asked.ask(f"ASK {{ GRAPH <{RECORD}> {{ <{RECORD}> {TYPE} {say.PublishedRecord} }} }}"):
                return
        raise EndpointError(
            self.places.query,
            f"it takes no graphs ({refusal or 'what is sent does not arrive'})",
            "see --update and --store",
        )

    def is_union(self) -> bool:
        """Whether a fact of a named graph is seen without naming the graph."""
        return self.asked.ask(f"ASK {{ <{RECORD}> {TYPE} {say.PublishedRecord} }}")

    def send(self, quads: Iterable[Quad], what: str) -> None:
        """Load quads by the way that was found."""
        for some in _batches(quads, _QUADS):
            self.progress(what)
            if self.way == _NQUADS:
                self._post("", "application/n-quads", (bulk.line(quad) for quad in some))
            elif self.way == _GRAPHS and str(some[0].graph_name) == f"<{RECORD}>":
                self._post_graph(RECORD, some)
            else:  # thousands of small graphs, each in a request of its own, would take minutes
                for few in _batches(some, _INSERTED):
                    self.update(f"INSERT DATA {{ {_in_graphs(few)} }}")

    def send_missing(self, quads: Iterable[Quad]) -> None:
        """Send again, one by one, what INSERT DATA lost: Virtuoso 7.2.5 loses years."""
        if self.way == _GRAPHS:
            there = set(self.graphs())
            for quad in quads:
                if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value not in there:
                    self._post_graph(quad.graph_name.value, [quad])

    def _post_graph(self, graph: str, quads: list[Quad]) -> None:
        self._post(urlencode({"graph": graph}), "application/n-triples", (f"{quad.triple} .\n" for quad in quads))

    def _post(self, query: str, kind: str, lines: Iterable[str]) -> None:
        sign = "&" if "?" in self.places.store else "?"
        url = f"{self.places.store}{sign}{query}" if query else self.places.store
        _accepted(url, post(url, "".join(lines).encode(), kind, "*/*", self.timeout))

    def update(self, text: str) -> None:
        """Run a SPARQL update; EndpointError when it is refused."""
        url = self.places.update
        _accepted(url, post(url, urlencode({"update": text}).encode(), FORM, "*/*", self.timeout))


def _accepted(url: str, reply: Reply) -> None:
    if reply.status not in (200, 201, 202, 204):
        fix = "let the store take updates" if reply.status in (401, 403) else "read the server's message"
        raise EndpointError(url, f"HTTP {reply.status}: {reply.words}", fix)


def _in_graphs(quads: list[Quad]) -> str:
    """The body of an INSERT DATA."""
    found = groupby(quads, key=lambda quad: str(quad.graph_name))
    return " ".join(f"GRAPH {graph} {{ {' '.join(f'{quad.triple} .' for quad in some)} }}" for graph, some in found)


def _batches(things: Iterable[_T], size: int) -> Iterator[list[_T]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
