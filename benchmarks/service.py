"""The endpoint against other servers, over HTTP on this machine: requests per second, and CPU a request costs the server.

Usage: python benchmarks/service.py [--json]. The servers take turns; each answers the same queries over the same
triples, and the answers are compared first. Ours is guarded, asks a worker for every query and keeps no answer; no
text is sent twice. "Unguarded" is the bare engine in this process, without HTTP. `oxigraph` comes with the extra
`dev`; rdflib-endpoint is fetched by name when this runs, and left out where that is not possible.
"""

import argparse
import http.client
import itertools
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
from typing import Any
from urllib.parse import quote, urlencode

from peers import rdflib_endpoint
from pyoxigraph import DefaultGraph, QueryResultsFormat
from pyoxigraph import Store as Oxigraph
from rich.console import Console
from rich.table import Table

from graph.build import build
from graph.vocabulary import ID, vocabulary

ROOT = Path(__file__).parent.parent
PREFIX = f"PREFIX say: <{vocabulary().namespace}>\n"
QUERIES = {
    "tiny answer": PREFIX + "ASK { ?c a say:Claim }",
    "about 100 rows": PREFIX
    + "SELECT ?c ?status ?who ?p { ?c a say:Claim ; say:content ?p ; say:reportedStatus ?status ; say:originHop/say:speaker ?who } LIMIT 100",
}
CONNECTIONS, ROUNDS, TICK = 8, 3, os.sysconf("SC_CLK_TCK")
BARE = "the engine alone, unguarded, no HTTP"
# what is said of one event, whose word it is and how it is reported: the question the graph is made for
EVENT = f"<{ID}entity/hasakah-prison-attack>"
QUERIES["an event's claims"] = PREFIX + (
    f"SELECT ?claim ?s ?r ?o ?status ?who {{ {{ GRAPH ?p {{ ?s ?r ?o . VALUES ?o {{ {EVENT} }} }} }} UNION "
    f"{{ GRAPH ?p {{ ?s ?r ?o . VALUES ?s {{ {EVENT} }} }} }} ?claim say:content ?p ; say:reportedStatus ?status ; "
    "say:originHop/say:speaker ?who } ORDER BY ?claim ?s ?r ?o ?who LIMIT 100"
)
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
        deadline = time.monotonic() + 300  # a peer may have to load first, on a machine that others use
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


class Caller:
    """A kept connection that costs this process little: requests written once, answers measured by their length."""

    def __init__(self, server: Served) -> None:
        self._socket = socket.create_connection(("127.0.0.1", server.port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._path = server.path

    def ask(self, query: str) -> None:
        head = f"GET {self._path}?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: {JSON}\r\n\r\n"
        self._socket.sendall(head.encode())
        held = b""
        while b"\r\n\r\n" not in held:
            held += self._more()
        told, _, body = held.partition(b"\r\n\r\n")
        if b" 200 " not in told.partition(b"\r\n")[0]:
            raise SystemExit(f"{self._path} answered {told[:100]!r}")
        told = told.lower()
        if b"chunked" in told:
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more()
            return
        left = int(told.partition(b"content-length: ")[2].partition(b"\r")[0]) - len(body)
        while left > 0:
            left -= len(self._more())

    def _more(self) -> bytes:
        got = self._socket.recv(262_144)
        if not got:
            raise SystemExit(f"{self._path} closed the connection without an answer")
        return got

    def close(self) -> None:
        self._socket.close()


NUMBERS = itertools.count()


def load(server: Served, query: str, requests: int) -> tuple[float, float]:
    """Requests per second over eight connections, and CPU seconds of the server for one.

    No text is sent twice, so that nobody answers from what was read before.
    """
    each = max(1, requests // CONNECTIONS)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            caller = Caller(server)
            for _ in range(each):
                caller.ask(f"{query} # {next(NUMBERS)}")
            caller.close()
        except BaseException as error:
            failed.append(error)

    before, start = spent(server.pid), time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    done = each * CONNECTIONS
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
    python = rdflib_endpoint(place)
    if python is not None:
        peer_of = [str(python), "-m", "rdflib_endpoint", "serve", "--port"]
        found["rdflib-endpoint"] = (lambda port: [*peer_of, str(port), str(out / "record.nq")], "/")
    return found


def measure(place: Path) -> dict[str, Any]:
    """Every number, the servers in turns: the median of requests per second, the least CPU time of a request."""
    found = servers(place)
    kept: dict[tuple[str, str], list[tuple[float, float]]] = {}
    answers: dict[str, set[int]] = {name: set() for name in QUERIES}
    memory = {}
    store = Oxigraph.read_only(str(place / "peer"))
    for turn in range(ROUNDS):
        for name, (command, path) in found.items():
            slow = name == "rdflib-endpoint"
            if slow and turn:
                continue
            with running(command, path) as server:
                for what, query in QUERIES.items():
                    answers[what].add(len(json.loads(ask(server, query)).get("results", {}).get("bindings", [])))
                    many = CONNECTIONS if slow else 1600 if what == "tiny answer" else 400
                    load(server, query, many // 4)  # warm
                    kept.setdefault((name, what), []).append(load(server, query, many))
                memory[name] = resident(server.pid)
        for what, query in QUERIES.items():
            kept.setdefault((BARE, what), []).append(_bare(store, query))
    if any(len(sizes) > 1 for sizes in answers.values()):
        raise SystemExit(f"the servers disagree, a ratio would mean nothing: {answers}")
    return {
        "absent": [name for name in ("oxigraph serve", "rdflib-endpoint") if name not in found],
        "memory": memory,
        "servers": [
            {
                "server": name,
                "answer": what,
                "rate": statistics.median(rate for rate, _ in pairs),
                "cpu": min(cost for _, cost in pairs),
            }
            for (name, what), pairs in kept.items()
        ],
    }


def _bare(store: Oxigraph, query: str) -> tuple[float, float]:
    many = 400
    start, clock = time.process_time(), time.perf_counter()
    for _ in range(many):
        store.query(query, default_graph=DefaultGraph()).serialize(format=QueryResultsFormat.JSON)
    return many / (time.perf_counter() - clock), (time.process_time() - start) / many


def table(told: dict[str, Any]) -> Table:
    """The same in words."""
    shown = Table("server", "answer", "requests/s", "of oxigraph's", "CPU of a request", "oxigraph's CPU by ours")
    shown.title, shown.title_justify = "The endpoint over HTTP", "left"
    peers = {one["answer"]: one for one in told["servers"] if one["server"] == "oxigraph serve"}
    for one in told["servers"]:
        peer = peers.get(one["answer"])
        rate = f"{one['rate'] / peer['rate']:.2f}" if peer else ""
        cpu = f"{peer['cpu'] / one['cpu']:.2f}" if peer else ""
        shown.add_row(one["server"], one["answer"], f"{one['rate']:,.1f}", rate, f"{one['cpu'] * 1000:,.2f} ms", cpu)
    for name, size in told["memory"].items():
        shown.add_row(f"{name}: resident memory", "", f"{size / 1e6:,.0f} MB")
    for name in told["absent"]:
        shown.add_row(f"{name}: could not be fetched here, not measured")
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


if __name__ == "__main__":
    main()
