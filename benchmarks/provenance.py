"""Fifteen questions of provenance at several sizes, against rdflib and Comunica; counts through what is derived against counting.

Usage: python benchmarks/provenance.py [--json] [--picture] [--most CLAIMS]. The questions are named queries of the project. Ours are asked
as everywhere: guarded, parameters bound, rows read into Python. The peers hold the same quads in memory and get the same
text with the parameters as terms; numbers of rows are compared. CPU seconds, the least of several runs; a peer's query is
stopped after BOUND seconds of CPU, and the bound then counts as its time: such ratios are "at least".
"""

import argparse
import gc
import json
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from math import exp, log
from pathlib import Path
from typing import Any

from curves import picture
from peers import comunica
from replicate import copies
from rich.console import Console
from rich.table import Table

from graph.build import build
from graph.endpoint.rewrite import with_terms
from graph.queries import bind, named, run
from graph.store import Store, load

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "bench-queries.svg"
SIZES = (10_000, 100_000, 1_000_000)
PEERS_UP_TO = 100_000
BOUND, LOADING = 15, 1800  # CPU seconds for one query of a peer; seconds for loading and asking all
MIX: tuple[tuple[str, dict[str, str]], ...] = (
    ("about", {"entity": "hasakah-prison-attack"}),
    ("evidence-for-edge", {"proposition": ""}),
    ("speaker-chain", {"claim": ""}),
    ("figures", {"question": "attackers-count"}),
    ("alleged-links", {"actor": "turkish-state"}),
    ("who-links", {"actor": "turkish-state", "event": "hasakah-prison-attack"}),
    ("reported-as", {"reported": "ReportedPredicted"}),
    ("timeline", {"from": "2022-01-20", "to": "2022-01-30"}),
    ("documents", {}),
    ("statuses", {}),
    ("affirmed-and-denied", {}),
    ("denials", {}),
    ("custody-only", {}),
    ("anonymous-officials", {}),
    ("origins-per-edge", {}),
)
_PREFIX = "PREFIX say: <https://w3id.org/testimony/ns#> PREFIX oa: <http://www.w3.org/ns/oa#> "
_EDGES = "?d a say:DerivedStatus ; say:derivedFor ?g ; "
COUNTS = {  # what is derived once at the build, and the same rows counted from the claims
    "edges by number of claims": (
        "SELECT ?n (COUNT(*) AS ?edges) { " + _EDGES + "say:claimCount ?n } GROUP BY ?n ORDER BY ?n",
        "SELECT ?n (COUNT(*) AS ?edges) { { SELECT ?g (COUNT(DISTINCT ?c) AS ?n) { ?c say:content ?g } GROUP BY ?g } } GROUP BY ?n ORDER BY ?n",
    ),
    "edges by number of documents": (
        "SELECT ?n (COUNT(*) AS ?edges) { " + _EDGES + "say:documentCount ?n } GROUP BY ?n ORDER BY ?n",
        "SELECT ?n (COUNT(*) AS ?edges) { { SELECT ?g (COUNT(DISTINCT ?doc) AS ?n) { ?c say:content ?g ; say:inPassage/oa:hasSource ?doc } GROUP BY ?g } } GROUP BY ?n ORDER BY ?n",
    ),
    "one edge: its documents": (
        "SELECT ?n { VALUES ?g { EDGE } " + _EDGES + "say:documentCount ?n }",
        "SELECT (COUNT(DISTINCT ?doc) AS ?n) { ?c say:content EDGE ; say:inPassage/oa:hasSource ?doc }",
    ),
}


def cpu() -> float:
    return time.process_time()


# ---- ours ---------------------------------------------------------------------------------------------


def mix(store: Store) -> list[tuple[str, dict[str, str]]]:
    """The questions with a claim and the edge with most claims filled in."""
    (busiest, _), *_ = store.rows(
        _PREFIX + "SELECT ?g ?n { " + _EDGES + "say:claimCount ?n } ORDER BY DESC(?n) ?g LIMIT 1"
    ).rows
    (chained,), *_ = store.rows(
        _PREFIX + "SELECT ?c { ?c say:outerHop/say:relays/say:relays ?h } ORDER BY ?c LIMIT 1"
    ).rows
    filled = {"proposition": str(getattr(busiest, "value", "")), "claim": str(getattr(chained, "value", ""))}
    return [(name, {key: value or filled[key] for key, value in given.items()}) for name, given in MIX]


def ours(store: Store, asked: list[tuple[str, dict[str, str]]]) -> dict[str, tuple[float, int]]:
    """CPU seconds and rows by query."""
    told = {}
    for name, given in asked:
        query = named(name)
        best, rows = float("inf"), 0
        for _ in range(3):
            start = cpu()
            answer = run(store, query, given).rows
            best = min(best, cpu() - start)
            rows = len(answer.rows) if answer else 0
            if best > 5:
                break
        told[name] = best, rows
    return told


