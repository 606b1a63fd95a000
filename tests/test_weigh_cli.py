"""The commands that weigh, on the invented corpus: every edge with status and source, empty states, refusals."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from corpora import texts

from graph.build import build
from graph.cli import main
from graph.vocabulary import vocabulary

COMMANDS = ("origins", "disagreements", "withdraw", "as-of", "fragility")
LABELS = {concept.label for concept in vocabulary().concepts("DrawnStatus").values()}


@pytest.fixture(scope="module")
def built(mini_build: Path) -> str:
    return str(mini_build)


class Said:
    """What a command printed."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], built: str) -> Any:
    def do(*arguments: str) -> Said:
        status = main([*arguments, "--build", built])
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return do


@pytest.fixture
def ask(run: Any) -> Any:
    def do(*arguments: str) -> Any:
        said = run(*arguments, "--json")
        assert said.status == 0
        return json.loads(said.out)

    return do


def edges_in(value: Any) -> list[dict[str, Any]]:
    """Every edge anywhere in an answer."""
    if isinstance(value, list):
        return [edge for one in value for edge in edges_in(one)]
    if isinstance(value, dict):
        mine = (
            [value] if "says" in value and "proposition" in value and "claims" in value and "origins" in value else []
        )
        return mine + [edge for one in value.values() for edge in edges_in(one)]
    return []


ASKED = (
    ("origins", "gate-opening"),
    ("origins", "900-c2.2"),
    ("fragility", "verrin-council"),
    ("withdraw", "--document", "901-courier"),
    ("withdraw", "--parties"),
    ("withdraw", "--below", "2"),
    ("as-of", "2031-04-06"),
    ("as-of", "2031-04-15", "--record"),
    ("disagreements", "verrin-part"),
    ("disagreements", "held-in-lockhouse"),
)


@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_every_edge_comes_with_its_status_and_source(ask: Any, run: Any, arguments: tuple[str, ...]) -> None:
    edges = edges_in(ask(*arguments))
    assert edges
    for edge in edges:
        assert edge["status"]["label"] in LABELS
        assert edge["why"]
        assert edge["said"]
        assert edge["documents"]
        assert edge["claims"]
    text = run(*arguments, "--limit", "100").out if arguments[0] != "disagreements" else run(*arguments).out
    for edge in edges:
        assert edge["says"] in text


@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_no_edge_is_printed_without_a_status(ask: Any, run: Any, arguments: tuple[str, ...]) -> None:
    said = {edge["says"] for edge in edges_in(ask(*arguments))}
    lines = run(*arguments, *(("--limit", "100") if arguments[0] != "disagreements" else ())).out.splitlines()
    shown = 0
    for number, line in enumerate(lines):
        if any(edge in line for edge in said):
            near = " ".join(lines[number : number + 3])
            assert any(f"{label}" in near for label in LABELS), line
            shown += 1
    assert shown >= len(said)


@pytest.mark.parametrize("arguments", [*ASKED, ("withdraw",), ("disagreements",)], ids=" ".join)
def test_the_same_question_has_the_same_answer(run: Any, arguments: tuple[str, ...]) -> None:
    first, second = run(*arguments), run(*arguments)
    assert (first.status, first.out) == (second.status, second.out) == (0, first.out)
    assert first.out.strip()


# ---- origins ----------------------------------------------------------------------------------------


def test_origins_unfold_to_whose_word_it_is_and_how_it_came_here(run: Any, ask: Any) -> None:
    out = run("origins", "900-c2.2").out
    assert "3 claims in 3 documents → 3 publishers → 2 origins, 1 of them a group that counts as one" in out
    assert "origin Halmer council and its constabulary (group halmer-side)" in out
    assert "902-c1.2: Halmer council › Halmer Gazette › editor of the Echo › 902-echo (Upriver Echo, 2031-04-07)" in out
    (edge,) = ask("origins", "900-c2.2")["edges"]
    assert {origin["origin"]["id"] for origin in edge["origins"]} == {"ferry-keeper", "halmer-council"}
    assert ask("origins", edge["edge"]["proposition"])["edges"] == [edge]


