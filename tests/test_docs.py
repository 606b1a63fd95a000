"""The documentation is run: commands, queries, snippets, tables and links."""

import os
import re
import subprocess
import sys
from argparse import _SubParsersAction
from pathlib import Path

import pytest
from corpora import FOUNDING, ROOT
from pyoxigraph import Literal

from graph.cli import main
from graph.cli.arguments import parser
from graph.evidence import Archive
from graph.export.vocabulary import status_table
from graph.notebook import Graph

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "corpus" / "README.md"])


def block(text: str, language: str, after: str = "") -> str:
    found = re.search(rf"```{language}\n(.*?)```", text[text.index(after) :], re.DOTALL)
    assert found
    return found.group(1)


def commands() -> list[str]:
    lines = "".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL)).splitlines()
    return [line.split("#")[0].strip() for line in lines if line.startswith(".venv/bin/testimony")]


def test_the_readme_is_short_and_names_the_two_commands_first() -> None:
    assert README.count("\n") <= 150
    first_screen = "\n".join(README.splitlines()[:25])
    assert "make run" in first_screen
    assert "make test" in first_screen
    assert "leans" in README


@pytest.fixture
def workplace(tmp_path: Path, founding_build: Path) -> Path:
    """Where a reader of the README stands: beside corpus/ and build/."""
    (tmp_path / "corpus").symlink_to(FOUNDING)
    (tmp_path / "build").symlink_to(founding_build)
    (tmp_path / "question.rq").write_text(block(README, "sparql"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", commands())
def test_the_commands_of_the_readme_run(command: str, workplace: Path) -> None:
    line = command.replace(".venv/bin/testimony", f"{sys.executable} -m graph", 1)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, shell=True, cwd=workplace, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "wrote" in done.stderr
    assert "no rows" not in done.stdout


def test_there_are_commands_to_run() -> None:
    assert len(commands()) >= 6


def test_the_rows_under_the_query_are_its_rows(founding: Archive) -> None:
    table = Graph(founding).query(block(README, "sparql"))
    shown = block(README, "", after="<!-- rows -->")
    assert shown == repr(table) + "\n"
    assert table.note == ""
    assert len(table) >= 2
    assert {"drawn", "status", "who", "document"} <= set(table.columns)


def test_the_python_of_the_readme_runs(tmp_path: Path, mini_build: Path, mini_archive: Archive) -> None:
    """rdflib takes ten seconds for the project's own corpus, so it is given the invented one."""
    (tmp_path / "build").symlink_to(mini_build)
    done = subprocess.run(
        [sys.executable, "-c", block(README, "python")], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    facts = mini_archive.store.rows("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0][0]
    assert isinstance(facts, Literal)
    assert int(facts.value) > 1000
    assert done.stdout == f"{facts.value} facts about the corpus, no allegation among them\n"


def test_the_status_table_is_made_from_the_vocabulary() -> None:
    shown = README.partition("<!-- statuses -->\n")[2].partition("<!-- /statuses -->")[0]
    assert shown.strip() == status_table().strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_decision_is_listed_and_short() -> None:
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs" / "decisions").glob("0*.md"):
        text = page.read_text(encoding="utf-8")
        assert page.name in listed
        assert text.count("\n") < 60
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text


def test_examples_of_the_codebook_are_claims_of_the_corpus(founding: Archive) -> None:
    """An id in the codebook is an utterance (or a garbled reading) that exists."""
    text = (FOUNDING / "README.md").read_text(encoding="utf-8")
    rows = founding.store.rows("SELECT ?u WHERE { ?u ?p ?o }").rows
    known = {str(u.value).rpartition("/")[2] for (u,) in rows if u is not None and "/utterance/" in u.value}
    named = set(re.findall(r"`(\d{3}-c\d+)`", text))
    assert named
    assert named <= known


def test_the_notebook_page_shows_what_exists(founding: Archive) -> None:
    text = (ROOT / "docs" / "notebook.md").read_text(encoding="utf-8")
    for method in re.findall(r"\bg\.(\w+)\(", text):
        assert callable(getattr(Graph(founding), method))


def helps() -> dict[str, str]:
    """What `--help` says, of the whole command and of each part of it."""
    whole = parser()
    (parts,) = (action.choices for action in whole._actions if isinstance(action, _SubParsersAction))
    return {"testimony": whole.format_help(), **{name: part.format_help() for name, part in parts.items()}}


def test_every_claim_that_is_shown_as_an_example_is_one(founding: Archive) -> None:
    pages = {page.name: page.read_text(encoding="utf-8") for page in PAGES if page.name != "CHANGELOG.md"}
    known, found = set(founding.claim_ids()), 0
    for where, text in {**pages, **helps()}.items():
        shown = set(re.findall(r"\b[01][0-9]{2}-c[0-9]+\.[0-9]+\b", text))
        assert shown <= known, f"{where}: {sorted(shown - known)}"
        found += len(shown)
    assert found > 10


def test_the_help_names_every_command_of_the_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    offered = capsys.readouterr().out
    for page in PAGES:
        for name in re.findall(r"`testimony ([a-z]+)", page.read_text(encoding="utf-8")):
            assert re.search(rf"^ +{name}\b", offered, re.MULTILINE), f"{page.name}: testimony {name}"


def test_every_defence_of_the_service_names_tests_that_exist() -> None:
    text = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+)`", text)
    held = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    assert len(named) > 20
    assert [name for name in named if f"def {name}(" not in held] == []