def summaries(store: Store) -> list[dict[str, Any]]:
    """CPU seconds of each count through what is derived, and plain, in turns; the rows are the same."""
    found = []
    edge = next(given["proposition"] for name, given in mix(store) if name == "evidence-for-edge")
    for what, texts in COUNTS.items():
        derived, plain = (_PREFIX + text.replace("EDGE", f"<{edge}>") for text in texts)
        if [row[-1:] for row in store.rows(derived).rows] != [row[-1:] for row in store.rows(plain).rows]:
            raise SystemExit(f"{what}: what is derived differs from what is counted")
        times: list[tuple[float, float]] = []
        for _ in range(3):
            start = cpu()
            for _ in range(100 if "one edge" in what else 1):
                store.rows(derived)
            half = cpu()
            for _ in range(100 if "one edge" in what else 1):
                store.rows(plain)
            times.append((half - start, cpu() - half))
        found.append({"what": what, "derived": min(a for a, _ in times), "plain": min(b for _, b in times)})
    return found


def cold(folder: Path) -> dict[str, float]:
    """Wall seconds to open and to the first row, and resident memory after, in a process of its own."""
    code = (
        "import sys,time,json,resource\nfrom pathlib import Path\nfrom graph.store import Store\nstart=time.perf_counter()\n"
        "store=Store.open(Path(sys.argv[1]))\nopened=time.perf_counter()-start\n"
        "store.rows('SELECT ?s { ?s ?p ?o } LIMIT 1')\nfirst=time.perf_counter()-start\n"
        "print(json.dumps({'open':opened,'first':first,'memory':resource.getrusage(resource.RUSAGE_SELF).ru_maxrss*1024}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return dict(json.loads(told.stdout))


# ---- peers --------------------------------------------------------------------------------------------


def rdflib_mix(data: Path, texts: dict[str, str]) -> dict[str, tuple[float, int | None]]:
    """By query CPU seconds, and rows or None where it was stopped. Each runs in a child of one loaded process."""
    fork = multiprocessing.get_context("fork")
    queue = fork.Queue()
    parent = fork.Process(target=_rdflib_all, args=(data, texts, queue))
    parent.start()
    told = {name: queue.get(timeout=2 * LOADING) for name in texts}
    parent.join()
    return told


def _rdflib_all(data: Path, texts: dict[str, str], queue: Any) -> None:
    from rdflib import Dataset

    gc.disable()
    peer = Dataset()
    peer.parse(data, format="nquads")
    gc.freeze()
    fork = multiprocessing.get_context("fork")
    for text in texts.values():
        near, far = fork.Pipe(duplex=False)
        child = fork.Process(target=_rdflib_one, args=(peer, text, far))
        child.start()
        far.close()
        try:
            queue.put(near.recv())
        except EOFError:
            queue.put((float(BOUND), None))
        child.join()


def _rdflib_one(peer: Any, text: str, told: Any) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (BOUND, BOUND))  # the system ends it
    start = cpu()
    rows = len(list(peer.query(text)))
    told.send((cpu() - start, rows))


_DRIVER = """
const fs = require('fs'), readline = require('readline'), N3 = require('n3');
const { QueryEngine } = require('@comunica/query-sparql-rdfjs');
const [data, asked, bound] = process.argv.slice(2);
(async () => {
  const store = new N3.Store(), parser = new N3.StreamParser({ format: 'N-Quads' });
  await new Promise((done, failed) => fs.createReadStream(data).pipe(parser)
    .on('data', quad => store.addQuad(quad)).on('end', done).on('error', failed));
  console.log(JSON.stringify({ loaded: store.size }));
  const engine = new QueryEngine();
  for (const [name, text] of Object.entries(JSON.parse(fs.readFileSync(asked)))) {
    const start = process.cpuUsage(), spent = () => { const u = process.cpuUsage(start); return (u.user + u.system) / 1e6; };
    let rows = 0, over = false, why = '';
    try {
      const found = await engine.queryBindings(text, { sources: [store] });
      await new Promise((done, failed) => {
        const clock = setInterval(() => { if (spent() > bound) { over = true; clearInterval(clock); found.destroy(); done(); } }, 200);
        found.on('data', () => { rows += 1; }).on('end', () => { clearInterval(clock); done(); }).on('error', e => { clearInterval(clock); failed(e); });
      });
    } catch (error) { why = String(error); }
    console.log(JSON.stringify({ name, seconds: spent(), rows: over || why ? null : rows, why }));
  }
  process.exit(0);
})();
"""


def comunica_mix(
    data: Path, texts: dict[str, str], place: Path, node: str, home: Path
) -> dict[str, tuple[float, int | None]]:
    """The same of Comunica over an N3 store; what it had not reached when all its time was over is not in the answer."""
    driver, asked = home / "driver.cjs", place / "asked.json"
    driver.write_text(_DRIVER, "utf-8")
    asked.write_text(json.dumps(texts), "utf-8")
    command = [node, "--max-old-space-size=12000", str(driver), str(data), str(asked), str(BOUND)]
    with tempfile.TemporaryFile("w+") as out:
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, timeout=LOADING, check=False, cwd=home)
        out.seek(0)
        lines = [json.loads(line) for line in out.read().splitlines()]
    for line in lines:
        if line.get("why"):
            print(f"Comunica, {line['name']}: {line['why'][:200]}", file=sys.stderr)
    return {one["name"]: (one["seconds"], one["rows"]) for one in lines if "name" in one}


