"""Figures: what a wording allows, which pairs are compared, and when they conflict."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from makers import claim, entity, judged, register, relay, retracted, source
from strategies import figures

from graph.content import Date, Edge, Figure, Interval
from graph.model import Claim, Pattern, Question, SamePopulation
from graph.origins import bounds, conflicts, draw
from graph.origins.figures import carried, carrying

WHOLES = {"boys": "minors", "minors": "inmates", "guards": "staff"}
D = Decimal


def question(behaviour: str, *same: tuple[str, str], predicate: str = "heldCount") -> Question:
    judged = tuple(SamePopulation(pair, "coder-one", "2031-04-13", "One room.") for pair in same)
    return Question("q", (("en", "How many?"),), behaviour, (Pattern("prison", predicate, "*"),), judged)


def held(value: int, comparator: str = "Exactly", of: str = "inmates", **rest: Any) -> Edge:
    """A figure of people held."""
    as_of = rest.get("as_of", "2031-04-03")
    low, high = rest.get("low"), rest.get("high")
    figure = Figure(
        comparator, None if comparator in ("Between", "InWords") else D(value), low, high, None, of, None, as_of
    )
    return Edge(rest.get("subject", "prison"), "heldCount", figure)


def conflict(first: Claim | Edge, second: Claim | Edge, asked: Question, wholes: dict[str, str] = WHOLES) -> str | None:
    """Why two figures conflict, or None."""
    pair = [one if isinstance(one, Claim) else claim(edge=one) for one in (first, second)]
    found = conflicts(pair, (asked,), wholes)
    assert len(found) < 2
    assert {f.why for f in found} == {f.why for f in conflicts(pair[::-1], (asked,), wholes)}
    return found[0].why if found else None


STOCK, TOLL, ONCE = question("Stock"), question("Cumulative"), question("OneEvent")


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        (Figure("Exactly", D(8), of="x"), 8, 8),
        (Figure("AtLeast", D(8), of="x"), 8, None),
        (Figure("MoreThan", D(8), of="x"), 9, None),
        (Figure("MoreThan", D(8), unit="hours"), 8, None),
        (Figure("AtMost", D(8), of="x"), 0, 8),
        (Figure("LessThan", D(8), of="x"), 0, 7),
        (Figure("LessThan", D(8), unit="hours"), 0, 8),
        (Figure("LessThan", D(0), of="x"), 0, 0),
        (Figure("About", D(200), of="x"), 180, 220),
        (Figure("Between", None, D(20), D(25), of="x"), 20, 25),
        (Figure("InWords", None, D(24), D(99), "dozens", of="x"), 24, 99),
        (Figure("InWords", None, D(10000), None, "tens of thousands", of="x"), 10000, None),
    ],
)
def test_what_a_wording_allows(figure: Figure, low: int, high: int | None) -> None:
    assert bounds(figure) == (low, high)


@given(figures())
def test_the_low_end_is_never_above_the_high_end(figure: Figure) -> None:
    low, high = bounds(figure)
    assert low >= 0
    assert high is None or low <= high


# ---- stock ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "clash"),
    [
        (held(8), held(12), True),
        (held(8), held(8), False),
        (held(8), held(12, "AtLeast"), True),
        (held(12), held(12, "AtLeast"), False),
        (held(12), held(12, "MoreThan"), True),
        (held(13), held(12, "MoreThan"), False),
        (held(8), held(8, "LessThan"), True),
        (held(8), held(8, "AtMost"), False),
        (held(9), held(8, "AtMost"), True),
        (held(220), held(200, "About"), False),
        (held(221), held(200, "About"), True),
        (held(8), held(0, "Between", low=D(8), high=D(10)), False),
        (held(11), held(0, "Between", low=D(8), high=D(10)), True),
    ],
)
def test_stock_figures_conflict_when_their_ranges_do_not_meet(a: Edge, b: Edge, clash: bool) -> None:
    assert conflict(a, b, STOCK) == ("the ranges do not meet" if clash else None)
    assert conflict(a, b, ONCE) == ("the ranges do not meet" if clash else None)


@pytest.mark.parametrize(
    ("a", "b", "compared"),
    [
        (held(8, as_of="2031-04-03"), held(12, as_of="2031-04-04"), False),
        (held(8, as_of="2031-04"), held(12, as_of="2031-04-04"), True),
        (held(8, as_of="2031-03"), held(12, as_of="2031-04-04"), False),
        (held(8, as_of=None), held(12, as_of="2031-04-04"), True),
        (held(8, subject="camp"), held(12), False),
        (held(8, of="guards"), held(12), False),
    ],
)
def test_only_comparable_figures_are_compared(a: Edge, b: Edge, compared: bool) -> None:
    wide = Question("q", (("en", "?"),), "Stock", (Pattern("*", "heldCount", "*"),))
    assert (conflict(a, b, wide) is not None) is compared


def test_other_predicates_and_units_are_not_compared() -> None:
    wide = Question(
        "q", (("en", "?"),), "Stock", (Pattern("prison", "heldCount", "*"), Pattern("prison", "captiveCount", "*"))
    )
    other = Edge("prison", "captiveCount", held(12).object)
    assert conflict(held(8), other, wide) is None
    hours, days = (
        Edge("prison", "heldCount", Figure("Exactly", D(n), unit=u)) for n, u in ((8, "hours"), (12, "days"))
    )
    assert conflict(hours, days, wide) is None
    assert conflict(hours, Edge("prison", "heldCount", Figure("Exactly", D(12), unit="hours")), wide) is not None


def test_figures_outside_a_question_are_not_compared() -> None:
    assert conflict(held(8), held(12), question("Stock", predicate="killedCount")) is None


def test_two_populations_are_compared_only_when_somebody_signed_for_it() -> None:
    a, b = held(8, of="gate-hands"), held(12, of="lock-workers")
    assert conflict(a, b, STOCK) is None
    assert conflict(a, b, question("Stock", ("lock-workers", "gate-hands"))) == "the ranges do not meet"


# ---- parts and wholes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "clash"),
    [
        (held(8, of="boys"), held(12), False),
        (held(12, of="boys"), held(12), False),
        (held(13, of="boys"), held(12), True),
        (held(12, "MoreThan", of="boys"), held(12), True),
        (held(13, "AtMost", of="boys"), held(12), False),
        (held(13, of="boys"), held(12, "AtLeast"), False),
        (held(13, of="boys"), held(12, of="minors"), True),
        (held(13, of="boys", as_of="2031-04-04"), held(12), False),
        (held(13, of="guards"), held(12), False),
    ],
)
def test_a_part_conflicts_only_when_it_exceeds_its_whole(part: Edge, whole: Edge, clash: bool) -> None:
    assert conflict(part, whole, STOCK) == ("a part exceeds its whole" if clash else None)


def test_parts_are_never_summed() -> None:
    parts = [claim(edge=held(8, of=name)) for name in ("boys", "girls")]
    assert conflicts([*parts, claim(edge=held(12))], (STOCK,), {"boys": "inmates", "girls": "inmates"}) == ()


def test_a_circle_of_parts_ends() -> None:
    assert conflict(held(13, of="a"), held(12, of="c"), STOCK, {"a": "b", "b": "a"}) is None


@pytest.mark.parametrize(
    ("part_on", "whole_on", "clash"),
    [("2031-04-03", "2031-04-05", True), ("2031-04-03", "2031-04-03", True), ("2031-04-05", "2031-04-03", False)],
)
def test_a_part_of_a_toll_exceeds_only_a_whole_that_is_not_earlier(part_on: str, whole_on: str, clash: bool) -> None:
    part, whole = held(13, of="boys", as_of=part_on), held(12, as_of=whole_on)
    assert (conflict(part, whole, TOLL) is not None) is clash


# ---- tolls ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later", "why"),
    [
        (held(30, as_of="2031-04-03"), held(39, as_of="2031-04-05"), None),
        (held(39, as_of="2031-04-03"), held(30, as_of="2031-04-05"), "the later figure is lower"),
        (held(30, "AtLeast", as_of="2031-04-03"), held(30, as_of="2031-04-05"), None),
        (held(39, "AtLeast", as_of="2031-04-03"), held(30, as_of="2031-04-05"), "the later figure is lower"),
        (held(39, as_of="2031-04-03"), held(30, "AtLeast", as_of="2031-04-05"), None),
        (held(39, as_of="2031-04-03"), held(30, as_of="2031-04-03"), "the ranges do not meet at one stated moment"),
        (held(39, as_of="2031-04"), held(30, as_of="2031-04-03"), None),
        (held(39, as_of="2031-04"), held(30, as_of="2031-04"), None),
        (held(39, as_of="2031-03"), held(30, as_of="2031-04-03"), "the later figure is lower"),
    ],
)
def test_a_toll_conflicts_only_when_a_later_figure_is_lower(earlier: Edge, later: Edge, why: str | None) -> None:
    assert conflict(earlier, later, TOLL) == why


def test_without_a_stated_moment_a_toll_is_dated_by_its_speaker_then_by_the_document() -> None:
    many, few = held(39, as_of=None), held(30, as_of=None)
    assert conflict(claim(edge=many, published="2031-04-03"), claim(edge=few, published="2031-04-05"), TOLL)
    assert conflict(claim(edge=many, published="2031-04-05"), claim(edge=few, published="2031-04-03"), TOLL) is None
    said = claim(relay(), source(said_at="2031-04-01"), edge=many, published="2031-04-09")
    assert conflict(said, claim(edge=few, published="2031-04-05"), TOLL) == "the later figure is lower"


# ---- which claims enter ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("axes", "fields", "enters"),
    [
        ({}, {}, True),
        ({}, {"mode": "Generic"}, True),
        ({"certainty": "Possible"}, {}, True),
        ({"polarity": "Denies"}, {}, False),
        ({"force": "Asks"}, {}, False),
        ({"force": "Opines"}, {}, False),
        ({}, {"mode": "Conditional"}, False),
        ({}, {"mode": "Counterfactual"}, False),
        ({}, {"mode": "Future"}, False),
        ({}, {"reading": "Garbled"}, False),
    ],
)
def test_denied_asked_conditional_and_garbled_figures_never_enter(axes: Any, fields: Any, enters: bool) -> None:
    one = claim(source(**axes), edge=held(8), **fields)
    assert (conflict(one, claim(edge=held(12)), STOCK) is not None) is enters


def test_a_retracted_figure_never_enters_and_a_rejected_one_does() -> None:
    assert conflict(retracted(claim(edge=held(8))), claim(edge=held(12)), STOCK) is None
    assert conflict(claim(relay(commitment="Rejects"), source(), edge=held(8)), claim(edge=held(12)), STOCK)


def test_a_conflict_contests_both_edges_and_takes_the_tree_of_populations_from_the_entities() -> None:
    known = register(entity("inmates", "Group"), entity("boys", "Group", part_of="inmates"), questions=(STOCK,))
    part, whole = claim(edge=held(13, of="boys")), claim(edge=held(12))
    drawn = draw([part, whole], known)
    assert {d.status for d in drawn.values()} == {"DrawnContested"}
    assert drawn[whole.edge].why == f"its figure conflicts with {part.id}: a part exceeds its whole"
    apart = register(entity("inmates", "Group"), entity("boys", "Group"), questions=(STOCK,))
    assert {d.status for d in draw([part, whole], apart).values()} == {"DrawnSingleOrigin"}


# ---- figures that carry others ----------------------------------------------------------------------

CARRIED = [
    (Figure("Exactly", D(154), of="x"), Figure("AtLeast", D(77), of="x"), True),
    (Figure("AtLeast", D(77), of="x"), Figure("Exactly", D(154), of="x"), False),
    (Figure("Exactly", D(200), of="x"), Figure("About", D(210), of="x"), True),
    (Figure("MoreThan", D(200), of="x"), Figure("About", D(200), of="x"), False),
    (Figure("Exactly", D(154), of="y"), Figure("AtLeast", D(77), of="x"), False),
    (
        Figure("Exactly", D(154), of="x", as_of="2031-04-02"),
        Figure("AtLeast", D(77), of="x", as_of="2031-04-01"),
        False,
    ),
    (Figure("Exactly", D(154), of="x", as_of="2031-04-01"), Figure("AtLeast", D(77), of="x", as_of="2031-04-01"), True),
]


@pytest.mark.parametrize(("one", "other", "carries"), CARRIED)
@pytest.mark.parametrize("asked", [STOCK, TOLL, ONCE], ids=lambda asked: asked.behaviour)
def test_a_figure_carries_another_whose_range_holds_its_own(
    one: Figure, other: Figure, carries: bool, asked: Question
) -> None:
    a, b = (claim(edge=Edge("prison", "heldCount", figure)) for figure in (one, other))
    found = carrying(carried([a, b], [asked]))
    assert (found.get(b.edge) == (a,)) == carries
    assert carrying(carried([a, b], [])) == {}


def test_a_carried_figure_is_corroborated_only_by_a_signed_judgement_and_says_by_what() -> None:
    few, many = (Edge("prison", "heldCount", f) for f in CARRIED[0][1::-1])
    low = claim(edge=few, paper="900-a")
    high = claim(source("ministry"), edge=many, paper="901-b")
    high = replace(high, document=replace(high.document, publisher="courier"))
    asked = question("Stock")
    plain = register(questions=(asked,))
    signed = register(questions=(asked,), independence=(judged("council", "ministry", question=asked.id),))
    assert draw([low, high], plain)[few].status == "DrawnSingleOrigin"
    both = draw([low, high], signed)
    assert (both[few].status, both[few].independent.count, len(both[few].origins)) == ("DrawnCorroborated", 2, 1)
    assert high.id in both[few].why
    assert (both[many].status, both[many].independent.count) == ("DrawnSingleOrigin", 1)


def test_a_figure_without_an_origin_of_its_own_is_not_carried_to_one() -> None:
    few, many = (Edge("prison", "heldCount", f) for f in CARRIED[0][1::-1])
    heard = claim(edge=few, evidence=("UnattributedStatement",))
    found = draw([heard, claim(edge=many)], register(questions=(question("Stock"),)))[few]
    assert (found.status, found.independent.count) == ("DrawnNoOriginShown", 0)


# ---- dates ----------------------------------------------------------------------------------------

BEGAN = question("OneEvent", predicate="startedOn")
APART = "the dates do not meet"


def dated(text: str, subject: str = "prison", predicate: str = "startedOn") -> Edge:
    return Edge(subject, predicate, Date(text))


@pytest.mark.parametrize(
    ("a", "b", "clash"),
    [
        ("2022-01-20", "2022-01-19", True),
        ("2022-01", "2022-01-20", False),
        ("2022", "2022-01-20", False),
        ("2022", "2022-01", False),
        ("2022-01-20", "2022-01-20", False),
        ("2022-02", "2022-01-20", True),
        ("2021-12", "2022-01-20", True),
        ("2021", "2022-01-20", True),
        ("2022-01", "2022-02", True),
        ("2021", "2022", True),
    ],
)
def test_dates_of_one_event_conflict_when_neither_holds_the_other(a: str, b: str, clash: bool) -> None:
    for one, other in ((a, b), (b, a)):
        assert conflict(dated(one), dated(other), BEGAN) == (APART if clash else None)


@pytest.mark.parametrize("behaviour", ["Stock", "Cumulative", "Choice", "YesNo"])
def test_dates_are_compared_for_one_event_alone(behaviour: str) -> None:
    assert conflict(dated("2022-01-20"), dated("2022-01-19"), question(behaviour, predicate="startedOn")) is None


def test_only_dates_of_the_same_thing_and_relation_are_compared() -> None:
    anything = Question(
        "q", (("en", "When?"),), "OneEvent", tuple(Pattern("*", p, "*") for p in ("startedOn", "endedOn", "heldCount"))
    )
    day = dated("2022-01-20")
    assert conflict(day, dated("2022-01-19", subject="camp"), anything) is None
    assert conflict(day, dated("2022-01-19", predicate="endedOn"), anything) is None
    assert conflict(day, Edge("prison", "startedOn", Interval("2021-01-01", "2021-01-02")), anything) is None
    assert conflict(day, held(8), anything) is None
    assert conflict(day, dated("2022-01-19"), anything) == APART
    assert conflict(day, dated("2022-01-19"), question("OneEvent", predicate="endedOn")) is None


@pytest.mark.parametrize(
    "other",
    [
        retracted(claim(edge=dated("2022-01-19"))),
        claim(source(polarity="Denies"), edge=dated("2022-01-19")),
        claim(source(force="Asks"), edge=dated("2022-01-19")),
        claim(edge=dated("2022-01-19"), mode="Future"),
        claim(edge=dated("2022-01-19"), reading="Garbled"),
    ],
)
def test_only_dates_that_are_asserted_take_part(other: Claim) -> None:
    assert conflict(claim(edge=dated("2022-01-20")), other, BEGAN) is None


def test_dates_apart_contest_both_edges_and_say_so() -> None:
    first, second, wide = (claim(edge=dated(text)) for text in ("2022-01-20", "2022-01-19", "2022-01"))
    drawn = draw([first, second, wide], register(entity("prison", "Place"), questions=(BEGAN,)))
    assert drawn[first.edge].status == drawn[second.edge].status == "DrawnContested"
    assert drawn[first.edge].why == f"its date conflicts with {second.id}: {APART}"
    assert drawn[second.edge].why == f"its date conflicts with {first.id}: {APART}"
    assert drawn[wide.edge].status == "DrawnSingleOrigin"
