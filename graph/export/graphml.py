"""Claims as GraphML: a directed multigraph with one edge per claim, which no parallel word overwrites."""

from collections.abc import Sequence
from typing import BinaryIO

from graph.evidence import ClaimEvidence
from graph.export.backing import Backing
from graph.export.quads import title
from graph.export.rows import row, told
from graph.export.visible import visible
from graph.network import to_networkx


def write(claims: Sequence[ClaimEvidence], backing: Backing, out: BinaryIO) -> int:
    """Write every claim as an edge whose id is the claim's; returns the number of edges."""
    from networkx.readwrite.graphml import GraphMLWriter

    network = to_networkx(claims)
    network.graph |= {"corpus": backing.corpus, "title": title(len(claims))}
    for _, facts in network.nodes(data=True):
        facts["label"] = visible(facts["label"])
    for claim in claims:  # the columns of every other format, by their names
        edge = network.edges[claim.subject.id, claim.object.id, claim.claim]
        edge.clear()
        edge.update({name: value for name, value in row(claim, backing.corpus).items() if value})
        edge["label"] = told(claim)  # what programs write beside a line
    made = GraphMLWriter(network)  # the plain writer: another is taken, and writes other bytes, where lxml is installed
    made.dump(out)
    return network.number_of_edges()