def test_origins_say_who_held_a_speaker_and_why_a_claim_adds_none(run: Any) -> None:
    assert "[held by Halmer constabulary]" in run("origins", "900-c3.1").out
    out = run("origins", "900-c1.1").out
    assert "because the words stand in a heading or are presupposed" in out
    assert re.search(r"denied\n.*900-c8\.1: Ilsa Torn", out)


def test_an_entity_is_taken_by_id_or_name_and_cut_openly(run: Any) -> None:
    assert run("origins", "Opening of the low gate").out == run("origins", "gate-opening").out
    said = run("origins", "gate-opening", "--limit", "1")
    assert said.out.count("  because") >= 1
    assert re.search(r"^1 of \d+ edges shown; --limit \d+ shows all$", said.err.strip())


def test_an_edge_whose_claims_were_taken_back_is_not_shown(run: Any) -> None:
    for command in ("origins", "fragility"):
        out = run(command, "900-c28.1").out
        assert "no visible claim of this corpus is about it; that is no statement about the world" in out
        assert "displaced" not in out


# ---- dates apart ------------------------------------------------------------------------------------


def test_dates_apart_are_listed_once_under_their_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = texts()
    files["questions.yaml"] += (
        '  - id: opened-when\n    label: {en: "On which day was the gate opened?"}\n    behaviour: OneEvent\n'
        '    patterns: [[gate-opening, onDate, "*"]]\n'
    )
    for old, new in (
        ("with a crowbar", "with a crowbar, on 1 April"),
        (
            "[gate-opening, usedWeapon, crowbar]",
            "[gate-opening, usedWeapon, crowbar], [gate-opening, onDate, 2031-04-01]",
        ),
    ):
        assert files["901-courier.yaml"].count(old) == 1
        files["901-courier.yaml"] = files["901-courier.yaml"].replace(old, new)
    (tmp_path / "corpus").mkdir()
    for name, text in files.items():
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    build(tmp_path / "corpus", tmp_path / "build")
    place = ("--build", str(tmp_path / "build"))
    assert main(["disagreements", "opened-when", *place]) == 0
    out = capsys.readouterr().out
    assert out.count("the dates do not meet\n") == 3  # the reason of each answer, and the disagreement itself
    assert out.count("└─ contested: ") + out.count("├─ contested: ") == 1
    assert "because its date conflicts with 901-c6.3: the dates do not meet" in out
    assert main(["disagreements", "opened-when", "--json", *place]) == 0
    (one,) = json.loads(capsys.readouterr().out)["disagreements"]
    assert (one["kind"], one["why"]) == ("figures", "the dates do not meet")
    assert {*one["claims"], *one["opposed"]} == {"900-c2.3", "901-c6.3"}
    assert main(["disagreements", *place]) == 0
    assert re.search(r"opened-when .* 2 +2 +0 +0", capsys.readouterr().out)


# ---- fragility --------------------------------------------------------------------------------------


def test_fragility_shows_the_smallest_sets_and_the_premises_in_them(run: Any, ask: Any) -> None:
    out = run("fragility", "901-c11.1").out
    assert "affirmed in 2 claims (900-c1.1, 901-c11.1); falls without any of:" in out
    assert "and speaker the keeper of the ferry (ferry-keeper)" in out
    (edge,) = ask("fragility", "901-c11.1")["edges"]
    assert edge["cut_at"] is None
    assert {len(way) for way in edge["falls_without"]} == {2}


def test_the_most_fragile_edges_come_first(ask: Any) -> None:
    least = [min(map(len, one["falls_without"]), default=99) for one in ask("fragility", "verrin-council")["edges"]]
    assert least == sorted(least)
    assert len(set(least)) > 1


def test_what_nobody_affirms_has_no_support_to_fall(run: Any) -> None:
    assert "nobody affirms it as so: there is no support to fall" in run("fragility", "900-c16.1").out


# ---- withdraw ---------------------------------------------------------------------------------------


def test_without_any_option_it_shows_what_the_corpus_rests_on(run: Any, ask: Any) -> None:
    first = ask("withdraw")["loads"][0]
    assert {carrier["id"] for carrier in first["carriers"]} >= {"900-gazette", "gazette"}
    assert "document 900-gazette" in run("withdraw").out
    fallen = ask("withdraw", "--document", "900-gazette")["fallen"]
    assert len(fallen) == first["edges"]


