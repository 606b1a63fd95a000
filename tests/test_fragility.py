"""Fragility: supports, the smallest sets that fell an edge, and what a corpus rests on."""

from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from makers import EDGE, register, relay, retracted, source
from weights import KNOWN, PAPERS, SOURCES, TOOK_PLACE, corpora, name, said

from graph.content import Edge
from graph.model import Claim, Corpus
from graph.origins import Carrier, Fragility, Register, Sources, fragility, loads, standing, supports
from graph.status import takes_side

Sets = frozenset[frozenset[Carrier]]
BARE = Sources.of(register(), PAPERS.values())


def words(found: Fragility | Sets) -> set[frozenset[str]]:
    """Speakers and documents of each set, without the rest."""
    sets = found.sets if isinstance(found, Fragility) else found
    return {frozenset(carrier.id for carrier in one) for one in sets if all(c.kind == "speaker" for c in one)}


def affirmed(claims: Any, edge: Edge) -> bool:
    return any(c.edge == edge and not c.withheld and takes_side(c.utterance, "Affirms") for c in claims)


def brute(claims: tuple[Claim, ...], edge: Edge, most: int) -> Sets:
    """Minimal sets of carriers that fell an edge, by trying every set and letting the claims fall."""
    universe = sorted({carrier for claim in claims for carrier in SOURCES.carriers(claim)})
    found: list[frozenset[Carrier]] = []
    for size in range(1, most + 1):
        for tried in map(frozenset, combinations(universe, size)):
            if not any(one <= tried for one in found) and not affirmed(standing(claims, tried, SOURCES), edge):
                found.append(tried)
    return frozenset(found)


# ---- supports ---------------------------------------------------------------------------------------


def spoken(number: int, speaker: str, **rest: Any) -> Claim:
    return said(number, source(speaker), **rest)


def support(*speakers: str) -> frozenset[str]:
    return frozenset(speakers)


def held(claims: tuple[Claim, ...], edge: Edge = EDGE) -> set[frozenset[str]]:
    return {frozenset(c.id for c in one if c.kind == "speaker") for one in supports(edge, claims, BARE)}


PREMISES = (spoken(1, "a", edge=TOOK_PLACE), spoken(2, "b", edge=TOOK_PLACE))


def test_a_support_is_a_claim_with_everything_it_rests_on() -> None:
    (one,) = supports(EDGE, [said(1, relay("author"), source())], SOURCES)
    assert {(c.kind, c.id) for c in one} == {
        ("document", "900-a"),
        ("publisher", "gazette"),
        ("speaker", "author"),
        ("speaker", "council"),
        ("group", "side"),
    }


def test_a_kind_of_evidence_is_no_source() -> None:
    assert all(c.kind != "evidence" for one in supports(EDGE, [said(1)], SOURCES) for c in one)


def test_pooled_premises_are_alternatives_and_joint_ones_multiply() -> None:
    pooled = spoken(3, "c", premises=(1, 2), needs="NeedsAny")
    joint = spoken(3, "c", premises=(1, 2), needs="NeedsAll")
    assert held((*PREMISES, pooled)) == {support("a", "c"), support("b", "c")}
    assert held((*PREMISES, joint)) == {support("a", "b", "c")}


def test_premises_are_followed_all_the_way() -> None:
    claims = (*PREMISES, spoken(3, "c", edge=TOOK_PLACE, premises=(1, 2)), spoken(4, "d", premises=(3,)))
    assert held(claims) == {support("a", "c", "d"), support("b", "c", "d")}


def test_only_visible_affirming_claims_support_an_edge() -> None:
    others = (
        said(1, source("a", polarity="Denies")),
        said(2, source("b", force="Asks")),
        said(3, source("c"), mode="Future"),
        retracted(said(4, source("d"))),
    )
    assert supports(EDGE, others, SOURCES) == frozenset()
    assert fragility(EDGE, others, SOURCES) == Fragility(EDGE, (), (), None)
    assert fragility(EDGE, others, SOURCES).least is None


