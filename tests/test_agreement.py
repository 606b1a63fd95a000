"""The second, blind reading: how agreement is counted, what the files must hold, what the codebook says of it."""

import csv
import shutil
from pathlib import Path

import pytest
from corpora import FOUNDING

from graph.cli import main
from graph.corpus.agreement import (
    VERDICTS,
    Item,
    agreements,
    compare,
    first_reading,
    kappa,
    meeting,
    overlap,
    read_second_reading,
)
from graph.corpus.reader import read
from graph.errors import CorpusError
from graph.export.codebook import BEGIN, END, codebook, spliced
from graph.model import Corpus


def item(
    name: str, start: int, end: int, speaker: str = "crier", polarity: str = "affirms", status: str = "own-voice"
) -> Item:
    return Item(name, 1, start, end, speaker, polarity, frozenset(status.split(";")))


# ---- counting ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [((0, 10), (0, 10), 1.0), ((0, 10), (10, 20), 0.0), ((0, 10), (5, 15), 1 / 3), ((0, 10), (90, 99), 0.0)],
)
def test_overlap_is_the_shared_part_of_the_union(one: tuple[int, int], other: tuple[int, int], share: float) -> None:
    assert overlap(item("a", *one), item("b", *other)) == pytest.approx(share)


def test_items_meet_at_three_tenths_and_not_below() -> None:
    assert meeting(item("a", 0, 10), [item("b", 7, 10)]) is not None
    assert meeting(item("a", 0, 100), [item("b", 71, 100)]) is None


def test_of_several_the_one_most_alike_is_met() -> None:
    near, alike = item("near", 0, 10, polarity="denies"), item("alike", 0, 12)
    met = meeting(item("a", 0, 10), [near, alike])
    assert met is not None
    assert met.id == "alike"


def test_kappa_is_that_of_the_textbook_example() -> None:
    """Twice yes 20, yes-no 5, no-yes 10, twice no 15: 0.7 seen, 0.5 by chance."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([]) is None
    assert kappa([("y", "y")] * 3) is None


def test_each_kind_of_difference_is_counted_apart() -> None:
    second = [
        item("r1", 0, 10),
        item("r2", 20, 30, polarity="denies", status="negated"),
        item("r3", 40, 50, speaker="clerk"),
        item("r4", 60, 70, status="opined"),
        item("r5", 80, 90),
    ]
    first = [
        item("c1", 0, 10),
        item("c2", 20, 30, status="negated"),
        item("c3", 40, 50),
        item("c4", 60, 70, status="inferred;estimated"),
        item("c5", 200, 210),
    ]
    found = compare("900-x", second, first)
    assert (found.second, found.met, found.first, found.first_met) == (5, 4, 5, 4)
    assert (found.polarity, found.speaker, found.status, found.everything) == (3, 3, 3, 1)


def test_a_document_without_an_original_has_no_items(mini: Corpus) -> None:
    assert first_reading(next(d for d in mini.documents if d.original is None)) == []


# ---- the files -----------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    made = tmp_path / "corpus"
    shutil.copytree(FOUNDING, made, ignore=shutil.ignore_patterns("originals"))
    return made


def damage(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


DAMAGES = (
    ("reading-columns", "first.csv", "document,utterance", "document,utterances"),
    ("reading-columns", "speakers.csv", "000-anf,author,", "000-anf,author,x,"),
    ("reading-speaker", "speakers.csv", "000-anf,author,", "000-anf,auhtor,"),
    ("reading-verdict", "reconciliation.csv", ",agreed,", ",agreeed,"),
    ("reading-item", "reconciliation.csv", "000-r1,", "000-r9999,"),
    ("reading-utterance", "reconciliation.csv", "000-c1,", "000-c9999,"),
)


@pytest.mark.parametrize(("code", "file", "old", "new"), DAMAGES, ids=[f"{d[0]} {d[1]}" for d in DAMAGES])
def test_a_damaged_file_is_refused(
    founding_corpus: Corpus, copy: Path, code: str, file: str, old: str, new: str
) -> None:
    damage(copy / "second-reading" / file, old, new)
    with pytest.raises(CorpusError) as refused:
        read_second_reading(copy, founding_corpus)
    assert code in {problem.code for problem in refused.value.problems}
    assert all(problem.file.endswith(file) for problem in refused.value.problems)


def test_a_file_that_a_spreadsheet_saved_is_read(founding_corpus: Corpus, copy: Path) -> None:
    before = read_second_reading(copy, founding_corpus)
    for file in sorted((copy / "second-reading").glob("*.csv")):
        file.write_text(file.read_text("utf-8"), "utf-8-sig")
    assert read_second_reading(copy, founding_corpus) == before


def test_a_missing_file_is_refused(founding_corpus: Corpus, copy: Path) -> None:
    (copy / "second-reading" / "first.csv").unlink()
    with pytest.raises(CorpusError, match=r"\[reading-file\] no such file"):
        read_second_reading(copy, founding_corpus)


def test_a_corpus_may_have_no_second_reading(mini_folder: Path) -> None:
    assert read_second_reading(mini_folder, read(mini_folder)) is None


# ---- the project's own reading and codebook --------------------------------------------------------


def test_every_document_was_read_twice_and_every_item_settled(founding_corpus: Corpus) -> None:
    corpus = founding_corpus
    reading = read_second_reading(FOUNDING, corpus)
    assert reading is not None
    assert set(reading.items) == {document.id for document in corpus.documents if document.original}
    assert set(reading.verdicts) == {one.id for items in reading.items.values() for one in items}
    assert {"agreed", "first-kept", "first-amended", "added"} <= set(reading.verdicts.values()) <= set(VERDICTS)


def test_what_was_added_or_agreed_is_met_by_the_corpus_now(founding_corpus: Corpus) -> None:
    corpus = founding_corpus
    reading = read_second_reading(FOUNDING, corpus)
    assert reading is not None
    now = {document.id: first_reading(document) for document in corpus.documents}
    missed = [
        one.id
        for name, items in reading.items.items()
        for one in items
        if reading.verdicts[one.id] in ("agreed", "added") and meeting(one, now[name]) is None
    ]
    assert missed == []
    for before, after in agreements(reading, corpus):
        assert after.met / after.second >= max(0.85, before.met / before.second), after.document


def test_a_reason_stands_wherever_the_readings_stay_apart() -> None:
    with (FOUNDING / "second-reading" / "reconciliation.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [r["reading"] for r in rows if r["verdict"] in ("first-kept", "left-out") and not r["note"].strip()] == []


def test_the_counted_part_of_the_codebook_is_the_counted_one(founding_corpus: Corpus) -> None:
    page = (FOUNDING / "README.md").read_text(encoding="utf-8")
    part = codebook(founding_corpus, read_second_reading(FOUNDING, founding_corpus))
    assert part in page, "run: testimony codebook --write"
    assert spliced(page, part) == page


def test_the_command_writes_it_into_the_page(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (copy / "README.md").read_text(encoding="utf-8")
    (copy / "README.md").write_text(spliced(page, f"{BEGIN}\n{END}\n"), encoding="utf-8")
    assert main(["codebook", "--write", "--corpus", str(copy)]) == 0
    assert (copy / "README.md").read_text(encoding="utf-8") == page
    (copy / "README.md").write_text("nothing\n", encoding="utf-8")
    assert main(["codebook", "--write", "--corpus", str(copy)]) == 1
    assert "[codebook-marks]" in capsys.readouterr().err
