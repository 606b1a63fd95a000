"""The command: what it prints, how it refuses, and that nothing is lost when it does."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from corpora import MINI

from graph.cli import main
from graph.cli.show import plain, table
from graph.corpus.schema import schemas


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("cli") / "build"
    assert main(["build", "--corpus", str(MINI), "--build", str(out)]) == 0
    return str(out)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    said = capsys.readouterr()
    return status, said.out, said.err


def one_line(text: str) -> str:
    (line,) = text.splitlines()
    return line


def test_build_says_what_it_made_and_is_idle_when_nothing_changed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    arguments = ("build", "--corpus", str(MINI), "--build", str(tmp_path / "b"))
    status, out, _ = run(capsys, *arguments)
    assert status == 0
    assert out.startswith("built 3 documents")
    status, out, _ = run(capsys, *arguments)
    assert out.startswith("unchanged: 3 documents")
    status, out, _ = run(capsys, *arguments, "--json")
    assert json.loads(out)["fresh"] is False


def test_check_reports_every_problem_at_once(capsys: pytest.CaptureFixture[str], mini_folder: Path) -> None:
    assert run(capsys, "check", "--corpus", str(mini_folder))[0] == 0
    file = mini_folder / "900-gazette.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("wasInvolvedIn", "wasInvolvedln").replace("- id: 900-c2\n", "- id: 900-c1\n"), encoding="utf-8"
    )
    status, out, err = run(capsys, "check", "--corpus", str(mini_folder), "--json")
    assert status == 1
    problems = json.loads(out)["problems"]
    assert len(problems) == len(err.splitlines()) >= 1
    assert {p["code"] for p in problems} >= {"unknown-relation"}
    assert all(p["line"] > 0 and p["file"].endswith("900-gazette.yaml") for p in problems)
    assert "Traceback" not in err
    assert "did you mean 'wasInvolvedIn'?" in err


def test_a_refused_build_leaves_the_one_before(
    capsys: pytest.CaptureFixture[str], mini_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "b"
    where = ("--corpus", str(mini_folder), "--build", str(out))
    assert run(capsys, "build", *where)[0] == 0
    before = (out / "record.nq").read_bytes()
    (mini_folder / "entities.yaml").write_text("entities: [\n", encoding="utf-8")
    status, _, err = run(capsys, "build", *where)
    assert status == 1
    assert "entities.yaml:" in one_line(err)
    assert "[yaml-syntax]" in err
    assert (out / "record.nq").read_bytes() == before
    assert run(capsys, "query", "statuses", "--build", str(out))[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query", "SELEC", "--build", "B"], "no query 'SELEC'"),
        (["query", "about", "--build", "B"], "the parameter 'entity' is not bound"),
        (["query", "about", "entity", "--build", "B"], "which is not PARAM=VALUE"),
        (["query", "about", "thing=x", "entity=y", "--build", "B"], "'thing' is not one of this query's (entity)"),
        (["query", "about", "entity=<x> } #", "--build", "B"], "give a value of kind IRI"),
        (["query", "missing.rq", "--build", "B"], "missing.rq: No such file or directory"),
        (["query", "statuses", "--build", "nowhere"], "run `testimony build`"),
        (["trace", "900-c99.1", "--build", "B"], "no claim '900-c99.1'"),
        (["trace", "nobody at all", "--build", "B"], "no claim, utterance, edge or entity"),
        (["trace", "0" * 32, "--build", "B"], "no edge"),
        (["export", "claims", "--out", f"{__file__}/x", "--build", "B"], "cannot be written"),
        (["build", "--corpus", "no-such-folder", "--build", "B"], "no-such-folder"),
        (["attach", "no-such-folder", "--corpus", str(MINI)], "no such folder"),
        (["locate", "900-gazett", "1", "x", "--corpus", str(MINI)], "did you mean '900-gazette'?"),
        (
            ["locate", "900-gazette", "1", "words that are not there", "--corpus", str(MINI)],
            "does not hold these words exactly once",
        ),
        (["serve", "--port", "70000", "--no-browser", "--corpus", str(MINI), "--build", "B"], "not a port"),
    ],
)
def test_refusals_are_one_line_with_a_fix(
    capsys: pytest.CaptureFixture[str], built: str, arguments: list[str], said: str
) -> None:
    status, out, err = run(capsys, *[built if a == "B" else a for a in arguments])
    assert (status, out) == (1, "")
    assert said in err
    assert "fix: " in err
    assert all("Traceback" not in line for line in err.splitlines())


def test_the_same_from_standard_input(
    capsys: pytest.CaptureFixture[str], built: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = {
        "SELECT ?s\nWHERE { ?s ?p }": "standard input:2: not SPARQL: column",
        "SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }": "standard input:1: SERVICE",
        "DROP ALL": "standard input:1: DROP",
        "# param: x IRI a thing\nSELECT ?x WHERE { ?x ?p ?o }": "'x' is not bound",
    }
    for text, said in cases.items():
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        status, out, err = run(capsys, "query", "-", "--build", built)
        assert (status, out) == (1, "")
        assert said in one_line(err)


def test_rows_without_status_come_with_a_warning(
    capsys: pytest.CaptureFixture[str], built: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"))
    status, _, err = run(capsys, "query", "-", "--build", built)
    assert status == 0
    assert "without its status" in one_line(err)
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT ?s ?p ?o WHERE { ?s ?p ?o }"))
    assert run(capsys, "query", "-", "--build", built)[2] == ""


def test_what_is_kept_says_that_the_status_is_missing(
    capsys: pytest.CaptureFixture[str], built: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning beside a table is lost when the table is kept; a column is not."""

    def ask(text: str, *form: str) -> tuple[str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        status, out, err = run(capsys, "query", "-", "--build", built, *form)
        assert status == 0
        return out, err

    naked = "SELECT ?s ?o WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 3"
    kept = list(csv.DictReader(io.StringIO(ask(naked, "--csv")[0])))
    assert [row["note"] for row in kept] == ["alleged: status not shown"] * 3
    assert {row["note"] for row in json.loads(ask(naked, "--json")[0])["rows"]} == {"alleged: status not shown"}
    backers = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert "note" in ask(backers, "--csv")[0].splitlines()[0]
    said, warned = ask("ASK { GRAPH ?g { ?s ?p ?o } }")
    assert (said, "no answer about the world" in warned) == ("yes\n", True)
    assert "note" in json.loads(ask("ASK { GRAPH ?g { ?s ?p ?o } }", "--json")[0])
    made, warned = ask("CONSTRUCT { ?s <http://example.org/linked> ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert made.startswith("# alleged: status not shown\n")
    assert "no answer about the world" in warned
    assert ask("CONSTRUCT { ?c a ?t } WHERE { ?c a ?t }")[1] == ""


def test_a_table_for_a_spreadsheet_runs_nothing(
    capsys: pytest.CaptureFixture[str], built: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('SELECT ?x WHERE { BIND("=cmd()" AS ?x) }'))
    assert run(capsys, "query", "-", "--csv", "--build", built)[1] == "x\n'=cmd()\n"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["about", "entity=gate-openin"], "did you mean 'gate-opening'?"),
        (["about", "entity=Halmer Council"], "give a value of kind IRI"),
        (["about", "entity=LOCKHOUSE"], "did you mean 'lockhouse'?"),
        (["figures", "question=injurd"], "did you mean 'injured'?"),
        (["figures", "question=nothing-like-it"], "testimony query questions"),
        (["speaker-chain", "claim=900-c99.1"], "did you mean '900-c9"),
        (["statuss"], "did you mean 'statuses'?"),
        (["nothing-like-it"], "list them with: testimony query"),
    ],
)
def test_a_typo_is_not_answered_with_silence(
    capsys: pytest.CaptureFixture[str], built: str, arguments: list[str], hint: str
) -> None:
    status, out, err = run(capsys, "query", *arguments, "--build", built)
    assert (status, out) == (1, "")
    assert hint in one_line(err)


