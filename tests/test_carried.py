"""What the evidence of the project's own corpus carries: promises about the product, checked on the build."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from corpora import TESTS
from makers import source
from test_golden import golden

from graph.cli import main
from graph.content import Date, Edge, Figure, Ref, Truth
from graph.evidence import Archive
from graph.evidence.weighing import Weighing
from graph.model import Claim
from graph.origins import Withdrawal, conflicts, draw, upstream
from graph.origins.drawn import supposed
from graph.status import takes_side
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
    """The edges of the alleged-link family at one side, without the acts to which it owns itself."""
    return [
        edge
        for edge in weighing.drawn
        if vocabulary().property(edge.predicate).family == "FamilyAllegedLink"
        and (edge.subject in one or (isinstance(edge.object, Ref) and edge.object.id in one))
        and not {origin.entity for origin in weighing.drawn[edge].origins} & one
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


# ---- the other sides -------------------------------------------------------------------------------------


def claim_of(weighing: Weighing, name: str) -> Claim:
    return next(claim for claim in weighing.claims if claim.id == name)


def test_the_denial_of_the_alleged_host_contests_the_talks_and_every_edge_that_hangs_on_them(
    weighing: Weighing,
) -> None:
    denial = next(
        c for c in weighing.claims
        if c.edge == Edge("aqaba-talks", "tookPlace", Truth()) and c.utterance.source.polarity == "Denies"
    )  # fmt: skip
    assert weighing.register.entities[denial.utterance.source.speaker].institution == "jordanian-foreign-ministry"
    hanging = {
        c.edge for c in weighing.claims if "aqaba-talks" in supposed(c.edge) and takes_side(c.utterance, "Affirms")
    }
    assert len(hanging) >= 14
    assert Edge("claim-of-two-offensives", "wasConsistentWith", Ref("aqaba-talks")) in hanging
    assert {weighing.drawn[edge].status for edge in hanging} == {"DrawnContested"}
    left = weighing.withdraw(Withdrawal(documents=frozenset({denial.document.id})))[1]
    assert not any(c.id == denial.id for c in left)


def test_silence_is_never_a_denial(weighing: Weighing) -> None:
    """Whoever is signed as silent on a question neither affirms nor denies any answer to it."""
    silent = [r for r in weighing.archive.parts.relations if r.kind == "RelationSilentOn"]
    assert len(silent) >= 5
    questions = {q.id: q for q in weighing.register.questions}
    for relation in silent:
        said = [c for c in weighing.claims if c.document.id == relation.source]
        assert said
        assert not [c.id for c in said if questions[relation.target].addressed_by(c.edge)]


def test_the_figure_of_two_hundred_goes_back_to_one_statement_that_rests_on_custody(weighing: Weighing) -> None:
    root = claim_of(weighing, "101-c6.1")
    assert root.document.published.end == "2022-01-23"
    assert root.utterance.by[0].speaker == "sdf"
    assert root.utterance.source.held_by is not None
    assert root.utterance.source.held_by.who == "sdf"
    relations = weighing.archive.parts.relations
    for name in ("003-c104.2", "000-c17.1", "137-c7.1", "138-c1.3", "111-c10.2"):
        assert root.id in [back.claim for back in upstream(name, relations)]
    told = {c.edge: weighing.drawn[c.edge] for c in weighing.claims if c.edge.predicate == "attackerCount"}
    assert {origin.key for drawn in told.values() for origin in drawn.origins} == {"grp-sdf"}


def test_some_becomes_all_on_the_way_and_each_relay_is_marked(weighing: Weighing) -> None:
    (drift,) = [d for d in weighing.drifts() if d.steps[0].claim == "101-c7.1"]
    moved = {step.claim: {(m.aspect, m.direction) for m in step.moves} for step in drift.steps}
    assert moved["101-c7.1"] == set()
    assert {("subject", "harder"), ("source", "harder"), ("custody", "harder")} <= moved["137-c8.1"]
    assert ("custody", "harder") in moved["000-c17.2"]
    assert [step.when for step in drift.steps] == sorted(step.when for step in drift.steps)


def test_the_dead_of_the_parties_own_release_are_one_origin_in_all_their_copies(weighing: Weighing) -> None:
    (total,) = [c for c in weighing.claims if isinstance(c.edge.object, Figure) and c.edge.object.value == Decimal(121)]
    back = {b.claim for b in upstream(total.id, weighing.archive.parts.relations)}
    assert "138-c10.1" in back
    assert weighing.drawn[total.edge].independent.count <= 1


def test_the_observatory_counts_as_an_origin_of_its_own(weighing: Weighing) -> None:
    counts = [
        c
        for c in weighing.claims
        if c.document.id in ("103-sohr-toll", "004-bbc") and c.edge.predicate == "killedCount"
    ]
    keys = {o.key for c in counts for o in weighing.drawn[c.edge].origins}
    assert "sohr" in keys
    assert len([c for c in counts if c.utterance.source.speaker == "sohr"]) >= 4


def test_the_end_of_26_january_is_contested_by_that_of_30_january(weighing: Weighing) -> None:
    ended = {
        e: weighing.drawn[e].status
        for e in weighing.drawn
        if e.predicate == "endedOn" and e.subject == "operation-to-retake-the-prison"
    }
    assert {e.object.text: s for e, s in ended.items() if isinstance(e.object, Date)} == {
        "2022-01-26": "DrawnContested",
        "2022-01-30": "DrawnContested",
    }


def test_what_gains_a_second_established_origin_and_what_stays_single_sided(weighing: Weighing) -> None:
    gained = {(e.subject, e.predicate): d for e, d in weighing.drawn.items() if d.independent.count > 1}
    assert {
        ("hasakah-prison-attack", "perpetratedBy"),
        ("hasakah-prison-attack", "hadTarget"),
        ("hasakah-prison-attack", "startedOn"),
        ("attacks-of-november-2022", "perpetratedBy"),
        ("strikes-at-the-al-hol-checkpoint", "hadTarget"),
    } <= set(gained)
    services = ("mit", "mukhabarat", "turkish-state", "syrian-government")
    single = [e for e in weighing.drawn if e.subject in services and e.object == Ref("hasakah-prison-attack")]
    assert len(single) >= 6
    assert {len(weighing.drawn[e].origins) for e in single} == {0}


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
