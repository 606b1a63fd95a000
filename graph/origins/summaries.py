"""Counts that many questions want, made once: claims, edges, documents and origins under each value of a facet.

A summary spares a query from going through all claims; it says nothing that these do not say.
"""

import re
from collections import defaultdict
from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.origins.drawn import RULE_VERSION
from graph.rdf import iri, text, typed
from graph.rdf.terms import LABEL, TYPE
from graph.vocabulary import say, vocabulary

#: facets whose values are counted under each drawn status as well, with the facet that holds these counts
BY_STATUS = {"FacetSpeaker": "FacetSpeakerByStatus", "FacetDocument": "FacetDocumentByStatus"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A claim that stands, as summaries count it.

    `origin` is the key of the origin that it affirms something on; None where it adds none. `values` are its facets, as
    pairs of a concept of FacetScheme and an id; a claim may have several values of one facet.
    """

    claim: str
    edge: Hashable
    document: str
    origin: str | None
    drawn: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class Summary:
    """How many claims, edges, documents and origins share a value; `drawn` is empty where all statuses are counted."""

    facet: str
    value: str
    drawn: str
    claims: int
    edges: int
    documents: int
    origins: int


@dataclass(slots=True)
class _Sets:
    claims: set[str] = field(default_factory=set)
    edges: set[Hashable] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)

    def add(self, one: Counted) -> None:
        self.claims.add(one.claim)
        self.edges.add(one.edge)
        self.documents.add(one.document)
        if one.origin is not None:
            self.origins.add(one.origin)


def summaries(counted: Iterable[Counted], documents: Iterable[str] = ()) -> list[Summary]:
    """A summary for each value of each facet, sorted; each of the `documents` has one even without a claim that stands."""
    found: dict[tuple[str, str, str], _Sets] = defaultdict(_Sets)
    found.update((("FacetDocument", name, ""), _Sets()) for name in documents)
    for one in counted:
        for facet, value in one.values:
            found[facet, value, ""].add(one)
            if facet in BY_STATUS:
                found[BY_STATUS[facet], value, one.drawn].add(one)
    return sorted(
        Summary(*key, len(held.claims), len(held.edges), len(held.documents), len(held.origins))
        for key, held in found.items()
    )


def summary_quads(found: Iterable[Summary], groups: Container[str]) -> set[Quad]:
    """A node for each summary; `groups` are the ids of origin groups, which are no entities."""
    return {Quad(*fact, DefaultGraph()) for summary in found for fact in _facts(summary, groups)}


def _facts(found: Summary, groups: Container[str]) -> list[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    facet = vocabulary().concept("Facet", found.facet)
    among = vocabulary().concept("DrawnStatus", found.drawn).notation if found.drawn else ""
    node = iri("derived", "/".join(filter(None, ("summary", facet.notation, _spelled(found.value), among))))
    counts = (
        (say.claimCount, found.claims),
        (say.edgeCount, found.edges),
        (say.documentCount, found.documents),
        (say.originCount, found.origins),
    )
    return [
        (node, TYPE, say.DerivedSummary),
        (node, LABEL, text(f"claims by {facet.label}: {found.value}{among and f', {among}'}", "en")),
        (node, say.facet, vocabulary().term(found.facet)),
        (node, say.facetValue, _value(found, groups)),
        *([(node, say.amongDrawn, vocabulary().term(found.drawn))] if found.drawn else []),
        *((node, predicate, typed(number, "integer")) for predicate, number in counts),
        (node, say.ruleVersion, text(RULE_VERSION)),
    ]


def _spelled(value: str) -> str:
    """A value as part of an id: a term of the vocabulary in small letters with hyphens, an id as it is."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", value).lower()


def _value(found: Summary, groups: Container[str]) -> NamedNode:
    match found.facet:
        case "FacetDocument" | "FacetDocumentByStatus":
            return iri("document", found.value)
        case "FacetPublisher" | "FacetSpeaker" | "FacetSpeakerByStatus":
            return iri("entity", found.value)
        case "FacetOrigin":
            return iri("origin-group" if found.value in groups else "entity", found.value)
        case _:
            return vocabulary().term(found.value)
