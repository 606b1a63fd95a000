"""The graph in a notebook: ask, look, trace. House style: `g = open_graph()`.

Queries take the guarded path of the command. What is shown is escaped; a picture is a sandboxed
frame that carries everything it needs, with a plain-text twin for saved and printed notebooks.
"""

import html
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.asking import ask
from graph.engine import Engine, Limits
from graph.evidence import Archive, ClaimEvidence, EdgeEvidence, Overview
from graph.export.cells import cells
from graph.export.tree import tree
from graph.network import to_pyvis
from graph.queries import lacks_status, named, named_queries, parse_query, run
from graph.store import Answer, Store

_WARNING = "These rows show what is alleged without its status: add ?claim say:reportedStatus ?status, or use g.trace."


@dataclass(frozen=True)
class Table:
    """Rows of a query as text; iterate for one mapping a row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        widths = [max(len(r[i]) for r in (self.columns, *self.rows)) for i in range(len(self.columns))]
        lines = [
            "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
            for row in (self.columns, *self.rows)
        ]
        return "\n".join([*([self.note] if self.note else []), *lines])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(c)}</th>" for c in self.columns)
        body = "".join(f"<tr>{''.join(f'<td>{html.escape(c)}</td>' for c in row)}</tr>" for row in self.rows)
        note = f"<p><strong>{html.escape(self.note)}</strong></p>" if self.note else ""
        return f"{note}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


@dataclass(frozen=True)
class Trace:
    """Evidence as a tree of text."""

    title: str
    edges: tuple[EdgeEvidence, ...]

    def __repr__(self) -> str:
        return "\n".join(tree(self.title, self.edges))

    def _repr_html_(self) -> str:
        return f'<pre style="white-space: pre-wrap; text-align: start">{html.escape(repr(self))}</pre>'


@dataclass(frozen=True)
class Picture:
    """A quick pyvis picture whose lines lead to their evidence, with a plain-text twin."""

    network: Any
    claims: tuple[ClaimEvidence, ...]
    height: int = 860

    def __repr__(self) -> str:
        lines = [
            f"{c.subject.label} {c.reading}{'' if c.object.id == 'truth' else f' {c.object.label}'} "
            f"[{c.drawn_status.label}; {c.reported_status.label}; {c.speakers} › {c.document.id}; {c.claim}]"
            for c in self.claims
        ]
        return "\n".join([f"{len(lines)} claims", *lines])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        page = html.escape(self.network.html, quote=True)
        frame = (
            f'<iframe sandbox="allow-scripts allow-popups" title="Testimony: a quick picture" width="100%" '
            f'height="{self.height}" style="border: 0" srcdoc="{page}"></iframe>'
        )
        return {"text/html": frame, "text/plain": repr(self)}


class Graph:
    """One published build, for a notebook."""

    def __init__(self, archive: Archive, address: str | None = None, seconds: float = 10.0) -> None:
        self.archive = archive
        self.address = address
        self.seconds = seconds

    def __repr__(self) -> str:
        counts = self.archive.manifest["counts"]
        return f"{counts['claims']} claims from {counts['documents']} documents, corpus {self.archive.corpus_hash[:12]}"

    def queries(self) -> Table:
        """The named queries."""
        listed = named_queries().values()
        return Table(
            ("query", "title", "parameters"),
            tuple((q.name, q.title, ", ".join(p.name for p in q.parameters)) for q in listed),
        )

    def query(self, asked: str, **parameters: str) -> Table:
        """Rows of a named query or of SPARQL text; parameters are bound. Raises QueryError."""
        store = self.archive.store
        if asked in named_queries():
            query = named(asked)
            answer = run(store, query, parameters)
            return _table(answer, store, lacks_status(answer, query.sparql))
        query = parse_query("query", asked)
        reply = ask(self._workers, store, query, parameters)
        told = [_CUT] if reply.truncated else []
        told += [f"The engine may answer this wrongly: {warning}." for warning in reply.warnings]
        return _table(reply.answer, store, lacks_status(reply.answer, query.sparql), told)

    @cached_property
    def _workers(self) -> Engine:
        """Workers for queries of one's own: a query that runs away or crashes never takes the kernel with it."""
        engine = Engine(Path(self.archive.store.name), Limits(self.seconds, workers=1))
        weakref.finalize(self, engine.close)
        return engine

    def find(self, text: str) -> Table:
        """Entities by any of their names."""
        found = Overview(self.archive).find(text)
        rows = tuple((f.entity.id, f.entity.name, f.matched, f.entity.kind, str(f.claims)) for f in found)
        return Table(("id", "name", "matched", "kind", "claims"), rows)

    def claims(self, entity: str) -> tuple[ClaimEvidence, ...]:
        """Every claim about an entity. Raises NotFoundError."""
        edges = self.archive.edges(self.archive.propositions_about(self.archive.entity(entity).id))
        return tuple(claim for edge in edges for claim in edge.claims)

    def picture(self, entity: str) -> Picture:
        """A quick picture of what is said about an entity; needs the extra `pyvis`."""
        claims = self.claims(entity)
        return Picture(to_pyvis(claims, self.address), claims)

    def trace(self, claim: str) -> Trace:
        """The edge of a claim, with everything said for and against it. Raises NotFoundError."""
        edge = self.archive.edges([self.archive.claim(claim).proposition])
        return Trace(f"The edge of claim {claim}", tuple(edge))


def open_graph(
    build: str | Path = "build", corpus: str | Path = "corpus", address: str | None = None, seconds: float = 10.0
) -> Graph:
    """Open a published build; paths count from where the notebook runs, `address` is the explorer's, for links.

    A query of one's own may take `seconds`.

    Raises BuildError when there is no build.
    """
    return Graph(Archive.open(Path(build).resolve(), Path(corpus).resolve()), address, seconds)


_CUT = "Truncated: there is more than this; add LIMIT, or narrow the query."


def _table(answer: Answer, store: Store, alleged: bool, told: Iterable[str] = ()) -> Table:
    note = " ".join([*([_WARNING] if alleged else []), *told])
    if answer.rows is not None:
        columns, rows = cells(answer.rows, store, alleged)
        return Table(columns, tuple(rows), note)
    if answer.truth is not None:
        return Table(("answer",), (("yes" if answer.truth else "no",),), note)
    return Table(("triple",), tuple((str(triple),) for triple in answer.triples or ()), note)
