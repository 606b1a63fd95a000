"""Relations between sources: what a claim goes back to, what is shown of it, and that nothing is counted by it."""

import json
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from corpora import read_texts, texts
from hypothesis import given
from hypothesis import strategies as st
from makers import TAKEN_BACK, related
from pyoxigraph import NamedNode

from graph.build import build
from graph.cli import main
from graph.corpus.relations import BACKWARD, CLAIM, DOCUMENT, ENDS, MUTUAL, QUESTION
from graph.corpus.rules import check_corpus
from graph.evidence import Archive
from graph.evidence.weighing import BackTold, Weighing
from graph.export.weighed import unfolded_lines
from graph.model import Corpus, Published, SourceRelation
from graph.origins import Register, draw, upstream
from graph.queries import named, run
from graph.rdf import iri, read_record, to_quads
from graph.vocabulary import say, vocabulary

KINDS = tuple(vocabulary().concepts("RelationKind"))


def back(claim: str, *relations: SourceRelation) -> list[str]:
    return [step.claim for step in upstream(claim, relations)]


# ---- what a claim goes back to ----------------------------------------------------------------------


def test_a_relay_is_followed_from_claim_to_claim_and_never_back() -> None:
    chain = (related("b", "Relays", "c"), related("a", "Relays", "b"))
    assert back("a", *chain) == ["b", "c"]
    assert [step.of for step in upstream("a", chain)] == ["a", "b"]
    assert back("c", *chain) == []


def test_one_origin_shared_leads_either_way_and_on() -> None:
    same = related("a", "SameOrigin", "b")
    assert (back("a", same), back("b", same)) == (["b"], ["a"])
    assert back("b", same, related("a", "Relays", "c")) == ["a", "c"]


@pytest.mark.parametrize("kind", sorted({k.removeprefix("Relation") for k in KINDS} - {"Relays", "SameOrigin"}))
def test_no_other_relation_is_a_way_back(kind: str) -> None:
    assert back("a", related("a", kind, "b")) == back("b", related("a", kind, "b")) == []


def test_the_nearest_comes_first_and_each_once() -> None:
    many = (
        related("a", "SameOrigin", "e"),
        related("a", "Relays", "c"),
        related("a", "Relays", "b"),
        related("b", "Relays", "d"),
        related("c", "Relays", "d"),
    )
    assert back("a", *many) == ["b", "c", "e", "d"]


letters = st.sampled_from("abcde")
webs = st.lists(st.builds(related, letters, st.sampled_from(("Relays", "SameOrigin", "Answers")), letters), max_size=8)


@given(letters, webs, st.randoms(use_true_random=False))
def test_circles_end_and_the_order_of_the_relations_makes_no_difference(
    start: str, web: list[SourceRelation], chance: Any
) -> None:
    web = [replace(relation, id=f"r{number}") for number, relation in enumerate(web)]
    found = upstream(start, web)
    assert found == upstream(start, chance.sample(web, len(web)))
    names = [step.claim for step in found]
    assert start not in names
    assert len(names) == len(set(names))
    for step in found:  # whatever one of them goes back to, the whole does
        assert {*back(step.claim, *web)} <= {start, *names}


# ---- rules ------------------------------------------------------------------------------------------


def only(mini: Corpus, relation: SourceRelation) -> list[str]:
    return [problem.code for problem in check_corpus(replace(mini, relations=(relation,)))]


SAMPLES = {CLAIM: ("901-c3.1", "900-c27.1"), DOCUMENT: ("901-courier", "900-gazette"), QUESTION: ("injured", "movers")}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_joins_what_it_may_join_and_nothing_else(kind: str, mini: Corpus) -> None:
    assert set(ENDS) == set(KINDS)
    for one, other in product(SAMPLES, SAMPLES):
        relation = related(SAMPLES[one][0], kind.removeprefix("Relation"), SAMPLES[other][1])
        assert only(mini, relation) == ([] if (one, other) in ENDS[kind] else ["relation-ends"]), (one, other)


def test_a_question_is_a_target_of_silence_and_answers_alone() -> None:
    asking = {kind for kind, pairs in ENDS.items() if any(other == QUESTION for _, other in pairs)}
    assert asking == {"RelationSilentOn", "RelationAnswers"}
    assert not any(one == QUESTION for pairs in ENDS.values() for one, _ in pairs)
    assert {one for one, _ in ENDS["RelationSilentOn"]} == {DOCUMENT}


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_leads_back_in_time_is_held_to_dates(kind: str, mini: Corpus) -> None:
    """900-gazette is certainly earlier than 901-courier."""
    ends = ("900-gazette", "901-courier") if DOCUMENT in ENDS[kind][0] else ("900-c27.1", "901-c3.1")
    found = only(mini, related(ends[0], kind.removeprefix("Relation"), ends[1]))
    assert found == (["relation-dates"] if kind in BACKWARD else [])


