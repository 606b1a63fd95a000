"""Rules of coding: what is nearest to a refusal and still allowed, and what the table of damages cannot show."""

import datetime
import inspect
from dataclasses import replace

import networkx as nx
import pytest
from corpora import damaged, problems, read_texts, texts
from hypothesis import given
from hypothesis import strategies as st

from graph.content import Date, Edge, Figure, Interval, Ref, Truth
from graph.corpus import coding, rules
from graph.corpus.circles import circles
from graph.corpus.coding import UTTERANCE_RULES
from graph.corpus.dates import after, is_date
from graph.corpus.references import Names
from graph.corpus.rules import check_corpus
from graph.model import Corpus, Entity, Utterance
from graph.vocabulary import vocabulary

G, C, E = "900-gazette.yaml", "901-courier.yaml", "902-echo.yaml"


def test_no_rule_is_left_out() -> None:
    """A rule that is written but not listed would protect nothing."""
    written = [
        function
        for _, function in inspect.getmembers(coding, inspect.isfunction)
        if function.__module__ == coding.__name__ and list(inspect.signature(function).parameters)[:1] == ["u"]
    ]
    assert {f.__name__ for f in written} - {"_problem"} == {f.__name__ for f in UTTERANCE_RULES}
    source = inspect.getsource(check_corpus)
    for name, function in inspect.getmembers(rules, inspect.isfunction):
        if list(inspect.signature(function).parameters)[:1] == ["corpus"] and name != "check_corpus":
            assert name in source, f"{name} is never applied"


ALLOWED = (
    ("said on the day of publication", G, "polarity: Denies, saidAt: 2031-04-03", "polarity: Denies, saidAt: 2031-04-05"),
    ("said in the month of publication", G, "polarity: Denies, saidAt: 2031-04-03", "polarity: Denies, saidAt: 2031-04"),
    ("said in the year of publication", G, "polarity: Denies, saidAt: 2031-04-03", 'polarity: Denies, saidAt: "2031"'),
    ("retracted on the day of the record", G, "      at: 2031-04-20", "      at: 2031-04-11"),
    ("anonymous and unidentified at once", G, "[AnonymityGranted]", "[AnonymityGranted, SpeakerUnidentified]"),
    ("a custodian whom the text only implies", G, "basis: Explicit}\n    evidence: [MinorC", "basis: Implied}\n    evidence: [MinorC"),
    ("a relaying hop that is held, without custodial evidence", E, "{speaker: gazette, commitment: Neutral}", "{speaker: gazette, commitment: Neutral, circumstance: [InCustody], heldBy: {who: orvania, basis: Implied}}"),
    ("confined in a camp, which is not custody", C, "{speaker: ferry-keeper}", "{speaker: ferry-keeper, circumstance: [ConfinedInCamp]}"),
    ("a relay that softens", E, "{speaker: gazette, commitment: Neutral}", "{speaker: gazette, commitment: Neutral, certainty: Possible}"),
    ("a condition on an actual utterance", C, "    edges: [[halmer-constabulary, d", "    condition: [{edge: [flood, tookPlace, true], link: When}]\n    edges: [[halmer-constabulary, d"),
    ("a denial of a condition with one edge", C, "    edges: [[gate-opening, tookPlace, true]]", "    mode: Conditional\n    condition: [{edge: [flood, tookPlace, true], link: If}]\n    edges: [[gate-opening, tookPlace, true]]"),
    ("a moment of a figure to the year", G, "asOf: 2031-04-04", 'asOf: "2031"'),
    ("a range of one number", C, "between: [20, 25]", "between: [20, 20]"),
    ("nothing counted", G, "{exactly: 8,", "{exactly: 0,"),
    ("the same spelling for two entities in two documents", "entities.yaml", "{text: our council, lang: en, document: 901-courier}", "{text: the Halmer council, lang: en, document: 901-courier}"),
    ("a work as the source of a republication", E, "republishes: [900-gazette]", "republishes: [duty-roster]"),
    ("a question about anything", "questions.yaml", '[flood, hadDuration, "*"]', '["*", hadDuration, "*"]'),
)  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), [case[1:] for case in ALLOWED], ids=[case[0] for case in ALLOWED])
def test_what_is_nearest_to_a_refusal_is_allowed(file: str, old: str, new: str) -> None:
    assert [str(problem) for problem in problems(damaged(file, old, new))] == []


