"""The endpoint against other servers, over HTTP on this machine: requests per second, and CPU a request costs the server.

Usage: python benchmarks/service.py [--json]. The servers take turns; each answers the same queries over the same
triples, and the answers are compared first. Ours is guarded, asks a worker for every query and keeps no answer;
"unguarded" is the bare engine in this process, without HTTP. `oxigraph` comes with the extra `dev`;
rdflib-endpoint is measured where it is installed.
"""

import argparse
import http.client
import importlib.util
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import DefaultGraph, QueryResultsFormat
from pyoxigraph import Store as Oxigraph
from rich.console import Console
from rich.table import Table

from graph.build import build
from graph.vocabulary import vocabulary

ROOT = Path(__file__).parent.parent
PREFIX = f"PREFIX say: <{vocabulary().namespace}>\n"
QUERIES = {
    "tiny answer": PREFIX + "ASK { ?c a say:Claim }",
    "about 100 rows": PREFIX
    + "SELECT ?c ?status ?who ?p { ?c a say:Claim ; say:content ?p ; say:reportedStatus ?status ; say:originHop/say:speaker ?who } LIMIT 100",
}
CONNECTIONS, ROUNDS, TICK = 8, 3, os.sysconf("SC_CLK_TCK")
JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Served:
    """A running server: its port, its path, its process."""

    port: int
    path: str
    pid: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Callable[[int], list[str]], path: str) -> Iterator[Served]:
    """A server started on a free port, until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        command(port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        server = Served(port, path, process.pid)
        deadline = time.monotonic() + 60
        while True:
            try:
                ask(server, "ASK {}")
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask(server: Served, query: str, connection: http.client.HTTPConnection | None = None) -> bytes:
    """One answer, over a connection that is kept where one is given."""
    link = connection or http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    link.request("GET", f"{server.path}?{urlencode({'query': query})}", headers={"accept": JSON})
    reply = link.getresponse()
    body = reply.read()
    if reply.status != 200:
        raise SystemExit(f"{server.path} on {server.port} answered {reply.status}: {body[:200]!r}")
    return body


def tree(pid: int) -> list[int]:
    """A process with everything it started."""
    children = {int(p.name): _parent(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
    found = [pid]
    for one in found:
        found += [child for child, parent in children.items() if parent == one]
    return found


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def spent(pid: int) -> float:
    """CPU seconds of a process and everything it started."""
    seconds = 0.0
    for one in tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        seconds += (int(fields[11]) + int(fields[12])) / TICK
    return seconds


def resident(pid: int) -> int:
    """Bytes that a process and what it started hold of their own, shared pages counted once for each."""
    total = 0
    for one in tree(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def load(server: Served, query: str, requests: int) -> tuple[float, float]:
    """Requests per second over eight connections, and CPU seconds of the server for one."""

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for _ in range(requests // CONNECTIONS):
            ask(server, query, connection)
        connection.close()

    before, start = spent(server.pid), time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = requests // CONNECTIONS * CONNECTIONS
    return done / (time.perf_counter() - start), (spent(server.pid) - before) / done


def servers(place: Path) -> dict[str, tuple[Callable[[int], list[str]], str]]:
    """Every server that is here, by name."""
    out = place / "build"
    build(ROOT / "corpus", out)
    shutil.copytree(out / "current" / "store", place / "peer")
    ours = [
        sys.executable,
        "-m",
        "graph",
        "serve",
        "--no-browser",
        "--corpus",
        str(ROOT / "corpus"),
        "--build",
        str(out),
    ]
    found: dict[str, tuple[Callable[[int], list[str]], str]] = {
        "Testimony": (lambda port: [*ours, "--port", str(port)], "/sparql")
    }
    binary = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if binary is not None:
        peer = [binary, "serve-read-only", "--location", str(place / "peer"), "--bind"]
        found["oxigraph serve"] = (lambda port: [*peer, f"127.0.0.1:{port}"], "/query")
    if importlib.util.find_spec("rdflib_endpoint") is not None:
        found["rdflib-endpoint"] = (
            lambda port: [
                sys.executable,
                "-m",
                "rdflib_endpoint",
                "serve",
                "--port",
                str(port),
                str(out / "record.nq"),
            ],
            "/",
        )
    return found


def measure(place: Path) -> dict[str, object]:
    """Every number, the servers in turns."""
    found = servers(place)
    told: dict[str, object] = {"absent": [n for n in ("oxigraph serve", "rdflib-endpoint") if n not in found]}
    kept: dict[tuple[str, str], list[tuple[float, float]]] = {}
    answers: dict[str, set[int]] = {name: set() for name in QUERIES}
    for turn in range(ROUNDS):
        for name, (command, path) in found.items():
            with running(command, path) as server:
                for what, query in QUERIES.items():
                    answers[what].add(len(json.loads(ask(server, query)).get("results", {}).get("bindings", [])))
                    many = 40 if name == "rdflib-endpoint" else 1600 if what == "tiny answer" else 400
                    load(server, query, many // 4)  # warm
                    kept.setdefault((name, what), []).append(load(server, query, many))
                if turn == ROUNDS - 1:
                    told[f"memory of {name}"] = resident(server.pid)
    if any(len(sizes) > 1 for sizes in answers.values()):
        raise SystemExit(f"the servers disagree, a ratio would mean nothing: {answers}")
    store = Oxigraph.read_only(str(place / "peer"))
    for what, query in QUERIES.items():
        kept["bare engine, no HTTP", what] = [_bare(store, query) for _ in range(ROUNDS)]
    for (name, what), pairs in kept.items():
        told[f"{name}, {what}"] = {
            "requests per second": statistics.median(rate for rate, _ in pairs),
            "CPU ms a request": 1000 * min(cost for _, cost in pairs),
        }
    return told


def _bare(store: Oxigraph, query: str) -> tuple[float, float]:
    many = 400
    start, clock = time.process_time(), time.perf_counter()
    for _ in range(many):
        store.query(query, default_graph=DefaultGraph()).serialize(format=QueryResultsFormat.JSON)
    return many / (time.perf_counter() - clock), (time.process_time() - start) / many


def table(told: dict[str, object]) -> Table:
    shown = Table(
        "server",
        "answer",
        "requests/s",
        "CPU ms a request",
        "times the peer's CPU",
        title="The endpoint over HTTP",
        title_justify="left",
    )
    for key, numbers in told.items():
        if isinstance(numbers, dict):
            name, _, what = (
                key.partition(", ")
                if not key.startswith("bare")
                else ("bare engine, no HTTP", "", key.rpartition(", ")[2])
            )
            peer = told.get(f"oxigraph serve, {what}")
            ratio = numbers["CPU ms a request"] / peer["CPU ms a request"] if isinstance(peer, dict) else 0.0
            shown.add_row(
                name,
                what,
                f"{numbers['requests per second']:.0f}",
                f"{numbers['CPU ms a request']:.2f}",
                f"{ratio:.2f}" if ratio else "",
            )
    for key, number in told.items():
        if key.startswith("memory"):
            shown.add_row(key, "", "", f"{int(str(number)) / 1e6:.0f} MB", "")
    return shown


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="testimony-bench-"))
    try:
        told = measure(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if given.json:
        print(json.dumps(told, indent=2))
        return
    Console(width=120).print(table(told))
    for name in told["absent"] if isinstance(told["absent"], list) else ():
        print(f"{name} is not installed here and was not measured")


if __name__ == "__main__":
    main()
