"""What the parts cost, as ratios against named peers in one run. Usage: make bench, or run.py [--json] [--most CLAIMS] [--only PART …]

Times are CPU seconds, the best of several alternated runs; a ratio above 1 means slower than the peer. Each part is
printed when it has been measured; one that fails is told at the end, and the others stand. All of it takes about
forty minutes.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import drawing
import origins
import page
import provenance
import service
from pyoxigraph import RdfFormat
from pyoxigraph import Store as Oxigraph
from rdflib import Dataset
from rich.console import Console
from rich.table import Table
from search import rows as search_rows

from graph.build import build
from graph.evidence import Archive
from graph.queries import named, run
from graph.vocabulary import ID

ROOT = Path(__file__).parent.parent
ROUNDS = 5


def cpu(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def alternated(ours: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float]:
    """The best CPU time of each, run in turns."""
    pairs = [(cpu(ours), cpu(peer)) for _ in range(ROUNDS)]
    return min(a for a, _ in pairs), min(b for _, b in pairs)


def build_against_bare_load(place: Path) -> tuple[float, float]:
    made = place / "build"
    build(ROOT / "corpus", made)
    counter = iter(range(1000))

    def bare() -> None:
        store = Oxigraph(str(place / f"bare-{next(counter)}"))
        for name in ("record.nq", "derived.nq", "ontology.nq"):
            store.bulk_load(path=str(made / name), format=RdfFormat.N_QUADS)
        store.flush()

    return alternated(lambda: build(ROOT / "corpus", made, force=True), bare)


def query_against_rdflib(place: Path) -> tuple[float, float]:
    archive = Archive.open(place / "build")
    query = named("about")
    peer = Dataset()
    peer.parse(place / "build" / "testimony.trig", format="trig")
    entity = f"<{ID}entity/hasakah-prison-attack>"
    text = query.sparql.replace("SELECT ?entity ", "SELECT ").replace("?entity", entity)  # rdflib binds otherwise
    ours, theirs = (
        lambda: run(archive.store, query, {"entity": "hasakah-prison-attack"}),
        lambda: list(peer.query(text)),
    )
    rows = ours().rows
    if rows is None or len(rows.rows) != len(theirs()):
        raise SystemExit("the two engines disagree: the ratio would mean nothing")
    return alternated(ours, theirs)


def warm_start(place: Path) -> float:
    """Wall seconds from `testimony serve` to the first answer, with a standing build."""
    command = [
        sys.executable,
        "-m",
        "graph",
        "serve",
        "--no-browser",
        "--port",
        "0",
        "--corpus",
        str(ROOT / "corpus"),
        "--build",
        str(place / "build"),
    ]
    start = time.monotonic()
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    try:
        assert server.stdout is not None
        address = next(line.split()[1] for line in server.stdout if line.startswith("open "))
        with urllib.request.urlopen(f"{address}api/overview", timeout=20) as answer:
            answer.read()
        return time.monotonic() - start
    finally:
        server.terminate()
        server.wait()


def costs(place: Path) -> list[dict[str, Any]]:
    """What was measured, the peer (or goal), our seconds and those of the peer (or goal)."""
    measured = (
        ("build the corpus (checks, drawn status, TriG)", "bare Oxigraph load", *build_against_bare_load(place)),
        ("named query `about` on the attack", "rdflib Dataset", *query_against_rdflib(place)),
        ("serve, warm, to the first answer (wall)", "goal", warm_start(place), 3.0),
    )
    return [dict(zip(("what", "peer", "ours", "theirs"), cost, strict=True)) for cost in measured]


def costs_table(found: list[dict[str, Any]]) -> Table:
    """What the parts of the command cost, in words."""
    table = Table("what", "ours", "peer", "ratio", title="Testimony: costs", title_justify="left")
    for cost in found:
        ours, theirs = cost["ours"], cost["theirs"]
        peer = f"{theirs * 1000:,.1f} ms ({cost['peer']})"
        table.add_row(cost["what"], f"{ours * 1000:,.1f} ms", peer, f"{ours / theirs:.3f}")
    return table


def search_table(rows: list[tuple[str, str, str, str]]) -> Table:
    """What search costs, in words."""
    table = Table("what", "ours", "peer", "ratio", title="Search", title_justify="left")
    for row in rows:
        table.add_row(*row)
    return table


def in_place(measure: Callable[[Path], Any], built: bool = False) -> Any:
    """What is measured in a folder of its own, which is removed; with a build of the corpus in it where one is wanted."""
    place = Path(tempfile.mkdtemp(prefix="testimony-bench-"))
    try:
        if built:
            build(ROOT / "corpus", place / "page")
        return measure(place / "page" if built else place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


Part = tuple[Callable[[int], Any], Callable[[Any], list[Table]]]
PARTS: dict[str, Part] = {  # by CPU time first, then by the clock
    "costs": (lambda _: in_place(costs), lambda found: [costs_table(found)]),
    "provenance": (lambda most: provenance.measure(min(most, provenance.PEERS_UP_TO)), provenance.table),
    "search": (lambda most: list(search_rows(min(most, 20_000))), lambda found: [search_table(found)]),
    "origins": (lambda most: origins.measure(origins.up_to(most)), lambda found: [origins.table(found)]),
    "service": (lambda _: in_place(service.measure), lambda found: [service.table(found)]),
    "drawing": (lambda _: in_place(drawing.measure, built=True), lambda found: [drawing.table(found)]),
    "withdrawal": (lambda _: in_place(page.measure, built=True), lambda found: [page.table(found)]),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON, all at the end")
    parser.add_argument("--most", type=int, default=origins.SIZES[-1], help="count origins over no more claims")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts alone")
    chosen = parser.parse_args()
    console, told, failed = Console(width=150), {}, []
    for number, name in enumerate(chosen.only, start=1):
        measure, tables = PARTS[name]
        print(f"[{number}/{len(chosen.only)}] measuring: {name}", file=sys.stderr, flush=True)
        start = time.monotonic()
        try:
            told[name] = measure(chosen.most)
        except (Exception, SystemExit) as error:  # an hour of measuring is not lost with one part
            failed.append(name)
            print(f"  {name} failed: {error}", file=sys.stderr, flush=True)
            continue
        print(f"  {time.monotonic() - start:,.0f} s", file=sys.stderr, flush=True)
        for shown in [] if chosen.json else tables(told[name]):
            console.print(shown)
    if chosen.json:
        print(json.dumps(told, indent=1))
    if failed:
        raise SystemExit(f"not measured: {', '.join(failed)}")


if __name__ == "__main__":
    main()
