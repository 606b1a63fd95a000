"""Model ⇄ quads: the only place that knows the RDF shape.

Four layers, never merged: a proposition is one named graph with one triple, mentioned and not
asserted; claims, hops, passages and the record stand in the default graph; derived results are
made by `graph.build` and kept in a file of their own. No blank nodes; IRIs follow from ids and
hashes, so the same corpus always gives the same quads.
"""

from graph.rdf.content import (
    figure_key,
    figure_text,
    interval_key,
    object_node,
    proposition,
    proposition_id,
    proposition_label,
    triple_id,
    triple_of,
)
from graph.rdf.nodes import natural
from graph.rdf.read import read_record, read_utterances
from graph.rdf.terms import LABEL, date, digest, iri, maybe_iri, number, short, sorted_lines, text, typed
from graph.rdf.trig import prefixes, trig
from graph.rdf.write import is_protected, to_quads

__all__ = [
    "LABEL",
    "date",
    "digest",
    "figure_key",
    "figure_text",
    "interval_key",
    "iri",
    "is_protected",
    "maybe_iri",
    "natural",
    "number",
    "object_node",
    "prefixes",
    "proposition",
    "proposition_id",
    "proposition_label",
    "read_record",
    "read_utterances",
    "short",
    "sorted_lines",
    "text",
    "to_quads",
    "trig",
    "triple_id",
    "triple_of",
    "typed",
]
