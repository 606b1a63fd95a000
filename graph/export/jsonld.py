"""Claims as JSON-LD 1.1: the record as nodes, and each proposition in a graph of its own."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, BinaryIO

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.evidence import ClaimEvidence
from graph.export.backing import Backing
from graph.export.quads import head
from graph.rdf import prefixes
from graph.rdf.terms import TYPE
from graph.vocabulary import XSD

Json = dict[str, Any]


def write(claims: Sequence[ClaimEvidence], backing: Backing, out: BinaryIO) -> int:
    """Write the quads of every claim; returns the number of claims."""
    found = document(backing.quads(claims) | head(backing.corpus, len(claims)))
    out.write(json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n")
    return len(claims)


def document(quads: Iterable[Quad]) -> Json:
    """One document: the nodes of the default graph, then the named graphs; its context stands in it.

    A member beside `@graph` would make the whole a named graph, so there is none.
    """
    plain: dict[str, list[Quad]] = defaultdict(list)
    graphs: dict[str, list[Quad]] = defaultdict(list)
    for quad in sorted(quads, key=str):
        if isinstance(quad.graph_name, DefaultGraph):
            plain[_iri(quad.subject)].append(quad)
        else:
            graphs[_iri(quad.graph_name)].append(quad)
    nodes = [_node(facts) for _, facts in sorted(plain.items())]
    named = [{"@id": name, "@graph": [_node([fact]) for fact in facts]} for name, facts in sorted(graphs.items())]
    return {"@context": {"@version": 1.1, **prefixes()}, "@graph": [*nodes, *named]}


def _node(facts: Sequence[Quad]) -> Json:
    made: Json = {"@id": _iri(facts[0].subject)}
    for fact in facts:
        if fact.predicate == TYPE:
            made.setdefault("@type", []).append(_short(_iri(fact.object)))
        else:
            made.setdefault(_short(fact.predicate.value), []).append(_value(fact.object))
    return made


def _iri(term: object) -> str:
    assert isinstance(term, NamedNode)  # the record has no blank node
    return term.value


def _value(term: object) -> Json:
    if isinstance(term, NamedNode):
        return {"@id": term.value}
    assert isinstance(term, Literal)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    plain = term.datatype.value == XSD + "string"
    return {"@value": term.value} if plain else {"@value": term.value, "@type": _short(term.datatype.value)}


@cache
def _short(iri: str) -> str:
    """An IRI of a vocabulary by its prefix; there, local names are plain words."""
    for name, base in prefixes().items():
        local = iri.removeprefix(base)
        if local != iri and local.isascii() and local.isalnum():
            return f"{name}:{local}"
    return iri
