"""What the parts cost, as ratios against named peers in one run. Usage: make bench, or run.py [--json] [--most CLAIMS]

Times are CPU seconds, the best of several alternated runs; a ratio above 1 means slower than the peer.
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


def parts() -> list[tuple[str, str, float, float]]:
    """What, the peer (or goal), our seconds and those of the peer (or goal)."""
    place = Path(tempfile.mkdtemp(prefix="testimony-bench-"))
    try:
        return [
            ("build the corpus (checks, drawn status, TriG)", "bare Oxigraph load", *build_against_bare_load(place)),
            ("named query `about` on the attack", "rdflib Dataset", *query_against_rdflib(place)),
            ("serve, warm, to the first answer (wall)", "goal", warm_start(place), 3.0),
        ]
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
    parser.add_argument("--most", type=int, default=origins.SIZES[-1], help="count origins over no more claims")
    chosen = parser.parse_args()
    costs, counts = parts(), origins.measure(origins.up_to(chosen.most))
    words = list(search_rows(min(chosen.most, 20_000)))
    place = Path(tempfile.mkdtemp(prefix="testimony-bench-"))
    try:
        served = service.measure(place)
        build(ROOT / "corpus", place / "page")
        drawn, withdrawn = drawing.measure(place / "page"), page.measure(place / "page")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    asked = provenance.measure(min(chosen.most, provenance.PEERS_UP_TO))
    if chosen.json:
        named = [dict(zip(("what", "peer", "ours", "theirs"), cost, strict=True)) for cost in costs]
        told = {
            "parts": named,
            "origins": counts,
            "search": words,
            "service": served,
            "provenance": asked,
            "drawing": drawn,
            "withdrawal": withdrawn,
        }
        print(json.dumps(told, indent=1))
        return
    table = Table("what", "ours", "peer", "ratio", title="Testimony: costs", title_justify="left")
    for what, peer, ours, theirs in costs:
        table.add_row(what, f"{ours * 1000:,.1f} ms", f"{theirs * 1000:,.1f} ms ({peer})", f"{ours / theirs:.3f}")
    for row in words:
        table.add_row(*row)
    console = Console(width=150)
    console.print(table)
    console.print(origins.table(counts))
    console.print(service.table(served))
    console.print(drawing.table(drawn))
    console.print(page.table(withdrawn))
    for shown in provenance.table(asked):
        console.print(shown)


if __name__ == "__main__":
    main()
