"""Workers: what is answered, what is cut, what is stopped, and that whoever asks is never harmed."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from graph.engine import Ask, Engine, Limits
from graph.engine.answering import GRAPHS, RESULTS
from graph.errors import BuildError
from graph.evidence import Archive
from graph.store import IN_MEMORY

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOG = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DEEP = "SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }"
LIMIT = 1.5


@pytest.fixture(scope="module", params=[0, IN_MEMORY], ids=["disk", "memory"])
def engine(mini_archive: Archive, request: pytest.FixtureRequest) -> Iterator[Engine]:
    limits = Limits(seconds=LIMIT, memory=300_000_000, workers=2)
    with Engine(Path(mini_archive.store.name), limits, in_memory=request.param) as made:
        assert made.facts["index"] == ("memory" if request.param else "disk")
        yield made


def count(engine: Engine) -> int:
    told = engine.ask(Ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert told.state == "complete"
    return int(json.loads(told.body)["results"]["bindings"][0]["n"]["value"])


# ---- answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media", RESULTS)
def test_rows_and_truths_come_in_every_format(engine: Engine, media: str, mini_archive: Archive) -> None:
    rows = engine.ask(Ask("SELECT ?s { ?s a ?kind } LIMIT 5", media=media))
    assert (rows.state, rows.kind, rows.media) == ("complete", "rows", media)
    assert rows.body.count(b"testimony/") == 5
    truth = engine.ask(Ask("ASK { ?s ?p ?o }", media=media))
    assert (truth.state, truth.kind) == ("complete", "truth")
    assert b"true" in truth.body


@pytest.mark.parametrize("media", GRAPHS)
def test_triples_come_in_every_format(engine: Engine, media: str) -> None:
    told = engine.ask(Ask("CONSTRUCT { ?s a <urn:x:thing> } { ?s a ?kind } LIMIT 3", graph_media=media))
    assert (told.state, told.kind, told.media) == ("complete", "triples", media)
    assert b"thing" in told.body


def test_values_are_bound_and_never_part_of_the_text(engine: Engine) -> None:
    text = 'x" } UNION { ?s ?p ?o'
    told = engine.ask(Ask("SELECT ?v { BIND(?v AS ?w) }", (("v", json.dumps(text)),)))
    assert json.loads(told.body)["results"]["bindings"] == [{"v": {"type": "literal", "value": text}}]


def test_content_is_never_constructed_as_bare_triples(engine: Engine) -> None:
    told = engine.ask(Ask("CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }"))
    assert told.state == "refused"
    assert "as a bare triple" in told.why
    assert told.body == b""


def test_a_query_that_is_not_sparql_says_where(engine: Engine) -> None:
    told = engine.ask(Ask("SELECT *\nWHERE { ?s ?p }"))
    assert (told.state, told.line, told.column > 5) == ("wrong", 2, True)


@pytest.mark.parametrize("media", RESULTS)
def test_an_answer_that_is_too_long_is_cut_whole_rows_and_says_so(engine: Engine, media: str) -> None:
    told = engine.ask(Ask("SELECT ?s ?o { ?s ?p ?o }", media=media, rows=7))
    assert (told.state, told.rows) == ("truncated", 7)
    assert told.body.count(b"</result>" if "xml" in media else b"\n" if "text/" in media else b'"s":{') in (7, 8)
    exact = engine.ask(Ask("SELECT ?s { ?s ?p ?o } LIMIT 7", media=media, rows=7))
    assert exact.state == "complete"


def test_a_literal_that_looks_like_rows_costs_time_and_no_row(engine: Engine) -> None:
    told = engine.ask(Ask('SELECT ?x { VALUES ?x { "},{},{},{},{" "\\n\\n\\n\\n" } }', rows=3))
    assert told.state == "complete"
    assert len(json.loads(told.body)["results"]["bindings"]) == 2


def test_an_answer_with_too_many_bytes_is_cut(engine: Engine) -> None:
    told = engine.ask(Ask("SELECT ?s ?o { ?s ?p ?o }", bytes=2_000))
    assert told.state == "truncated"
    assert 0 < len(json.loads(told.body)["results"]["bindings"]) < 100


def test_too_many_triples_are_cut(engine: Engine) -> None:
    told = engine.ask(
        Ask("CONSTRUCT { ?s a <urn:x:thing> } { ?s a ?kind }", graph_media="application/n-triples", rows=3)
    )
    assert (told.state, told.rows, told.body.count(b"\n")) == ("truncated", 3, 3)


# ---- limits -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("query", "limit"), [(PRODUCT, "time"), (DEEP, "memory")], ids=["runaway", "too deep"])
def test_what_runs_away_or_crashes_is_stopped_and_the_next_is_answered(engine: Engine, query: str, limit: str) -> None:
    before, start = count(engine), time.monotonic()
    told = engine.ask(Ask(query))
    assert (told.state, told.limit) == ("stopped", limit)
    assert time.monotonic() - start < LIMIT + 1
    assert count(engine) == before


def test_memory_has_a_limit_of_its_own(mini_archive: Archive) -> None:
    with Engine(Path(mini_archive.store.name), Limits(seconds=30, memory=100_000_000, workers=1)) as small:
        told = small.ask(Ask(HOG))
        assert (told.state, told.limit) == ("stopped", "memory")
        assert count(small) > 0


def test_others_are_answered_while_one_runs_away(engine: Engine) -> None:
    slow = threading.Thread(target=engine.ask, args=(Ask(PRODUCT),))
    slow.start()
    times = []
    while slow.is_alive():
        start = time.monotonic()
        count(engine)
        times.append(time.monotonic() - start)
    assert len(times) > 3
    assert sorted(times)[len(times) // 2] < 0.5


def test_who_asks_when_everybody_waits_is_told_so(mini_archive: Archive) -> None:
    with Engine(Path(mini_archive.store.name), Limits(seconds=1, workers=1, waiting=1)) as narrow:
        found: list[str] = []
        asking = [threading.Thread(target=lambda: found.append(narrow.ask(Ask(PRODUCT)).state)) for _ in range(5)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        assert found.count("busy") >= 3
        assert "stopped" in found
        assert count(narrow) > 0


def test_a_worker_reaches_nobody(engine: Engine) -> None:
    """The guard refuses SERVICE long before; here it is left out, and still nothing leaves."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        port = listener.getsockname()[1]
        told = engine.ask(Ask(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))
        assert told.state == "wrong"
        with pytest.raises(TimeoutError):
            listener.accept()
    assert engine.facts["network"] == "none" or engine.facts["sealed"]


