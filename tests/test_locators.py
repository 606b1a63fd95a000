"""Passages are found again exactly, or said to have moved or gone."""

import hashlib
import re
from dataclasses import replace

import pytest
from corpora import MINI
from hypothesis import example, given
from hypothesis import strategies as st

from graph.corpus.locators import Anchor, anchor, describe, locate, normalise, paragraph_ranges, passage_hash
from graph.corpus.originals import original_text
from graph.model import Corpus, Passage

TEXT = "First line.\n\n\u2003\n  The\u00a0gate “was” opened.\u00a0\nIt’s said: the gate, the gate.\r\n\tLast\u2028line"


@given(st.text())
@example("“”„«»‘’‚\u00a0\u2003\u2028\r\n\t")
def test_normalising_keeps_every_code_point_in_its_place(text: str) -> None:
    normal = normalise(text)
    assert len(normal) == len(text)
    changed = {(a, b) for a, b in zip(text, normal, strict=True) if a != b}
    assert all((a.isspace() and b == " ") or (b in "\"'" and not a.isalnum()) for a, b in changed)
    assert normalise(normal) == normal


def test_normalising_does_nothing_else() -> None:
    assert normalise("É – … ﬁ ½ ı İ – A") == "É – … ﬁ ½ ı İ – A"
    assert normalise("“a” ‘b’ „c‚ «d»") == '"a" \'b\' "c\' "d"'


def test_a_hash_does_not_depend_on_the_kind_of_space_or_quote() -> None:
    assert passage_hash("the\u00a0“gate”") == passage_hash('the "gate"') != passage_hash("the gate")
    assert passage_hash("é") == hashlib.sha256("é".encode()).hexdigest()


def test_a_paragraph_is_a_line_that_is_not_empty() -> None:
    assert [TEXT[a:b] for a, b in paragraph_ranges(TEXT)] == [
        "First line.",
        "The\u00a0gate “was” opened.",
        "It’s said: the gate, the gate.",
        "Last\u2028line",
    ]
    assert paragraph_ranges("") == paragraph_ranges(" \n\u2003\n\t\r\n") == ()


@given(st.text(st.sampled_from("ab \n\u00a0\u2003\r\t"), max_size=40))
def test_paragraphs_cover_all_but_white_space(text: str) -> None:
    ranges = paragraph_ranges(text)
    assert [text[a:b] for a, b in ranges] == [line.strip() for line in text.split("\n") if line.strip()]
    ends = [end for span in ranges for end in span]
    assert ends == sorted(ends)
    outside = "".join(
        text[a:b] for a, b in zip([0, *(e for _, e in ranges)], [*(s for s, _ in ranges), len(text)], strict=True)
    )
    assert not outside.strip()


def test_words_are_located_whatever_their_spaces_and_quotes() -> None:
    found = locate(TEXT, 2, 'The gate "was" opened')
    assert found is not None
    assert TEXT[found.start : found.end] == "The\u00a0gate “was” opened"
    assert found.sha256 == passage_hash("The gate “was” opened")


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        (3, "the gate"),  # twice
        (2, "first line"),  # another paragraph
        (1, "first line."),  # another case
        (1, "First line. "),  # beyond the paragraph
        (1, ""),
        (0, "First"),
        (5, "First"),
        (-1, "Last"),
    ],
)
def test_words_that_are_not_there_exactly_once_are_refused(paragraph: int, words: str) -> None:
    assert locate(TEXT, paragraph, words) is None


def test_words_that_overlap_themselves_are_ambiguous() -> None:
    assert locate("banana", 1, "ana") is None
    assert locate("banana", 1, "nan") == Passage(1, 2, 5, passage_hash("nan"))


@given(st.data())
def test_what_is_located_is_verified(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("abc “”\u00a0\n"), min_size=1, max_size=60))
    ranges = paragraph_ranges(text)
    if not ranges:
        return
    number = data.draw(st.integers(1, len(ranges)))
    start, end = ranges[number - 1]
    low, high = sorted(data.draw(st.tuples(st.integers(start, end), st.integers(start, end))))
    found = locate(text, number, text[low:high])
    once = (
        low < high and len(re.findall(f"(?={re.escape(normalise(text[low:high]))})", normalise(text[start:end]))) == 1
    )
    assert (found is not None) == once
    if found is not None:
        assert (found.start, found.end) == (low, high)
        assert anchor(text, found) == Anchor("verified", low, high)


def passage(words: str) -> Passage:
    found = locate(TEXT, 2, words)
    assert found is not None
    return found


def test_an_anchor_says_verified_moved_or_orphaned() -> None:
    gate = passage("gate “was”")
    assert anchor(TEXT, gate) == Anchor("verified", gate.start, gate.end)
    assert anchor(TEXT.replace("“was”", '"was"'), gate) == Anchor("verified", gate.start, gate.end)
    assert gate.start is not None
    assert gate.end is not None
    assert anchor(f"New. {TEXT}", gate) == Anchor("moved", gate.start + 5, gate.end + 5)
    assert anchor(TEXT.replace("was", "is"), gate) == Anchor("orphaned")
    assert anchor(TEXT[: gate.start], gate) == Anchor("orphaned")
    assert anchor("", gate) == Anchor("orphaned")


def test_nothing_is_said_of_a_passage_without_text_or_range() -> None:
    gate = passage("gate")
    assert anchor(None, gate) == Anchor("not-attached")
    for gap in ({"start": None}, {"end": None}, {"sha256": None}):
        assert anchor(TEXT, replace(gate, **gap)) == Anchor("not-attached")


def test_the_record_of_an_original_counts_code_points() -> None:
    record = describe("é\U0001f5fa\n\nb")
    assert (record.code_points, record.paragraphs) == (5, ((0, 2), (4, 5)))
    assert record.sha256 == hashlib.sha256("é\U0001f5fa\n\nb".encode()).hexdigest()


def test_the_invented_original_holds_every_passage(mini: Corpus) -> None:
    document = mini.documents[0]
    text = original_text(MINI, document)
    assert text is not None
    assert describe(text) == document.original
    assert "\u00a0" in text
    assert "’" in text
    assert {anchor(text, u.passage).state for u in document.utterances} == {"verified"}