@pytest.mark.parametrize(("start", "refused"), [("2031-04-05", False), ("2031-04-06", True)])
def test_spans_that_may_overlap_contradict_nothing(start: str, refused: bool, mini: Corpus) -> None:
    first, second, *rest = mini.documents
    moved = replace(second, published=Published(start, "2031-04-08", "a span"))
    found = only(replace(mini, documents=(first, moved, *rest)), related("900-c27.1", "Relays", "901-c3.1"))
    assert found == (["relation-dates"] if refused else [])


def test_what_holds_in_either_direction_is_signed_once_and_the_rest_may_be_signed_both_ways(mini: Corpus) -> None:
    for kind in KINDS:
        if (CLAIM, CLAIM) in ENDS[kind] and kind not in BACKWARD:
            ways = (("900-c9.1", "900-c10.1"), ("900-c10.1", "900-c9.1"))
            pair = tuple(related(one, kind.removeprefix("Relation"), other) for one, other in ways)
            codes = [problem.code for problem in check_corpus(replace(mini, relations=pair))]
            assert codes == (["relation-twice"] if kind in MUTUAL else [])


@pytest.mark.parametrize("kind", BACKWARD)
def test_no_kind_that_leads_back_in_time_runs_in_a_circle(kind: str, mini: Corpus) -> None:
    same_day = tuple(replace(d, published=Published("2031-04-08", "2031-04-08", "x")) for d in mini.documents)
    claims = ("900-c2.1", "901-c3.1", "902-c1.1")
    names = claims if (CLAIM, CLAIM) in ENDS[kind] else tuple(d.id for d in mini.documents)
    steps = zip(names, (*names[1:], names[0]), strict=True)
    ring = tuple(related(one, kind.removeprefix("Relation"), other) for one, other in steps)
    (problem,) = check_corpus(replace(mini, documents=same_day, relations=ring))
    assert (problem.code, problem.found.split(" ")[0]) == ("relation-circle", names[0])
    assert check_corpus(replace(mini, documents=same_day, relations=ring[:2])) == []


def test_relations_are_optional() -> None:
    files = texts()
    del files["relations.yaml"]
    assert read_texts(files).relations == ()


# ---- the graph --------------------------------------------------------------------------------------


def test_a_relation_to_what_was_withheld_to_protect_a_person_leaves_the_graph(mini: Corpus) -> None:
    hidden = related("900-c25.1", "SameOrigin", "900-c4.1", "rel-hidden")
    shown = related("900-c28.1", "SameOrigin", "900-c4.1", "rel-shown")  # taken back as an error, and still on record
    corpus = replace(mini, relations=(hidden, replace(hidden, source="900-c4.1", target="900-c25.1"), shown))
    assert check_corpus(replace(corpus, relations=(hidden, shown))) == []
    quads = to_quads(corpus)
    assert read_record(quads).relations == (shown,)
    assert "rel-hidden" not in "".join(str(quad) for quad in quads)


def test_ends_are_named_as_what_they_are(mini: Corpus) -> None:
    quads = to_quads(mini)
    ends = {q.subject.value.rpartition("/")[2]: q.object for q in quads if q.predicate == say.relatesTo}
    assert ends["rel-gate"] == iri("question", "gate-opened")
    assert ends["rel-reprint"] == iri("document", "900-gazette")
    assert ends["rel-hurt"] == iri("claim", "900-c27.1")


def test_relations_can_be_asked_for(mini: Corpus, mini_archive: Archive) -> None:
    answer = run(mini_archive.store, named("relations"), {}).rows
    assert answer is not None
    assert answer.columns[:5] == ("relation", "from", "kind", "to", "signer")
    held = {row[0].value.rpartition("/")[2]: row for row in answer.rows if isinstance(row[0], NamedNode)}
    assert set(held) == {relation.id for relation in mini.relations}
    row = dict(zip(answer.columns, held["rel-silence"], strict=True))
    assert row["from"] == iri("document", "901-courier")
    assert row["to"] == iri("question", "secret-meeting-held")
    words = {name: row[name].value for name in ("kind", "signer", "reason")}  # type: ignore[union-attr]
    assert words["kind"] == "silent-on"
    assert words["signer"] == "first coder"
    assert words["reason"].endswith("no word of a meeting.")