# ---- all ----------------------------------------------------------------------------------------------


def measure(most: int = SIZES[-1]) -> list[dict[str, Any]]:
    """Everything, at every size up to `most`."""
    place = Path(tempfile.mkdtemp(prefix="testimony-bench-"))
    try:
        build(ROOT / "corpus", place / "build")
        there = comunica(place)
        return [_measured(place, size, there) for size in SIZES if size <= most]
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _measured(place: Path, size: int, there: tuple[str, Path] | None) -> dict[str, Any]:
    folder = place / f"copies-{size}"
    claims = copies(place / "build" / "current", size, folder)
    start = time.process_time()
    load(folder, folder / "store")
    told: dict[str, Any] = {"claims": claims, "load": time.process_time() - start, **cold(folder / "store")}
    store = Store.open(folder / "store")
    asked = mix(store)
    texts = {name: with_terms(named(name).sparql, bind(named(name), given), name) for name, given in asked}
    told["ours"] = ours(store, asked)
    told["summaries"] = summaries(store)
    data = folder / "all.nq"
    if size <= PEERS_UP_TO:
        told["rdflib"] = rdflib_mix(data, texts)
        if there is not None:
            told["comunica"] = comunica_mix(data, texts, place, *there)
        _agree(told)
    del store
    shutil.rmtree(folder)
    told |= {f"mix {name}": value for name, value in _means(told)}
    return told


def _agree(told: dict[str, Any]) -> None:
    for peer in ("rdflib", "comunica"):
        for name, (_, rows) in told.get(peer, {}).items():
            if rows is not None and rows != told["ours"][name][1]:
                raise SystemExit(
                    f"{name}: {rows} rows from {peer}, {told['ours'][name][1]} here: a ratio would mean nothing"
                )


def _means(told: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """The geometric mean of the mix, by whom."""
    for who in ("ours", "rdflib", "comunica"):
        times = [seconds for seconds, *_ in told.get(who, {}).values()]
        if len(times) == len(MIX):
            yield who, exp(sum(map(log, times)) / len(times))


def table(found: list[dict[str, Any]]) -> list[Table]:
    """The same in words: the mix, and the rest."""
    mixed = Table("CPU time", title="Fifteen questions of provenance", title_justify="left")
    for one in found:
        for who in ("ours", "rdflib", "comunica"):
            if who in one:
                mixed.add_column(f"{who}, {one['claims']:,}")
    for name, _ in MIX:
        mixed.add_row(
            name, *(_shown(one[who].get(name)) for one in found for who in ("ours", "rdflib", "comunica") if who in one)
        )
    mixed.add_row(
        "geometric mean, times ours",
        *(
            f"{one[f'mix {who}'] / one['mix ours']:,.0f} times"
            if who != "ours" and f"mix {who}" in one
            else f"{one.get(f'mix {who}', 0) * 1000:,.1f} ms"
            for one in found
            for who in ("ours", "rdflib", "comunica")
            if who in one
        ),
    )
    rest = Table("what", *(f"{one['claims']:,}" for one in found), title="Stores by size", title_justify="left")
    for at, what in enumerate(COUNTS):
        rest.add_row(
            f"{what}: derived against counted, times faster",
            *(f"{one['summaries'][at]['plain'] / one['summaries'][at]['derived']:.1f}" for one in found),
        )
    rest.add_row("load and order the index (CPU)", *(f"{one['load']:,.1f} s" for one in found))
    rest.add_row("open, cold process (wall; goal: 1 s)", *(f"{one['open'] * 1000:,.0f} ms" for one in found))
    rest.add_row("open and first row (wall)", *(f"{one['first'] * 1000:,.0f} ms" for one in found))
    rest.add_row("peak memory of that process", *(f"{one['memory'] / 1e6:,.0f} MB" for one in found))
    return [mixed, rest]


def _shown(one: tuple[float, int | None] | None) -> str:
    if one is None:
        return "not reached"
    seconds, rows = one
    return f"> {BOUND} s" if rows is None else f"{seconds * 1000:,.1f} ms"


LINES = (
    ("mix rdflib", "rdflib, mix (at least)", "#b35900", ""),
    ("mix comunica", "Comunica, mix (at least)", "#8b1f5f", ""),
    ("mix ours", "Testimony, mix", "#1f5f8b", ""),
    ("open", "open the store (wall)", "#3d7a3d", "6 3"),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
    parser.add_argument("--picture", action="store_true", help="write the curves to docs/bench-queries.svg")
    parser.add_argument("--most", type=int, default=PEERS_UP_TO, help="leave out larger sizes (1000000 takes long)")
    chosen = parser.parse_args()
    found = measure(chosen.most)
    if chosen.picture:
        PICTURE.write_text(picture(found, LINES, range(-3, 3)), encoding="utf-8")
    if chosen.json:
        print(json.dumps(found, indent=1))
        return
    for one in table(found):
        Console(width=150).print(one)


if __name__ == "__main__":
    main()
