"""A build is whole or absent: byte-identical, published by one rename, and never half there after a kill."""

import gc
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from corpora import MINI, ROOT
from pyoxigraph import DefaultGraph, RdfFormat, parse
from rdflib import Dataset, URIRef

from graph.build import CURRENT, OUTPUTS, Built, build, check, code_hash, corpus_hash, ontology_quads, opened
from graph.errors import BuildError, CheckError, CorpusError
from graph.rdf import to_quads
from graph.store import Store
from graph.vocabulary import vocabulary

CHILD = """
import sys
from pathlib import Path
from graph.build import build
print("ready", flush=True)
build(Path(sys.argv[1]), Path(sys.argv[2]), force=True)
"""
KILLER = """
import os, signal, sys, time
from pathlib import Path
import graph.corpus.form  # slow to load, so not in each fork
from graph.build import build
corpus, out = map(Path, sys.argv[1:])
for line in sys.stdin:
    builder = os.fork()
    if builder == 0:
        build(corpus, out, force=True)
        os._exit(0)
    time.sleep(float(line))
    os.kill(builder, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(builder, 0)[1]), flush=True)
"""
CONTENT = {relation.iri.value for relation in vocabulary().properties.values()}
NAIVE = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build of the invented corpus; not to be changed."""
    out = tmp_path_factory.mktemp("made") / "build"
    assert build(MINI, out).fresh
    return out


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "build", symlinks=True))


def child(corpus: Path, out: Path, **env: str) -> subprocess.Popen[str]:
    """A build in a process of its own, standing at its start."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", CHILD, str(corpus), str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        cwd=corpus.parent,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def contents(out: Path) -> dict[str, bytes]:
    """Every output of the published build."""
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def whole(out: Path) -> Built:
    """The published build, opened and asked."""
    built = opened(out)
    store = Store.open(built.folder / "store")
    lines = sum(
        len((built.folder / name).read_text().splitlines()) for name in ("record.nq", "derived.nq", "ontology.nq")
    )
    assert sum(1 for _ in store.quads()) == lines
    return built


def leftovers(out: Path) -> list[str]:
    """Snapshots beside the published one and the one before it, and anything unfinished."""
    snapshots = sorted(path.name for path in (out / "snapshots").iterdir())
    unfinished = [name for name in snapshots if name.startswith(".")]
    return unfinished or snapshots[2:]


def change(corpus: Path, words: str) -> None:
    """Make the corpus another one."""
    path = corpus / "902-echo.yaml"
    path.write_text(path.read_text().replace("Prints what the Gazette printed.", words))


# ---- identical ------------------------------------------------------------------------------------


def test_two_builds_are_the_same_byte_for_byte_whatever_the_surroundings(
    made: Path, mini_folder: Path, tmp_path: Path
) -> None:
    surroundings = (
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Auckland"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0", "COLUMNS": "20"},
    )
    running = [child(mini_folder, tmp_path / f"out{n}", **env) for n, env in enumerate(surroundings)]
    for n, process in enumerate(running):
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        assert contents(tmp_path / f"out{n}") == contents(made)


def test_a_build_holds_no_day_and_no_path(made: Path) -> None:
    today = time.strftime("%Y-%m-%d")
    for name, content in contents(made).items():
        assert today.encode() not in content, name
        assert str(MINI).encode() not in content, name
        assert str(made).encode() not in content, name


def test_the_manifest_tells_what_was_built(made: Path, mini: object) -> None:
    manifest = json.loads((made / "manifest.json").read_text())
    assert manifest["inputs"] == {"corpus": corpus_hash(MINI), "code": code_hash()}
    assert manifest["counts"]["documents"] == 3
    assert manifest["counts"]["claims"] == 53  # 54 were coded; one is withheld to protect a person
    assert set(manifest["files"]) == set(OUTPUTS) - {"manifest.json"}


# ---- what the outputs hold ------------------------------------------------------------------------