def test_a_query_prints_as_table_json_and_csv(capsys: pytest.CaptureFixture[str], built: str) -> None:
    arguments = ("query", "about", "entity=gate-opening", "--build", built)
    status, shown, _ = run(capsys, *arguments)
    assert status == 0
    rows = json.loads(run(capsys, *arguments, "--json")[1])["rows"]
    listed = list(csv.DictReader(io.StringIO(run(capsys, *arguments, "--csv")[1])))
    assert [r["claim"] for r in rows] == [r["claim"] for r in listed]
    assert rows
    for row in rows:
        assert row["claim"] in shown
        assert row["drawn"]
        assert row["status"]
        assert row["speaker"]
        assert row["document"]


def test_the_named_queries_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "query", "--json")
    listed = json.loads(out)
    assert status == 0
    assert {"about-sdf", "about-isis", "about-ankara", "about-damascus", "about-coalition", "about-al-hol"} <= {
        q["name"] for q in listed
    }
    assert all(q["title"] and q["what"] for q in listed)
    assert run(capsys, "query", "about-sdf", "--show")[1].startswith("# title:")
    assert "about-sdf" in run(capsys, "query")[1]


def test_a_boolean_answer_is_yes_or_no(capsys: pytest.CaptureFixture[str], built: str, tmp_path: Path) -> None:
    asked = tmp_path / "q.rq"
    asked.write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    assert run(capsys, "query", str(asked), "--build", built)[1] == "yes\n"
    asked.write_text("ASK { ?s <http://example.org/p> ?o }", encoding="utf-8")
    assert json.loads(run(capsys, "query", str(asked), "--build", built, "--json")[1]) == {"boolean": False}


