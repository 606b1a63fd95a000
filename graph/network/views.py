"""networkx: a MultiDiGraph with one edge per claim, so that parallel words never overwrite."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.evidence import ClaimEvidence

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(claims: Iterable[ClaimEvidence]) -> "nx.MultiDiGraph[str]":
    """Claims as edges keyed by claim id, each with its statuses, speakers and document.

    Nodes carry `label`. The number of edges is the number of claims.
    """
    import networkx as nx  # a second to load, and the page never needs it

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for claim in claims:
        for named in (claim.subject, claim.object):
            network.add_node(named.id, label=named.label)
        network.add_edge(
            claim.subject.id,
            claim.object.id,
            key=claim.claim,
            claim=claim.claim,
            predicate=claim.predicate.id,
            reading=claim.reading,
            reported_status=claim.reported_status.id,
            drawn_status=claim.drawn_status.id,
            polarity=claim.polarity.id,
            speakers=claim.speakers,
            document=claim.document.id,
            proposition=claim.proposition,
        )
    return network
