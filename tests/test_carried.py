"""What the evidence of the project's own corpus carries: promises about the product, checked on the build."""

from dataclasses import replace
from typing import Any

import pytest
from corpora import TESTS
from makers import source
from test_golden import golden

from graph.cli import main
from graph.content import Edge, Figure, Ref
from graph.evidence import Archive
from graph.evidence.weighing import Weighing
from graph.model import Claim
from graph.origins import conflicts, draw
from graph.vocabulary import vocabulary

TURKISH = ("turkish-state",)


@pytest.fixture(scope="module")
def weighing(founding: Archive) -> Weighing:
    return Weighing(founding)


def side_of(state: str, weighing: Weighing) -> set[str]:
    """A state with its organs and with everything that has one of them as a member."""
    entities = weighing.register.entities
    found = {state}
    while more := {
        e.id for e in entities.values() if e.id not in found and (e.organ_of in found or found & set(e.members))
    }:
        found |= more
    return found


def alleged(weighing: Weighing, one: set[str]) -> list[Edge]:
    """The edges of the alleged-link family at one side."""
    return [
        edge
        for edge in weighing.drawn
        if vocabulary().property(edge.predicate).family == "FamilyAllegedLink"
        and (edge.subject in one or (isinstance(edge.object, Ref) and edge.object.id in one))
    ]


@pytest.mark.parametrize("state", ["turkish-state", "syrian-government"])
def test_no_alleged_link_of_either_state_has_two_independent_origins(state: str, weighing: Weighing) -> None:
    links = alleged(weighing, side_of(state, weighing))
    assert len(links) >= 5
    assert [edge for edge in links if weighing.drawn[edge].independent.count > 1] == []
    assert [edge for edge in links if weighing.drawn[edge].status == "DrawnCorroborated"] == []


def test_whatever_coincided_or_profited_no_order_rests_on_it(weighing: Weighing) -> None:
    ordered = [edge for edge in weighing.drawn if edge.predicate == "ordered"]
    weaker = [c for c in weighing.claims if c.edge.predicate in ("simultaneousWith", "benefitedFrom", "hadEffect")]
    assert len(weaker) > 5
    left = [c for c in weighing.claims if c not in weaker]
    drawn = draw(left, weighing.register)
    assert [drawn[edge] for edge in ordered] == [weighing.drawn[edge] for edge in ordered]


def rules(weighing: Weighing) -> list[tuple[Any, Any]]:
    return [(rule, rung) for q in weighing.register.questions for rule in q.covers for rung in rule.contests]


def test_a_general_denial_contests_every_stronger_rung_that_its_rule_lists(weighing: Weighing) -> None:
    some = weighing.claims[0]
    listed = rules(weighing)
    assert len(listed) >= 20

    def said(pattern: Any, number: int, **axes: Any) -> Claim:
        edge = Edge(pattern.subject, pattern.predicate, Ref(pattern.object))
        made = replace(
            some.utterance, id=f"900-c{number}", by=(source("somebody", **axes),), edges=(edge,), infers=(), evidence=("PartyStatement",)
        )  # fmt: skip
        return Claim(f"900-c{number}.1", edge, made, some.document)

    for rule, rung in listed:
        denial, stronger = said(rule.denial, 1, polarity="Denies"), said(rung, 2)
        assert draw((denial, stronger), weighing.register)[stronger.edge].status == "DrawnContested"
        assert (
            draw((said(rule.denial, 1), said(rung, 2, polarity="Denies")), weighing.register)[denial.edge].status
            != "DrawnContested"
        )


def test_figures_of_the_held_conflict_and_growing_tolls_do_not(weighing: Weighing) -> None:
    found = conflicts(weighing.claims, weighing.register.questions, weighing.register.wholes)
    by_id = {claim.id: claim for claim in weighing.claims}
    assert any(conflict.question == "held-count" for conflict in found)
    tolls = [c for c in found if c.question == "killed-count"]
    for toll in tolls:
        assert toll.why in (
            "the later figure is lower",
            "a part exceeds its whole",
            "the ranges do not meet at one stated moment",
        )
        assert isinstance(by_id[toll.first].edge.object, Figure)
    grown = [("000-c28.1", "004-c19.1")]  # more than 200 on the 26th, at least 77 on the 24th
    assert [pair for pair in grown if pair in {(t.first, t.second) for t in tolls}] == []


def test_the_attackers_unfold_to_one_origin(weighing: Weighing) -> None:
    (edge,) = {claim.edge for claim in weighing.claims if claim.id == "003-c104.2"}
    found = weighing.unfold(edge)
    assert [one.group.id for one in found.origins if one.group] == ["grp-sdf"]
    (chain,) = {
        tuple(h.speaker.id for h in c.chain) for one in found.origins for c in one.claims if c.claim == "003-c104.2"
    }
    assert chain == ("voa", "sdf")
    assert found.edge.status.id == "single-origin"


# ---- the commands ------------------------------------------------------------------------------------------

COMMANDS = {
    "origins": ("origins", "003-c104.2"),
    "disagreements": ("disagreements",),
    "disagreements-held-count": ("disagreements", "held-count"),
    "withdraw": ("withdraw",),
    "withdraw-anf": ("withdraw", "--publisher", "anf"),
    "withdraw-parties": ("withdraw", "--parties"),
    "as-of": ("as-of", "2022-01-24"),
    "fragility": ("fragility", "turkish-state"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_output_of_each_command_is_the_golden_one(
    name: str, founding_build: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*COMMANDS[name], "--build", str(founding_build)]) == 0
    golden(TESTS / "golden" / "commands" / f"{name}.txt", capsys.readouterr().out)


def test_each_command_has_its_golden_file() -> None:
    assert {path.stem for path in (TESTS / "golden" / "commands").iterdir()} == set(COMMANDS)
    assert {words[0] for words in COMMANDS.values()} == {"origins", "disagreements", "withdraw", "as-of", "fragility"}
