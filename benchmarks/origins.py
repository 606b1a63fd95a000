"""Origins and withdrawal over 10,000 to 1,000,000 invented claims. Usage: python benchmarks/origins.py [--json] [--picture]

The peer holds the same rule in a networkx graph and dicts; every run asserts that both give the same
numbers. CPU seconds, the best of several runs taken in turns; memory is the peak of a process of its own.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import plain
from curves import picture
from generate import generate, rows
from rich.console import Console
from rich.table import Table

from graph.columns import Columns, Drawer, counted
from graph.origins import Withdrawal

HERE = Path(__file__).parent
PICTURE = HERE.parent / "docs" / "bench-origins.svg"
SIZES = (10_000, 100_000, 1_000_000)


def cpu(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def origins(many: int) -> dict[str, float]:
    """CPU seconds of counting, and of loading the same rows and counting, for both."""
    made = generate(many)
    listed = rows(made)
    tables = plain.Tables.of(made)
    peer = plain.Walk(listed, tables)
    ours = counted(made)
    keys, numbers = peer.count()
    if keys != ours.key.tolist() or numbers != {e: n for e, n in enumerate(ours.origins.tolist()) if n}:
        raise SystemExit("the two disagree: the ratio would mean nothing")
    best: dict[str, float] = defaultdict(lambda: float("inf"))
    for _ in range(5 if many < SIZES[-1] else 3):
        best["ours"] = min(best["ours"], cpu(lambda: counted(made)))
        best["peer"] = min(best["peer"], cpu(peer.count))
    del peer
    for _ in range(3 if many < SIZES[-1] else 1):
        best["ours_loading"] = min(best["ours_loading"], cpu(lambda: counted(plain.loaded(listed, made))))
        best["peer_loading"] = min(best["peer_loading"], cpu(lambda: plain.Walk(listed, tables).count()))
    return dict(best)


def withdrawals(many: int) -> dict[str, float]:
    """Wall and CPU seconds of every edge drawn again, the slowest of several withdrawals; and of preparing."""
    made = generate(many)
    start = time.process_time()
    drawer = Drawer(made)
    prepared = time.process_time() - start
    told: dict[str, float] = {"prepare": prepared, "wall": 0.0, "cpu": 0.0}
    for view in views(made):
        wall, spent = [], []
        for _ in range(15):
            began, used = time.perf_counter(), time.process_time()
            drawer.draw(view)
            wall.append(time.perf_counter() - began)
            spent.append(time.process_time() - used)
        told["wall"], told["cpu"] = max(told["wall"], min(wall)), max(told["cpu"], min(spent))
        told["median"] = max(told.get("median", 0.0), sorted(wall)[len(wall) // 2])
    return told


def views(made: Columns) -> tuple[Withdrawal, ...]:
    """The most heard speaker, a large publisher, a kind of evidence, the parties, and all of these at once."""
    speaker, publisher = (np.bincount(column).argmax() for column in (made.hop_speaker, made.publishers.values))
    each = (
        Withdrawal(speakers=frozenset({made.names[speaker]})),
        Withdrawal(publishers=frozenset({made.names[publisher]})),
        Withdrawal(evidence=frozenset({"PartyStatement"})),
        Withdrawal(parties=True, minimum=2),
    )
    return (*each, each[0] | each[1] | each[2] | each[3])


def memory(what: str, many: int) -> None:
    """Print the peak memory of this process after one task, in MB; run in a process of its own."""
    made = generate(many)
    if what == "draw":
        Drawer(made).draw(views(made)[0])
    elif what == "count":
        counted(made)
    elif what == "peer":
        listed, tables = rows(made), plain.Tables.of(made)
        del made
        plain.Walk(listed, tables).count()
    print(_peak())


def _peak() -> int:
    """The peak of this process in MB; Linux counts it anew for each program, rusage with that of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def peak(what: str, many: int) -> int:
    command = [sys.executable, str(HERE / "origins.py"), "--memory", what, str(many)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def up_to(most: int) -> tuple[int, ...]:
    """The sizes of no more than that many claims."""
    return tuple(many for many in SIZES if many <= most)


def measure(sizes: tuple[int, ...] = SIZES) -> list[dict[str, Any]]:
    """Everything, at every size."""
    return [
        {
            "claims": many,
            **origins(many),
            **{f"draw_{name}": value for name, value in withdrawals(many).items()},
            **{f"memory_{what}": peak(what, many) for what in ("columns", "count", "draw", "peer")},
        }
        for many in sizes
    ]


def table(found: list[dict[str, Any]]) -> Table:
    """The same in words."""
    made = Table("what", *(f"{one['claims']:,}" for one in found), title="Origins and withdrawal", title_justify="left")

    def add(what: str, say: Callable[[dict[str, Any]], str]) -> None:
        made.add_row(what, *(say(one) for one in found))

    add("count origins: columns", lambda o: f"{o['ours'] * 1000:,.1f} ms")
    add("count origins: networkx and dicts", lambda o: f"{o['peer'] * 1000:,.1f} ms")
    add("  times faster (goal: 10)", lambda o: f"{o['peer'] / o['ours']:.1f}")
    add("load the same rows and count: columns", lambda o: f"{o['ours_loading'] * 1000:,.0f} ms")
    add("load the same rows and count: networkx", lambda o: f"{o['peer_loading'] * 1000:,.0f} ms")
    add("  times faster", lambda o: f"{o['peer_loading'] / o['ours_loading']:.1f}")
    add("prepare to draw, once", lambda o: f"{o['draw_prepare'] * 1000:,.0f} ms")
    add("a withdrawal: every edge drawn again (CPU)", lambda o: f"{o['draw_cpu'] * 1000:,.1f} ms")
    add("  by the clock, best (goal: 100 ms)", lambda o: f"{o['draw_wall'] * 1000:,.1f} ms")
    add("  by the clock, median", lambda o: f"{o['draw_median'] * 1000:,.1f} ms")
    add("peak memory: the columns alone", lambda o: f"{o['memory_columns']:,} MB")
    add("peak memory: columns, counted", lambda o: f"{o['memory_count']:,} MB")
    add("peak memory: columns, drawn", lambda o: f"{o['memory_draw']:,} MB")
    add("peak memory: networkx and dicts", lambda o: f"{o['memory_peer']:,} MB")
    return made


LINES = (
    ("peer_loading", "networkx: load and count", "#b35900", "6 3"),
    ("peer", "networkx: count", "#b35900", ""),
    ("ours_loading", "columns: load and count", "#1f5f8b", "6 3"),
    ("ours", "columns: count", "#1f5f8b", ""),
    ("draw_cpu", "columns: a withdrawal", "#3d7a3d", ""),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
    parser.add_argument("--picture", action="store_true", help="write the curves to docs/bench-origins.svg")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="leave out larger sizes")
    parser.add_argument("--memory", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.memory:
        memory(chosen.memory[0], int(chosen.memory[1]))
        return
    found = measure(up_to(chosen.most))
    if chosen.picture:
        PICTURE.write_text(picture(found, LINES, range(-4, 3)), encoding="utf-8")
    if chosen.json:
        print(json.dumps(found, indent=1))
    else:
        Console(width=120).print(table(found))


if __name__ == "__main__":
    main()
