"""Exports: one small module per format behind one signature, status and source on every row."""

from collections.abc import Callable, Sequence
from typing import TextIO

from graph.errors import NotFoundError
from graph.evidence import ClaimEvidence
from graph.export import csv, jsonlines

Writer = Callable[[Sequence[ClaimEvidence], TextIO], int]
WRITERS: dict[str, Writer] = {"csv": csv.write, "jsonl": jsonlines.write}


def writer(name: str) -> Writer:
    """The writer of a format; NotFoundError when there is none. It returns the rows written."""
    if name not in WRITERS:
        raise NotFoundError("export format", name, tuple(WRITERS))
    return WRITERS[name]
