"""Fifteen questions of provenance at several sizes, against rdflib and Comunica; aggregates through summaries against counting.

Usage: python benchmarks/provenance.py [--json] [--picture] [--most CLAIMS] [--stop SECONDS]. The questions are named queries of the project. Ours are asked
as everywhere: guarded, parameters bound, rows read into Python; of the index on disk, as the command does, and of the same quads in
memory, as a server does up to a limit. The peers hold them in memory and get the same text with the parameters as terms; numbers of
rows are compared. CPU seconds, the least of several runs; a peer's query is
stopped after so many seconds of CPU, and these then count as its time: such ratios are "at least".
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

from aggregates import FACETS, all_counted, all_summed, claims_counted, claims_summed
from curves import picture
from peers import comunica
from replicate import copies
from rich.console import Console
from rich.table import Table

from graph.build import build
from graph.endpoint.rewrite import with_terms
from graph.queries import bind, named, run
from graph.store import Store, in_memory, load

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "bench-queries.svg"
SIZES = (10_000, 100_000, 1_000_000)
PEERS_UP_TO = 100_000
STOP = 30  # CPU seconds for one query of a peer, unless --stop says another number
SLOW = 5  # CPU seconds: what takes longer is asked once
LOADING = 900  # seconds for a peer to load, besides the seconds of its queries
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
WHO = {"ours": "from disk", "held": "in memory", "rdflib": "rdflib", "comunica": "Comunica"}
_PREFIX = "PREFIX say: <https://w3id.org/testimony/ns#> "
_EDGES = "?d a say:DerivedStatus ; say:derivedFor ?g ; "


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
            if best > SLOW:
                break
        told[name] = best, rows
    return told


def _held(folder: Path, asked: list[tuple[str, dict[str, str]]]) -> dict[str, tuple[float, int]]:
    index = in_memory(folder / "store", sys.maxsize)
    assert index is not None
    return ours(Store(index, "in memory"), asked)


def summaries(store: Store) -> list[dict[str, Any]]:
    """CPU seconds of each aggregate through the summaries, and plain, in turns; the rows are the same."""
    found = []
    for facet in FACETS:
        for what, texts in (
            ("claims", (claims_summed(facet), claims_counted(facet))),
            ("all four", (all_summed(facet), all_counted(facet))),
        ):
            times, answers = [], []
            for _ in range(3):
                start = cpu()
                answers = [sorted(map(str, store.rows(texts[0]).rows))]
                half = cpu()
                answers.append(sorted(map(str, store.rows(texts[1]).rows)))
                times.append((half - start, cpu() - half))
                if cpu() - start > SLOW:
                    break
            if answers[0] != answers[1]:
                raise SystemExit(f"{facet}, {what}: the summaries differ from what is counted")
            summed, plain = (min(column) for column in zip(*times, strict=True))
            found.append({"what": f"{facet}, {what}", "rows": len(answers[0]), "summed": summed, "plain": plain})
    return found


def cold(folder: Path) -> dict[str, float]:
    """Wall seconds to open and to the first row, and resident memory after, in a process of its own."""
    # A process remembers in ru_maxrss what its parent held when it was forked, VmHWM is its own.
    code = (
        "import sys,time,json\nfrom pathlib import Path\nfrom graph.store import Store\nstart=time.perf_counter()\n"
        "store=Store.open(Path(sys.argv[1]))\nopened=time.perf_counter()-start\n"
        "store.rows('SELECT ?s { ?s ?p ?o } LIMIT 1')\nfirst=time.perf_counter()-start\n"
        "(held,)=[line.split()[1] for line in Path('/proc/self/status').read_text().splitlines() if line.startswith('VmHWM')]\n"
        "print(json.dumps({'open':opened,'first':first,'memory':int(held)*1024}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return dict(json.loads(told.stdout))


# ---- peers --------------------------------------------------------------------------------------------


def rdflib_mix(data: Path, texts: dict[str, str], stop: int) -> dict[str, tuple[float, int | None]]:
    """By query CPU seconds, and rows or None where it was stopped. Each runs in a child of one loaded process."""
    fork = multiprocessing.get_context("fork")
    queue = fork.Queue()
    parent = fork.Process(target=_rdflib_all, args=(data, texts, queue, stop))
    parent.start()
    told = {name: queue.get(timeout=LOADING + 3 * stop) for name in texts}
    parent.join()
    return told


def _rdflib_all(data: Path, texts: dict[str, str], queue: Any, stop: int) -> None:
    from rdflib import Dataset

    gc.disable()
    peer = Dataset()
    peer.parse(data, format="nquads")
    list(peer.query("SELECT * { }"))  # what it loads for its first query is no part of the others
    gc.freeze()
    fork = multiprocessing.get_context("fork")
    for text in texts.values():
        near, far = fork.Pipe(duplex=False)
        child = fork.Process(target=_rdflib_one, args=(peer, text, far, stop))
        child.start()
        far.close()
        try:
            queue.put(near.recv())
        except EOFError:
            queue.put((float(stop), None))
        child.join()


def _rdflib_one(peer: Any, text: str, told: Any, stop: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (stop, stop))  # the system ends it
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
    data: Path, texts: dict[str, str], stop: int, place: Path, node: str, home: Path
) -> dict[str, tuple[float, int | None]]:
    """The same of Comunica over an N3 store; what it had not reached when all its time was over is not in the answer."""
    driver, asked = home / "driver.cjs", place / "asked.json"
    driver.write_text(_DRIVER, "utf-8")
    asked.write_text(json.dumps(texts), "utf-8")
    command = [node, "--max-old-space-size=12000", str(driver), str(data), str(asked), str(stop)]
    with tempfile.TemporaryFile("w+") as out:
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(
                command,
                stdout=out,
                stderr=subprocess.DEVNULL,
                timeout=LOADING + 3 * stop * len(texts),
                check=False,
                cwd=home,
            )
        out.seek(0)
        lines = [json.loads(line) for line in out.read().splitlines()]
    for line in lines:
        if line.get("why"):
            print(f"Comunica, {line['name']}: {line['why'][:200]}", file=sys.stderr)
    return {one["name"]: (one["seconds"], one["rows"]) for one in lines if "name" in one}


# ---- all ----------------------------------------------------------------------------------------------


def measure(most: int = SIZES[-1], stop: int = STOP) -> list[dict[str, Any]]:
    """Everything, at every size up to `most`."""
    place = Path(tempfile.mkdtemp(prefix="testimony-bench-"))
    try:
        build(ROOT / "corpus", place / "build")
        there = comunica(place)
        alone = summaries(Store.open(place / "build" / "current" / "store"))
        return [_measured(place, size, there, stop) | {"alone": alone} for size in SIZES if size <= most]
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _measured(place: Path, size: int, there: tuple[str, Path] | None, stop: int) -> dict[str, Any]:
    folder = place / f"copies-{size}"
    claims = copies(place / "build" / "current", size, folder)
    start = time.process_time()
    load(folder, folder / "store")
    told: dict[str, Any] = {
        "claims": claims,
        "stop": stop,
        "load": time.process_time() - start,
        **cold(folder / "store"),
    }
    store = Store.open(folder / "store")
    asked = mix(store)
    texts = {name: with_terms(named(name).sparql, bind(named(name), given), name) for name, given in asked}
    told["ours"] = ours(store, asked)
    told["summaries"] = summaries(store) if size <= PEERS_UP_TO else []
    data = folder / "all.nq"
    if size <= PEERS_UP_TO:
        told["held"] = _held(folder, asked)
        told["rdflib"] = rdflib_mix(data, texts, stop)
        if there is not None:
            told["comunica"] = comunica_mix(data, texts, stop, place, *there)
        _agree(told)
    del store
    shutil.rmtree(folder)
    told |= {f"mix {name}": value for name, value in _means(told)}
    return told


def _agree(told: dict[str, Any]) -> None:
    for peer in ("held", "rdflib", "comunica"):
        for name, (_, rows) in told.get(peer, {}).items():
            if rows is not None and rows != told["ours"][name][1]:
                raise SystemExit(
                    f"{name}: {rows} rows from {peer}, {told['ours'][name][1]} here: a ratio would mean nothing"
                )


def _means(told: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """The geometric mean of the mix, by whom."""
    for who in WHO:
        times = [seconds for seconds, *_ in told.get(who, {}).values()]
        if len(times) == len(MIX):
            yield who, exp(sum(map(log, times)) / len(times))


def table(found: list[dict[str, Any]]) -> list[Table]:
    """The same in words: the mix, and the rest."""
    mixed = Table("CPU time", title="Fifteen questions of provenance", title_justify="left")
    columns = [(one, who) for one in found for who in WHO if who in one]
    for one, who in columns:
        mixed.add_column(f"{WHO[who]}, {one['claims']:,}")
    for name, _ in MIX:
        mixed.add_row(name, *(_shown(one[who].get(name), one["stop"]) for one, who in columns))
    mixed.add_row("geometric mean", *(f"{one.get(f'mix {who}', 0) * 1000:,.1f} ms" for one, who in columns))
    for base in ("ours", "held"):
        mixed.add_row(f"times as long as {WHO[base]}", *(_times(one, who, base) for one, who in columns))
    rest = Table("what", *(f"{one['claims']:,}" for one in found), title="Stores by size", title_justify="left")
    rest.add_row("load and order the index (CPU)", *(f"{one['load']:,.1f} s" for one in found))
    rest.add_row("open, cold process (wall; goal: 1 s)", *(f"{one['open'] * 1000:,.0f} ms" for one in found))
    rest.add_row("open and first row (wall)", *(f"{one['first'] * 1000:,.0f} ms" for one in found))
    rest.add_row("peak memory of that process", *(f"{one['memory'] / 1e6:,.0f} MB" for one in found))
    return [mixed, *(_aggregates(one) for one in found if one["summaries"]), rest]


def _times(one: dict[str, Any], who: str, base: str) -> str:
    means = [one.get(f"mix {name}") for name in (who, base)]
    return f"{means[0] / means[1]:,.1f}" if means[0] and means[1] else "–"


def _aggregates(one: dict[str, Any]) -> Table:
    made = Table("by facet", "rows", "summaries", "counted", "times faster (goal: 8)", "the corpus alone, times")
    made.title, made.title_justify = f"Aggregates, {one['claims']:,} claims", "left"
    for many, few in zip(one["summaries"], one["alone"], strict=True):
        made.add_row(
            many["what"],
            f"{many['rows']:,}",
            *(f"{many[how] * 1000:,.1f} ms" for how in ("summed", "plain")),
            *(f"{found['plain'] / found['summed']:,.1f}" for found in (many, few)),
        )
    for kind in ("claims", "all four"):
        whole = [[row for row in one[where] if row["what"].endswith(kind)] for where in ("summaries", "alone")]
        sums = [{how: sum(row[how] for row in rows) for how in ("summed", "plain")} for rows in whole]
        made.add_row(
            f"all facets, {kind}",
            "",
            *(f"{sums[0][how] * 1000:,.1f} ms" for how in ("summed", "plain")),
            *(f"{one['plain'] / one['summed']:,.1f}" for one in sums),
        )
    return made


def _shown(one: tuple[float, int | None] | None, stop: int) -> str:
    if one is None:
        return "not reached"
    seconds, rows = one
    return f"> {stop} s" if rows is None else f"{seconds * 1000:,.1f} ms"


LINES = (
    ("mix rdflib", "rdflib, mix (at least)", "#b35900", ""),
    ("mix comunica", "Comunica, mix (at least)", "#8b1f5f", ""),
    ("mix ours", "Testimony, from disk, mix", "#1f5f8b", ""),
    ("mix held", "Testimony, in memory, mix", "#1f5f8b", "2 2"),
    ("open", "open the store (wall)", "#3d7a3d", "6 3"),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
    parser.add_argument("--picture", action="store_true", help="write the curves to docs/bench-queries.svg")
    parser.add_argument("--most", type=int, default=PEERS_UP_TO, help="leave out larger sizes (1000000 takes long)")
    parser.add_argument("--stop", type=int, default=STOP, help="CPU seconds after which a peer's query is stopped")
    chosen = parser.parse_args()
    found = measure(chosen.most, chosen.stop)
    if chosen.picture:
        PICTURE.write_text(picture(found, LINES, range(-3, 3)), encoding="utf-8")
    if chosen.json:
        print(json.dumps(found, indent=1))
        return
    for one in table(found):
        Console(width=150).print(one)


if __name__ == "__main__":
    main()
