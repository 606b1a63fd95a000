"""Originals are known by their hash, copied whole, and never taken for what they are not."""

from dataclasses import replace
from pathlib import Path

import pytest
from corpora import MINI

from graph.corpus import originals
from graph.corpus.locators import passage_hash
from graph.corpus.originals import Attachment, anchors, attach, original_text, passage_of, target
from graph.errors import AttachError
from graph.model import Corpus, Document

TEXT = (MINI / "originals" / "900-gazette.txt").read_bytes()


@pytest.fixture
def bare(mini_folder: Path) -> Path:
    """The invented corpus with nothing attached."""
    target(mini_folder, "900-gazette").unlink()
    return mini_folder


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """Somebody's folder, with the original under another name, deep inside."""
    folder = tmp_path / "given" / "deep"
    folder.mkdir(parents=True)
    (folder / "scan 7.html").write_bytes(TEXT)
    (folder / "900-gazette.txt").write_bytes(b"another text under the right name")
    (folder / "broken").symlink_to("nowhere")
    return tmp_path / "given"


def test_an_original_is_found_by_hash_whatever_its_name(mini: Corpus, bare: Path, given: Path) -> None:
    results = attach(mini, bare, given)
    assert results[0] == Attachment("900-gazette", "attached", "scan 7.html", {"verified": 28})
    assert [(r.document, r.state) for r in results[1:]] == [("901-courier", "no-original"), ("902-echo", "no-original")]
    assert target(bare, "900-gazette").read_bytes() == TEXT


def test_attaching_twice_changes_nothing(mini: Corpus, bare: Path, given: Path) -> None:
    assert attach(mini, bare, given) == attach(mini, bare, given)
    assert attach(mini, bare, bare)[0].file == "900-gazette.txt"
    assert [path.name for path in (bare / "originals").iterdir()] == ["900-gazette.txt"]


def test_a_folder_without_originals_is_refused_and_nothing_is_written(mini: Corpus, bare: Path, given: Path) -> None:
    (given / "deep" / "scan 7.html").write_bytes(TEXT + b" ")
    with pytest.raises(
        AttachError, match=r"no file has the SHA-256 of an original; fix: wanted: 900-gazette [0-9a-f]{12}…"
    ):
        attach(mini, bare, given)
    assert list((bare / "originals").iterdir()) == []
    with pytest.raises(AttachError, match="no such folder"):
        attach(mini, bare, given / "nowhere")
    with pytest.raises(AttachError, match="no such folder"):
        attach(mini, bare, given / "deep" / "900-gazette.txt")


def test_a_corpus_without_originals_says_so(mini: Corpus, bare: Path, given: Path) -> None:
    documents = tuple(replace(document, original=None) for document in mini.documents)
    with pytest.raises(AttachError, match="no document has an original"):
        attach(replace(mini, documents=documents), bare, given)


def test_a_document_whose_original_is_not_among_them_is_absent(mini: Corpus, bare: Path, given: Path) -> None:
    first, second, third = mini.documents
    assert first.original is not None
    other = replace(second, original=replace(first.original, sha256="0" * 64))
    results = attach(replace(mini, documents=(first, other, third)), bare, given)
    assert [r.state for r in results] == ["attached", "absent", "no-original"]


def test_files_too_large_to_be_an_original_are_not_read(
    mini: Corpus, bare: Path, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals, "MAX_BYTES", len(TEXT) - 1)
    with pytest.raises(AttachError, match="no file has the SHA-256"):
        attach(mini, bare, given)


def test_what_cannot_be_written_is_one_clear_error(mini: Corpus, bare: Path, given: Path) -> None:
    (bare / "originals").rmdir()
    (bare / "originals").write_text("in the way", encoding="utf-8")
    with pytest.raises(AttachError, match="could not be copied"):
        attach(mini, bare, given)


def test_a_drifted_original_is_shown_as_drifted(mini: Corpus, mini_folder: Path) -> None:
    document = mini.documents[0]
    path = target(mini_folder, document.id)
    path.write_bytes(b"Note. " + TEXT.replace(b"Verrin hand on the Low Gate", b"Verrin hand off the Low Gate"))
    states = {name: found.state for name, found in anchors(document, original_text(mini_folder, document)).items()}
    assert states["900-c1"] == "orphaned"
    assert {state for name, state in states.items() if name != "900-c1"} == {"moved"}


def test_there_is_no_text_where_none_is_attached_or_recorded(mini: Corpus, bare: Path) -> None:
    first, second, _ = mini.documents
    assert original_text(bare, first) is None
    target(bare, second.id).write_text("not recorded", encoding="utf-8")
    assert original_text(bare, second) is None
    assert {found.state for found in anchors(first, None).values()} == {"not-attached"}


def test_an_attached_text_is_read_without_changing_a_code_point(mini: Corpus, mini_folder: Path) -> None:
    first = mini.documents[0]
    target(mini_folder, first.id).write_bytes("a\r\nb\r\u00a0\ufeff\n".encode())
    assert original_text(mini_folder, first) == "a\r\nb\r\u00a0\ufeff\n"
    target(mini_folder, first.id).write_bytes(b"a\xffb")
    assert original_text(mini_folder, first) == "a\ufffdb"


# ---- the passage of some words ----------------------------------------------------------------


@pytest.fixture
def gazette(mini: Corpus) -> Document:
    return mini.documents[0]


def test_words_become_a_passage_ready_for_a_corpus_file(gazette: Document) -> None:
    for utterance in gazette.utterances[:8]:
        start, end = utterance.passage.start, utterance.passage.end
        words = TEXT.decode()[start:end].replace("\u00a0", " ").replace("“", '"').replace("’", "'")
        assert passage_of(gazette, TEXT.decode(), utterance.passage.paragraph, words) == utterance.passage


@pytest.mark.parametrize(
    ("paragraph", "words", "found"),
    [
        (1, "nowhere in the text", "does not hold these words exactly once"),
        (8, "said", "does not hold these words exactly once"),
        (0, "Verrin hand", "no paragraph 0"),
        (17, "Verrin hand", "no paragraph 17"),
    ],
)
def test_words_that_cannot_be_located_are_refused(gazette: Document, paragraph: int, words: str, found: str) -> None:
    with pytest.raises(AttachError, match=f"^900-gazette: .*{found}"):
        passage_of(gazette, TEXT.decode(), paragraph, words)


def test_no_passage_is_taken_from_a_text_that_is_not_the_recorded_one(mini: Corpus, gazette: Document) -> None:
    with pytest.raises(AttachError, match="not attached"):
        passage_of(gazette, None, 1, "Verrin hand")
    with pytest.raises(AttachError, match="not the one that was recorded"):
        passage_of(gazette, TEXT.decode() + " ", 1, "Verrin hand")
    with pytest.raises(AttachError, match="has no original"):
        passage_of(mini.documents[1], TEXT.decode(), 1, "Verrin hand")
    assert passage_of(gazette, TEXT.decode(), 1, "Verrin hand").sha256 == passage_hash("Verrin hand")
