"""Whole questions: what is left out, what counts, and which names are found in them."""

from collections.abc import Callable

import pytest
from searching import entity, says

from graph.search import Entry, Index, most, search
from graph.search.ask import Asked


def test_function_words_are_left_out_only_where_not_all_words_are_held(indexed: Callable[..., Index]) -> None:
    index = indexed(
        says("900-c1.1", "The council planned the flood."), says("900-c2.1", "Who did it the council says.")
    )
    assert not search(index, "who planned the flood?").claims
    assert [h.claims for h in most(index, "who planned the flood?").claims] == [("900-c1.1",)]
    assert [h.claims for h in search(index, "who did it").claims] == [("900-c2.1",)]
    assert Asked.gist("who planned the flood").left_out == ("who", "the")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("what did the US know", ["us", "know"]),
        ("is IS behind it?", ["is", "behind"]),
        ("what did they tell us", []),
        ("WHO PLANNED THE FLOOD", ["planned", "flood"]),
    ],
)
def test_a_word_in_capitals_is_a_name_unless_all_are(text: str, left: list[str]) -> None:
    assert [word.folded for word in Asked.gist(text).words] == left


def test_rare_words_count_more_and_a_word_of_its_own_more_than_a_name(indexed: Callable[..., Index]) -> None:
    filler = [says(f"900-c{n}.1", "The gate was open.") for n in range(10, 30)]
    index = indexed(
        *entity("mill", "Old mill", "the Weir"),
        says("900-c1.1", "A gate was there."),
        says("900-c2.1", "It was about that.", about=(("mill", 0),)),
        says("900-c3.1", "The weir broke."),
        *filler,
    )
    best = [h.claims[0] for h in most(index, "was it the gate or the weir").claims]
    assert best[:2] == ["900-c3.1", "900-c2.1"]


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("who planned it", "planning"),
        ("did it escape", "escaped"),
        ("escapes", "escape"),
        ("where prisons are", "prisoners"),
        ("when did it begin", "began"),
        ("where was it bombing", "bombs"),
        ("has it fled", "flee"),
    ],
)
def test_english_endings_are_set_aside_where_most_words_are_enough(
    asked: str, held: str, indexed: Callable[..., Index]
) -> None:
    text = f"Of old {held} there."
    (hit,) = most(indexed(says("900-c1.1", text)), asked).claims
    assert [text[a:b] for a, b in hit.passage.marks] == [held]


def test_numbers_and_short_words_have_no_endings(indexed: Callable[..., Index]) -> None:
    index = indexed(says("900-c1.1", "In 2022 a bused visitor."))
    assert not most(index, "what of 20 men").claims
    assert not most(index, "which bus was it").claims
    assert most(index, "was it in 20").claims  # the last word may be unfinished


def test_a_whole_name_in_a_question_is_found_whatever_else_is_asked(indexed: Callable[..., Index]) -> None:
    index = indexed(
        *entity("river", "River Sael", "Sael"),
        *entity("flood-planning", "planning of the great flood"),
        *entity("sael-ferry", "the Sael ferry"),
    )
    found = most(index, "who planned the great flood at Sael")
    assert [h.id for h in found.entities] == ["river", "flood-planning"]


def test_among_questions_words_of_asking_decide_between_equals(indexed: Callable[..., Index]) -> None:
    asked = ("Who was hurt at the gate by the flood?", "How many were hurt at the gate by the flood?")
    index = indexed(*(Entry("question", f"q{n}", "label", "en", text) for n, text in enumerate(asked)))
    assert [h.id for h in most(index, "how many hurt persons").questions] == ["q1", "q0"]
    assert [h.id for h in most(index, "who hurt persons").questions] == ["q0", "q1"]


def test_claims_are_found_by_the_names_of_their_ends_and_speaker_after_those_with_the_words(
    indexed: Callable[..., Index],
) -> None:
    index = indexed(
        *entity("guild", "Guild of Millers", "Millers", "Müllerzunft"),
        *entity("gate", "Low Gate"),
        says("900-c1.1", "Somebody told of the guild.", about=(("council", 0), ("gate", 1), ("guild", 2))),
        says("900-c2.1", "The guild took it.", about=(("gate", 0), ("guild", 1))),
        says("900-c3.1", "It closed.", about=(("guild", 0), ("guild", 1))),
        says("900-c4.1", "A guild of millers at the gate.", about=()),
        says("900-c5.1", "Nothing of the kind.", about=(("gate", 0),)),
    )
    found = search(index, "millers").claims
    assert [(h.claims[0], h.named) for h in found] == [
        ("900-c4.1", ()),
        ("900-c3.1", ("guild",)),
        ("900-c2.1", ("guild",)),
        ("900-c1.1", ("guild",)),
    ]
    assert [h.claims[0] for h in search(index, "mullerzunft low gate").claims] == ["900-c2.1", "900-c1.1"]
    assert search(index, "mullerzunft low gate").claims[0].named == ("gate", "guild")
    assert search(index, "mil").totals["claim"] == 4
    assert search(index, "mi").totals["claim"] == 1  # two letters do not stand for a name
    assert search(index, "somebody told of the guild millers").totals["claim"] == 1
    assert (
        search(index, "somebody told of the guild guild millers").totals["claim"] == 0
    )  # more words than are sought so