# ---- what is shown ----------------------------------------------------------------------------------


def unfolded(archive: Archive, claim: str) -> Any:
    weighing = Weighing(archive)
    (edge,) = weighing.named(claim)[1]
    return weighing.unfold(edge)


def test_an_origin_is_told_with_what_it_goes_back_to(mini_archive: Archive) -> None:
    found = unfolded(mini_archive, "901-c10.1")
    (step,) = found.upstream
    assert isinstance(step, BackTold)
    assert (step.claim, step.of, step.to, step.kind.id) == ("901-c10.1", "901-c10.1", "900-c3.1", "same-origin")
    assert step.in_custody
    lines = [line.strip(" │└├─") for line in unfolded_lines(found)]
    at = next(n for n, line in enumerate(lines) if line.startswith("901-c10.1:"))
    assert lines[at + 1].startswith("has the same origin as 900-c3.1: The council's spokesperson reports")
    assert lines[at + 1].endswith(", 900-gazette, 2031-04-05, attributed; itself on words in custody)")
    assert lines[at + 2].startswith("because The ministry's listeners heard the constabulary")
    assert lines[at + 2].endswith("(rel-lock-worker, signed by second coder, 2031-04-21)")


def test_a_relay_goes_back_and_words_of_the_free_are_not_called_custodial(mini_archive: Archive) -> None:
    text = "\n".join(unfolded_lines(unfolded(mini_archive, "902-c1.2")))
    assert "goes back to 900-c2.2: The Halmer council says" in text
    assert "custody" not in text


def built(folder: Path, mini: Corpus, *relations: SourceRelation, **changed: Any) -> Archive:
    from corpora import write_corpus

    write_corpus(folder / "corpus", replace(mini, relations=relations, **changed))
    build(folder / "corpus", folder / "build")
    return Archive.open(folder / "build")


def test_a_step_behind_a_step_says_from_where_it_leads_and_what_was_taken_back_is_not_told(
    tmp_path: Path, mini: Corpus
) -> None:
    first, *rest = mini.documents
    utterances = tuple(replace(u, retracted=TAKEN_BACK) if u.id == "900-c3" else u for u in first.utterances)
    archive = built(
        tmp_path,
        mini,
        related("901-c10.1", "Relays", "900-c4.1"),
        related("900-c4.1", "Relays", "900-c3.1"),
        related("900-c8.1", "Relays", "900-c3.1"),
        documents=(replace(first, utterances=utterances), *rest),
    )
    text = "\n".join(unfolded_lines(unfolded(archive, "901-c10.1")))
    assert "  goes back to 900-c4.1: The constabulary reports" in text
    assert "  900-c4.1 in turn goes back to 900-c3.1: no longer shown: it was taken back (900-gazette)" in text
    assert "handed over" not in text
    assert unfolded(archive, "901-c10.1").upstream[1].says is None
    denied = "\n".join(unfolded_lines(unfolded(archive, "900-c8.1")))
    assert "900-c8.1" in denied.partition("denied\n")[2]
    assert "goes back to 900-c3.1" in denied.partition("denied\n")[2]


def test_the_json_of_origins_has_it_too(mini_build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["origins", "901-c10.1", "--json", "--build", str(mini_build)]) == 0
    (edge,) = json.loads(capsys.readouterr().out)["edges"]
    (step,) = edge["upstream"]
    assert (step["to"], step["relation"], step["in_custody"]) == ("900-c3.1", "rel-lock-worker", True)
    assert step["says"]
    assert step["reason"]
    assert step["status"]["id"] == "attributed"
    assert step["signer"]["id"] == "coder-two"


@given(st.data())
def test_no_relation_changes_a_count_or_a_status(mini: Corpus, data: st.DataObject) -> None:
    names = st.sampled_from([claim.id for claim in mini.claims()])
    kinds = st.sampled_from([kind.removeprefix("Relation") for kind in KINDS])
    found = data.draw(st.lists(st.builds(related, names, kinds, names), max_size=4))
    with_them = replace(mini, relations=tuple(found))
    before = draw(mini.claims(), Register.of_corpus(replace(mini, relations=())))
    assert draw(with_them.claims(), Register.of_corpus(with_them)) == before
