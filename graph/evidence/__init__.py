"""From an edge, a claim or an entity to the evidence: claims, chains, passages, disagreement.

Everything that is drawn, tabled or exported is made from these values, none of whose status and
source fields is optional, so a bare fact cannot leave the graph.
"""

from graph.evidence.archive import Archive
from graph.evidence.finding import ClaimFound, DocumentFound, Finding, QuestionFound
from graph.evidence.names import Found
from graph.evidence.overview import Overview, Paragraph
from graph.evidence.values import (
    Bundle,
    ClaimEvidence,
    DocumentEvidence,
    EdgeEvidence,
    Evidence,
    Focus,
    Garbled,
    HopEvidence,
    Named,
    Node,
    PassageEvidence,
    Term,
    spoken,
)

__all__ = [
    "Archive",
    "Bundle",
    "ClaimEvidence",
    "ClaimFound",
    "DocumentEvidence",
    "DocumentFound",
    "EdgeEvidence",
    "Evidence",
    "Finding",
    "Focus",
    "Found",
    "Garbled",
    "HopEvidence",
    "Named",
    "Node",
    "Overview",
    "Paragraph",
    "PassageEvidence",
    "QuestionFound",
    "Term",
    "spoken",
]