def test_the_trig_and_the_lines_hold_the_same_quads(made: Path) -> None:
    lines = {q for name in ("record.nq", "derived.nq", "ontology.nq") for q in parse(path=str(made / name))}
    assert set(parse(path=str(made / "testimony.trig"), format=RdfFormat.TRIG)) == lines
    assert lines >= ontology_quads()


def test_named_graphs_hold_one_triple_each_and_belong_to_something(made: Path) -> None:
    quads = list(parse(path=str(made / "record.nq")))
    graphs = [q.graph_name for q in quads if q.graph_name != DefaultGraph()]
    assert len(graphs) == len(set(graphs))
    held = {q.object for q in quads if q.predicate.value.rpartition("#")[2] in ("content", "conditionContent")}
    assert set(graphs) == held
    assert not [q for q in parse(path=str(made / "derived.nq")) if q.graph_name != DefaultGraph()]


def test_a_naive_query_of_the_embedded_store_gives_no_allegation(made: Path) -> None:
    rows = Store.open(opened(made).folder / "store").rows(NAIVE).rows
    assert rows
    assert not [row for row in rows if getattr(row[1], "value", "") in CONTENT]


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # what rdflib's own readers use
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("files", "form"),
    [(("record.nq", "derived.nq"), "nquads"), (("testimony.trig",), "trig")],
    ids=["N-Quads", "TriG"],
)
def test_a_naive_query_of_a_plain_rdflib_dataset_gives_no_allegation(
    made: Path, files: tuple[str, ...], form: str
) -> None:
    dataset = Dataset()
    # in one piece: rdflib empties the default graph each time it reads N-Quads into a Dataset
    dataset.parse(data="".join((made / name).read_text(encoding="utf-8") for name in files), format=form)
    assert not dataset.default_union
    rows = list(dataset.query(NAIVE))
    assert len(rows) > 3000
    assert not [row for row in rows if str(row[1]) in CONTENT]  # type: ignore[index]
    inside = dataset.query("SELECT ?p WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g != <urn:x-rdflib:default>) }")
    assert {str(row[0]) for row in inside} <= CONTENT  # type: ignore[index]
    assert (None, URIRef(min(CONTENT)), None) not in dataset.default_graph


# ---- reuse ----------------------------------------------------------------------------------------


def test_a_build_of_the_same_corpus_is_reused_and_of_another_is_not(copy: Path, mini_folder: Path) -> None:
    again = build(mini_folder, copy)
    assert not again.fresh
    assert again.folder == opened(copy).folder
    change(mini_folder, "Prints, and adds a word.")
    other = build(mini_folder, copy)
    assert other.fresh
    assert b"adds a word" in (copy / "record.nq").read_bytes()


def test_an_interrupted_build_is_swept_even_when_the_standing_one_is_reused(copy: Path) -> None:
    (copy / "snapshots" / ".making-x").mkdir()
    assert not build(MINI, copy).fresh
    assert leftovers(copy) == []


def test_a_forced_build_of_the_same_corpus_publishes_anew_and_keeps_the_one_being_read(copy: Path) -> None:
    reading = Store.open(opened(copy).folder / "store")
    before, first = contents(copy), opened(copy).folder
    second = build(MINI, copy, force=True)
    assert second.fresh
    assert second.folder != first
    assert contents(copy) == before
    assert first.is_dir()  # somebody may be reading it
    assert sum(1 for _ in reading.quads()) > 4000
    third = build(MINI, copy, force=True)
    assert whole(copy).folder == third.folder
    assert second.folder.is_dir()
    assert not first.is_dir() or first == third.folder
    assert leftovers(copy) == []


def test_plain_names_lead_to_the_published_build(copy: Path, mini_folder: Path) -> None:
    for name in OUTPUTS:
        assert (copy / name).resolve() == opened(copy).folder / name
    (copy / "record.nq").unlink()
    (copy / "record.nq").write_text("an old file in the way")
    build(mini_folder, copy, force=True)
    assert (copy / "record.nq").resolve() == opened(copy).folder / "record.nq"


