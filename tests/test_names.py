"""Where no name fits: names that hold the text inside a word, then names nearly the same."""

import pytest

from graph.evidence.names import near
from graph.model import Alias, Entity

TOWN = Entity("serekaniye", "Place", (("en", "Serêkaniyê"), ("ar", "رأس العين")), (Alias("Ras al-Ain", "en", "000-x"),))
GATE = Entity("gate", "Facility", (("en", "Gate of Serêkaniyê"),))
ILICA = Entity("ilica", "Place", (("en", "Ilıca"),))


@pytest.mark.parametrize("text", ["", "  ", "--", "nowhere at all"])
def test_nothing_matches_nothing(text: str) -> None:
    assert near([GATE, TOWN], {}, text) == []


def test_a_part_of_a_word_is_enough_and_the_most_spoken_of_comes_first() -> None:
    found = near([TOWN, GATE, ILICA], {"gate": 5, "serekaniye": 1}, "EKANI")
    assert [(f.entity.id, f.claims) for f in found] == [("gate", 5), ("serekaniye", 1)]


def test_near_spellings_are_offered_and_the_alias_is_told() -> None:
    assert [f.entity.id for f in near([GATE, TOWN], {}, "serekanie")] == ["serekaniye"]
    found = near([GATE, TOWN, ILICA], {}, "Ras al-Ayn")
    assert [(f.entity.id, f.matched) for f in found] == [("serekaniye", "Ras al-Ain")]
    assert near([GATE, TOWN], {}, "Damascus") == []
