"""Claims as N-Quads in code-point order: the record, and each proposition in a graph of its own."""

from collections.abc import Sequence
from typing import BinaryIO

from graph.evidence import ClaimEvidence
from graph.export.backing import Backing
from graph.export.quads import head
from graph.rdf import sorted_lines


def write(claims: Sequence[ClaimEvidence], backing: Backing, out: BinaryIO) -> int:
    """Write the quads of every claim; returns the number of claims."""
    quads = backing.quads(claims) | head(backing.corpus, len(claims))
    out.write("".join(sorted_lines(quads)).encode())
    return len(claims)
