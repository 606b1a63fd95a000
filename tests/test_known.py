"""As known on a date: by publication, by record, and with the judgements signed by then."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import claim, group, register, retracted
from strategies import dates
from weights import PART, RULE

from graph.model import Claim, Corpus, Published, Record, Retraction, SamePopulation
from graph.origins import draw, last_day, published_by, recorded_by, register_by


def published(start: str, end: str) -> Claim:
    made = claim()
    return replace(made, document=replace(made.document, published=Published(start, end, "printed")))


def recorded(at: str, own: str | None = None, **rest: Any) -> Claim:
    made = claim(record=Record("coder-one", own) if own else None, **rest)
    return replace(made, document=replace(made.document, record=Record("coder-one", at)))


def taken_back(one: Claim, at: str, reason: str = "ExtractionError") -> Claim:
    return replace(one, utterance=replace(one.utterance, retracted=Retraction(at, "coder-one", reason, "for a test")))


@pytest.mark.parametrize(
    ("date", "day"),
    [("2031", "2031-12-31"), ("2031-04", "2031-04-30"), ("2031-02", "2031-02-28"), ("2032-02", "2032-02-29"), ("2031-04-05", "2031-04-05")],
)  # fmt: skip
def test_a_date_counts_to_its_end(date: str, day: str) -> None:
    assert last_day(date) == day


@pytest.mark.parametrize(
    ("on", "known"),
    [("2031-04-09", False), ("2031-04-10", True), ("2031-04-11", True), ("2031-04", True), ("2031-03", False), ("2031", True), ("2030", False)],
)  # fmt: skip
def test_a_document_is_known_from_the_day_it_was_certainly_published(on: str, known: bool) -> None:
    one = published("2031-04-01", "2031-04-10")
    assert (one in published_by([one], on)) is known


def test_by_publication_a_retraction_stands_whenever_it_was_made() -> None:
    one = taken_back(published("2031-04-01", "2031-04-01"), "2031-09-01")
    assert published_by([one], "2031-04-02") == (one,)


@pytest.mark.parametrize(
    ("one", "on", "known"),
    [
        (recorded("2031-04-12"), "2031-04-11", False),
        (recorded("2031-04-12"), "2031-04-12", True),
        (recorded("2031-04-12", "2031-05-01"), "2031-04-30", False),
        (recorded("2031-04-12", "2031-05-01"), "2031-05-01", True),
        (recorded("2031-04-12", "2031-04-01"), "2031-04-01", True),
    ],
)
def test_a_claim_is_known_from_the_day_it_was_recorded(one: Claim, on: str, known: bool) -> None:
    assert (one in recorded_by([one], on)) is known


def test_a_retraction_not_yet_made_counts_as_not_made() -> None:
    one = taken_back(recorded("2031-04-12"), "2031-05-01")
    (before,) = recorded_by([one], "2031-04-30")
    assert not before.withheld
    assert recorded_by([one], "2031-05-01") == (one,)
    assert one.withheld


def test_no_date_brings_back_what_was_retracted_to_protect_a_person() -> None:
    one = taken_back(recorded("2031-04-12"), "2031-05-01", "ProtectPerson")
    assert recorded_by([one], "2031-04-30") == (one,)


def test_what_was_signed_later_does_not_bear_on_what_was_known() -> None:
    same = SamePopulation(("a", "b"), "coder-one", "2031-04-20", "One room.")
    asked = replace(PART, same_population=(same,))
    known = register(groups=(group("side", "council", "guard"),), questions=(asked,))
    assert RULE.at == "2031-04-13"
    before, between, after = (register_by(known, day) for day in ("2031-04-12", "2031-04-13", "2031-04-20"))
    assert (before.groups, before.questions[0].covers, before.questions[0].same_population) == ({}, (), ())
    assert before.questions[0].patterns == asked.patterns
    assert (set(between.groups), between.questions[0].covers) == ({"council", "guard"}, (RULE,))
    assert between.questions[0].same_population == ()
    assert after == known


@given(st.lists(st.tuples(dates, dates), max_size=5), dates, dates)
def test_later_nothing_less_is_known(moments: list[tuple[str, str]], one: str, other: str) -> None:
    claims = [
        replace(recorded(at), document=replace(published(end, end).document, record=Record("c", at)))
        for end, at in moments
    ]
    earlier, later = sorted((one, other), key=last_day)
    for known in (published_by, recorded_by):
        assert {c.id for c in known(claims, earlier)} <= {c.id for c in known(claims, later)}
        assert known(known(claims, later), earlier) == known(claims, earlier)
        assert known(claims, "9999") == tuple(claims)


def test_the_invented_corpus_grows_with_its_papers(mini: Corpus) -> None:
    claims = tuple(mini.claims())
    papers = [
        {c.document.id for c in published_by(claims, day)} for day in ("2031-04-04", "2031-04-05", "2031-04-07", "2031")
    ]
    assert [len(found) for found in papers] == [0, 1, 2, 3]
    then = draw(recorded_by(claims, "2031-04-15"), register(*mini.entities, questions=mini.questions))
    now = draw(claims, register(*mini.entities, questions=mini.questions))
    first_reading = next(c.edge for c in claims if c.id == "900-c28.1")
    assert (then[first_reading].status, now[first_reading].status) == ("DrawnSingleOrigin", "DrawnWithheld")
    assert then[next(c.edge for c in claims if c.id == "900-c25.1")].status == "DrawnWithheld"


def test_a_retracted_claim_stays_so_when_it_was_already() -> None:
    assert recorded_by([retracted(recorded("2031-04-12"))], "2031-05-01")[0].withheld