def test_the_rules_hold_for_retracted_utterances_too() -> None:
    files = damaged(G, "[held-apprentice, settledIn, coopers-yard]", "[held-apprentice, settledIn, nowhere]")
    assert [problem.code for problem in problems(files)] == ["unknown-entity"]


def test_problems_come_sorted_by_file_and_line() -> None:
    files = damaged(C, "901-c6.1, 901-c10.1", "901-c99.1, 901-c98.1")
    files |= {G: damaged(G, "chars: [0, 27]", "chars: [0, 28]")[G].replace("mode: Generic", "mode: Conditional")}
    found = problems(files)
    assert [problem.code for problem in found] == [
        "passage-outside-paragraph",
        "condition-missing",
        "unknown-claim",
        "unknown-claim",
    ]
    assert list(found) == sorted(found)


def test_a_checked_corpus_stays_checked_without_its_lines(mini: Corpus) -> None:
    """What is found does not depend on where it stands."""
    assert check_corpus(mini) == []
    names = Names.of(mini)
    assert len(names.claims) == sum(1 for _ in mini.claims()) == 54
    assert names.claims["900-c2.3"].id == "900-c2"


def test_the_invented_corpus_has_one_of_everything(mini: Corpus) -> None:
    """Other tests rest on this."""
    utterances = [u for _, u in mini.utterances()]
    hops = [hop for u in utterances for hop in u.by]
    figures = [claim.edge.object for claim in mini.claims() if isinstance(claim.edge.object, Figure)]
    assert {figure.comparator for figure in figures} == set(vocabulary().concepts("Comparator"))
    assert any(figure.unit for figure in figures)
    assert any(figure.as_of for figure in figures)
    assert {u.mode for u in utterances} == set(vocabulary().concepts("Mode"))
    assert {u.reading for u in utterances} == set(vocabulary().concepts("Reading"))
    assert {u.position for u in utterances} == set(vocabulary().concepts("Position"))
    assert {hop.force for hop in hops if hop.force} == set(vocabulary().concepts("Force"))
    assert {hop.commitment for hop in hops} == set(vocabulary().concepts("Commitment"))
    assert {u.source.polarity for u in utterances} == set(vocabulary().concepts("Polarity"))
    assert {u.retracted.reason for u in utterances if u.retracted} >= {"ProtectPerson", "ExtractionError"}
    assert any(len(u.by) == 3 and u.source.held_by for u in utterances)
    assert {type(claim.edge.object) for claim in mini.claims()} == {Ref, Truth, Date, Interval, Figure}
    assert any(e.formerly for e in mini.entities)
    assert any(e.possible_same for e in mini.entities)
    assert any(q.covers for q in mini.questions)
    assert any(q.same_population for q in mini.questions)
    assert {r.kind for r in mini.relations} == set(vocabulary().concepts("RelationKind"))
    assert {i.needs for u in utterances for i in u.infers} == set(vocabulary().concepts("Needs"))


# ---- questions ------------------------------------------------------------------------------


def test_a_question_is_needed_for_figures_denials_and_alleged_links_alone() -> None:
    files = texts()
    del files["independence.yaml"], files["relations.yaml"]  # they name groups and questions
    files["questions.yaml"] = (
        "questions:\n" + files["questions.yaml"].split("questions:\n")[1].split("  - id: gate-opened")[0]
    )
    told = {(problem.code, problem.found.split(" in ")[0]) for problem in problems(files)}
    assert told == {("question-missing", "a figure"), ("question-missing", "a denial")}
    assert {p.found.split(" ")[3] for p in problems(files)} >= {"900-c5", "900-c10", "901-c9", "900-c20"}
    assert not {"900-c9", "900-c2", "900-c18"} & {p.found.split(" ")[3] for p in problems(files)}


def test_kinds_are_looked_up_through_their_ancestors(mini: Corpus) -> None:
    facility = next(e for e in mini.entities if e.id == "lockhouse")
    assert "Facility" not in vocabulary().property("heldCount").domain
    assert vocabulary().is_a(facility.kind, "Place")


# ---- circles --------------------------------------------------------------------------------

letters = st.sampled_from("abcdefg")