def test_a_withdrawal_shows_both_sentences_and_the_disagreements_that_vanish(ask: Any, run: Any) -> None:
    found = ask("withdraw", "--document", "901-courier")
    restated = {one["before"]["says"]: one for one in found["restated"]}
    opening = restated["opening of the Low Gate took place"]
    assert (opening["before"]["status"]["id"], opening["after"]["status"]["id"]) == ("contested", "single-origin")
    assert opening["before"]["why"].startswith("affirmed in")
    assert opening["after"]["why"] == opening["why"]
    assert opening["after"]["documents"] == ["900-gazette", "902-echo"]
    assert {one["kind"] for one in found["disagreements"]["vanished"]} == {"denied", "event-denied", "figures"}
    assert found["disagreements"]["appeared"] == []
    assert all(one["after"] is None and one["why"] for one in found["fallen"])
    out = run("withdraw", "--document", "901-courier").out
    assert "39 of 52 claims stay; 9 edges not shown any more, 4 drawn otherwise, 9 disagreements gone" in out


def test_what_a_minimum_hides_is_not_shown_after(ask: Any, run: Any) -> None:
    found = ask("withdraw", "--below", "2")
    assert {one["why"] for one in found["fallen"]} == {
        "1 independent origin stands behind it, fewer than 2",
        "no origin stands behind it, fewer than 2",
    }
    assert all(one["after"] is None for one in found["fallen"])
    assert found["claims"]["before"] == found["claims"]["after"]
    assert "edges with fewer than 2 independent origins" in run("withdraw", "--below", "2").out


def test_options_add_up_in_any_order(ask: Any) -> None:
    one = ask("withdraw", "--document", "901-courier", "--speaker", "ada-merrow", "--group", "halmer-side")
    other = ask("withdraw", "--group", "halmer-side", "--speaker", "ada-merrow", "--document", "901-courier")
    assert one == other


def test_parties_are_named(run: Any) -> None:
    assert (
        "the parties to the conflict (speaker Orvanian Water Ministry (water-ministry))"
        in run("withdraw", "--parties").out
    )


def test_kinds_of_evidence_by_token_or_name(ask: Any) -> None:
    assert ask("withdraw", "--evidence", "party-statement") == ask("withdraw", "--evidence", "PartyStatement")


def test_a_withdrawal_that_touches_nothing_says_so(run: Any) -> None:
    said = run("withdraw", "--evidence", "perpetrator-claim")
    assert "nothing changes" in said.out
    assert "nothing was written" in said.err


def test_nothing_is_written(run: Any, ask: Any, built: str) -> None:
    def files() -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in Path(built).glob("*.nq")}

    before, whole = files(), ask("origins", "gate-opening")
    run("withdraw", "--document", "900-gazette")
    assert files() == before
    assert ask("origins", "gate-opening") == whole


# ---- as of ------------------------------------------------------------------------------------------


def test_as_of_counts_what_was_known_and_shows_what_changed_since(run: Any, ask: Any) -> None:
    found = ask("as-of", "2031-04-06")
    assert found["claims"]["before"] < found["claims"]["after"]
    opening = next(one for one in found["restated"] if one["before"]["says"] == "opening of the Low Gate took place")
    assert (opening["before"]["status"]["id"], opening["after"]["status"]["id"]) == ("single-origin", "contested")
    assert opening["before"]["documents"] == ["900-gazette"]
    assert any(one["kind"] == "event-denied" for one in found["disagreements"]["appeared"])
    assert sum(found["statuses"].values()) == 44 - 9  # all edges but those that the Courier alone bears
    assert "in 1 of 3 documents" in run("as-of", "2031-04-06").out


def test_by_record_a_later_retraction_is_not_yet_made(ask: Any) -> None:
    fallen = [one for one in ask("as-of", "2031-04-15", "--record")["fallen"] if "900-c28.1" in one["before"]["claims"]]
    assert len(fallen) == 1
    assert ask("as-of", "2031-04-20", "--record")["fallen"] == []
    assert not any("900-c25.1" in edge["claims"] for edge in edges_in(ask("as-of", "2031-04-15", "--record")))


