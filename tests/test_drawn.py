"""Status as drawn: a decision list in the order of caution."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import EDGE, claim, entity, group, held, register, relay, retracted, source
from test_origins import PEOPLE, claims

from graph.content import Edge, Ref, Truth
from graph.model import Claim, Corpus, CoverageRule, Inferring, Pattern, Question
from graph.origins import Drawn, discount, draw
from graph.vocabulary import vocabulary

NOBODY = register()
TOOK_PLACE = Edge("gate-opening", "tookPlace", Truth())


def status(*held_claims: Claim, edge: Edge = EDGE, known: Any = NOBODY) -> str:
    """How an edge is drawn over some claims."""
    return draw(held_claims, known)[edge].status.removeprefix("Drawn")


def rank(drawn: Drawn) -> int:
    return int(vocabulary().concept("DrawnStatus", drawn.status).facts["cautionRank"])


def deny(speaker: str = "verrin", **fields: Any) -> Claim:
    return claim(source(speaker, polarity="Denies"), **fields)


def own(**fields: Any) -> Claim:
    """A document's own word without any evidence."""
    return claim(source("author"), evidence=("UnattributedStatement",), **fields)


# the claims of each status, most cautious first
CASES: dict[str, tuple[Claim, ...]] = {
    "Withheld": (retracted(claim()),),
    "Hypothetical": (claim(mode="Future"), claim(mode="Counterfactual")),
    "ViewOrDemand": (claim(source(force="Opines")), claim(source(force="Recommends"))),
    "Contested": (claim(), deny()),
    "Negated": (deny(),),
    "Insinuated": (claim(source(force="Asks")), claim(position="Heading"), claim(position="Presupposed")),
    "Conjecture": (claim(source("author"), evidence=("AnalystInference",)),),
    "NoOriginShown": (own(),),
    "SingleOrigin": (claim(), claim(relay(), source()), own()),
    "SeveralOrigins": (claim(), claim(source("ministry"))),
}


@pytest.mark.parametrize("name", CASES)
def test_each_status_has_its_case(name: str) -> None:
    assert status(*CASES[name]) == name


def test_the_cases_follow_the_order_of_caution_and_leave_out_what_nothing_reaches() -> None:
    ranked = sorted(vocabulary().concepts("DrawnStatus").values(), key=lambda c: int(c.facts["cautionRank"]))
    assert [*CASES, "Corroborated"] == [c.name.removeprefix("Drawn") for c in ranked]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ((*CASES["Negated"], claim(source(force="Asks"))), "Negated"),
        ((*CASES["Negated"], *CASES["Insinuated"][1:]), "Contested"),
        ((*CASES["Insinuated"], *CASES["Conjecture"]), "Conjecture"),
        ((*CASES["Conjecture"], *CASES["NoOriginShown"]), "Conjecture"),
        ((*CASES["Conjecture"], *CASES["SingleOrigin"]), "SingleOrigin"),
        ((*CASES["Hypothetical"], *CASES["ViewOrDemand"]), "ViewOrDemand"),
        ((*CASES["Hypothetical"], *CASES["SingleOrigin"]), "SingleOrigin"),
        ((*CASES["ViewOrDemand"], *CASES["Negated"]), "Contested"),
        ((*CASES["ViewOrDemand"][1:], *CASES["Negated"]), "Negated"),
        ((*CASES["Withheld"], *CASES["NoOriginShown"]), "NoOriginShown"),
        ((retracted(claim()), deny()), "Negated"),
        ((claim(), retracted(deny())), "SingleOrigin"),
        ((*CASES["SeveralOrigins"], deny()), "Contested"),
        ((claim(mode="Future"), deny()), "Negated"),
        ((claim(), deny(mode="Future")), "SingleOrigin"),
        ((claim(source(force="Asks")), claim(source(force="Threatens"))), "Insinuated"),
        ((claim(source(force="Threatens")), claim(source(force="Promises"))), "ViewOrDemand"),
        ((claim(mode="Generic"),), "SingleOrigin"),
    ],
)
def test_what_claims_of_several_kinds_come_to(more: tuple[Claim, ...], expected: str) -> None:
    assert status(*more) == expected
    assert status(*more[::-1]) == expected


