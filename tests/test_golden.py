"""Golden rows: what the named queries give on the project's own corpus, line for line.

After an intended change: `REWRITE_GOLDEN=1 pytest tests/test_golden.py`, then read the diff.
"""

import csv
import io
import os
from pathlib import Path

import pytest
from corpora import TESTS

from graph.evidence import Archive
from graph.export.cells import cells
from graph.queries import named, named_queries, run
from graph.store import Store, in_memory

GOLDEN = TESTS / "golden"
CASES: dict[str, tuple[str, dict[str, str]]] = {
    **{name: (name, {}) for name in (
        "about-sdf", "about-isis", "about-ankara", "about-damascus", "about-coalition", "about-al-hol",
        "affirmed-and-denied", "anonymous-officials", "assessments", "custody-only", "denials", "disagreements", "documents",
        "garbled", "load-bearing",
        "hypothetical", "independence", "origins-per-edge", "questions", "relations", "silences", "statuses",
    )},
    "alleged-links": ("alleged-links", {"actor": "turkish-state"}),
    "turkey-and-the-attack": ("who-links", {"actor": "turkish-state", "event": "hasakah-prison-attack"}),
    "syria-and-the-attack": ("who-links", {"actor": "syrian-government", "event": "hasakah-prison-attack"}),
    "sdf-denies-and-concedes": ("denies-and-concedes", {"party": "sdf"}),
    "us-own-acts": ("own-acts", {"party": "us-government"}),
    **{f"figures-{question}": ("figures", {"question": question}) for question in (
        "attackers-count", "held-count", "killed-count", "escapee-count", "recaptured-count",
    )},
    "timeline-january-2022": ("timeline", {"from": "2022-01-20", "to": "2022-01-30"}),
    "timeline-november-2022": ("timeline", {"from": "2022-11-19", "to": "2022-11-30"}),
    **{f"reported-{status.removeprefix('Reported').lower()}": ("reported-as", {"reported": status}) for status in (
        "ReportedInsinuatedByQuestion", "ReportedInsinuatedByPosition", "ReportedPredicted", "ReportedCounterfactual",
        "ReportedConditional", "ReportedThreatened", "ReportedRecommended",
    )},
    "without-anf": ("without", {"source": "anf"}),
    "without-the-sdf-and-its-side": ("without", {"source": "grp-sdf"}),
    "fragility-of-the-attack": ("fragility", {"entity": "hasakah-prison-attack"}),
    "known-by-24-january-2022": ("as-known-on", {"day": "2022-01-24"}),
    "names-of-the-prison": ("names", {"entity": "sinaa-prison"}),
    "names-of-serekaniye": ("names", {"entity": "serekaniye"}),
    **{f"counts-by-{facet}": ("counts", {"facet": f"Facet{facet.title()}"}) for facet in (
        "drawn", "reported", "document", "publisher", "speaker", "origin", "evidence", "relation",
    )},
    "counts-of-speakers-by-status": ("counts-by-status", {"by": "FacetSpeakerByStatus"}),
    "counts-of-documents-by-status": ("counts-by-status", {"by": "FacetDocumentByStatus"}),
    "speaker-chain": ("speaker-chain", {"claim": "003-c18.1"}),
}  # fmt: skip


def golden(path: Path, text: str) -> None:
    """Assert that a text is the one that is kept; or keep it, and fail, when asked to rewrite."""
    if os.environ.get("REWRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path.name} rewritten: read the diff, then run again")
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["disk", "memory"])
def store(founding: Archive, request: pytest.FixtureRequest) -> Store:
    """The index of the corpus as it is published, and as a server holds it."""
    if request.param == "disk":
        return founding.store
    index = in_memory(Path(founding.store.name))
    assert index is not None, "the corpus has outgrown what a server holds in memory"
    return Store(index, founding.store.name)


def given(store: Store, name: str) -> str:
    query, values = CASES[name]
    rows = run(store, named(query), values).rows
    assert rows is not None
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    columns, listed = cells(rows, store)
    table.writerow(columns)
    table.writerows(sorted(listed))
    return out.getvalue()


def test_every_named_query_about_the_corpus_has_golden_rows() -> None:
    shown = {query for query, _ in CASES.values()}
    assert set(named_queries()) - shown == {"about", "evidence-for-edge"}  # tried with every entity and edge elsewhere
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_rows_are_the_golden_ones(store: Store, name: str) -> None:
    rows = given(store, name)
    golden(GOLDEN / f"{name}.csv", rows)
    assert rows.count("\n") > 1, "a golden file without rows holds nothing"


def test_every_query_about_an_actor_or_place_has_a_golden_file() -> None:
    held = {path.stem for path in GOLDEN.glob("*.csv")}
    assert held == set(CASES)
