"""What the page asks of a large build, each call with its CPU, its size and its cut: `python benchmarks/explorer.py BUILD`.

The build is one of `benchmarks/large.py`. CPU is of this process, which serves and asks in turn: of the first call, with
nothing at hand but the register and the rows, and of the second. A cut is told as the answer tells it.
"""

import http.client
import json
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from serving import serving  # noqa: E402

from graph.evidence import Archive  # noqa: E402
from graph.service import application  # noqa: E402
from graph.service.live import Live  # noqa: E402

HIDE = "hide=withheld"
GONE = f"{HIDE}&without=publisher:anf"
CALLS = {
    "start": "overview",
    "search, a name": "search?q=isis&limit=20",
    "search, words": "search?q=attack%20on%20prison&limit=20",
    "facets": f"facets?{HIDE}",
    "facets, one speaker": f"facets?{HIDE}&said=sdf",
    "around a hub": "focus/isis?",
    "around a hub, one speaker": "focus/isis?said=sdf",
    "everything": f"whole?{HIDE}&limit=400",
    "everything, as much as may be": f"whole?{HIDE}&limit=1500",
    "timeline": f"timeline?{HIDE}&limit=30",
    "timeline, all lanes": f"timeline?{HIDE}&limit=500",
    "sources by speaker": f"matrix?{HIDE}&by=said&limit=40",
    "sources by document": f"matrix?{HIDE}&by=document&limit=40",
    "questions": f"questions?{HIDE}",
    "a question": f"questions/killed-count?{HIDE}",
    "table": f"edges?{HIDE}&offset=0&limit=200",
    "table, page 100": f"edges?{HIDE}&offset=20000&limit=200",
    "paths": f"ways?{HIDE}&from=turkish-state&to=isis",
    "speakers": f"speakers?{HIDE}",
    "two sides": f"beside?{HIDE}&one=grp-sdf&other=grp-us-government&limit=60",
    "a day and now": f"since?{HIDE}&as-of=2022-01-26&limit=60",
    "without a source": f"without?{GONE}&limit=60",
    "without another source": f"without?{HIDE}&without=speaker:sdf&limit=60",
    "facets without it": f"facets?{GONE}",
    "what falls": "falls?without=publisher:anf",
    "evidence of a claim": "evidence?claim=000-c1.1&",
    "evidence of the busiest line": "evidence?bundle={line}&",
    "a document": f"document/000-anf?{HIDE}",
    "vocabulary of the drawer": "vocabulary",
}


def main(out: Path) -> None:
    """Print the table."""
    started = time.process_time()
    archive = Archive.open(out)
    opened = time.process_time() - started
    live = Live(archive)
    rows = live.snapshot.views.rows
    _ = archive.register
    read = time.process_time() - started - opened
    table = Table(
        title=f"{len(rows):,} claims; opened in {opened:.1f} s, register and rows read in {read:.1f} s of CPU"
    )
    for head in ("what", "first", "again", "KB", "cut"):
        table.add_column(head, justify="left" if head in ("what", "cut") else "right")
    busiest: dict[str, int] = {}
    for row in rows:
        busiest[row.bundle] = busiest.get(row.bundle, 0) + 1
    line = max(busiest, key=lambda name: (busiest[name], name))
    only = sys.argv[2:]
    with serving(application(live)) as server:
        for what, path in CALLS.items():
            if only and not any(word in what for word in only):
                continue
            first, body = asked(server.port, path.format(line=line))
            again, _body = asked(server.port, path.format(line=line))
            table.add_row(what, f"{first:.2f} s", f"{again:.2f} s", f"{len(body) / 1024:,.0f}", cut(json.loads(body)))
            print(what, f"{first:.2f} {again:.2f} {len(body) // 1024}", flush=True, file=sys.stderr)
    live.close()
    Console(width=140).print(table)


def asked(port: int, path: str) -> tuple[float, bytes]:
    """CPU seconds and bytes of an answer."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    before = time.process_time()
    link.request("GET", f"/api/{path}")
    body = link.getresponse().read()
    return time.process_time() - before, body


def cut(answer: Any) -> str:
    """What the answer shows of how many, as it tells it."""
    if "error" in answer:
        return f"error: {answer['error'][:60]}"
    found = []
    for name, value in answer.items():
        total = answer.get({"lanes": "lane_total", "papers": "paper_total", "bundles": "total"}.get(name, "total"))
        if isinstance(value, list) and value:
            found.append(f"{name} {len(value)}" + (f" of {total}" if isinstance(total, int) else ""))
        elif isinstance(value, dict) and isinstance(value.get("total"), int):
            shown = next((one for one in value.values() if isinstance(one, list)), [])
            found.append(f"{name} {len(shown)} of {value['total']}")
    return ", ".join(found)[:90]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
