"""Finding by name: spellings fold together, the right thing comes first."""

import pytest

from graph.evidence import fold
from graph.evidence.names import find
from graph.model import Alias, Entity

TOWN = Entity("serekaniye", "Place", (("en", "Serêkaniyê"), ("ar", "رأس العين")), (Alias("Ras al-Ain", "en", "000-x"),))
GATE = Entity("gate", "Facility", (("en", "Gate of Serêkaniyê"),))
ILICA = Entity("ilica", "Place", (("en", "Ilıca"),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Serêkaniyê", "serekaniye"),
        ("ILICA", "ılıca"),
        ("al-Sina'a", "Al Sina’a"),
        ("İstanbul", "istanbul"),
        ("Hesekê ", "heseke"),
        ("کورد", "كورد"),
    ],
)
def test_spellings_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_names_stay_apart() -> None:
    assert fold("Tal Abyad") != fold("Tal Tamer")


def test_whole_names_come_before_parts_and_aliases_are_told() -> None:
    found = find([GATE, TOWN, ILICA], {"gate": 99, "serekaniye": 1}, "serekaniye")
    assert [f.entity.id for f in found] == ["serekaniye", "gate"]
    by_alias = find([GATE, TOWN], {}, "ras al ain")
    assert [(f.entity.id, f.matched) for f in by_alias] == [("serekaniye", "Ras al-Ain")]


@pytest.mark.parametrize("text", ["", "  ", "--", "nowhere at all"])
def test_nothing_matches_nothing(text: str) -> None:
    assert find([GATE, TOWN], {}, text) == []


def test_among_equals_the_most_spoken_of_comes_first() -> None:
    twins = [Entity("a-gate", "Facility", (("en", "Old gate"),)), Entity("b-gate", "Facility", (("en", "Old gate"),))]
    assert [f.entity.id for f in find(twins, {"b-gate": 5}, "old gate")] == ["b-gate", "a-gate"]


def test_where_nothing_matches_near_spellings_are_offered() -> None:
    assert [f.entity.id for f in find([GATE, TOWN], {}, "serekanie")] == ["serekaniye"]
    assert [f.entity.id for f in find([GATE, TOWN, ILICA], {}, "Ras al-Ayn")] == ["serekaniye"]
    assert find([GATE, TOWN], {}, "Damascus") == []