def test_an_edge_without_a_claim_is_not_drawn() -> None:
    assert draw([], NOBODY) == {}
    assert set(draw([claim()], NOBODY)) == {EDGE}


# ---- contested --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["AnalystInference", "AuthorOpinion", "UnattributedStatement", "EyewitnessAccount"])
def test_a_denial_contests_whatever_the_kind_of_evidence(kind: str) -> None:
    assert status(claim(evidence=(kind,)), deny()) == "Contested"
    assert status(claim(), deny(evidence=(kind,))) == "Contested"


def test_a_rejecting_relay_leaves_the_side_and_takes_the_origin() -> None:
    rejected = claim(relay(commitment="Rejects"), source())
    assert status(rejected) == "NoOriginShown"
    assert status(rejected, deny()) == "Contested"
    assert status(claim(relay(commitment="Rejects"), source(polarity="Denies"))) == "Negated"
    assert status(rejected, claim(source("ministry"))) == "SingleOrigin"


def test_a_distancing_relay_changes_nothing() -> None:
    assert status(claim(relay(commitment="Distances"), source())) == status(claim()) == "SingleOrigin"


def test_denying_an_event_contests_its_affirmed_actual_edges_and_no_others() -> None:
    denial = deny(edge=TOOK_PLACE)
    told = draw([claim(), denial], NOBODY)
    assert told[EDGE].status == "DrawnContested"
    assert told[EDGE].why == f"the event is denied in {denial.id}"
    assert told[TOOK_PLACE].status == "DrawnNegated"
    for other in (claim(mode="Future"), claim(source(force="Asks")), claim(source(force="Threatens"))):
        assert status(other, denial) != "Contested"
    elsewhere = Edge("flood", "occurredAt", Ref("low-gate"))
    assert status(claim(edge=elsewhere), denial, edge=elsewhere) == "SingleOrigin"
    assert status(deny(), denial) == "Negated"
    assert status(claim(), deny(edge=TOOK_PLACE, mode="Future")) == "SingleOrigin"
    assert status(claim(), retracted(denial)) == "SingleOrigin"


RULE = CoverageRule(
    Pattern("verrin", "wasInvolvedIn", "gate-opening"),
    (Pattern("verrin", "ordered", "gate-opening"),),
    "coder-one",
    "2031-04-13",
    "Who had no part gave no order.",
)
ASKED = register(questions=(Question("q", (("en", "?"),), "YesNo", (RULE.denial, *RULE.contests), covers=(RULE,)),))
NO_PART, ORDERED = Edge("verrin", "wasInvolvedIn", Ref("gate-opening")), Edge("verrin", "ordered", Ref("gate-opening"))


def test_a_general_denial_contests_the_stronger_rungs_it_lists() -> None:
    denial = deny(edge=NO_PART)
    told = draw([claim(edge=ORDERED), denial], ASKED)
    assert told[ORDERED].status == "DrawnContested"
    assert told[ORDERED].why == f"a general denial in {denial.id} covers it"
    assert status(claim(edge=ORDERED), denial, edge=ORDERED) == "SingleOrigin"  # without the signed rule
    planned = Edge("verrin", "planned", Ref("gate-opening"))
    assert status(claim(edge=planned), denial, edge=planned, known=ASKED) == "SingleOrigin"  # not listed


def test_coverage_never_works_the_other_way() -> None:
    assert status(claim(edge=NO_PART), deny(edge=ORDERED), edge=NO_PART, known=ASKED) == "SingleOrigin"
    assert status(own(edge=NO_PART), claim(edge=ORDERED), edge=NO_PART, known=ASKED) == "NoOriginShown"


def test_an_ambiguous_denial_contests_only_its_narrowest_proposition() -> None:
    unclear = deny(reading="Ambiguous")
    told = draw([claim(), unclear], NOBODY)[EDGE]
    assert told.status == "DrawnContested"
    assert told.why.endswith(f"denied in {unclear.id} (scope unclear)")
    assert "scope unclear" not in draw([claim(), unclear, deny()], NOBODY)[EDGE].why
    assert "scope unclear" in draw([unclear], NOBODY)[EDGE].why
    assert status(claim(), deny(edge=TOOK_PLACE, reading="Ambiguous")) == "SingleOrigin"
    assert (
        status(claim(edge=ORDERED), deny(edge=NO_PART, reading="Ambiguous"), edge=ORDERED, known=ASKED)
        == "SingleOrigin"
    )


