"""Disagreements as objects, comparable or not, and the drift of a wording."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import EDGE, claim, entity, held, register, relay, retracted, source
from strategies import figures
from weights import KNOWN, NO_PART, ORDERED, PAPERS, PART, RULE, TOOK_PLACE, corpora, name, names, said

from graph.content import Date, Edge, Figure, Ref
from graph.model import Claim, Corpus, Pattern, Question, SamePopulation
from graph.origins import Register, asked, disagreements, draw, drifts

D = Decimal


def deny(number: int, **rest: Any) -> Claim:
    return said(number, source("verrin", polarity="Denies"), **rest)


def kinds(*claims: Claim, known: Register = KNOWN) -> list[str]:
    return [one.kind for one in disagreements(claims, known)]


def count(
    value: int, of: str = "inmates", predicate: str = "heldCount", comparator: str = "Exactly", **rest: Any
) -> Edge:
    return Edge(rest.pop("subject", "prison"), predicate, Figure(comparator, D(value), of=of, **rest))


# ---- what contests an edge --------------------------------------------------------------------------


def test_affirmed_and_denied() -> None:
    (one,) = disagreements((said(1), deny(2), said(3, source("ministry"))), KNOWN)
    assert (one.kind, one.edge, one.against, one.why) == ("denied", EDGE, EDGE, "affirmed and denied")
    assert (one.claims, one.opposed) == ((name(1), name(3)), (name(2),))


def test_an_unclear_denial_says_so_and_bears_on_its_own_edge_alone() -> None:
    (one,) = disagreements((said(1), deny(2, reading="Ambiguous")), KNOWN)
    assert one.why.endswith("(scope unclear)")
    assert kinds(said(1), deny(2, edge=TOOK_PLACE, reading="Ambiguous")) == []
    assert kinds(said(1, edge=ORDERED), deny(2, edge=NO_PART, reading="Ambiguous")) == []
    assert kinds(said(1), deny(2), deny(3, edge=TOOK_PLACE, reading="Ambiguous")) == ["denied"]


def test_a_denied_event_contests_its_edges() -> None:
    (one,) = disagreements((said(1), deny(2, edge=TOOK_PLACE)), KNOWN)
    assert (one.kind, one.edge, one.against, one.opposed) == ("event-denied", EDGE, TOOK_PLACE, (name(2),))
    elsewhere = Edge("flood", "occurredAt", Ref("low-gate"))
    assert kinds(said(1, edge=elsewhere), deny(2, edge=TOOK_PLACE)) == []


def test_a_general_denial_contests_the_stronger_rung_with_the_reason_and_who_signed() -> None:
    (one,) = disagreements((said(1, edge=ORDERED), deny(2, edge=NO_PART)), KNOWN)
    assert (one.kind, one.edge, one.against, one.questions) == ("general-denial", ORDERED, NO_PART, ("part",))
    assert "Who had no part gave no order. (rule signed by coder-one, 2031-04-13)" in one.why
    assert kinds(said(1, edge=NO_PART), deny(2, edge=ORDERED)) == []
    assert kinds(said(1, edge=ORDERED), deny(2, edge=NO_PART), known=register()) == []
    itself = replace(PART, covers=(replace(RULE, contests=(RULE.denial,)),))
    assert kinds(said(1, edge=NO_PART), deny(2, edge=NO_PART), known=register(questions=(itself,))) == ["denied"]


def test_figures_contest_each_other_whichever_comes_first() -> None:
    known = register(questions=(STOCK,))
    few, many = said(1, edge=count(8)), said(2, edge=count(12))
    (one,) = disagreements((few, many), known)
    (other,) = disagreements((replace(few, id="900-c9.1"), many), known)
    assert (one.kind, one.why, one.questions) == ("figures", "the ranges do not meet", ("held",))
    assert set(one.contested) == {few.edge, many.edge}
    assert one.key == other.key
    assert (one.claims, one.opposed) == ((few.id,), (many.id,))


@pytest.mark.parametrize(
    "claims",
    [
        (said(1),),
        (said(1), retracted(deny(2))),
        (said(1, mode="Future"), deny(2)),
        (said(1, source(force="Asks")), deny(2)),
        (said(1, source(force="Opines")), said(2, source("x", force="Opines", polarity="Denies"))),
    ],
)
def test_what_is_no_disagreement(claims: tuple[Claim, ...]) -> None:
    assert kinds(*claims) == []


@given(corpora())
def test_an_edge_is_contested_exactly_when_somebody_disagrees(claims: tuple[Claim, ...]) -> None:
    contested = {edge for edge, drawn in draw(claims, KNOWN).items() if drawn.status == "DrawnContested"}
    assert {edge for one in disagreements(claims, KNOWN) for edge in one.contested} == contested


@given(st.lists(figures(), min_size=2, max_size=4))
def test_so_it_is_with_figures(found: list[Figure]) -> None:
    known = register(questions=(Question("q", (("en", "?"),), "Stock", (Pattern("prison", "heldCount", "*"),)),))
    claims = [claim(edge=Edge("prison", "heldCount", figure)) for figure in found]
    contested = {edge for edge, drawn in draw(claims, known).items() if drawn.status == "DrawnContested"}
    assert {edge for one in disagreements(claims, known) for edge in one.contested} == contested


WHEN = Question("when", (("en", "When?"),), "OneEvent", (Pattern("prison", "startedOn", "*"),))


def began(number: int, text: str, **rest: Any) -> Claim:
    return said(number, edge=Edge("prison", "startedOn", Date(text)), **rest)


def test_dates_contest_each_other_whichever_comes_first() -> None:
    known = register(questions=(WHEN,))
    early, late = began(1, "2022-01-19"), began(2, "2022-01-20")
    (one,) = disagreements((early, late), known)
    (other,) = disagreements((replace(early, id="900-c9.1"), late), known)
    assert (one.kind, one.why, one.questions) == ("figures", "the dates do not meet", ("when",))
    assert set(one.contested) == {early.edge, late.edge}
    assert one.key == other.key
    assert (one.claims, one.opposed) == ((early.id,), (late.id,))
    assert disagreements((began(1, "2022-01"), late), known) == ()
    assert disagreements((early, late), register(questions=(replace(WHEN, behaviour="Choice"),))) == ()


@given(st.lists(st.sampled_from(("2021", "2022", "2022-01", "2022-02", "2022-01-20", "2022-01-21")), max_size=5))
def test_so_it_is_with_dates(found: list[str]) -> None:
    known = register(questions=(WHEN,))
    claims = [began(number, text) for number, text in enumerate(found, start=1)]
    contested = {edge for edge, drawn in draw(claims, known).items() if drawn.status == "DrawnContested"}
    assert {edge for one in disagreements(claims, known) for edge in one.contested} == contested


@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_documents_makes_no_difference(claims: tuple[Claim, ...], chance: Any) -> None:
    mixed = chance.sample(claims, len(claims))
    assert disagreements(mixed, KNOWN) == disagreements(claims, KNOWN)
    assert asked(mixed, KNOWN) == asked(claims, KNOWN)
    assert drifts(mixed, KNOWN) == drifts(claims, KNOWN)


# ---- questions --------------------------------------------------------------------------------------

STOCK = Question("held", (("en", "How many?"),), "Stock", (Pattern("prison", "heldCount", "*"),))
WIDE = replace(STOCK, patterns=(Pattern("*", "heldCount", "*"), Pattern("*", "killedCount", "*")))


def test_an_answer_says_who_gives_it_when_and_through_which_document() -> None:
    relayed = said(1, relay("author"), relay("gazette"), source("ada", said_at="2031-04-02"), edge=NO_PART)
    (found,) = asked((relayed, deny(2, edge=NO_PART, paper="901-b")), KNOWN)
    (answer,) = found.answers
    first, second = answer.given
    assert (first.claim, first.side, first.speaker, first.relays) == (name(1), "Affirms", "ada", ("author", "gazette"))
    assert (first.when, first.document) == ("2031-04-02", "900-a")
    assert (second.side, second.when, second.document) == ("Denies", "2031-04-10", "901-b")
    assert answer.drawn.status == "DrawnContested"
    assert [one.kind for one in found.disagreements] == ["denied"]


@pytest.mark.parametrize(
    ("outer", "inner", "when"),
    [("2031-04-09", "2031-04-02", "2031-04-02"), ("2031-04-09", None, "2031-04-09"), (None, None, "2031-04-10")],
)
def test_when_is_that_of_the_innermost_speaker_with_a_date(outer: str | None, inner: str | None, when: str) -> None:
    one = said(1, relay("author", said_at=outer), source(said_at=inner), edge=NO_PART)
    assert asked([one], KNOWN)[0].answers[0].given[0].when == when


def test_what_nobody_answers_has_no_answer() -> None:
    (found,) = asked([retracted(said(1, edge=NO_PART)), said(2)], KNOWN)
    assert (found.question, found.answers, found.disagreements) == (PART, (), ())


def compared(a: Edge, b: Edge, question: Question = WIDE, *known: Any, **axes: Any) -> tuple[bool, bool, str]:
    claims = [said(1, edge=a), said(2, source(**axes), edge=b)]
    (found,) = asked(claims, register(*known, questions=(question,)))
    (one,) = found.comparisons
    assert (one.first, one.second) == (a, b)
    return one.comparable, one.conflict, one.why


WHOLE = (entity("boys", "Group", part_of="inmates"), entity("inmates", "Group"))
SIGNED = replace(WIDE, same_population=(SamePopulation(("guards", "inmates"), "coder-one", "2031-04-13", "One room."),))
TOLL = replace(WIDE, behaviour="Cumulative")


@pytest.mark.parametrize(
    ("a", "b", "question", "known", "expected"),
    [
        (count(8), count(12), WIDE, (), (True, True, "the ranges do not meet")),
        (count(8), count(7, comparator="AtLeast"), WIDE, (), (True, False, "the ranges meet")),
        (count(8), count(12, subject="camp"), WIDE, (), (False, False, "another subject")),
        (count(8), count(12, predicate="killedCount"), WIDE, (), (False, False, "another relation")),
        (count(8), count(12, of="guards"), WIDE, (), (False, False, "another population")),
        (count(8), count(12, of="guards"), SIGNED, (), (True, True, "the ranges do not meet")),
        (count(8), count(6, of="boys"), WIDE, WHOLE, (True, False, "a part that does not exceed its whole")),
        (count(8), count(9, of="boys"), WIDE, WHOLE, (True, True, "a part exceeds its whole")),
        (count(8), count(9, of="boys"), WIDE, (), (False, False, "another population")),
        (count(8, as_of="2031-04-03"), count(12, as_of="2031-04-04"), WIDE, (), (False, False, "another moment")),
        (count(8, as_of="2031-04"), count(12, as_of="2031-04-04"), WIDE, (), (True, True, "the ranges do not meet")),
        (count(8, as_of="2031-04-03"), count(12, as_of="2031-04-04"), TOLL, (), (True, False, "a toll that may have grown from one to the other")),
        (count(12, as_of="2031-04-03"), count(8, as_of="2031-04-04"), TOLL, (), (True, True, "the later figure is lower")),
        (count(8), Edge("prison", "heldCount", Figure("Exactly", D(12), unit="hours")), WIDE, (), (False, False, "another unit")),
    ],
)  # fmt: skip
def test_figures_are_compared_or_not_and_why(a: Edge, b: Edge, question: Question, known: Any, expected: Any) -> None:
    assert compared(a, b, question, *known) == expected


@pytest.mark.parametrize("axes", [{"polarity": "Denies"}, {"force": "Asks"}, {"force": "Opines"}])
def test_a_figure_that_is_not_asserted_does_not_enter(axes: dict[str, str]) -> None:
    assert compared(count(8), count(12), WIDE, **axes)[:2] == (False, False)


@given(st.lists(figures(), min_size=2, max_size=3, unique=True), st.sampled_from(("Stock", "Cumulative", "OneEvent")))
def test_a_conflict_is_always_between_what_can_be_compared(found: list[Figure], behaviour: str) -> None:
    known = register(*WHOLE, questions=(replace(WIDE, behaviour=behaviour),))
    claims = [said(n, edge=Edge("prison", "heldCount", figure)) for n, figure in enumerate(found, 1)]
    for one in asked(claims, known)[0].comparisons:
        assert one.why
        assert one.comparable or not one.conflict


# ---- drift ------------------------------------------------------------------------------------------


def moves(*claims: Claim, known: Register = KNOWN) -> list[list[tuple[str, str]]]:
    """Aspect and direction of every move, step by step after the origin."""
    (found,) = drifts(claims, known)
    return [[(move.aspect, move.direction) for move in step.moves] for step in found.steps[1:]]


def test_a_relay_that_hardens_or_softens_is_marked() -> None:
    harder = said(1, relay("author", certainty="Certain"), source(certainty="Possible"))
    softer = said(1, relay("author", certainty="Probable"), source())
    silent = said(1, relay("author"), source(certainty="Possible"))
    assert moves(harder) == [[("certainty", "harder")]]
    assert moves(softer) == [[("certainty", "softer")]]
    assert moves(silent) == [[]]  # passes on what it got
    (found,) = drifts([harder], KNOWN)
    assert [(step.speaker, step.relay) for step in found.steps] == [("council", False), ("author", True)]
    assert found.moved


def test_the_last_relay_sets_the_place() -> None:
    aside = said(1, relay("author"), source(), position="Heading")
    assert moves(aside) == [[("position", "harder")]]
    assert moves(said(1, source(), position="Heading"), said(2, source(), position="Presupposed")) == [
        [("position", "other")]
    ]


@pytest.mark.parametrize(
    ("first", "later", "expected"),
    [
        (count(200, comparator="About"), count(200), [("comparator", "harder")]),
        (count(200), count(200, comparator="About"), [("comparator", "softer")]),
        (count(200), count(200, comparator="AtLeast"), [("comparator", "softer")]),
        (count(200, comparator="AtLeast"), count(200, comparator="MoreThan"), [("comparator", "harder")]),
        (count(200, comparator="AtLeast"), count(200, comparator="AtMost"), [("comparator", "other")]),
        (count(200, of="boys"), count(200), [("population", "harder")]),
        (count(200), count(200, of="boys"), [("population", "softer")]),
        (count(200), count(200, of="guards"), [("population", "other")]),
        (count(200), count(200), []),
    ],
)
def test_a_figure_moves_with_its_comparator_and_its_population(first: Edge, later: Edge, expected: Any) -> None:
    claims = (said(1, edge=first), replace(said(2, edge=later), document=replace(PAPERS["901-b"], id="901-b")))
    assert moves(*claims, known=register(*WHOLE)) == [expected]


def test_another_number_is_another_matter() -> None:
    assert drifts((said(1, edge=count(200)), said(2, edge=count(201))), KNOWN) == ()
    assert drifts((said(1, edge=count(200)), said(2, edge=count(200, predicate="killedCount"))), KNOWN) == ()
    assert drifts((said(1),), KNOWN) == ()


def test_a_word_repeated_without_its_source_is_harder() -> None:
    own = said(2, source("author"), evidence=("UnattributedStatement",), paper="901-b")
    assert moves(said(1, relay("author"), source()), own) == [[], [("source", "harder")]]


def test_the_origin_is_the_earliest_sourced_wording_and_of_several_the_most_careful() -> None:
    early = replace(PAPERS["901-b"], published=replace(PAPERS["901-b"].published, end="2031-04-01"))
    bare = replace(said(1, source("author"), evidence=("UnattributedStatement",)), document=early)
    claims = (
        bare,
        said(2, source()),
        said(3, source("ministry", certainty="Possible"), relay("x")),
        said(4, source("ada", certainty="Probable")),
    )
    (found,) = drifts((bare, said(2, source()), said(4, source("ada", certainty="Probable"))), KNOWN)
    assert [step.claim for step in found.steps] == [name(4), name(1), name(2)]
    assert [step.when for step in found.steps] == ["2031-04-10", "2031-04-01", "2031-04-10"]
    assert names(claims)[0] == name(1)


def test_repetitions_stand_in_order_of_time() -> None:
    late, later = (
        replace(PAPERS["901-b"], published=replace(PAPERS["901-b"].published, end=end))
        for end in ("2031-04-20", "2031-05-01")
    )
    claims = (said(1), replace(said(2), document=later), replace(said(3), document=late))
    assert [step.claim for step in drifts(claims, KNOWN)[0].steps] == [name(1), name(3), name(2)]


def test_only_what_is_affirmed_drifts() -> None:
    silent = (
        deny(2),
        said(3, source(force="Asks")),
        said(4, mode="Future"),
        retracted(said(5)),
        said(6, reading="Garbled"),
    )
    assert drifts((said(1), *silent), KNOWN) == ()


def test_custody_is_the_origin_of_what_is_relayed() -> None:
    (found,) = drifts([said(1, relay("author"), held("worker", "constabulary"))], KNOWN)
    assert {step.origin for step in found.steps} == {"side"}


# ---- the invented corpus ----------------------------------------------------------------------------


def test_the_questions_of_the_invented_corpus(mini: Corpus) -> None:
    known = Register.of(mini.entities, mini.groups, mini.questions)
    found = {one.question.id: one for one in asked(mini.claims(), known)}
    part = found["verrin-part"]
    assert sorted(one.kind for one in part.disagreements) == ["denied", "general-denial", "general-denial"]
    held_there = found["held-in-lockhouse"].comparisons
    assert [(one.conflict, one.why) for one in held_there] == [
        (True, "the ranges do not meet"),
        (True, "the ranges do not meet"),
        (False, "the ranges meet"),
    ]
    assert [one.why for one in found["injured"].comparisons] == ["the later figure is lower"]
    assert found["movers"].disagreements == ()