@given(st.dictionaries(letters, st.lists(letters, max_size=3)))
def test_each_circle_is_found_once(leads: dict[str, list[str]]) -> None:
    found = list(circles(leads))
    g = nx.DiGraph([(a, b) for a, ends in leads.items() for b in ends])
    rings = [c for c in nx.strongly_connected_components(g) if len(c) > 1 or any(g.has_edge(n, n) for n in c)]
    assert len(found) == len(rings)
    order = list(leads)
    assert set(found) == {min(ring, key=order.index) for ring in rings}


def test_a_long_chain_of_wholes_is_no_circle(mini: Corpus) -> None:
    places = [Entity(f"p{n}", "Place", (("en", "x"),), within=f"p{n + 1}") for n in range(400)]
    last = Entity("p400", "Place", (("en", "x"),))
    chain = replace(mini, entities=(*mini.entities, *places, last))
    assert check_corpus(chain) == []
    closed = replace(chain, entities=(*chain.entities[:-1], replace(last, within="p0")))
    assert [problem.code for problem in check_corpus(closed)] == ["whole-cycle"]


# ---- dates ----------------------------------------------------------------------------------


@given(st.dates())
def test_every_day_month_and_year_is_a_date(day: datetime.date) -> None:
    assert all(is_date(str(day)[:length]) for length in (4, 7, 10))


@given(st.text(st.sampled_from("0123456789-²٣"), min_size=1, max_size=11) | st.text(max_size=10))
def test_nothing_else_is_a_date(text: str) -> None:
    try:
        expected = (
            len(text) in (4, 7, 10)
            and text.isascii()
            and "W" not in text
            and bool(datetime.date.fromisoformat(text + "-01-01"[len(text) - 10 :] if len(text) < 10 else text))
        )
    except ValueError:
        expected = False
    assert is_date(text) == expected


@pytest.mark.parametrize("text", ["2031-02-29", "2031-13", "2031-00", "2031-04-31", "0000", "2031-4", "2031-04-03\n", " 2031", "20310403", "2031-W14-4", "1900-02-29"])  # fmt: skip
def test_days_that_are_not_in_the_calendar_are_no_dates(text: str) -> None:
    assert not is_date(text)


def test_leap_days_are_dates() -> None:
    assert is_date("2032-02-29")
    assert is_date("2000-02-29")


def test_a_date_is_after_another_only_at_the_precision_of_both() -> None:
    assert after("2031-05", "2031-04-30")
    assert not after("2031-04", "2031-04-30")
    assert not after("2031-04-30", "2031-04")
    assert not after("2031", "2031-04")
    assert after("2032", "2031-12-31")


# ---- values ---------------------------------------------------------------------------------


def test_a_pattern_with_a_star_takes_anything(mini: Corpus) -> None:
    question = next(q for q in mini.questions if q.id == "verrin-part")
    assert question.addressed_by(Edge("verrin-council", "benefitedFrom", Ref("flood")))
    assert question.addressed_by(Edge("verrin-council", "sent", Ref("strangers")))
    assert not question.addressed_by(Edge("verrin-council", "sent", Ref("residents")))
    assert not question.addressed_by(Edge("halmer-council", "benefitedFrom", Ref("flood")))
    held = next(q for q in mini.questions if q.id == "held-in-lockhouse")
    assert held.addressed_by(Edge("lockhouse", "heldCount", Figure("Exactly")))


def test_claims_are_numbered_from_one_within_their_utterance(mini: Corpus) -> None:
    utterance: Utterance = mini.documents[0].utterances[1]
    assert [name for name, _ in utterance.claims()] == ["900-c2.1", "900-c2.2", "900-c2.3", "900-c2.4"]
    assert [claim.id for claim in mini.claims() if claim.withheld] == ["900-c25.1", "900-c28.1"]
    assert next(e for e in mini.entities if e.id == "low-gate").name == "Low Gate"


def test_a_corpus_may_have_no_groups_left() -> None:
    files = texts()
    del files["independence.yaml"]  # it names groups and questions
    with_none = {**files, "origins.yaml": "groups:\n  - id: g\n    label: x\n    members: [gazette]\n    by: coder-one\n    at: 2031-04-13\n    reason: y\n"}  # fmt: skip
    assert [group.members for group in read_texts(with_none).groups] == [("gazette",)]
