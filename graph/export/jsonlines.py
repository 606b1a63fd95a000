"""Claims as JSON lines, one object a claim, with the same columns as the CSV."""

import json
from collections.abc import Sequence
from typing import TextIO

from graph.evidence import ClaimEvidence
from graph.export.rows import row


def write(claims: Sequence[ClaimEvidence], out: TextIO) -> int:
    """Write every claim; returns their number."""
    for claim in claims:
        out.write(json.dumps(row(claim), ensure_ascii=False) + "\n")
    return len(claims)
