"""Claims as JSON lines, one object a claim, with the same columns as the CSV."""

import json
from collections.abc import Sequence
from typing import BinaryIO

from graph.evidence import ClaimEvidence
from graph.export.backing import Backing
from graph.export.rows import row


def write(claims: Sequence[ClaimEvidence], backing: Backing, out: BinaryIO) -> int:
    """Write every claim; returns their number."""
    for claim in claims:
        out.write(json.dumps(row(claim, backing.corpus), ensure_ascii=False).encode() + b"\n")
    return len(claims)
