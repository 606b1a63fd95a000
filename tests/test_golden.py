"""Golden rows: what the named queries give on the project's own corpus, line for line.

After an intended change: `REWRITE_GOLDEN=1 pytest tests/test_golden.py`, then read the diff.
"""

import csv
import io
import os

import pytest
from corpora import TESTS

from graph.evidence import Archive
from graph.export.cells import cells
from graph.queries import named, run

GOLDEN = TESTS / "golden"
CASES = {
    "about-sdf": {},
    "about-isis": {},
    "about-ankara": {},
    "about-damascus": {},
    "about-coalition": {},
    "about-al-hol": {},
    "alleged-links": {"actor": "turkish-state"},
    "affirmed-and-denied": {},
    "custody-only": {},
    "denials": {},
    "figures": {"question": "attackers-count"},
    "garbled": {},
    "hypothetical": {},
    "names": {"entity": "serekaniye"},
    "speaker-chain": {"claim": "003-c18.1"},
    "statuses": {},
    "questions": {},
    "documents": {},
}


def given(archive: Archive, name: str) -> str:
    rows = run(archive.store, named(name), CASES[name]).rows
    assert rows is not None
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    columns, listed = cells(rows, archive.store)
    table.writerow(columns)
    table.writerows(sorted(listed))
    return out.getvalue()


@pytest.mark.parametrize("name", CASES)
def test_the_rows_are_the_golden_ones(founding: Archive, name: str) -> None:
    path = GOLDEN / f"{name}.csv"
    rows = given(founding, name)
    if os.environ.get("REWRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(rows, encoding="utf-8")
        pytest.fail(f"{path.name} rewritten: read the diff, then run again")
    assert rows == path.read_text(encoding="utf-8")
    assert rows.count("\n") > 1, "a golden file without rows holds nothing"


def test_every_query_about_an_actor_or_place_has_a_golden_file() -> None:
    held = {path.stem for path in GOLDEN.glob("*.csv")}
    assert held == set(CASES)
