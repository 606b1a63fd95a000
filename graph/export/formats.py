"""Every format that claims are written in: one small module each, behind one signature, status and source in all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from graph.errors import NotFoundError
from graph.evidence import ClaimEvidence
from graph.export import annotations, csv, geojson, graphml, jsonld, jsonlines, nquads, parquet, trig
from graph.export.backing import Backing

Writer = Callable[[Sequence[ClaimEvidence], Backing, BinaryIO], int]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how files of it end, its media type, what one has in it, the extra it needs."""

    name: str
    suffix: str
    media: str
    title: str
    write: Writer
    needs: str | None = None
    binary: bool = False


FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format("csv", ".csv", "text/csv; charset=utf-8", "a table, one row per claim", csv.write),
        Format("jsonl", ".jsonl", "application/jsonl", "the same rows, one JSON object per line", jsonlines.write),
        Format("parquet", ".parquet", "application/vnd.apache.parquet", "the same rows, typed and in columns",
               parquet.write, needs="parquet", binary=True),
        Format("trig", ".trig", "application/trig", "RDF: the record, each proposition in its own graph", trig.write),
        Format("nquads", ".nq", "application/n-quads", "the same quads, one per line, sorted", nquads.write),
        Format("jsonld", ".jsonld", "application/ld+json", "the same quads as JSON-LD 1.1", jsonld.write),
        Format("graphml", ".graphml", "application/graphml+xml", "a directed multigraph, one edge per claim",
               graphml.write),
        Format("geojson", ".geojson", "application/geo+json", "a feature per claim, on the places it names",
               geojson.write),
        Format("annotations", ".anno.jsonld", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
               "W3C Web Annotations on the passages", annotations.write),
    )
}  # fmt: skip


def form(name: str) -> Format:
    """A format by name; NotFoundError when there is none."""
    if name not in FORMATS:
        raise NotFoundError("export format", name, tuple(FORMATS))
    return FORMATS[name]
