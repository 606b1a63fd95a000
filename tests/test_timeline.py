"""The timeline: every claimed date in view is drawn, beside those it cannot be reconciled with."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from viewing import views_of

from graph.content import Date, Interval
from graph.evidence import Archive
from graph.lens import Lens, Views, parse
from graph.lens.timeline import apart, dates, timeline
from graph.model import Claim, Corpus
from graph.rdf import is_protected

LENSES = ((), (("hide", "no-origin-shown,withheld"),), (("happened", "2022-01-20..2022-01-31"),), (("document", "001-npa"),), (("as-of", "2022-01-26"),))  # fmt: skip


@pytest.fixture(scope="module")
def views(founding: Archive) -> Views:
    return views_of(founding)


@pytest.fixture(scope="module")
def corpus(founding_corpus: Corpus) -> Corpus:
    return founding_corpus


def shown(corpus: Corpus) -> list[Claim]:
    return [claim for claim in corpus.claims() if not is_protected(claim.utterance)]


@pytest.mark.parametrize("given", LENSES)
def test_every_dating_claim_in_view_is_drawn_once_and_nothing_else(
    views: Views, corpus: Corpus, given: tuple[tuple[str, str], ...]
) -> None:
    view = views.through(parse(given))
    found = timeline(views.archive, view, 10**6)
    drawn = Counter(claim.claim for lane in found.lanes for mark in lane.marks for claim in mark.edge.claims)
    asked = {c.id for c in shown(corpus) if isinstance(c.edge.object, Date | Interval)} & view.ids
    assert drawn == Counter(asked)
    assert found.dating == len(asked)
    assert sum(paper.claims for paper in found.papers) == len(view.rows)
    assert found.undated == sum(row.happened is None for row in view.rows)


def test_a_mark_stands_where_its_claim_puts_it(views: Views, corpus: Corpus) -> None:
    spans = {}
    for claim in shown(corpus):
        match claim.edge.object:
            case Date(text):
                spans[claim.id] = (text, text)
            case Interval(start, end):
                spans[claim.id] = (start, end)
    found = timeline(views.archive, views.through(Lens()), 10**6)
    marks = [mark for lane in found.lanes for mark in lane.marks]
    assert {c.claim: mark.span for mark in marks for c in mark.edge.claims} == spans
    assert any(span[0] != span[1] for span in spans.values())
    for mark in marks:
        assert mark.opens is (mark.edge.predicate.id == "startedOn")
        assert mark.ends is (mark.edge.predicate.id == "endedOn")
        assert mark.edge.drawn_status.id
        assert mark.edge.claims


def test_events_with_most_claims_first_and_the_cut_is_told(views: Views) -> None:
    view = views.through(Lens())
    whole, cut = (timeline(views.archive, view, limit) for limit in (10**6, 5))
    assert cut.lanes == whole.lanes[:5]
    assert cut.lane_total == whole.lane_total == len(whole.lanes) > 5
    about = [sum(lane.event.id in (row.subject, row.object) for row in view.rows) for lane in whole.lanes]
    assert [lane.claims for lane in whole.lanes] == about == sorted(about, reverse=True)


def test_different_dates_of_one_event_are_marked(views: Views) -> None:
    lanes = timeline(views.archive, views.through(Lens()), 10**6).lanes
    for lane in lanes:
        by_relation: dict[str, list[tuple[str, str]]] = {}
        for mark in lane.marks:
            if any(claim.polarity.id == "affirms" for claim in mark.edge.claims):
                by_relation.setdefault(mark.edge.predicate.id, []).append(mark.span)
        cannot = any(apart(a, b) for spans in by_relation.values() for a in spans for b in spans)
        assert lane.differ is cannot
    assert {lane.differ for lane in lanes} == {True, False}
    contested = [lane for lane in lanes if any(mark.edge.drawn_status.id == "contested" for mark in lane.marks)]
    assert contested
    assert all(lane.differ for lane in contested)


_days = st.dates().map(str) | st.dates().map(lambda day: str(day)[:7]) | st.dates().map(lambda day: str(day)[:4])


@given(_days, _days)
def test_a_date_is_never_apart_from_what_holds_it(one: str, other: str) -> None:
    assert not apart((one, one), (one[:4], one[:4]))
    assert apart((one, one), (other, other)) is (one[: len(other)] != other[: len(one)])


def test_nothing_dated_is_told_with_how_much_there_is(mini_archive: Archive) -> None:
    view = views_of(mini_archive).through(parse([("relation", "supported")]))
    found = timeline(mini_archive, view)
    assert found.lanes == ()
    assert found.dating == 0
    assert not any(dates(row) for row in view.rows)
