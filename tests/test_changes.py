"""What changed between two builds, and which sentences of a briefing no longer stand."""

import json
from pathlib import Path

import pytest
from corpora import damaged

from graph.briefing.changes import between, claims_of, since, unsupported
from graph.briefing.manifest import manifest, mark
from graph.briefing.prose import Sentence
from graph.build import build
from graph.cli import main
from graph.evidence import Archive

GAZETTE, COURIER = "900-gazette.yaml", "901-courier.yaml"
SAYS = "The Halmer council says that the flood was over in under six hours."
BRIEFING = """The Halmer constabulary says that it detained lock workers [@901-c2.1].

The Halmer council says that the flood lasted less than six hours by 4 April 2031 [@900-c26.1].

The author of the Gazette's report says that the Halmer council controls the gate [@900-c18.1].
"""


@pytest.fixture(scope="module")
def builds(mini_build: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The invented corpus, and the same with one claim taken back, one reworded, one gone, and one new."""
    new, folder = (tmp_path_factory.mktemp(name) for name in ("new", "corpus"))
    files = damaged(GAZETTE, SAYS, SAYS.replace("under six hours", "fewer than six hours"))
    courier = files[COURIER]
    files[COURIER] = courier.replace(
        "  - id: 901-c6\n",
        _claim("901-c90", "The ministry says that the boats went to the upper ford.") + "  - id: 901-c6\n",
    )
    gazette = files[GAZETTE]
    block = gazette[gazette.index("  - id: 900-c18\n") : gazette.index("  - id: 900-c19\n")]
    taken = '    retracted: {at: 2031-05-01, by: coder-one, reason: ExtractionError, note: "Misread."}\n'
    files[GAZETTE] = gazette.replace(block, block + taken)
    constabulary = courier[courier.index("  - id: 901-c2\n") : courier.index("  - id: 901-c3\n")]
    files[COURIER] = files[COURIER].replace(constabulary, "")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    build(folder, new)
    return mini_build, new


def _claim(name: str, says: str) -> str:
    return (
        f"  - id: {name}\n    passage: {{paragraph: 3}}\n    says: {says}\n"
        "    by: [{speaker: author-901, commitment: Neutral}, {speaker: water-ministry}]\n"
        "    evidence: [PartyStatement]\n    edges: [[evacuation, movedTo, upper-ford]]\n"
    )


def test_two_builds_are_told_apart(builds: tuple[Path, Path]) -> None:
    old, new = map(Archive.open, builds)
    assert between(old, old) == ()
    found = {(one.claim, one.kind) for one in between(old, new)}
    assert found >= {
        ("901-c2.1", "gone"),
        ("900-c18.1", "retracted"),
        ("900-c26.1", "reworded"),
        ("901-c90.1", "new"),
        ("900-c7.4", "redrawn"),  # somebody named says so now
    }
    redrawn = next(one for one in between(old, new) if one.claim == "900-c7.4")
    assert (redrawn.before, redrawn.after, redrawn.weaker) == ("no-origin-shown", "single-origin", False)
    backward = next(one for one in between(new, old) if one.claim == "900-c7.4")
    assert (backward.after, backward.weaker) == ("no-origin-shown", True)


def test_nothing_taken_back_is_told(builds: tuple[Path, Path]) -> None:
    old, new = map(Archive.open, builds)
    taken = next(one for one in between(old, new) if one.kind == "retracted")
    assert taken.says == ""
    assert "Misread." in taken.source


def test_a_briefing_is_held_to_what_it_cited(builds: tuple[Path, Path]) -> None:
    old, new = (claims_of(Archive.open(path)) for path in builds)
    held = manifest(old[name] for name in ("901-c2.1", "900-c26.1", "900-c7.3", "900-c7.4"))
    assert since(held, old) == ()
    changes = since(held, new)
    assert [(one.claim, one.kind) for one in changes] == [
        ("901-c2.1", "gone"),
        ("900-c26.1", "reworded"),
        ("900-c7.4", "redrawn"),
    ]
    sentences = [Sentence("a", ("900-c7.4",), "b.md:1"), Sentence("b", ("900-c7.3", "901-c2.1"), "b.md:2")]
    (fallen,) = unsupported(sentences, changes, new)
    assert (fallen.place, fallen.why) == ("b.md:2", ("901-c2.1 is gone (it was drawn single-origin)",))


def test_a_weaker_status_takes_a_sentence_down_and_a_stronger_one_does_not(builds: tuple[Path, Path]) -> None:
    old, new = (claims_of(Archive.open(path)) for path in builds)
    cited = [Sentence("a", ("900-c7.4",), "b.md:1")]
    stronger, weaker = since(manifest([old["900-c7.4"]]), new), since(manifest([new["900-c7.4"]]), old)
    assert [one.kind for one in (*stronger, *weaker)] == ["redrawn", "redrawn"]
    assert unsupported(cited, stronger, new) == ()
    assert [one.place for one in unsupported(cited, weaker, old)] == ["b.md:1"]


def test_the_command_says_what_changed(
    builds: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = map(str, builds)
    briefing = tmp_path / "b.md"
    briefing.write_text(BRIEFING, encoding="utf-8")
    assert main(["changed", old, new]) == 0
    shown = capsys.readouterr().out
    assert "gone: 901-c2.1 is gone" in shown
    assert "retracted: 900-c18.1 was retracted 2031-05-01: Misread." in shown
    assert main(["changed", old, new, "--briefing", str(briefing), "--json"]) == 1
    plain = json.loads(capsys.readouterr().out)
    assert [one["place"] for one in plain["unsupported"]] == ["b.md:1", "b.md:3", "b.md:5"]
    assert main(["changed", old, old]) == 0
    assert capsys.readouterr().out == "nothing changed\n"
    claims = [Archive.open(builds[0]).claim(name) for name in ("901-c2.1", "900-c26.1", "900-c18.1")]
    briefing.write_text(f"{BRIEFING}\n{mark(manifest(claims))}\n", encoding="utf-8")
    assert main(["changed", old, "--briefing", str(briefing)]) == 0
    assert "every cited sentence still stands" in capsys.readouterr().out
    assert main(["changed", new, "--briefing", str(briefing)]) == 1


@pytest.mark.parametrize(("extra", "said"), [((), "name a second build"), (("--briefing",), "no list of cited claims")])
def test_what_cannot_be_compared_is_refused(
    builds: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], extra: tuple[str, ...], said: str
) -> None:
    briefing = tmp_path / "b.md"
    briefing.write_text("Nothing.\n", encoding="utf-8")
    assert main(["changed", str(builds[0]), *extra, *([str(briefing)] if extra else [])]) == 1
    err = capsys.readouterr().err
    assert said in err
    assert "fix: " in err


def test_lint_on_the_command_line(
    builds: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(BRIEFING, encoding="utf-8")
    bad.write_text("Verrin council sent the two strangers [@900-c3.1].\n", encoding="utf-8")
    at = ("--build", str(builds[0]))
    assert main(["lint", str(good), *at]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "3 sentences, 0 findings\n")
    assert main(["lint", str(good), str(bad), *at]) == 1
    shown = capsys.readouterr().out
    assert "bad.md:1: [flat] error: " in shown
    assert "  suggest: The council's spokesperson reports" in shown
    assert main(["lint", str(bad), "--json", *at]) == 1
    plain = json.loads(capsys.readouterr().out)
    assert plain["sentences"] == 1
    assert {one["rule"] for one in plain["findings"]} == {"flat", "custody"}
    assert main(["lint", str(tmp_path / "none.md"), *at]) == 1
    refused = capsys.readouterr()
    assert refused.out == ""
    assert "fix: name a Markdown file or a notebook" in refused.err
