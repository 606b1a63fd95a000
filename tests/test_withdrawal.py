"""Withdrawal: what a claim rests on, what stays without it, and what that changes."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import EDGE, held, register, relay, retracted, source
from weights import KNOWN, NO_PART, ORDERED, PAPERS, SOURCES, TOOK_PLACE, corpora, name, names, said, withdrawals

from graph.content import Edge, Figure
from graph.model import Claim, Corpus, Pattern, Question
from graph.origins import Carrier, Register, Sources, Withdrawal, draw, standing, withdraw, withdrawn


def left(claims: tuple[Claim, ...], withdrawal: Withdrawal) -> tuple[Claim, ...]:
    return standing(claims, withdrawn(withdrawal, claims, SOURCES), SOURCES)


def only(**fields: Any) -> Withdrawal:
    return Withdrawal(**{key: frozenset(value) if isinstance(value, tuple) else value for key, value in fields.items()})


# ---- what a claim rests on --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "without", "falls"),
    [
        (said(1), {"documents": ("900-a",)}, True),
        (said(1), {"documents": ("901-b",)}, False),
        (said(1), {"publishers": ("gazette",)}, True),
        (said(1), {"publishers": ("courier",)}, False),
        (said(1), {"speakers": ("council",)}, True),
        (said(1), {"speakers": ("constabulary",)}, False),
        (said(1, relay("author"), source()), {"speakers": ("author",)}, True),
        (said(1, source("ada")), {"speakers": ("council",)}, True),
        (said(1), {"speakers": ("ada",)}, False),
        (said(1, held("worker", "constabulary")), {"speakers": ("constabulary",)}, True),
        (said(1, held("worker", "constabulary")), {"groups": ("side",)}, True),
        (said(1, held("worker", "ada")), {"speakers": ("council",)}, True),
        (said(1), {"groups": ("side",)}, True),
        (said(1, source("ada")), {"groups": ("side",)}, True),
        (said(1, relay("constabulary"), source("ferry-keeper")), {"groups": ("side",)}, True),
        (said(1, source("ministry")), {"groups": ("side",)}, False),
        (said(1, evidence=("PartyStatement", "AnalystInference")), {"evidence": ("AnalystInference",)}, True),
        (said(1), {"evidence": ("AnalystInference",)}, False),
        (said(1, relay("courier"), source()), {"publishers": ("courier",)}, True),
        (said(1, relay("ministry"), source()), {"publishers": ("ministry",)}, False),
    ],
)
def test_a_claim_falls_with_anything_it_rests_on(claim: Claim, without: dict[str, Any], falls: bool) -> None:
    assert (left((claim,), only(**without)) == ()) is falls


def test_a_reprint_falls_with_what_it_prints_at_any_remove() -> None:
    papers = {
        **PAPERS,
        "903-d": replace(PAPERS["902-c"], id="903-d", publisher="other", republishes=("902-c", "agency")),
    }
    again = replace(said(1, paper="902-c"), document=papers["903-d"])
    found = Sources(KNOWN, papers).carriers(again)
    assert {c.id for c in found if c.kind == "document"} == {"903-d", "902-c", "900-a", "agency"}
    assert {c.id for c in found if c.kind == "publisher"} == {"other", "echo", "gazette"}
    assert left((said(1),), only(publishers=("echo",))) != ()  # and never the other way round


def test_what_an_organ_of_a_member_publishes_falls_with_the_group_and_with_no_other() -> None:
    """At any remove, also printed again elsewhere; who wrote there becomes no origin of the group."""
    press = {
        **KNOWN.entities,
        "gazette": replace(KNOWN.entities["gazette"], organ_of="bureau"),
        "bureau": replace(KNOWN.entities["echo"], id="bureau", organ_of="council"),
        "echo": replace(KNOWN.entities["echo"], organ_of="echo"),  # a circle ends
    }
    sources = Sources(replace(KNOWN, entities=press), PAPERS)
    theirs = said(1, source("ferry-keeper"))
    again = said(2, source("ferry-keeper"), paper="902-c")
    other = said(3, source("ferry-keeper"), paper="901-b")
    assert KNOWN.groups["council"].id == "side"
    assert standing((theirs, again, other), frozenset({Carrier("group", "side")}), sources) == (other,)
    assert left((theirs, again, other), only(groups=("side",))) == (theirs, again, other)


def test_a_circle_of_reprints_ends() -> None:
    papers = {"900-a": replace(PAPERS["900-a"], republishes=("902-c",)), "902-c": PAPERS["902-c"]}
    one = replace(said(1), document=papers["900-a"])
    assert Carrier("publisher", "echo") in Sources(KNOWN, papers).carriers(one)


def test_an_agency_that_is_printed_again_is_a_publisher() -> None:
    one = replace(said(1), document=replace(PAPERS["901-b"], republishes=("echo",)))
    assert Carrier("publisher", "echo") in Sources(KNOWN, {}).carriers(one)


def test_parties_are_whoever_is_marked_once_with_their_institution_and_group() -> None:
    marked = said(1, source("ada", circumstances=("PartyToConflict",)))
    others = (said(2), said(3, source("constabulary")), said(4, source("ministry")))
    assert names(left((marked, *others), Withdrawal(parties=True))) == [name(4)]
    assert names(left(others, Withdrawal(parties=True))) == names(others)
    assert names(left((retracted(marked), *others), Withdrawal(parties=True))) == names((marked, *others))


def test_a_relaying_party_is_a_party() -> None:
    marked = said(1, relay("ministry", circumstances=("PartyToConflict",)), source("ferry-keeper"))
    assert left((marked, said(2, source("ministry"))), Withdrawal(parties=True)) == ()


# ---- premises ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("needs", "stays"), [("NeedsAny", True), ("NeedsAll", False)])
def test_joint_premises_need_all_and_pooled_ones_any(needs: str, stays: bool) -> None:
    premises = (said(1, paper="900-a"), said(2, source("ministry"), paper="901-b"))
    concluded = said(3, source("ferry-keeper"), paper="902-c", premises=(1, 2), needs=needs)
    claims = (*premises, concluded)
    assert (concluded in left(claims, only(speakers=("ministry",)))) is stays
    assert concluded not in left(claims, only(speakers=("ministry", "council")))


def test_what_falls_fells_what_is_concluded_from_it_in_turn() -> None:
    claims = (said(3, source("a"), premises=(2,)), said(2, source("b"), premises=(1,)), said(1, source("c")))
    assert left(claims, only(speakers=("c",))) == ()


def test_a_retracted_premise_holds_nothing_up_and_fells_nobody() -> None:
    back = retracted(said(1, source("a")))
    concluded = said(3, source("c"), premises=(1, 2))
    assert left((back, said(2, source("b")), concluded), only(speakers=("b",))) == (back,)
    assert concluded in left((back, concluded), only(speakers=("a",)))


def test_premises_that_lead_back_come_to_an_end() -> None:
    claims = (said(1, source("a"), premises=(2,)), said(2, source("b"), premises=(1,)))
    assert left(claims, Withdrawal()) == claims
    assert left(claims, only(speakers=("a",))) == ()


# ---- what changes -----------------------------------------------------------------------------------


def test_edges_before_and_after_with_both_sentences() -> None:
    claims = (said(1), said(2, source("ministry"), paper="901-b"), said(3, source("x"), edge=TOOK_PLACE, paper="901-b"))
    found = {one.edge: one for one in withdraw(claims, only(documents=("901-b",)), SOURCES).edges}
    assert found[EDGE].before is not None
    assert (found[EDGE].before.status, found[EDGE].restated, found[EDGE].falls) == ("DrawnSeveralOrigins", True, False)
    assert found[EDGE].why == draw(claims[:1], KNOWN)[EDGE].why
    assert (found[TOOK_PLACE].after, found[TOOK_PLACE].falls) == (None, True)
    assert found[TOOK_PLACE].why == "no claim for it is left in view"


def test_without_a_denier_an_edge_is_stronger_and_the_disagreement_is_gone() -> None:
    claims = (said(1), said(2, source("ministry", polarity="Denies"), paper="901-b"))
    change = withdraw(claims, only(documents=("901-b",)), SOURCES)
    (edge,) = change.changed
    assert edge.before is not None
    assert edge.after is not None
    assert (edge.before.status, edge.after.status) == ("DrawnContested", "DrawnSingleOrigin")
    assert [one.kind for one in change.vanished] == ["denied"]
    assert (change.claims_before, change.claims_after, change.appeared) == (2, 1, ())


def test_a_disagreement_stays_while_somebody_is_left_on_each_side() -> None:
    denials = (said(2, source("ministry", polarity="Denies"), paper="901-b"), said(3, source("x", polarity="Denies")))
    change = withdraw((said(1), *denials), only(documents=("901-b",)), SOURCES)
    assert change.vanished == ()
    assert [one.restated for one in change.changed] == [False]


def test_an_edge_of_retracted_claims_neither_falls_nor_appears() -> None:
    change = withdraw((retracted(said(1)), said(2, edge=TOOK_PLACE)), only(documents=("900-a",)), SOURCES)
    assert [one.edge for one in change.edges] == [TOOK_PLACE]


def test_an_edge_left_with_a_retracted_claim_falls() -> None:
    change = withdraw((retracted(said(1, paper="901-b")), said(2)), only(documents=("900-a",)), SOURCES)
    assert [one.edge for one in change.fallen] == [EDGE]


def test_a_minimum_hides_edges_and_silences_nobody() -> None:
    claims = (
        said(1, edge=ORDERED),
        said(2, source("ministry"), edge=ORDERED, paper="901-b"),
        said(3, source("verrin", polarity="Denies"), edge=NO_PART),
        said(4, edge=TOOK_PLACE),
    )
    change = withdraw(claims, Withdrawal(minimum=2), SOURCES)
    found = {one.edge: one for one in change.edges}
    assert found[ORDERED].changed is False
    assert found[ORDERED].after is not None
    assert found[ORDERED].after.status == "DrawnContested"  # by a denial that is itself below the minimum
    assert found[NO_PART].why == "no origin stands behind it, fewer than 2"
    assert found[TOOK_PLACE].why == "1 independent origin stands behind it, fewer than 2"
    assert change.vanished == ()
    assert {one.edge for one in change.fallen} == {NO_PART, TOOK_PLACE}


def test_a_disagreement_about_a_hidden_edge_is_gone() -> None:
    claims = (said(1), said(2, source("ministry", polarity="Denies")))
    assert [one.kind for one in withdraw(claims, Withdrawal(minimum=2), SOURCES).vanished] == ["denied"]
    assert withdraw(claims, Withdrawal(minimum=1), SOURCES).vanished == ()


def test_the_minimum_is_counted_after_what_is_withdrawn() -> None:
    claims = (said(1, edge=ORDERED), said(2, source("ministry"), edge=ORDERED, paper="901-b"))
    assert withdraw(claims, Withdrawal(minimum=2), SOURCES).fallen == ()
    (fallen,) = withdraw(claims, only(documents=("901-b",), minimum=2), SOURCES).fallen
    assert fallen.after is not None
    assert not fallen.restated  # its status is another, but it is not shown


def test_two_origins_that_nobody_has_signed_as_independent_are_below_a_minimum_of_two() -> None:
    claims = (said(1), said(2, source("ministry"), paper="901-b"))
    (hidden,) = withdraw(claims, Withdrawal(minimum=2), SOURCES).fallen
    assert hidden.before is not None
    assert len(hidden.before.origins) == 2


def test_two_figures_disagree_until_one_is_gone() -> None:
    asked = Question("q", (("en", "?"),), "Stock", (Pattern("prison", "heldCount", "*"),))
    few, many = (Edge("prison", "heldCount", Figure("Exactly", Decimal(n), of="inmates")) for n in (8, 12))
    claims = (said(1, edge=few), said(2, edge=many, paper="901-b"))
    change = withdraw(claims, only(documents=("901-b",)), Sources.of(register(questions=(asked,)), PAPERS.values()))
    assert [(one.kind, one.questions) for one in change.vanished] == [("figures", ("q",))]


# ---- properties -------------------------------------------------------------------------------------


@given(corpora(), withdrawals)
def test_counts_never_rise_under_withdrawal(claims: tuple[Claim, ...], withdrawal: Withdrawal) -> None:
    for one in withdraw(claims, withdrawal, SOURCES).edges:
        assert one.before is not None
        if one.after is not None:
            assert set(one.after.origins) <= set(one.before.origins)
            assert one.after.claims <= one.before.claims
            assert one.after.documents <= one.before.documents


@given(corpora(), withdrawals)
def test_whoever_withdraws_more_keeps_less(claims: tuple[Claim, ...], withdrawal: Withdrawal) -> None:
    more = withdrawal | only(documents=("900-a",), speakers=("council",))
    assert set(names(left(claims, more))) <= set(names(left(claims, withdrawal)))


@given(corpora())
def test_what_is_put_back_is_what_was_there(claims: tuple[Claim, ...]) -> None:
    assert standing(claims, frozenset(), SOURCES) == claims
    change = withdraw(claims, Withdrawal(), SOURCES)
    assert (change.changed, change.vanished, change.appeared) == ((), (), ())


@given(corpora(), withdrawals, withdrawals)
def test_in_either_order_or_both_at_once(claims: tuple[Claim, ...], a: Withdrawal, b: Withdrawal) -> None:
    first, second = (withdrawn(one, claims, SOURCES) for one in (a, b))
    assert withdrawn(a | b, claims, SOURCES) == first | second
    at_once = standing(claims, first | second, SOURCES)
    assert standing(standing(claims, first, SOURCES), second, SOURCES) == at_once
    assert standing(standing(claims, second, SOURCES), first, SOURCES) == at_once
    assert withdraw(claims, a | b, SOURCES) == withdraw(claims, b | a, SOURCES)


@given(corpora(), withdrawals)
def test_nobody_disagrees_more_because_somebody_is_left_out(claims: tuple[Claim, ...], without: Withdrawal) -> None:
    assert withdraw(claims, without, SOURCES).appeared == ()


@given(corpora(), withdrawals, st.randoms(use_true_random=False))
def test_the_order_of_documents_makes_no_difference(
    claims: tuple[Claim, ...], without: Withdrawal, chance: Any
) -> None:
    mixed = tuple(chance.sample(claims, len(claims)))
    assert withdraw(mixed, without, SOURCES) == withdraw(claims, without, SOURCES)


def test_the_invented_corpus_without_each_of_its_documents(mini: Corpus) -> None:
    known = Register.of(mini.entities, mini.groups, mini.questions)
    claims, sources = tuple(mini.claims()), Sources.of(known, mini.documents)
    fallen = {
        paper: len(withdraw(claims, only(documents=(paper,)), sources).fallen)
        for paper in ("900-gazette", "901-courier", "902-echo")
    }
    assert fallen == {"900-gazette": 31, "901-courier": 9, "902-echo": 0}
    without = standing(claims, frozenset({Carrier("speaker", "ferry-keeper")}), sources)
    assert "901-c11.1" not in names(without)  # its joint premise is the ferry keeper's word
    without = standing(claims, frozenset({Carrier("speaker", "held-lock-worker")}), sources)
    assert "900-c19.1" in names(without)  # pooled: the roster is left