def test_no_rows_is_no_answer_about_the_world(capsys: pytest.CaptureFixture[str], built: str) -> None:
    _, out, _ = run(capsys, "query", "about", "entity=coder-one", "--build", built)
    assert "no answer about the world" in out


def test_trace_by_claim_edge_entity_and_name(capsys: pytest.CaptureFixture[str], built: str) -> None:
    where = ("--build", built, "--corpus", str(MINI))
    claim = json.loads(run(capsys, "trace", "900-c3.1", *where, "--json")[1])
    proposition = claim["edges"][0]["proposition"]
    for name in ("900-c3.1", proposition):
        status, out, _ = run(capsys, "trace", name, *where)
        assert status == 0
        for part in (
            "drawn so because",
            "900-c3.1:",
            "said by",
            "evidence:",
            "passage, paragraph 3, original verified: “",
        ):
            assert part in out
    whole = run(capsys, "trace", "900-c3", *where)[1]
    assert {f"900-c3.{n}:" in whole for n in (1, 2, 3)} == {True}
    assert "900-c3.1" not in run(capsys, "trace", "gate-opening", *where)[1]
    by_id = run(capsys, "trace", "gate-opening", *where)[1]
    assert run(capsys, "trace", "Opening of the low gate", *where)[1] == by_id
    status, out, err = run(capsys, "trace", "gate-opening", "--limit", "1", *where)
    assert out.count("drawn so because") == 1
    assert "edges shown; --limit" in err


def test_find_takes_any_spelling(capsys: pytest.CaptureFixture[str], built: str) -> None:
    found = json.loads(run(capsys, "find", "HALMER", "belediyesi", "--build", built, "--json")[1])
    assert found[0]["id"] == "halmer-council"
    assert "nothing is named" in run(capsys, "find", "zzz", "--build", built)[1]


def test_export_writes_a_file_whole(capsys: pytest.CaptureFixture[str], built: str, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    status, said, err = run(capsys, "export", "claims", "--format", "csv", "--out", str(out), "--build", built)
    assert (status, said) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert f"wrote {len(rows)} claims" in err
    assert run(capsys, "export", "claims", "--build", built)[1] == out.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["claims.csv"]


def test_attach_and_locate(capsys: pytest.CaptureFixture[str], mini_folder: Path, tmp_path: Path) -> None:
    given = tmp_path / "given"
    (mini_folder / "originals").rename(given)
    (given / "900-gazette.txt").rename(given / "other-name")
    status, _, err = run(capsys, "locate", "900-gazette", "1", "Verrin hand", "--corpus", str(mini_folder))
    assert status == 1
    assert "not attached" in one_line(err)
    status, out, _ = run(capsys, "attach", str(given), "--corpus", str(mini_folder), "--json")
    states = {row["document"]: row["state"] for row in json.loads(out)}
    assert (status, states["900-gazette"], states["901-courier"]) == (0, "attached", "no-original")
    found = json.loads(
        run(capsys, "locate", "900-gazette", "1", "Verrin hand", "--corpus", str(mini_folder), "--json")[1]
    )
    assert found["chars"] == [0, 11]


def test_the_schemas_are_published(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, "schema", str(tmp_path / "s"))[0] == 0
    for name, made in schemas().items():
        assert json.loads((tmp_path / "s" / f"{name}.schema.json").read_text(encoding="utf-8")) == made


def test_a_terminal_is_not_obeyed_by_accident() -> None:
    assert plain("a\x1b[31mred\u202e\tb\n") == "a\ufffd[31mred\ufffd\tb\n"


def test_without_a_command_it_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys)
    assert (status, out) == (2, "")
    assert "examples:" in err


def test_a_table_too_wide_for_the_terminal_is_told_row_by_row(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    table(
        ["claim", "subject", "object", "status", "speaker"],
        [["900-c1.1", "a-long-name", "", "asserted", "nobody"]],
        "t",
    )
    out = capsys.readouterr().out
    assert "claim  900-c1.1" in out
    assert "a-long-name" in out
    assert "object" not in out, "an empty cell needs no line"


def test_help_has_examples_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (
        [],
        ["build"],
        ["check"],
        ["attach"],
        ["locate"],
        ["query"],
        ["trace"],
        ["find"],
        ["export"],
        ["serve"],
        ["schema"],
        ["vocabulary"],
    ):
        with pytest.raises(SystemExit) as left:
            main([*command, "--help"])
        assert left.value.code == 0
        assert "example" in capsys.readouterr().out


def test_it_runs_as_a_module_and_survives_a_closed_pipe(built: str) -> None:
    command = f"{sys.executable} -m graph export claims --build {built} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("says,drawn_label,reported_label,")
    assert done.stderr == ""
