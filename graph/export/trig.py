"""Claims as TriG: the record, and each proposition in a graph of its own."""

from collections.abc import Sequence
from typing import BinaryIO

from graph.evidence import ClaimEvidence
from graph.export.backing import Backing
from graph.export.quads import head, title
from graph.rdf import trig


def write(claims: Sequence[ClaimEvidence], backing: Backing, out: BinaryIO) -> int:
    """Write the quads of every claim; returns the number of claims."""
    quads = backing.quads(claims) | head(backing.corpus, len(claims))
    out.write(f"# {title(len(claims))}\n# corpus {backing.corpus}\n{trig(quads)}".encode())
    return len(claims)