def test_a_support_that_contains_another_is_dropped() -> None:
    claims = (spoken(1, "a"), spoken(2, "c", premises=(1,)), spoken(3, "b", paper="901-b"))
    assert held(claims) == {support("a"), support("b")}


# ---- what fells an edge -----------------------------------------------------------------------------


def test_one_claim_falls_without_any_one_of_its_sources() -> None:
    found = fragility(EDGE, [said(1, relay("author"), source())], SOURCES)
    assert {len(one) for one in found.sets} == {1}
    assert len(found.sets) == 5
    assert (found.least, found.cut, found.affirming) == (1, None, (name(1),))
    assert len(found.ways) == 1  # the five are interchangeable: one choice


def test_two_papers_fall_only_together_unless_they_share_a_source() -> None:
    apart = (spoken(1, "a"), spoken(2, "b", paper="901-b"))
    assert fragility(EDGE, apart, BARE).least == 2
    assert words(fragility(EDGE, apart, BARE)) == {support("a", "b")}
    shared = (said(1, relay("x"), source("a")), said(2, relay("x"), source("b"), paper="901-b"))
    assert words(fragility(EDGE, shared, BARE)) == {support("x"), support("a", "b")}


def test_premises_carry_what_is_concluded_from_them() -> None:
    pooled = spoken(3, "c", premises=(1, 2), needs="NeedsAny", paper="901-b")
    joint = spoken(3, "c", premises=(1, 2), needs="NeedsAll", paper="901-b")
    assert words(fragility(EDGE, (*PREMISES, pooled), BARE)) == {support("c"), support("a", "b")}
    assert words(fragility(EDGE, (*PREMISES, joint), BARE)) == {support("c"), support("a"), support("b")}


def test_a_retracted_premise_carries_nothing() -> None:
    claims = (retracted(PREMISES[0]), PREMISES[1], spoken(3, "c", premises=(1, 2), paper="901-b"))
    assert words(fragility(EDGE, claims, BARE)) == {support("c"), support("b")}


def test_premises_that_lead_back_come_to_an_end() -> None:
    claims = (spoken(1, "a", premises=(2,)), spoken(2, "b", premises=(1,), paper="901-b"))
    assert words(fragility(EDGE, claims, BARE)) == {support("a"), support("b")}
    assert held(claims) == {support("a", "b")}


def test_interchangeable_sources_are_one_choice() -> None:
    (way,) = fragility(EDGE, (spoken(1, "a"), spoken(2, "b", paper="901-b")), BARE).ways
    assert [[c.kind for c in choice] for choice in way] == [["document", "publisher", "speaker"]] * 2
    assert len(fragility(EDGE, (spoken(1, "a"), spoken(2, "b", paper="901-b")), BARE).sets) == 9


def test_what_is_not_sought_is_said() -> None:
    papers = ("900-a", "901-b", "902-c")
    three = tuple(spoken(n, f"s{n}", paper=paper) for n, paper in enumerate(papers, start=1))
    assert fragility(EDGE, three, BARE, size=3).cut is None
    short = fragility(EDGE, three, BARE, size=1)
    assert (short.cut, short.ways, short.least) == (1, (), None)
    two = fragility(EDGE, three, BARE, size=2)  # 902-c prints 900-a again
    assert (two.cut, two.least) == (2, 2)
    assert fragility(EDGE, three[:2], BARE, size=2).cut is None


def test_nothing_larger_is_missed_where_everything_is_absorbed() -> None:
    claims = tuple(said(n, relay("x"), source(f"s{n}")) for n in range(1, 4))
    found = fragility(EDGE, claims, BARE, size=2)
    assert found.cut == 2  # the three speakers together would fell it too
    assert support("x") in words(found)


def test_too_many_sets_lower_the_size_sought() -> None:
    papers = ("900-a", "901-b", "902-c")
    claims = tuple(
        said(n, relay(f"r{n}"), relay(f"q{n % 2}"), source(f"s{n % 3}"), paper=papers[n % 3]) for n in range(1, 9)
    )
    whole = fragility(EDGE, claims, BARE)
    found = fragility(EDGE, claims, BARE, most=8)
    assert whole.cut is not None
    assert found.cut is not None
    assert 1 <= found.cut < whole.cut
    assert found.sets == {one for one in whole.sets if len(one) <= found.cut}


