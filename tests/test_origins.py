"""Counting origins: whose access a claim rests on, what adds none, and what never raises a count."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import EDGE, claim, entity, group, held, register, relay, retracted, source, utterance

from graph.model import Claim, Corpus, Hop, Utterance
from graph.origins import Origin, discount, origin_of
from graph.origins.counting import origins
from graph.origins.derive import derived
from graph.rdf import iri
from graph.vocabulary import say, vocabulary

PEOPLE = register(
    entity("council"),
    entity("ministry"),
    entity("constabulary"),
    entity("official", "Role", unidentified=True, institution="ministry"),
    entity("residents", "Collective", unidentified=True),
    entity("worker", "Person"),
    groups=(group("council-side", "council", "constabulary"),),
)


# ---- with whom a claim is counted -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ((source("ministry"),), Origin("ministry", None)),
        ((relay("author"), relay("gazette", "Endorses"), source("ministry")), Origin("ministry", None)),
        ((relay("author"), source("council")), Origin("council", "council-side")),
        ((relay("author"), source("official")), Origin("ministry", None)),
        ((relay("author"), held("worker", "constabulary")), Origin("constabulary", "council-side")),
        ((relay("author"), held("worker", "ministry"), source("stranger")), Origin("ministry", None)),
        (
            (replace(held("worker", "ministry"), commitment="Neutral"), held("other", "constabulary")),
            Origin("ministry", None),
        ),
    ],
    ids=[
        "own voice",
        "relays",
        "group",
        "anonymous official",
        "custody",
        "relayed from custody",
        "outermost custodian",
    ],
)
def test_with_whom_a_claim_counts(by: tuple[Hop, ...], expected: Origin) -> None:
    assert origin_of(utterance(*by), PEOPLE) == expected


def test_a_group_counts_once_and_can_be_left_out() -> None:
    both = [claim(source("council")), claim(source("constabulary"))]
    assert [origin.key for origin in origins(both, PEOPLE)] == ["council-side"]
    assert [origin.key for origin in origins(both, register(*PEOPLE.entities.values()))] == ["constabulary", "council"]


# ---- what adds no origin --------------------------------------------------------------------------

NONE_ADDED: dict[str, tuple[tuple[Hop, ...], dict[str, Any], str]] = {
    "heading": ((source(),), {"position": "Heading"}, "heading"),
    "presupposed": ((source(),), {"position": "Presupposed"}, "presupposed"),
    "question": ((source(force="Asks"),), {}, "not asserted"),
    "opinion": ((source(force="Opines"),), {}, "not asserted"),
    "threat": ((source(force="Threatens"),), {}, "not asserted"),
    "possible": ((source(certainty="Possible"),), {}, "merely possible"),
    "softened to possible": ((relay(certainty="Possible"), source()), {}, "merely possible"),
    "rejected": ((relay(commitment="Rejects"), source()), {}, "rejects them"),
    "unnamed": ((source("residents"),), {"evidence": ("EyewitnessAccount",)}, "unnamed"),
    "future": ((source(),), {"mode": "Future"}, "said to have happened"),
    "garbled": ((source(),), {"reading": "Garbled"}, "garbled"),
    "one kind among several": ((source(),), {"evidence": ("EyewitnessAccount", "AuthorOpinion")}, "opinion"),
}


@pytest.mark.parametrize("name", NONE_ADDED)
def test_what_adds_no_origin_says_why(name: str) -> None:
    by, fields, words = NONE_ADDED[name]
    one = claim(*by, **fields)
    reason = discount(one.utterance, PEOPLE)
    assert reason is not None
    assert words in reason
    assert origins([one], PEOPLE) == ()


@pytest.mark.parametrize("kind", vocabulary().concepts("EvidenceKind").values(), ids=lambda kind: kind.name)
def test_the_vocabulary_says_which_kinds_of_evidence_add_an_origin(kind: Any) -> None:
    by = held() if kind.facts["custodial"] == "true" else source()
    adds = discount(utterance(by, evidence=(kind.name,)), PEOPLE) is None
    assert adds == (kind.facts["addsOrigin"] == "true")
    barren = {"UnattributedStatement", "TemporalCoincidence", "AnalystInference", "ExpertOpinion", "AuthorOpinion"}
    assert adds == (kind.name not in barren)


@pytest.mark.parametrize(
    ("by", "fields"),
    [
        ((relay(commitment="Distances"), source()), {}),
        ((relay(certainty="Probable"), source()), {}),
        ((source(),), {"position": "Aside"}),
        ((source(),), {"mode": "Generic"}),
        ((source(),), {"reading": "Ambiguous"}),
        ((relay(), source("official")), {"evidence": ("AnonymousOfficial",)}),
    ],
)
def test_what_still_adds_one(by: tuple[Hop, ...], fields: dict[str, Any]) -> None:
    assert discount(utterance(*by, **fields), PEOPLE) is None


# ---- properties -----------------------------------------------------------------------------------

speakers = st.sampled_from(("council", "ministry", "constabulary", "official", "residents", "worker"))
relays = st.lists(
    st.builds(relay, st.sampled_from(("author", "gazette", "echo")), st.sampled_from(("Neutral", "Endorses", "Distances", "Rejects"))),
    max_size=2,
)  # fmt: skip
kinds = st.sampled_from(
    [k.name for k in vocabulary().concepts("EvidenceKind").values() if k.facts["custodial"] == "false"]
)
forces = st.sampled_from(("Asserts", "Asserts", "Asserts", "Opines", "Asks", "Threatens"))
papers = st.sampled_from(("900-a", "901-b", "902-c"))


@st.composite
def claims(draw: st.DrawFn, **fixed: Any) -> Claim:
    """Any claim of one edge."""
    inner = draw(
        st.one_of(
            st.builds(
                lambda who, how, sure: source(who, force=how, certainty=sure),
                speakers,
                forces,
                st.sampled_from(("Certain", "Certain", "Probable", "Possible")),
            ),
            st.builds(lambda by: held("worker", by), st.sampled_from(("constabulary", "ministry"))),
        )
    )
    fields = {
        "evidence": ("CustodialStatement",) if inner.held_by else (draw(kinds),),
        "mode": draw(st.sampled_from(("Actual", "Actual", "Generic", "Future"))),
        "position": draw(st.sampled_from(("Body", "Body", "Body", "Heading", "Presupposed", "Aside", "Caption"))),
        **fixed,
    }
    return claim(*draw(relays), inner, edge=EDGE, paper=draw(papers), **fields)


@given(st.lists(claims(), max_size=6), st.data())
def test_a_copy_of_an_origin_never_raises_a_count(held_claims: list[Claim], data: st.DataObject) -> None:
    if not held_claims:
        return
    one = data.draw(st.sampled_from(held_claims))
    chain = (*data.draw(relays), *one.utterance.by)
    copy = claim(
        *chain, paper="903-d", evidence=one.utterance.evidence, mode=one.utterance.mode, position=one.utterance.position
    )
    assert set(origins([*held_claims, copy], PEOPLE)) <= set(origins(held_claims, PEOPLE)) | {
        origin_of(one.utterance, PEOPLE)
    }
    if discount(one.utterance, PEOPLE) is None:
        assert len(origins([*held_claims, copy], PEOPLE)) == len(origins(held_claims, PEOPLE))


@given(st.lists(claims(), max_size=6), claims())
def test_only_a_claim_that_adds_an_origin_raises_a_count_and_by_one(held_claims: list[Claim], more: Claim) -> None:
    before, after = len(origins(held_claims, PEOPLE)), len(origins([*held_claims, more], PEOPLE))
    assert before <= after <= before + (discount(more.utterance, PEOPLE) is None)


@given(st.lists(claims(), min_size=1, max_size=6))
def test_a_retracted_claim_counts_for_nothing(held_claims: list[Claim]) -> None:
    assert origins([retracted(c) for c in held_claims], PEOPLE) == ()
    assert set(origins(held_claims[1:], PEOPLE)) == set(origins([retracted(held_claims[0]), *held_claims[1:]], PEOPLE))


# ---- as derived results ---------------------------------------------------------------------------


def test_every_claim_on_record_gets_its_origin_or_the_reason_why_not(mini: Corpus) -> None:
    quads = derived(mini)

    def told(name: str) -> dict[str, str]:
        node = iri("derived", f"origin/{name}")
        return {
            q.predicate.value.rpartition("#")[2]: q.object.value.rpartition("/")[2] for q in quads if q.subject == node
        }

    assert told("900-c3.1")["rootOrigin"] == "halmer-constabulary"
    assert told("900-c3.1")["rootGroup"] == "halmer-side"
    assert told("900-c5.1")["rootOrigin"] == "water-ministry"
    assert told("900-c5.1")["addsOrigin"] == "true"
    assert told("900-c7.1")["addsOrigin"] == "false"
    assert told("901-c7.1")["discount"] == "who relays the words rejects them"
    assert told("902-c1.1")["rootOrigin"] == told("900-c2.1")["rootOrigin"] == "halmer-council"
    assert told("900-c25.1") == {}  # withheld to protect a person
    nodes = [q for q in quads if q.object == say.DerivedOrigin]
    assert len(nodes) == sum(1 for c in mini.claims() if c.utterance.id != "900-c25")


def test_a_word_in_custody_relayed_twice_is_one_origin() -> None:
    spoken: tuple[Utterance, ...] = tuple(
        utterance(*by, evidence=("CustodialStatement",))
        for by in (
            (held("worker", "constabulary"),),
            (relay("gazette"), held("other", "constabulary")),
            (relay("echo"), relay("gazette"), source("constabulary")),
        )
    )
    assert {origin_of(u, PEOPLE).key for u in spoken} == {"council-side"}
