"""The rule without one of its parts: for each part there is a case that comes out wrong when it is left out."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from makers import EDGE, claim, document, entity, group, held, judged, register, relay, source
from test_origins import NONE_ADDED, PEOPLE

from graph.content import Edge, Ref
from graph.model import Claim, CoverageRule, Pattern, Question
from graph.origins import Register, counting, discount, draw, drawn
from graph.origins.counting import DISCOUNTS, origins

#: by discount, the cases of test_origins that it alone decides
DECIDES = {
    "garbled": ("garbled",),
    "not-actual": ("future",),
    "not-asserted": ("question", "opinion", "threat"),
    "position": ("heading", "presupposed"),
    "evidence": ("one kind among several",),
    "possible": ("possible", "softened to possible"),
    "rejected": ("rejected",),
    "unnamed": ("unnamed",),
}


def test_every_discount_has_a_case_and_every_case_a_discount() -> None:
    assert set(DECIDES) == set(DISCOUNTS)
    assert sorted(case for cases in DECIDES.values() for case in cases) == sorted(NONE_ADDED)


@pytest.mark.parametrize("name", DISCOUNTS)
def test_without_one_discount_its_cases_and_no_others_add_an_origin(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left = {key: reason for key, reason in DISCOUNTS.items() if key != name}
    monkeypatch.setattr(counting, "DISCOUNTS", left)
    adding = {case for case, (by, fields, _) in NONE_ADDED.items() if origins([claim(*by, **fields)], PEOPLE) != ()}
    assert adding == set(DECIDES[name])


# ---- what is put beside one eyewitness, and what it does to the count ---------------------------------------

WHERE = Question("q", (("en", "Where?"),), "Choice", (Pattern("gate-opening", "occurredAt", "*"),))
KNOWN = register(
    *PEOPLE.entities.values(),
    entity("witness", "Person"),
    entity("keeper", "Person"),
    entity("inmate", "Person"),
    groups=(group("council-side", "council", "constabulary"),),
    questions=(WHERE,),
    independence=(judged("witness", "keeper"),),
)
SEEN = claim(source("witness"), evidence=("EyewitnessAccount",), paper="900-a")


def beside(*by: Any, paper: str = "901-b", publisher: str = "courier", **fields: Any) -> Claim:
    made = claim(*by, paper=paper, **fields)
    return replace(made, document=replace(document(paper), publisher=publisher))


NEVER: dict[str, tuple[Claim, ...]] = {
    "a reprint": (beside(relay("echo"), source("witness"), evidence=("EyewitnessAccount",)),),
    "a tenth repetition": tuple(beside(relay("echo"), source("witness"), paper=f"91{n}-x") for n in range(9)),
    "a second author's inference": (beside(source("author"), evidence=("AnalystInference",)),),
    "an opinion": (beside(source("author", force="Opines"), evidence=("AuthorOpinion",)),),
    "a coincidence in time": (beside(source("author"), evidence=("TemporalCoincidence",)),),
    "unnamed residents": (beside(source("residents"), evidence=("EyewitnessAccount",)),),
    "a heading": (beside(source("keeper"), position="Heading"),),
}


@pytest.mark.parametrize("what", NEVER)
def test_what_never_raises_a_count(what: str) -> None:
    alone, both = (draw(claims, KNOWN)[EDGE] for claims in ((SEEN,), (SEEN, *NEVER[what])))
    assert (both.origins, both.independent) == (alone.origins, alone.independent)
    assert both.status == alone.status == "DrawnSingleOrigin"


def test_an_independent_eyewitness_raises_both_counts() -> None:
    both = draw((SEEN, beside(source("keeper"), evidence=("EyewitnessAccount",))), KNOWN)[EDGE]
    assert (len(both.origins), both.independent.count, both.status) == (2, 2, "DrawnCorroborated")


def test_a_second_prisoner_of_the_same_custodian_never_raises_a_count() -> None:
    two = tuple(
        beside(held(who, "ministry"), paper=paper, publisher=paper, evidence=("CustodialStatement",))
        for who, paper in (("worker", "901-b"), ("inmate", "902-c"))
    )
    signed = replace(KNOWN, independence=(judged("worker", "inmate"),))
    assert [o.key for o in draw(two, signed)[EDGE].origins] == ["ministry"]
    free = tuple(replace(c, utterance=replace(c.utterance, by=(source(c.utterance.source.speaker),))) for c in two)
    assert draw(free, signed)[EDGE].independent.count == 2  # it is custody that makes them one


# ---- other parts, each left out ------------------------------------------------------------------------------

ORDERED, NO_PART = (Edge("verrin", relation, Ref("gate-opening")) for relation in ("ordered", "wasInvolvedIn"))
RULE = CoverageRule(
    Pattern("verrin", "wasInvolvedIn", "gate-opening"), (Pattern("verrin", "ordered", "gate-opening"),), "coder-one", "2031-04-13", "No part, no order."
)  # fmt: skip
PART = Question("part", (("en", "What part?"),), "YesNo", (RULE.denial, *RULE.contests), covers=(RULE,))


def deny(edge: Edge) -> Claim:
    return claim(source("verrin", polarity="Denies"), edge=edge)


def official(name: str) -> Claim:
    return claim(source(name), evidence=("AnonymousOfficial",))


CASES: dict[str, tuple[tuple[Claim, ...], Edge, Callable[[Register], Register], str, str]] = {
    "groups": (
        (claim(source("council")), claim(source("constabulary"))),
        EDGE, lambda r: replace(r, groups={}), "DrawnSingleOrigin", "DrawnSeveralOrigins",
    ),
    "institutions": (
        (official("official"), claim(source("ministry"))),
        EDGE,
        lambda r: replace(r, entities={**r.entities, "official": replace(r.entities["official"], institution=None, unidentified=False)}),
        "DrawnSingleOrigin", "DrawnSeveralOrigins",
    ),
    "coverage rules": (
        (claim(edge=ORDERED), deny(NO_PART)),
        ORDERED, lambda r: replace(r, questions=()), "DrawnContested", "DrawnSingleOrigin",
    ),
    "judgements of independence": (
        (SEEN, beside(source("keeper"))),
        EDGE, lambda r: replace(r, independence=()), "DrawnCorroborated", "DrawnSeveralOrigins",
    ),
}  # fmt: skip


@pytest.mark.parametrize("part", CASES)
def test_without_a_signed_act_the_edge_is_drawn_otherwise(part: str) -> None:
    claims, edge, without, whole, left = CASES[part]
    known = replace(KNOWN, questions=(WHERE, PART))
    assert draw(claims, known)[edge].status == whole
    assert draw(claims, without(known))[edge].status == left


def test_without_the_bar_of_one_publisher_two_names_in_one_article_would_corroborate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = (SEEN, claim(source("keeper"), evidence=("EyewitnessAccount",), paper="900-a"))
    assert draw(both, KNOWN)[EDGE].status == "DrawnSeveralOrigins"
    # the package exports a function of the module's name
    monkeypatch.setattr(import_module("graph.origins.independence"), "share_their_only_publisher", lambda *_: None)
    assert draw(both, KNOWN)[EDGE].status == "DrawnCorroborated"


def test_without_contest_a_denial_would_vanish(monkeypatch: pytest.MonkeyPatch) -> None:
    guesses = tuple(claim(source(who), evidence=("AnalystInference",)) for who in ("author", "witness"))
    assert draw((*guesses, deny(EDGE)), KNOWN)[EDGE].status == "DrawnContested"  # never only denied
    monkeypatch.setattr(drawn._View, "contest", lambda *_: None)
    assert draw((*guesses, deny(EDGE)), KNOWN)[EDGE].status == "DrawnNegated"


def test_what_coincides_with_or_profits_from_an_event_supports_no_order() -> None:
    weaker = tuple(
        claim(source("witness"), edge=Edge("verrin", relation, Ref("gate-opening")), evidence=("EyewitnessAccount",))
        for relation in ("simultaneousWith", "benefitedFrom", "knewOf", "wasInvolvedIn")
    )
    known = replace(KNOWN, questions=(PART,))
    assert ORDERED not in draw(weaker, known)
    guess = claim(source("author"), edge=ORDERED, evidence=("AnalystInference",))
    assert draw((guess, *weaker), known)[ORDERED] == draw((guess,), known)[ORDERED]
    assert discount(guess.utterance, known) is not None
