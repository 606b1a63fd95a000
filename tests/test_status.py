"""Status as reported: one case per status, and each rule beats the rules after it."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from makers import EDGE, relay, source, utterance

from graph.content import Edge, Figure
from graph.model import Condition, Hop, Inferring, Utterance
from graph.status import certainty_rank, effective_certainty, is_actual, is_concluded, reported_status, takes_side
from graph.vocabulary import vocabulary

NUMBER = Edge("flood", "injuredCount", Figure("About", Decimal(40), of="residents"))
IF = (Condition(EDGE, "If"),)

# what makes each rule hold: axes of the innermost hop, fields of the utterance, the edge, and whether
# the document shows somebody affirming; in the order of the decision list
CASES: dict[str, dict[str, Any]] = {
    "ReportedGarbled": {"fields": {"reading": "Garbled"}},
    "ReportedRecommended": {"axes": {"force": "Recommends", "polarity": "TakesNoSide"}},
    "ReportedThreatened": {"axes": {"force": "Threatens"}},
    "ReportedPromised": {"axes": {"force": "Promises"}},
    "ReportedInsinuatedByQuestion": {"axes": {"force": "Asks", "polarity": "TakesNoSide"}},
    "ReportedCounterfactual": {"fields": {"mode": "Counterfactual", "condition": IF}},
    "ReportedConditional": {"fields": {"mode": "Conditional", "condition": IF}},
    "ReportedPredicted": {"fields": {"mode": "Future"}},
    "ReportedInsinuatedByPosition": {"fields": {"position": "Heading"}},
    "ReportedOpined": {"axes": {"force": "Opines"}},
    "ReportedDenied": {"axes": {"polarity": "Denies"}, "affirmed": True},
    "ReportedNegated": {"axes": {"polarity": "Denies"}},
    "ReportedInferred": {"fields": {"evidence": ("AnalystInference",)}},
    "ReportedEstimated": {"axes": {"certainty": "Probable"}, "edge": NUMBER},
    "ReportedSupposed": {"axes": {"certainty": "Probable"}},
    "ReportedAttributed": {"relayed": True},
    "ReportedOwnVoice": {},
}


def status(*cases: dict[str, Any]) -> str:
    """The reported status when the axes of several cases are set together; the first case wins an axis."""
    axes: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for case in cases:
        axes = {**case.get("axes", {}), **axes}
        fields = {**case.get("fields", {}), **fields}
    edge = next((case["edge"] for case in cases if "edge" in case), EDGE)
    by = [source(**axes)]
    if any(case.get("relayed") for case in cases):
        by.insert(0, relay())
    affirmed = any(case.get("affirmed") for case in cases)
    return reported_status(utterance(*by, edges=(edge,), **fields), edge, affirmed)


def test_the_cases_are_the_decision_list_of_the_vocabulary() -> None:
    concepts = vocabulary().concepts("ReportedStatus").values()
    assert list(CASES) == [c.name for c in sorted(concepts, key=lambda c: int(c.facts["precedence"]))]


@pytest.mark.parametrize("name", CASES)
def test_each_status_has_its_case(name: str) -> None:
    assert status(CASES[name]) == name


def _pairs() -> Iterable[tuple[str, str]]:
    """Each status with every later one whose axes can be set beside it."""
    order = list(CASES)
    for at, first in enumerate(order):
        for second in order[at + 1 :]:
            taken = {*CASES[first].get("axes", {}), *CASES[first].get("fields", {})}
            wanted = {*CASES[second].get("axes", {}), *CASES[second].get("fields", {})}
            if not taken & wanted:
                yield first, second


@pytest.mark.parametrize(("first", "second"), list(_pairs()))
def test_the_earlier_rule_wins(first: str, second: str) -> None:
    assert status(CASES[first], CASES[second]) == first


def test_most_neighbours_are_compared() -> None:
    compared = set(_pairs())
    assert sum(pair in compared for pair in pairwise(CASES)) >= 7  # the others share an axis: both cannot be set
    assert len(compared) > 60


@pytest.mark.parametrize(
    ("edge", "fields", "expected"),
    [
        (EDGE, {"position": "Presupposed"}, "ReportedInsinuatedByPosition"),
        (EDGE, {"position": "Aside"}, "ReportedOwnVoice"),
        (EDGE, {"position": "Caption"}, "ReportedOwnVoice"),
        (EDGE, {"mode": "Generic"}, "ReportedOwnVoice"),
        (EDGE, {"reading": "Ambiguous"}, "ReportedOwnVoice"),
        (EDGE, {"evidence": ("TemporalCoincidence",)}, "ReportedInferred"),
        (EDGE, {"evidence": ("EyewitnessAccount", "AnalystInference")}, "ReportedInferred"),
        (NUMBER, {}, "ReportedOwnVoice"),
    ],
)
def test_values_beside_the_usual_ones(edge: Edge, fields: dict[str, Any], expected: str) -> None:
    assert reported_status(utterance(edges=(edge,), **fields), edge, False) == expected


def test_an_order_counts_with_the_recommendations() -> None:
    assert status({"axes": {"force": "Directs", "polarity": "TakesNoSide"}}) == "ReportedRecommended"


def test_a_preliminary_figure_is_an_estimate_and_a_preliminary_word_is_not() -> None:
    by = (relay(), source(circumstances=("Preliminary",)))
    assert reported_status(utterance(*by, edges=(NUMBER,)), NUMBER, False) == "ReportedEstimated"
    assert reported_status(utterance(*by), EDGE, False) == "ReportedAttributed"


def test_only_the_concluded_edge_of_an_utterance_is_inferred() -> None:
    u = utterance(edges=(EDGE, NUMBER), infers=(Inferring(2, ("900-c1.1",), "FromSigns", "NeedsAny"),))
    assert (is_concluded(u, EDGE), is_concluded(u, NUMBER)) == (False, True)
    assert reported_status(u, EDGE, False) == "ReportedOwnVoice"
    assert reported_status(u, NUMBER, False) == "ReportedInferred"


@pytest.mark.parametrize(
    ("by", "weakest"),
    [
        ((source(),), "Certain"),
        ((relay(certainty="Possible"), source()), "Possible"),
        ((relay(certainty="Certain"), source(certainty="Possible")), "Possible"),
        ((relay(), source(certainty="Probable")), "Probable"),
        ((relay(certainty="Probable"), relay(certainty="Possible"), source()), "Possible"),
        ((relay(), source(certainty=None)), "Certain"),
    ],
)
def test_the_weakest_certainty_of_the_chain_counts_and_no_relay_hardens_it(by: tuple[Hop, ...], weakest: str) -> None:
    assert effective_certainty(by) == weakest


def test_certainties_are_ranked_by_the_vocabulary() -> None:
    assert certainty_rank("Certain") > certainty_rank("Probable") > certainty_rank("Possible")


@pytest.mark.parametrize(
    ("u", "side", "taken"),
    [
        (utterance(), "Affirms", True),
        (utterance(), "Denies", False),
        (utterance(source(force="Opines")), "Affirms", True),
        (utterance(source(polarity="Denies")), "Denies", True),
        (utterance(source(force="Threatens")), "Affirms", False),
        (utterance(source(force="Asks")), "Affirms", False),
        (utterance(mode="Generic"), "Affirms", True),
        (utterance(mode="Future"), "Affirms", False),
        (utterance(mode="Counterfactual"), "Affirms", False),
    ],
)
def test_who_takes_a_side(u: Utterance, side: str, taken: bool) -> None:
    assert takes_side(u, side) is taken


def test_what_is_actual_includes_the_general() -> None:
    modes = vocabulary().concepts("Mode")
    assert {mode for mode in modes if is_actual(utterance(mode=mode))} == {"Actual", "Generic"}