def test_by_record_a_rule_signed_later_does_not_bear_yet(ask: Any) -> None:
    def ordered(day: str) -> list[str]:
        found = ask("as-of", day, "--record")["restated"]
        return [one["before"]["status"]["id"] for one in found if "ordered" in one["before"]["says"]]

    assert ordered("2031-04-12") == ["no-origin-shown"]
    assert ordered("2031-04-13") == []


def test_before_anything_was_said(run: Any) -> None:
    assert "nothing was known yet; that is no statement about the world" in run("as-of", "2030").out


# ---- disagreements ----------------------------------------------------------------------------------


def test_disagreements_list_the_questions_and_the_wordings_that_move(run: Any, ask: Any) -> None:
    found = {one["question"]: one for one in ask("disagreements")["questions"]}
    assert found["verrin-part"]["contested"] == 3
    assert found["held-in-lockhouse"]["figures in conflict"] == 2
    out = run("disagreements").out
    assert "verrin-part" in out
    assert "▲ harder: source shown → none" in out


def test_a_question_shows_who_answers_when_and_who_denies_what(run: Any) -> None:
    out = run("disagreements", "verrin-part").out
    assert "900-c8.1: denied by Ilsa Torn, relayed by author of the Gazette's report; 2031-04-03, 900-gazette" in out
    assert "Who had no part cannot have given the order or the means. (rule signed by coder-one, 2031-04-13)" in out
    out = run("disagreements", "held-in-lockhouse").out
    assert out.count("conflict: the ranges do not meet") == 2
    assert "compared: the ranges meet" in out


def test_a_question_that_nobody_answers(capsys: pytest.CaptureFixture[str], mini_folder: Path, tmp_path: Path) -> None:
    file = mini_folder / "questions.yaml"
    text = file.read_text(encoding="utf-8")
    extra = '  - id: unasked\n    label: {en: "Who kept the ledger?"}\n    behaviour: YesNo\n    patterns: [[low-gate, controlledBy, coopers-yard]]\n'
    file.write_text(text + extra, encoding="utf-8")
    build(mini_folder, tmp_path / "b")
    assert main(["disagreements", "unasked", "--build", str(tmp_path / "b")]) == 0
    assert "nobody in this corpus answers; silence is no answer" in capsys.readouterr().out


# ---- refusals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("withdraw", "--document", "900-gazete"), "did you mean '900-gazette'?"),
        (("withdraw", "--publisher", "gazete"), "did you mean 'gazette'?"),
        (("withdraw", "--publisher", "hill-association"), "no publisher 'hill-association'"),
        (("withdraw", "--speaker", "ada-merow"), "did you mean 'ada-merrow'?"),
        (("withdraw", "--group", "halmer-sid"), "did you mean 'halmer-side'?"),
        (("withdraw", "--evidence", "party-statment"), "did you mean 'party-statement'?"),
        (("withdraw", "--evidence", "nothing-like-it"), "testimony vocabulary"),
        (("fragility", "lokhaus-gate"), "no claim, edge or entity"),
        (("origins", "900-c99.1"), "no claim '900-c99.1'"),
        (("origins", "0" * 32), "no edge"),
        (("disagreements", "injurd"), "did you mean 'injured'?"),
        (("disagreements", "nothing-like-it"), "testimony disagreements"),
    ],
)
def test_an_unknown_id_is_refused_with_the_nearest(run: Any, arguments: tuple[str, ...], hint: str) -> None:
    said = run(*arguments)
    assert (said.status, said.out) == (1, "")
    assert hint in said.err
    assert "fix: " in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("as-of", "2031-13"), "is not a date; write 2031, 2031-04 or 2031-04-05"),
        (("as-of", "yesterday"), "is not a date"),
        (("withdraw", "--below", "0"), "is not a number from 1 on"),
        (("fragility", "gate-opening", "--limit", "-1"), "is not a number from 1 on"),
    ],
)
def test_a_wrong_value_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert left.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert f"example:\n  testimony {command}" in capsys.readouterr().out
