"""Exports: every claim a row, no row without status and source, nothing that a program would run."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from graph.evidence import Archive, ClaimEvidence
from graph.export import FORMATS, Backing
from graph.export.cells import cell
from graph.export.tree import tree
from graph.rdf import iri, text
from graph.vocabulary import say

COLUMNS = [
    "says",
    "drawn_label",
    "reported_label",
    "speaker_labels",
    "publisher_label",
    "document_title",
    "published_from",
    "published_to",
    "paragraph",
    "digest",
    "subject_label",
    "reads",
    "object_label",
    "value_low",
    "value_high",
    "comparator",
    "unit",
    "as_of",
    "condition",
    "event_start",
    "event_end",
    "said_at",
    "evidence_labels",
    "adds_origin",
    "discount",
    "drawn_reason",
    "retracted",
    "drawn_status",
    "reported_status",
    "polarity",
    "force",
    "certainty",
    "mode",
    "reading",
    "position",
    "evidence_kinds",
    "circumstances",
    "claim",
    "utterance",
    "proposition",
    "subject",
    "predicate",
    "object",
    "object_id",
    "speakers",
    "addressee",
    "held_by",
    "about",
    "addresses",
    "origin",
    "origin_group",
    "root_origin",
    "document",
    "publisher",
    "char_start",
    "char_end",
    "passage_sha256",
    "permalink",
    "corpus",
]
NOBODY = Backing("0" * 64, {}, lambda _: set())


def written(claims: Sequence[ClaimEvidence], form: str) -> str:
    out = io.BytesIO()
    assert FORMATS[form].write(claims, NOBODY, out) == len(claims)
    return out.getvalue().decode()


def rows(claims: Sequence[ClaimEvidence]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(claims, "csv"))))


def test_the_columns_are_the_contract(mini_archive: Archive) -> None:
    assert written(mini_archive.all_claims(), "csv").splitlines()[0].split(",") == COLUMNS


def test_each_claim_is_one_row_with_status_and_source(mini_archive: Archive, founding: Archive) -> None:
    for archive in (mini_archive, founding):
        claims = archive.all_claims()
        table = rows(claims)
        assert [r["claim"] for r in table] == [c.claim for c in claims]
        needed = (
            "document",
            "paragraph",
            "says",
            "reported_status",
            "drawn_status",
            "speakers",
            "evidence_kinds",
            "polarity",
        )
        assert [(r["claim"], n) for r in table for n in needed if not r[n]] == []


def test_values_and_chains_are_written_plainly(mini_archive: Archive) -> None:
    table = {r["claim"]: r for r in rows(mini_archive.all_claims())}
    chain = table["900-c3.1"]
    assert len(chain["speakers"].split(" > ")) == 3
    assert "in-custody" in chain["circumstances"].split(";")
    figures = [r for r in table.values() if r["comparator"]]
    assert {"exactly", "at-least", "about", "between"} <= {r["comparator"] for r in figures}
    for r in figures:
        assert r["unit"]
        assert r["value_low"] or r["value_high"]
    at_least = next(r for r in figures if r["comparator"] == "at-least")
    assert (at_least["value_low"] != "", at_least["value_high"]) == (True, "")


def test_json_lines_hold_the_same(mini_archive: Archive) -> None:
    claims = mini_archive.all_claims()
    lines = [json.loads(line) for line in written(claims, "jsonl").splitlines()]
    assert [list(line) for line in lines] == [COLUMNS] * len(claims)
    assert lines == rows(claims)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_inert(mini_archive: Archive, start: str) -> None:
    hostile = replace(mini_archive.claim("900-c1.1"), says=f"{start}cmd|' /C calc'!A0")
    assert rows([hostile])[0]["says"] == f"'{start}cmd|' /C calc'!A0"


def test_a_tree_leads_from_edge_to_passage(mini_archive: Archive) -> None:
    claim = mini_archive.claim("900-c3.1")
    lines = "\n".join(tree("title", mini_archive.edges([claim.proposition])))
    for part in (
        claim.drawn_status.label,
        claim.drawn_reason,
        claim.reported_status.label,
        claim.says,
        "in custody",
        "held by",
        "paragraph 3",
    ):
        assert part in lines
    order = [lines.index(hop.speaker.label) for hop in reversed(claim.chain)]
    assert order == sorted(order)


def test_an_empty_tree_makes_no_statement_about_the_world() -> None:
    assert "no statement about the world" in "\n".join(tree("x", []))


def test_cells_are_short_for_what_is_ours() -> None:
    assert cell(iri("claim", "900-c1.1")) == "900-c1.1"
    assert cell(say.wasInvolvedIn) == "wasInvolvedIn"
    assert cell(text("words", "en")) == "words"
    assert cell(None) == ""
