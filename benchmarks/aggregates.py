"""Aggregates as analysts ask them: of the summaries that a build makes, and plainly over the claims; equal rows.

A plain query counts what stands: claims, edges, documents and the origins that affirm something. `tests/test_summaries.py`
holds every summary against it.
"""

_PREFIXES = """PREFIX say: <https://w3id.org/testimony/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
#: by facet, how a claim ?c of the edge ?g leads to the value
_PATHS = {
    "FacetDrawn": "?status say:derivedFor ?g ; say:drawnStatus ?value .",
    "FacetReported": "?c say:reportedStatus ?value .",
    "FacetDocument": "?c say:inPassage/oa:hasSource ?value .",
    "FacetDocumentByStatus": "?c say:inPassage/oa:hasSource ?value . ?status say:derivedFor ?g ; say:drawnStatus ?drawn .",
    "FacetPublisher": "?c say:inPassage/oa:hasSource/say:publisher ?value .",
    "FacetSpeaker": "?c say:originHop/say:speaker ?value .",
    "FacetSpeakerByStatus": "?c say:originHop/say:speaker ?value . ?status say:derivedFor ?g ; say:drawnStatus ?drawn .",
    "FacetEvidence": "?c say:evidenceKind ?value .",
    "FacetRelation": "GRAPH ?g { ?s ?value ?o }",
}
FACETS = (*_PATHS, "FacetOrigin")  # the last is counted from what _ORIGIN finds
_ORIGIN = (
    "?counted a say:DerivedOrigin ; say:derivedFor ?c ; say:addsOrigin ?adds ; say:rootOrigin ?root . "
    "OPTIONAL { ?counted say:rootGroup ?group } "
)


def _by_status(facet: str) -> bool:
    return facet.endswith("ByStatus")


def _heads(facet: str) -> str:
    return "?value ?drawn" if _by_status(facet) else "?value"


def _node(facet: str) -> str:
    among = " ; say:amongDrawn ?drawn" if _by_status(facet) else ""
    return f"?summary say:facet say:{facet} ; say:facetValue ?value{among} ; say:claimCount ?claims"


def claims_summed(facet: str) -> str:
    """Number of claims by value, read from the summaries."""
    return f"{_PREFIXES}SELECT {_heads(facet)} ?claims {{ {_node(facet)} FILTER(?claims > 0) }}"


def _path(facet: str) -> str:
    """How a claim leads to the value. What is optional stands last, or the engine joins all claims with all claims."""
    return _PATHS.get(facet, f"{_ORIGIN}BIND(COALESCE(?group, ?root) AS ?value)")


def claims_counted(facet: str) -> str:
    """The same, counted."""
    return (
        f"{_PREFIXES}SELECT {_heads(facet)} (COUNT(DISTINCT ?c) AS ?claims) {{ ?c say:content ?g . {_path(facet)} "
        f"FILTER NOT EXISTS {{ ?c say:retractedAt ?when }} }} GROUP BY {_heads(facet)}"
    )


def all_summed(facet: str) -> str:
    """Claims, edges, documents and origins by value, read from the summaries."""
    return (
        f"{_PREFIXES}SELECT {_heads(facet)} ?claims ?edges ?documents ?origins {{ {_node(facet)} ; say:edgeCount ?edges ; "
        "say:documentCount ?documents ; say:originCount ?origins FILTER(?claims > 0) }"
    )


def all_counted(facet: str) -> str:
    """The same, counted."""
    return (
        f"{_PREFIXES}SELECT {_heads(facet)} (COUNT(DISTINCT ?c) AS ?claims) (COUNT(DISTINCT ?g) AS ?edges) "
        "(COUNT(DISTINCT ?document) AS ?documents) (COUNT(DISTINCT ?origin) AS ?origins) { "
        f"?c say:content ?g ; say:inPassage/oa:hasSource ?document ; say:originHop/say:polarity ?polarity . "
        "FILTER NOT EXISTS { ?c say:retractedAt ?when } "
        f"{_path(facet)} {_ORIGIN if facet in _PATHS else ''}"
        "BIND(IF(?adds && ?polarity = say:Affirms, COALESCE(?group, ?root), ?nobody) AS ?origin) "
        f"}} GROUP BY {_heads(facet)}"
    )