@settings(max_examples=60)
@given(corpora(most=4), st.integers(1, 3))
def test_the_sets_are_minimal_and_enough(claims: tuple[Claim, ...], most: int) -> None:
    """Against every set there is, each tried by letting claims fall."""
    edge = claims[0].edge
    found = fragility(edge, claims, SOURCES, size=most)
    if affirmed(claims, edge):
        assert found.sets == brute(claims, edge, most)
        if found.cut is None:
            assert found.sets == brute(claims, edge, most + 1)
    else:
        assert found.sets == frozenset()


@settings(max_examples=60)
@given(corpora(most=5))
def test_the_sets_hit_every_support_and_each_member_is_needed(claims: tuple[Claim, ...]) -> None:
    edge = claims[-1].edge
    written = supports(edge, claims, SOURCES)
    for one in fragility(edge, claims, SOURCES).sets:
        assert all(one & support for support in written)
        assert all(any(not (one - {member}) & support for support in written) for member in one)


@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_documents_makes_no_difference(claims: tuple[Claim, ...], chance: Any) -> None:
    mixed = chance.sample(claims, len(claims))
    edge = claims[0].edge
    assert fragility(edge, mixed, SOURCES) == fragility(edge, claims, SOURCES)
    assert loads(mixed, SOURCES) == loads(claims, SOURCES)


# ---- what a corpus rests on -------------------------------------------------------------------------


@given(corpora())
def test_a_load_is_what_falls_without_it_alone(claims: tuple[Claim, ...]) -> None:
    found = {carrier: load for load in loads(claims, SOURCES) for carrier in load.carriers}
    assert set(found) == {carrier for claim in claims for carrier in SOURCES.carriers(claim)}
    for carrier, load in found.items():
        left = standing(claims, frozenset({carrier}), SOURCES)
        assert load.claims == tuple(c.id for c in claims if c not in left)
        assert load.edges == len({c.edge for c in claims} - {c.edge for c in left})


@given(corpora())
def test_the_most_load_bearing_come_first_and_equals_together(claims: tuple[Claim, ...]) -> None:
    found = loads(claims, SOURCES)
    assert [(-load.edges, -len(load.claims)) for load in found] == sorted(
        (-load.edges, -len(load.claims)) for load in found
    )
    assert len({load.claims for load in found}) == len(found)


def test_premises_that_lead_back_bear_each_other() -> None:
    claims = (spoken(1, "a", premises=(2,)), spoken(2, "b", premises=(1,), paper="901-b"))
    assert {load.claims for load in loads(claims, BARE)} == {(name(1), name(2))}


def test_a_load_follows_premises_all_the_way() -> None:
    claims = (spoken(1, "a", premises=(2,)), spoken(2, "b", premises=(3,)), spoken(3, "c", paper="901-b"))
    found = {carrier.id: load.claims for load in loads(claims, BARE) for carrier in load.carriers}
    assert found["c"] == (name(1), name(2), name(3))


def test_a_retracted_claim_rests_on_nothing() -> None:
    assert loads([retracted(said(1))], SOURCES) == ()


def test_the_invented_corpus_rests_on_its_papers(mini: Corpus) -> None:
    sources = Sources.of(Register.of(mini.entities, mini.groups, mini.questions), mini.documents)
    first = loads(mini.claims(), sources)[0]
    assert Carrier("document", "900-gazette") in first.carriers
    reasoned = next(c.edge for c in mini.claims() if c.id == "901-c11.1")
    assert {frozenset(c.id for c in one) for one in fragility(reasoned, mini.claims(), sources).sets} >= {
        frozenset({"author-900", "ferry-keeper"}),
        frozenset({"900-gazette", "901-courier"}),
    }


def test_documents_are_taken_from_the_claims_themselves_where_no_list_is_given() -> None:
    one = replace(said(1), document=PAPERS["901-b"])
    assert Carrier("publisher", "courier") in Sources(KNOWN, {}).carriers(one)
