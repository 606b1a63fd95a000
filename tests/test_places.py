"""The layout of everything: the same every time, nobody on top of another, parts apart."""

from itertools import combinations
from math import dist

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.places import beside, spread

PAIRS = st.lists(st.tuples(st.integers(0, 30).map(str), st.integers(0, 30).map(str)), max_size=40)


@settings(max_examples=30, deadline=None)
@given(PAIRS)
def test_every_end_has_a_place_of_its_own_whatever_the_order(pairs: list[tuple[str, str]]) -> None:
    placed = spread(pairs, rounds=30)
    assert set(placed) == {end for a, b in pairs if a != b for end in (a, b)}
    assert placed == spread(pairs[::-1], rounds=30)
    assert len(set(placed.values())) == len(placed)


def test_ends_of_a_line_are_near_and_the_parts_do_not_overlap() -> None:
    ring = [(f"a{i}", f"a{(i + 1) % 12}") for i in range(12)]
    star = [("hub", f"b{i}") for i in range(8)]
    placed = spread([*ring, *star])
    linked = [dist(placed[a], placed[b]) for a, b in (*ring, *star)]
    assert max(linked) < 4
    assert min(dist(placed[a], placed[b]) for a, b in combinations(placed, 2)) > 0.2
    low = max(y for name, (_, y) in placed.items() if name.startswith("a"))
    assert all(y > low for name, (_, y) in placed.items() if not name.startswith("a"))


def test_who_has_no_place_stands_beside_a_neighbour_and_nobody_moves() -> None:
    placed = spread([("a", "b"), ("b", "c")])
    more = beside(placed, [("c", "new"), ("new", "newer")])
    assert {name: more[name] for name in placed} == placed
    assert dist(more["new"], more["c"]) < 2
    assert set(more) == {*placed, "new", "newer"}
