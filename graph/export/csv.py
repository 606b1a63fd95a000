"""Claims as CSV (RFC 4180), one row a claim."""

import csv
from collections.abc import Sequence
from typing import TextIO

from graph.evidence import ClaimEvidence
from graph.export.rows import COLUMNS, row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(claims: Sequence[ClaimEvidence], out: TextIO) -> int:
    """Write every claim; returns their number.

    A cell that a spreadsheet would run as a formula is prefixed with an apostrophe.
    """
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    for claim in claims:
        table.writerow({name: inert(value) for name, value in row(claim).items()})
    return len(claims)


def inert(value: str) -> str:
    """The text, so that no spreadsheet runs it as a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value
