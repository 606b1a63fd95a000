"""What the page costs to draw, beside pyvis with stored positions on the same lines, in a headless Chromium.

Usage: python benchmarks/drawing.py [BUILD]. First drawing from the start of the navigation, frames while the picture is
zoomed and moved, the start page and the picture around one name from the address to the painted page, the weight of
the page, and the requests that went elsewhere. One run, in turns, medians of three.
"""

import gzip
import json
import statistics
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser import browsing  # noqa: E402
from serving import serving  # noqa: E402

from graph.evidence import Archive  # noqa: E402
from graph.service import application  # noqa: E402

ROUNDS = 3
APART = 92
STATIC = ROOT / "graph" / "static"
# Counts frames for a while; a blocked main thread gives none.
FRAMES = """(ms) => new Promise((done) => {
  let frames = 0;
  const start = performance.now();
  const next = (now) => (now - start < ms ? (frames++, requestAnimationFrame(next)) : done((1000 * frames) / (now - start)));
  requestAnimationFrame(next);
})"""
TWO_FRAMES = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
)


def frames(page: Page, act: Any, ms: int = 1500) -> float:
    """Frames a second while something is done again and again."""
    page.evaluate("window.counted = null")
    page.evaluate(f"(({FRAMES})({ms})).then((n) => (window.counted = n)); 0")
    while page.evaluate("window.counted") is None:
        act()
    return float(page.evaluate("window.counted"))


def moved(page: Page) -> tuple[float, float]:
    """Frames a second while zooming, and while moving the picture."""
    page.mouse.move(800, 450)
    turn = iter(range(10**6))
    zoom = frames(page, lambda: page.mouse.wheel(0, 40 if next(turn) % 8 < 4 else -40))
    page.mouse.move(700, 400)
    page.mouse.down()
    pan = frames(page, lambda: page.mouse.move(700 + 12 * (next(turn) % 20), 400))
    page.mouse.up()
    return zoom, pan


def ours(browser: Browser, base: str) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{base}?view=whole")
    page.wait_for_function(
        "() => document.querySelector('[data-testid=whole-drawn]')?.textContent && !document.querySelector('[aria-busy]')"
    )
    first = page.evaluate(TWO_FRAMES)
    page.locator("[data-testid=whole-more]").click()
    page.wait_for_timeout(2500)
    zoom, pan = moved(page)
    page.close()
    return {"first": first, "zoom": zoom, "pan": pan}


def pyvis_page(picture: dict[str, Any], place: Path) -> Path:
    """The same lines in pyvis, positions stored, physics off."""
    from pyvis.network import Network

    network = Network(directed=True, height="860px", width="100%", cdn_resources="in_line")
    for node in picture["nodes"]:
        network.add_node(node["id"], label=node["label"], x=APART * node["x"], y=APART * node["y"], physics=False)
    for line in picture["bundles"]:
        network.add_edge(line["source"], line["target"], title=line["text"], label=line["badge"], physics=False)
    network.toggle_physics(False)
    target = place / "pyvis.html"
    target.write_text(network.generate_html(), encoding="utf-8")
    return target


def theirs(browser: Browser, file: Path) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.route("http**/*", lambda route: route.abort())  # it asks for fonts and sheets elsewhere
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_function("() => window.network && network.body && Object.keys(network.body.edges).length > 0")
    first = page.evaluate(TWO_FRAMES)
    zoom, pan = moved(page)
    context.close()
    return {"first": first, "zoom": zoom, "pan": pan}


def opened(browser: Browser, address: str, ready: str) -> float:
    """Milliseconds from the address to the painted page, and nothing asked elsewhere."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(address)
    page.wait_for_function(ready)
    taken = float(page.evaluate(TWO_FRAMES))
    page.close()
    return taken


def weight() -> tuple[int, int]:
    """Bytes of everything that the page may load, packed; and of what the start page loads."""
    sizes = {
        path.name: len(gzip.compress(path.read_bytes()))
        for path in STATIC.rglob("*")
        if path.suffix in (".js", ".css", ".html")
    }
    return sum(sizes.values()), sum(size for name, size in sizes.items() if not name.startswith("sparql"))


def main(folder: Path) -> None:
    """Measure and print."""
    rows: dict[str, list[dict[str, float]]] = {"ours": [], "pyvis": []}
    with (
        browsing() as browser,
        serving(application(Archive.open(folder, None))) as server,
        tempfile.TemporaryDirectory() as place,
    ):
        base = server.address.rstrip("/") + "/"
        with urllib.request.urlopen(f"{base}api/whole?limit=1500") as reply:
            picture = json.load(reply)
        file = pyvis_page(picture, Path(place))
        for _ in range(ROUNDS):
            rows["ours"].append(ours(browser, base))
            rows["pyvis"].append(theirs(browser, file))
        start = statistics.median(
            opened(browser, base, "() => document.querySelector('.start .search-input')") for _ in range(ROUNDS)
        )
        focus = statistics.median(
            opened(browser, f"{base}?focus=hasakah-prison-attack", "() => window.testimony?.cy.edges().length > 0")
            for _ in range(ROUNDS)
        )
    told = Table("picture", "lines", "first drawn, ms", "zoom, frames/s", "pan, frames/s")
    for name, found in rows.items():
        middle = {key: statistics.median(one[key] for one in found) for key in ("first", "zoom", "pan")}
        told.add_row(name, str(len(picture["bundles"])), *(f"{middle[key]:.0f}" for key in ("first", "zoom", "pan")))
    Console().print(told)
    everything, first = weight()
    Console().print(
        f"start page {start:.0f} ms; around a name {focus:.0f} ms; page {everything / 1000:.0f} kB packed, {first / 1000:.0f} kB of it at the start"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build")
