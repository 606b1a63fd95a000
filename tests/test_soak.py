"""Eight readers while another build is published again and again: no error, no torn answer, no growth.

For SOAK_SECONDS (default 600), against a server process of its own: `make soak`.
"""

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from corpora import MINI, ROOT

from graph.build import build

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("SOAK_SECONDS", "600"))
READERS = 8
PREFIX = "PREFIX say: <https://w3id.org/testimony/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
QUESTIONS = PREFIX + "SELECT ?q ?l { ?q a say:Question ; skos:prefLabel ?l }"
CLAIMS = PREFIX + "SELECT ?c { ?c a say:Claim }"
PATHS = (
    f"/sparql?query={quote(QUESTIONS)}",
    f"/sparql?query={quote(CLAIMS)}",
    f"/sparql?query={quote(PREFIX + 'CONSTRUCT { ?c a say:Claim } { ?c a say:Claim }')}",
    "/api/overview",
    "/api/claims?limit=20",
    "/api/focus/gate-opening",
)
WORDINGS = ("How many", "How very many")


@contextmanager
def serving_a_process(corpus: Path, out: Path) -> Iterator[tuple[int, int]]:
    """Port and process id of a server on its own."""
    command = [sys.executable, "-m", "graph", "serve", "--no-browser", "--port", "0"]
    command += ["--corpus", str(corpus), "--build", str(out)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = next(found[1] for line in server.stdout if (found := re.search(r"open http://[\d.]+:(\d+)/", line)))
        yield int(port), server.pid
        assert server.poll() is None
        server.terminate()


def get(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def family(pid: int) -> Iterator[int]:
    """A process and all that come from it, whichever thread made them."""
    yield pid
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = listed.read_text(encoding="ascii").split()
        except OSError:
            continue  # an old snapshot's process has just ended
        for child in found:
            yield from family(int(child))


def resident(pid: int) -> int:
    """Bytes of the server, of the process that holds the snapshot and of its workers, shared ones counted once."""
    total = 0
    for process in family(pid):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += 1024 * int(re.search(r"^Pss:\s+(\d+)", lines, re.MULTILINE)[1])  # type: ignore[index]
    return total


def fingerprint(path: str, body: bytes) -> Any:
    """What an answer holds, whatever its order."""
    if "CONSTRUCT" in path:
        return len(body)
    found = json.loads(body)
    if path.startswith("/sparql"):
        return sorted(json.dumps(row, sort_keys=True) for row in found["results"]["bindings"])
    return {key: value for key, value in found.items() if key != "build"}


def test_readers_see_whole_builds_and_memory_stays_flat(tmp_path: Path) -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("memory is read from /proc")
    corpus, out = Path(shutil.copytree(MINI, tmp_path / "corpus")), tmp_path / "build"
    questions = corpus / "questions.yaml"
    text = questions.read_text(encoding="utf-8")
    assert WORDINGS[0] in text
    build(corpus, out)
    failed: list[str] = []
    seen: dict[tuple[str, str], list[Any]] = {}
    times: list[float] = []
    lock, over = threading.Lock(), threading.Event()

    def read(port: int, number: int) -> None:
        step = number
        while not over.is_set():
            path = PATHS[step % len(PATHS)]
            step += 1
            start = time.monotonic()
            try:
                status, headers, body = get(port, path)
                found = fingerprint(path, body) if status == 200 else None
            except (OSError, http.client.HTTPException, ValueError) as error:
                status, headers, found = 0, {}, repr(error)
            with lock:
                times.append(time.monotonic() - start)
                if status != 200:
                    failed.append(f"{path[:60]}: {status} {found}")
                kinds = seen.setdefault((path, headers.get("testimony-build", "")), [])
                if found not in kinds:
                    kinds.append(found)

    memory, published = [], 0
    with serving_a_process(corpus, out) as (port, pid):
        readers = [threading.Thread(target=read, args=(port, number)) for number in range(READERS)]
        for reader in readers:
            reader.start()
        start = time.monotonic()
        while (now := time.monotonic() - start) < SECONDS:
            published += 1
            questions.write_text(text.replace(WORDINGS[0], WORDINGS[published % 2], 1), encoding="utf-8")
            build(corpus, out)
            time.sleep(1.5)
            memory.append((now / SECONDS, resident(pid)))
        over.set()
        for reader in readers:
            reader.join()
    assert failed == []
    builds = {name for (path, name) in seen if path.startswith("/sparql")}
    assert len(builds) == 2  # two corpora, published in turn
    for (path, name), kinds in seen.items():  # one answer for each build; what names no build may be one of two
        assert len(kinds) == 1 if name else len(kinds) <= 2, (path, Counter(map(str, kinds)).most_common(3))
    warm = sorted(size for share, size in memory if 0.25 <= share < 0.5)
    end = sorted(size for share, size in memory if share >= 0.75)
    growth = end[len(end) // 2] / warm[len(warm) // 2] - 1
    p99 = sorted(times)[int(len(times) * 0.99)]
    course = ", ".join(f"{size / 1e6:.0f}" for _, size in memory[:: max(1, len(memory) // 10)])
    print(f"\n{len(times)} answers, {published} builds, p99 {p99:.2f} s, MB {course}, growth {growth:+.1%}")  # noqa: T201
    assert growth < 0.10
