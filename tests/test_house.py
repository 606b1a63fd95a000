"""The house: what is promised of the repository itself."""

import json
import re
import subprocess
import tomllib

import pytest
from corpora import ROOT

from graph.corpus.schema import schemas

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.txt", "requirements/run.txt", "requirements/dev.txt", "requirements/uv.txt")


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.split("\0") if name]


def test_the_core_stays_light() -> None:
    core = {re.split(r"[<>=\[]", line)[0] for line in PROJECT["project"]["dependencies"]}
    assert len(core) <= 12
    assert not core & {"numpy", "pandas", "pyarrow", "pyvis", "jupyter", "ipython"}
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert not re.search(r"^(numpy|pandas|pyarrow|pyvis|ipython)==", locked, re.MULTILINE)


def test_requirements_pin_what_the_user_fixed() -> None:
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for name in ("networkx", "rdflib", "pyvis", "jupyter"):
        assert re.search(rf"^{name}==\S+.*\\$", pinned, re.MULTILINE), name


@pytest.mark.parametrize("name", LOCKS)
def test_locks_are_hashed_and_name_no_registry(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    pins = re.split(r"\n(?=\S)", text.strip())
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_page_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / "graph" / "explorer" / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package.get("integrity") or package.get("link"), name


def test_make_outputs_are_ignored() -> None:
    made = (
        "build/record.nq",
        "graph/static/index.html",
        ".venv/bin/python",
        "corpus/originals/000-anf.txt",
        "graph/explorer/node_modules/x",
    )
    done = subprocess.run(["git", "check-ignore", *made], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 128:
        pytest.skip("not a git checkout")
    assert done.stdout.split() == list(made)


def test_the_published_schemas_are_those_enforced() -> None:
    for name, made in schemas().items():
        path = ROOT / "corpus" / "schema" / f"{name}.schema.json"
        assert json.loads(path.read_text(encoding="utf-8")) == made, "run: testimony schema corpus/schema"


def test_no_file_speaks_of_a_machine() -> None:
    patterns = re.compile(r"/(?:work|home|root|Users)/[a-z]|registry\.npmjs|pypi\.org|\.\./shared/(?!README)")
    allowed = {"tests/test_house.py"}
    for name in tracked():
        path = ROOT / name
        if name in allowed or path.suffix in (".png", ".svg") or not path.is_file():
            continue
        assert not patterns.search(path.read_text(encoding="utf-8")), name


def test_every_module_has_a_docstring_and_files_stay_short() -> None:
    for path in sorted((ROOT / "graph").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""'), path.name
        assert text.count("\n") <= 420, f"{path.name}: is it still one idea?"


def test_no_sentence_of_a_source_document_is_here() -> None:
    tool = ROOT.parent / "shared" / "tools" / "check_originality"
    if not tool.is_file():
        pytest.skip("the founding documents' texts are not beside this checkout")
    done = subprocess.run([str(tool), str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