# ---- without an origin ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("guess", "expected"),
    [
        (claim(evidence=("AnalystInference",)), "Conjecture"),
        (claim(evidence=("AuthorOpinion",)), "Conjecture"),
        (claim(evidence=("ExpertOpinion",)), "Conjecture"),
        (claim(evidence=("TemporalCoincidence",)), "Conjecture"),
        (claim(source(certainty="Possible")), "Conjecture"),
        (claim(relay(certainty="Possible"), source()), "Conjecture"),
        (own(infers=(Inferring(1, ("900-c1.1",), "FromSigns", "NeedsAny"),)), "Conjecture"),
        (claim(evidence=("AnalystInference",), position="Caption"), "NoOriginShown"),
        (claim(evidence=("AnalystInference",), position="Heading"), "Insinuated"),
        (own(), "NoOriginShown"),
        (claim(source(certainty="Probable")), "SingleOrigin"),
    ],
)
def test_a_guess_in_the_body_makes_it_conjecture(guess: Claim, expected: str) -> None:
    assert status(guess) == expected


def test_an_opinion_beside_a_bare_word_is_conjecture_and_a_question_is_not() -> None:
    assert status(own(), claim(source(force="Opines"))) == "Conjecture"
    assert status(own(), claim(source(force="Asks"), evidence=("AnalystInference",))) == "NoOriginShown"


def test_no_origin_shown_counts_the_documents_that_say_it() -> None:
    asks = claim(source(force="Asks"), paper="903-d")
    told = draw([own(paper="900-a"), own(paper="901-b"), own(paper="901-b"), asks], NOBODY)[EDGE]
    assert told.why.startswith("2 documents say it without showing an origin")
    assert draw([own()], NOBODY)[EDGE].why.startswith("1 document says it")
    assert (told.claims, told.documents, told.origins) == (4, 3, ())


def test_a_reason_that_several_share_is_told_once_with_whose_words_it_holds_for() -> None:
    opinion = claim(source("ministry"), evidence=("AuthorOpinion",))
    told = draw([own(), own(paper="901-b"), own(paper="902-c"), opinion], PEOPLE)[EDGE].why
    assert told == (
        "nobody who says so shows an origin: "
        f"{PEOPLE.called('ministry')} (the kind of evidence, author's opinion, adds none); "
        f"{PEOPLE.called('author')} (the kind of evidence, unattributed statement, adds none)"
    )


def test_one_origin_says_which_claim_shows_it_and_whose_words_show_none() -> None:
    alone, again, bare = claim(), claim(paper="901-b"), own(paper="902-c")
    assert draw([alone], PEOPLE)[EDGE].why.startswith("one origin says so: ")
    assert draw([alone, again], PEOPLE)[EDGE].why.startswith("however many say so, one origin stands behind it: ")
    told = draw([alone, bare], PEOPLE)[EDGE].why
    assert told.startswith("one origin is shown: ")
    assert f"({alone.id}); another claim shows none of its own: {PEOPLE.called('author')} (" in told
    assert "2 other claims show none of their own" in draw([alone, bare, own(paper="903-d")], PEOPLE)[EDGE].why


# ---- origins ----------------------------------------------------------------------------------------


def test_repetition_stays_one_origin_and_a_group_is_one() -> None:
    copies = [claim(relay(paper), source(), paper=paper) for paper in ("900-a", "901-b", "902-c")]
    assert status(*copies) == "SingleOrigin"
    grouped = register(entity("council"), entity("guard"), groups=(group("side", "council", "guard"),))
    assert status(claim(), claim(source("guard")), known=grouped) == "SingleOrigin"
    assert status(claim(), claim(source("guard"))) == "SeveralOrigins"


def test_custody_counts_with_the_custodian() -> None:
    two = (
        claim(held("a", "guard"), evidence=("CustodialStatement",)),
        claim(held("b", "guard"), evidence=("CustodialStatement",)),
    )
    assert status(*two) == "SingleOrigin"
    assert [o.key for o in draw(two, NOBODY)[EDGE].origins] == ["guard"]