def test_each_wall_around_a_worker_stands_alone(engine: Engine) -> None:
    """No network, no descriptor for a file or socket, no core file, a limit of memory: each seen from outside."""
    count(engine)
    proc = Path(f"/proc/{engine._zygote.idle[0].pid}")
    if not proc.is_dir() or engine.facts != {**engine.facts, "network": "none", "sealed": True}:
        pytest.skip("this system does not give a user all of them")
    assert (proc / "ns" / "net").readlink() != Path("/proc/self/ns/net").readlink()
    limits = {line[:26].strip(): line[26:].split()[:2] for line in (proc / "limits").read_text("ascii").splitlines()}
    assert limits["Max open files"] == ["0", "0"]
    assert limits["Max core file size"] == ["0", "0"]
    assert limits["Max address space"][1] != "unlimited"


def test_without_isolation_it_would_reach_somebody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def ask() -> None:
            with pytest.raises(OSError, match=r".*"):
                list(Store().query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]

        thread = threading.Thread(target=ask)
        thread.start()
        listener.settimeout(5)
        heard, _ = listener.accept()
        heard.close()
        thread.join()


# ---- snapshots ----------------------------------------------------------------------------------------


def small_store(folder: Path, name: str) -> Path:
    store = Store(str(folder / name))
    from pyoxigraph import Literal, NamedNode

    store.add(Quad(NamedNode("urn:x:build"), NamedNode("urn:x:is"), Literal(name)))
    store.flush()
    del store
    return folder / name


def test_a_snapshot_is_exchanged_under_readers_without_a_torn_answer(tmp_path: Path) -> None:
    first, second = small_store(tmp_path, "one"), small_store(tmp_path, "two")
    seen: list[tuple[str, str]] = []  # what the answer holds, and what it says answered
    over = threading.Event()
    with Engine(first, Limits(workers=2), "one") as engine:

        def read() -> None:
            while not over.is_set():
                told = engine.ask(Ask("SELECT ?n { <urn:x:build> <urn:x:is> ?n }"))
                assert told.state == "complete", told
                seen.append((json.loads(told.body)["results"]["bindings"][0]["n"]["value"], told.build))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for folder in (second, first, second):
            time.sleep(0.2)
            engine.exchange(folder, folder.name)
        time.sleep(0.2)
        over.set()
        for reader in readers:
            reader.join()
        assert engine.folder == second.resolve()
    assert set(seen) == {("one", "one"), ("two", "two")}


def test_a_snapshot_that_cannot_be_opened_leaves_the_one_before(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(BuildError):
        engine.exchange(tmp_path / "nothing")
    assert count(engine) > 0
    with pytest.raises(BuildError):
        Engine(tmp_path / "nothing")


def test_nothing_is_left_running(mini_archive: Archive) -> None:
    engine = Engine(Path(mini_archive.store.name), Limits(workers=2))
    pids = [worker.pid for worker in engine._zygote.idle] + [engine._zygote._process.pid]
    engine.close()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.05)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def test_a_killed_holder_of_the_snapshot_is_started_again(mini_archive: Archive) -> None:
    with Engine(Path(mini_archive.store.name), Limits(workers=1)) as engine:
        os.kill(engine._zygote._process.pid, 9)
        for _ in range(5):
            assert count(engine) > 0


def kill_idle(engine: Engine) -> None:
    """The end of every worker that has nothing to do, waited for."""
    pids = [worker.pid for worker in engine._zygote.idle]
    for pid in pids:
        os.kill(pid, 9)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.01)


def test_a_worker_that_died_while_idle_costs_nobody_an_answer(mini_archive: Archive) -> None:
    with Engine(Path(mini_archive.store.name), Limits(workers=2)) as engine:
        kill_idle(engine)
        assert [engine.ask(Ask("ASK {}")).state for _ in range(3)] == ["complete"] * 3


def test_the_thread_that_started_the_workers_may_end(mini_archive: Archive) -> None:
    """The system's signal of a dead parent is sent when the thread ends that made the process."""
    made: list[Engine] = []
    starting = threading.Thread(target=lambda: made.append(Engine(Path(mini_archive.store.name), Limits(workers=1))))
    starting.start()
    starting.join()
    time.sleep(0.3)
    with made[0] as engine:
        assert engine._zygote._process.poll() is None
        assert engine.ask(Ask("ASK {}")).state == "complete"


def test_nothing_outlives_a_killed_server(mini_archive: Archive, tmp_path: Path) -> None:
    code = (
        "import sys, threading, time; from pathlib import Path; from graph.engine import Ask, Engine, Limits\n"
        "engine = Engine(Path(sys.argv[1]), Limits(seconds=60, workers=1))\n"
        "print(engine._zygote._process.pid, engine._zygote.idle[0].pid, flush=True)\n"
        "engine.ask(Ask(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, mini_archive.store.name, PRODUCT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        time.sleep(0.3)
        server.kill()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.05)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