# ---- damage ---------------------------------------------------------------------------------------


def _cut(out: Path) -> None:
    path = opened(out).folder / "record.nq"
    path.write_bytes(path.read_bytes()[:-200])


def _flip(out: Path) -> None:
    path = opened(out).folder / "testimony.trig"
    path.write_bytes(path.read_bytes().replace(b"Denies", b"Affirm", 1))


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a file cut short": _cut,
    "a file changed": _flip,
    "a file gone": lambda out: (opened(out).folder / "derived.nq").unlink(),
    "the store gone": lambda out: shutil.rmtree(opened(out).folder / "store"),
    "the manifest gone": lambda out: (opened(out).folder / "manifest.json").unlink(),
    "the manifest no JSON": lambda out: (opened(out).folder / "manifest.json").write_text("{"),  # type: ignore[dict-item]
    "the manifest a list": lambda out: (opened(out).folder / "manifest.json").write_text("[]"),  # type: ignore[dict-item]
    "the link gone": lambda out: (out / CURRENT).unlink(),
    "the snapshot gone": lambda out: shutil.rmtree(opened(out).folder),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_build_is_noticed(damage: str, copy: Path) -> None:
    DAMAGES[damage](copy)
    with pytest.raises(BuildError, match="no build, or a damaged one; fix: run `testimony build`"):
        opened(copy)


def test_a_damaged_build_is_mended_by_the_next(copy: Path) -> None:
    before = contents(copy)
    _cut(copy)
    assert build(MINI, copy).fresh
    assert contents(copy) == before
    whole(copy)


def test_no_build_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no build"):
        opened(tmp_path / "nowhere")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(BuildError, match=r"cannot read or write here .*; fix: make room or choose another folder"):
            build(MINI, out)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "snapshots").write_text("in the way")
    with pytest.raises(BuildError, match="cannot read or write here"):
        build(MINI, tmp_path / "out")


def test_the_collector_of_cycles_rests_during_a_check_and_not_after_it(mini_folder: Path) -> None:
    seen = []
    check(mini_folder, progress=lambda _step: seen.append(gc.isenabled()))
    assert set(seen) == {False}
    assert gc.isenabled()
    (mini_folder / "901-courier.yaml").write_text("broken: [", encoding="utf-8")
    with pytest.raises(CorpusError):
        check(mini_folder)
    assert gc.isenabled()


# ---- interruption ---------------------------------------------------------------------------------


class StopHere(Exception):  # noqa: N818
    """What interrupts a build in the tests."""


def _steps() -> list[str]:
    found: list[str] = []

    def note(step: str) -> None:
        found.append(step)
        if step.startswith("loading"):
            raise StopHere

    with suppress(StopHere):
        build(MINI, Path(os.environ.get("TMPDIR", "/tmp")) / f"steps-{os.getpid()}", force=True, progress=note)
    shutil.rmtree(Path(os.environ.get("TMPDIR", "/tmp")) / f"steps-{os.getpid()}", ignore_errors=True)
    return found


def test_a_build_stopped_at_any_step_leaves_the_one_before(copy: Path, mini_folder: Path) -> None:
    change(mini_folder, "Prints, and adds a word.")
    before, steps = contents(copy), _steps()
    assert len(steps) >= 6
    for stop in steps:

        def halt(step: str, stop: str = stop) -> None:
            if step == stop:
                raise StopHere

        with pytest.raises(StopHere):
            build(mini_folder, copy, progress=halt)
        assert contents(copy) == before, stop
        assert [p.name for p in (copy / "snapshots").iterdir()] == [opened(copy).folder.name], stop
    whole(copy)


