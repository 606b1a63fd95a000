"""What the page costs to draw, beside pyvis with stored positions on the same lines, in a headless Chromium.

Usage: python benchmarks/drawing.py [BUILD]. First drawing of all lines from the start of the navigation, frames while the
picture is zoomed and moved, the start page and the picture around one name from the address to the painted page, the
same picture from a press on the start page or on a result of the search, and the weight of the page. One run, in turns,
medians of three.
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
from built import folder_of  # noqa: E402
from serving import serving  # noqa: E402

from graph.evidence import Archive  # noqa: E402
from graph.service import application  # noqa: E402

ROUNDS = 3
APART = 92
NAME = "hasakah-prison-attack"
STATIC = ROOT / "graph" / "static"
# Counts frames for a while; a blocked main thread gives none.
FRAMES = """(ms) => new Promise((done) => {
  let frames = 0;
  const start = performance.now();
  const next = (now) => (now - start < ms ? (frames++, requestAnimationFrame(next)) : done((1000 * frames) / (now - start)));
  requestAnimationFrame(next);
})"""
# Presses, and waits until the picture around the name is there and two frames have passed.
PRESS = """async ([element, name]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const there = () => document.querySelector('[data-testid=graph]')?.dataset.focus === name && window.testimony?.around?.lines().length > 0;
  const start = performance.now();
  element.click();
  while (!there()) await frame();
  await frame();
  await frame();
  return performance.now() - start;
}"""
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


def ours(browser: Browser, base: str, lines: int) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{base}?view=whole&lines=all")
    page.wait_for_function("() => window.testimony?.whole?.lines().length > 0")
    first = page.evaluate(TWO_FRAMES)
    page.wait_for_timeout(1500)
    assert page.evaluate("window.testimony.whole.lines().length") == lines, "not all lines are drawn"
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


def pressed(browser: Browser, base: str, name: str, typed: str = "") -> float:
    """Milliseconds from the press on a name, in the list of the start page or among results, to its painted picture."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(base)
    page.wait_for_function("() => document.querySelector('.start .search-input')")
    page.wait_for_timeout(1000)
    if typed:
        page.locator(".search-input").fill(typed)
    link = page.locator(f'{"[role=option]" if typed else ".start .entry"}[data-id="{name}"]').first
    link.wait_for()
    page.wait_for_timeout(300)
    taken = float(page.evaluate(PRESS, [link.element_handle(), name]))
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


def measure(folder: Path) -> dict[str, Any]:
    """Everything measured over one build, milliseconds, frames a second and bytes."""
    rows: dict[str, list[dict[str, float]]] = {"ours": [], "pyvis": []}
    archive = Archive.open(folder, None)
    with browsing() as browser, serving(application(archive)) as server, tempfile.TemporaryDirectory() as place:
        base = server.address.rstrip("/") + "/"
        with urllib.request.urlopen(f"{base}api/whole?limit=1500") as reply:
            picture = json.load(reply)
        file = pyvis_page(picture, Path(place))
        for _ in range(ROUNDS):
            rows["ours"].append(ours(browser, base, len(picture["bundles"])))
            rows["pyvis"].append(theirs(browser, file))
        start = [opened(browser, base, "() => document.querySelector('.start .search-input')") for _ in range(ROUNDS)]
        around = f"{base}?focus={NAME}"
        focus = [opened(browser, around, "() => window.testimony?.around?.lines().length > 0") for _ in range(ROUNDS)]
        listed = [pressed(browser, base, NAME) for _ in range(ROUNDS)]
        found = [pressed(browser, base, NAME, "attack on al-Sina") for _ in range(ROUNDS)]
    everything, first = weight()
    return {
        "lines": len(picture["bundles"]),
        **{name: {key: statistics.median(one[key] for one in held) for key in held[0]} for name, held in rows.items()},
        "start": statistics.median(start),
        "focus": statistics.median(focus),
        "listed": statistics.median(listed),
        "found": statistics.median(found),
        "bytes": everything,
        "bytes at the start": first,
    }


def table(found: dict[str, Any]) -> Table:
    """What was measured, ours beside pyvis."""
    told = Table("the page", "ours", "pyvis, stored positions", "goal", title="Drawing", title_justify="left")
    mine, other = found["ours"], found["pyvis"]
    told.add_row(
        f"{found['lines']} lines first drawn", f"{mine['first']:.0f} ms", f"{other['first']:.0f} ms", "no slower"
    )
    told.add_row("zooming", f"{mine['zoom']:.0f} frames/s", f"{other['zoom']:.0f} frames/s", "no fewer")
    told.add_row("moving", f"{mine['pan']:.0f} frames/s", f"{other['pan']:.0f} frames/s", "no fewer")
    told.add_row("start page", f"{found['start']:.0f} ms", "", "1000 ms")
    told.add_row("around one name, 40 lines: from the address", f"{found['focus']:.0f} ms", "", "300 ms")
    told.add_row("… from a press on the start page", f"{found['listed']:.0f} ms", "", "300 ms")
    told.add_row("… from a press on a result of the search", f"{found['found']:.0f} ms", "", "300 ms")
    told.add_row("all of the page, packed", f"{found['bytes'] / 1000:.0f} kB", "", "400 kB")
    return told


if __name__ == "__main__":
    with folder_of(sys.argv) as held:
        Console().print(table(measure(held)))
