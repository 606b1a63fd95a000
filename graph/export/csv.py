"""Claims as CSV (RFC 4180), one row a claim."""

import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

from graph.evidence import ClaimEvidence
from graph.export.backing import Backing
from graph.export.rows import COLUMNS, row

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(claims: Sequence[ClaimEvidence], backing: Backing, out: BinaryIO) -> int:
    """Write every claim; returns their number.

    A cell that a spreadsheet would run as a formula is prefixed with an apostrophe.
    """
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    for claim in claims:
        table.writerow({name: inert(value) for name, value in row(claim, backing.corpus).items()})
    out.write(text.getvalue().encode())
    return len(claims)


def inert(value: str) -> str:
    """The text, so that no spreadsheet runs it as a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value