def test_a_full_disk_at_any_part_leaves_the_one_before(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(copy)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    for part in ("load", "_swap", "_manifest"):
        with monkeypatch.context() as patch:
            patch.setattr(f"graph.build.{part}", full)
            with pytest.raises(BuildError, match="No space left on device"):
                build(MINI, copy, force=True)
        assert contents(copy) == before, part
    assert build(MINI, copy, force=True).fresh
    assert leftovers(copy) == []


def test_a_killed_build_leaves_a_whole_one_and_nothing_stays_behind(copy: Path, mini_folder: Path) -> None:
    old, other = corpus_hash(MINI), copy.with_name("other")
    change(mini_folder, "Prints, and adds a word.")
    new, started = corpus_hash(mini_folder), time.monotonic()
    build(mini_folder, other)
    length, chance = time.monotonic() - started, random.Random(2031)
    codes = []
    with subprocess.Popen(
        [sys.executable, "-c", KILLER, str(mini_folder), str(copy)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as killer:
        assert killer.stdin is not None
        assert killer.stdout is not None
        for _ in range(12):
            print(chance.uniform(0, length), file=killer.stdin, flush=True)
            codes.append(int(killer.stdout.readline()))
            assert whole(copy).manifest["inputs"]["corpus"] in (old, new)
    assert codes.count(-signal.SIGKILL) >= 6, codes
    build(mini_folder, copy, force=True)
    assert whole(copy).manifest["inputs"]["corpus"] == new
    assert leftovers(copy) == []
    assert contents(copy) == contents(other)


def test_two_builders_at_once_take_turns(mini_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    other = child(mini_folder, out)
    mine = build(mini_folder, out, force=True)
    assert sum(1 for _ in Store.open(mine.folder / "store").quads()) > 4000
    _, errors = other.communicate(timeout=60)
    assert other.returncode == 0, errors
    whole(out)
    assert leftovers(out) == []


# ---- refusal --------------------------------------------------------------------------------------


def test_a_corpus_that_breaks_a_rule_is_not_built_and_the_one_before_stays(copy: Path, mini_folder: Path) -> None:
    before = contents(copy)
    path = mini_folder / "901-courier.yaml"
    path.write_text(path.read_text().replace("[Asserts]", "").replace("kind: NewsAnalysis", "kind: Gossip"))
    with pytest.raises(CorpusError, match=r"901-courier\.yaml:\d+: "):
        build(mini_folder, copy)
    assert contents(copy) == before


def test_a_graph_that_breaks_a_rule_is_not_built(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mutants import INVARIANT_MUTANTS

    bare = next(m for m in INVARIANT_MUTANTS if m.code == "I01-content-in-default-graph")
    monkeypatch.setattr("graph.build.to_quads", lambda corpus: set(bare.damage(frozenset(to_quads(corpus)))))
    before = contents(copy)
    with pytest.raises(CheckError, match=r"\[I01-content-in-default-graph\]"):
        build(MINI, copy, force=True)
    assert contents(copy) == before


def test_passages_are_checked_against_the_attached_original(mini_folder: Path) -> None:
    check(mini_folder)
    text = mini_folder / "originals" / "900-gazette.txt"
    whole_text = text.read_text(encoding="utf-8")
    text.write_text("X" + whole_text, encoding="utf-8")
    with pytest.raises(CheckError) as moved:
        check(mini_folder)
    assert {p.code for p in moved.value.problems} == {"L01-original-hash", "L02-locator"}
    assert "is moved; its words stand at 1" in str(moved.value)
    text.write_text(whole_text.replace("gate", "door"), encoding="utf-8")
    with pytest.raises(CheckError) as gone:
        check(mini_folder)
    lost = [p for p in gone.value.problems if p.code == "L02-locator"]
    assert any("is orphaned" in p.found for p in lost)
    assert all(p.line for p in lost)
    text.unlink()
    check(mini_folder)  # nothing is attached, nothing is compared


def test_a_changed_rule_or_file_makes_another_build(mini_folder: Path) -> None:
    first = corpus_hash(mini_folder)
    change(mini_folder, "Prints, and adds a word.")
    assert corpus_hash(mini_folder) != first
    assert code_hash() == code_hash()
