"""Fixtures shared by all tests: the invented corpus, whole and as a copy that may be damaged."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from browser import Visitor, browsing, calm
from corpora import FOUNDING, MINI
from hypothesis import settings
from playwright.sync_api import Browser
from serving import Served

from graph.build import build
from graph.corpus import strictyaml
from graph.corpus import validation as _validation  # noqa: F401  # before whatever loads jsonschema with all that it can do
from graph.corpus.reader import read
from graph.evidence import Archive
from graph.model import Corpus
from graph.search import Entry, Index, write

PARSERS = [yaml.BaseLoader, *([yaml.CBaseLoader] if hasattr(yaml, "CBaseLoader") else [])]

settings.register_profile("testimony", deadline=None, derandomize=True, database=None)
settings.load_profile("testimony")


@pytest.fixture(scope="session")
def mini() -> Corpus:
    """The invented corpus of tests/data/mini."""
    return read(MINI)


@pytest.fixture
def indexed(tmp_path: Path) -> Callable[..., Index]:
    """An index of some entries."""

    def of(*listed: Entry) -> Index:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        write(path, listed)
        return Index(path)

    return of


@pytest.fixture
def mini_folder(tmp_path: Path) -> Path:
    """A copy of tests/data/mini, with its attached original, for a test to damage."""
    return Path(shutil.copytree(MINI, tmp_path / "corpus"))


def built_once(corpus: Path, name: str, factory: pytest.TempPathFactory) -> Path:
    """A build for all processes of this run, under the folder that theirs lie in; whoever comes second waits for it."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    out = (factory.getbasetemp() if alone else factory.getbasetemp().parent) / name
    build(corpus, out)
    return out


@pytest.fixture(scope="session")
def mini_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the invented corpus; not to be changed."""
    return built_once(MINI, "mini-build", tmp_path_factory)


@pytest.fixture(scope="session")
def mini_archive(mini_build: Path) -> Archive:
    """The invented corpus, built and opened, with its original attached."""
    return Archive.open(mini_build, MINI)


@pytest.fixture(scope="session")
def founding_corpus() -> Corpus:
    """The project's own corpus, as it is read."""
    return read(FOUNDING)


@pytest.fixture(scope="session")
def founding_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the project's own corpus; not to be changed."""
    return built_once(FOUNDING, "founding-build", tmp_path_factory)


@pytest.fixture(scope="session")
def founding(founding_build: Path) -> Archive:
    """The project's own corpus, built and opened; without originals, as in a fresh clone."""
    return Archive.open(founding_build, None)


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The corpus must read the same with and without the C parser of YAML."""
    monkeypatch.setattr(strictyaml, "_Loader", request.param)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser for the tests of one file."""
    with browsing() as opened:
        yield opened


@pytest.fixture
def visitor(browser: Browser, served: Served) -> Iterator[Visitor]:
    """A reader of what the file serves, to whom nothing is complained of and who asks nothing elsewhere."""
    with calm(browser, served) as reader:
        yield reader
