"""From an edge, a claim or an entity to the evidence: claims, chains, passages, disagreement.

Everything that is drawn, tabled or exported is made from these values, none of whose status and
source fields is optional, so a bare fact cannot leave the graph.
"""

from graph.evidence.archive import Archive
from graph.evidence.values import (
    Bundle,
    ClaimEvidence,
    EdgeEvidence,
    Evidence,
    Focus,
    HopEvidence,
    Named,
    Node,
    PassageEvidence,
    Term,
)

__all__ = [
    "Archive",
    "Bundle",
    "ClaimEvidence",
    "EdgeEvidence",
    "Evidence",
    "Focus",
    "HopEvidence",
    "Named",
    "Node",
    "PassageEvidence",
    "Term",
]