# ---- properties -------------------------------------------------------------------------------------

sides = st.lists(st.builds(deny, st.sampled_from(("verrin", "council"))), max_size=1)


@given(st.lists(claims(), min_size=1, max_size=8), sides)
def test_no_set_of_claims_is_ever_drawn_as_corroborated(affirmed: list[Claim], denied: list[Claim]) -> None:
    for drawn in draw([*affirmed, *denied], PEOPLE).values():
        assert rank(drawn) < int(vocabulary().concept("DrawnStatus", "DrawnCorroborated").facts["cautionRank"])


barren = claims().filter(lambda c: discount(c.utterance, PEOPLE) is not None)


@given(st.lists(claims(), min_size=1, max_size=5), sides, barren)
def test_a_claim_without_an_origin_never_raises_what_is_drawn(
    affirmed: list[Claim], denied: list[Claim], more: Claim
) -> None:
    """Once somebody says it is so; before that, saying so at all is what changes."""
    before = draw([*affirmed, *denied], PEOPLE)[EDGE]
    after = draw([*affirmed, *denied, more], PEOPLE)[EDGE]
    assert after.origins == before.origins
    if rank(before) >= 7 or before.status in ("DrawnContested", "DrawnNegated"):
        assert rank(after) <= rank(before)
    else:
        assert rank(after) <= 8


@given(st.lists(claims(), min_size=1, max_size=5), sides, st.randoms(use_true_random=False))
def test_the_order_of_claims_makes_no_difference(affirmed: list[Claim], denied: list[Claim], chance: Any) -> None:
    listed = [*affirmed, *denied]
    mixed = chance.sample(listed, len(listed))
    assert draw(listed, PEOPLE) == draw(mixed, PEOPLE)


@given(st.lists(claims(), min_size=1, max_size=5))
def test_a_denial_always_shows(affirmed: list[Claim]) -> None:
    assert draw([*affirmed, deny()], PEOPLE)[EDGE].status in ("DrawnContested", "DrawnNegated")


# ---- the invented corpus ----------------------------------------------------------------------------


def test_how_the_invented_corpus_is_drawn(mini: Corpus) -> None:
    known = register(*mini.entities, groups=mini.groups, questions=mini.questions)
    drawn = draw(mini.claims(), known)
    by_claim = {c.id: drawn[c.edge].status.removeprefix("Drawn") for c in mini.claims()}
    expected = {
        "900-c1.1": "Contested", "900-c2.1": "Contested", "900-c2.2": "Contested", "900-c3.1": "SingleOrigin",
        "900-c5.1": "Contested", "900-c9.1": "Contested", "900-c9.2": "Contested", "900-c11.1": "Insinuated",
        "900-c12.1": "Contested", "900-c13.1": "Hypothetical", "900-c16.1": "Hypothetical", "900-c17.1": "ViewOrDemand",
        "900-c18.1": "NoOriginShown", "900-c20.1": "Negated", "900-c21.1": "ViewOrDemand", "900-c25.1": "Withheld",
        "900-c28.1": "Withheld", "901-c3.1": "Contested", "901-c9.1": "Negated", "901-c10.1": "SingleOrigin",
    }  # fmt: skip
    assert {name: by_claim[name] for name in expected} == expected


def test_who_denies_an_event_contests_what_supposes_it_and_nothing_that_only_aims_at_it() -> None:
    """The event stands at the end of the edge."""
    denial = deny(edge=TOOK_PLACE)

    def drawn(relation: str) -> str:
        edge = Edge("verrin", relation, Ref("gate-opening"))
        return draw([claim(edge=edge), denial], NOBODY)[edge].status.removeprefix("Drawn")

    supposing = {name for name, relation in vocabulary().properties.items() if relation.supposes_object}
    assert {"benefitedFrom", "facilitated", "simultaneousWith", "wasConsistentWith"} <= supposing
    assert {drawn(name) for name in supposing} == {"Contested"}
    assert {drawn(name) for name in ("planned", "ordered", "prepared", "calledFor", "announced", "hadPurpose")} == {
        "SingleOrigin"
    }
