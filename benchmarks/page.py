"""How long a withdrawal takes to be seen: the server's answer, and what the page needs from it to the painted picture.

Usage: python benchmarks/page.py [BUILD]. The whole graph with as many lines as the page draws at most, and the picture
around one name, in a headless Chromium; several sources are set aside in turn, medians are told.
"""

import statistics
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser import browsing  # noqa: E402
from built import folder_of  # noqa: E402
from serving import serving  # noqa: E402

from graph.evidence import Archive  # noqa: E402
from graph.service import application  # noqa: E402

SOURCES = ("speaker:sdf", "publisher:anf", "document:002-ypj", "document:001-npa", "group:grp-bbc")
VIEWS = {"whole": ("?view=whole&lines=all", "api/whole"), "around": ("?focus=hasakah-prison-attack", "api/focus")}
# Asks as Back and Forward do, and waits until two frames have passed since the answer was read.
PRESS = """async ([wanted, address]) => {
  const fetched = window.fetch;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let marks = null;
  window.fetch = async (path, ...rest) => {
    const asked = performance.now();
    const answer = await fetched(path, ...rest);
    const text = await answer.text();
    if (String(path).startsWith(wanted)) marks = { asked, read: performance.now(), lines: JSON.parse(text).bundles.length };
    return new Response(text, { status: answer.status });
  };
  const pressed = performance.now();
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  while (!marks) await frame();
  await frame();
  await frame();
  window.fetch = fetched;
  return { lines: marks.lines, server: marks.read - marks.asked, page: performance.now() - pressed - (marks.read - marks.asked) };
}"""


def measured(page: Page, base: str, address: str, wanted: str) -> dict[str, float]:
    """Medians over the sources; each is set aside once before, so that the server has what it needs at hand."""
    page.goto(base + address)
    page.wait_for_function("() => document.querySelector('canvas') && !document.querySelector('[aria-busy]')")
    page.wait_for_timeout(1000)
    found: list[dict[str, Any]] = []
    for source in SOURCES:
        page.evaluate(PRESS, [wanted, f"{address}&without={source}"])
        page.go_back()
        page.wait_for_timeout(1500)
        found.append(page.evaluate(PRESS, [wanted, f"{address}&without={source}&origins=0"]))
    return {key: statistics.median(one[key] for one in found) for key in ("lines", "server", "page")}


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Medians by view."""
    with browsing() as browser, serving(application(Archive.open(folder, None))) as server:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(60_000)
        return {view: measured(page, server.address, address, wanted) for view, (address, wanted) in VIEWS.items()}


def table(found: dict[str, dict[str, float]]) -> Table:
    """What was measured."""
    told = Table("withdrawal in", "lines", "server, ms", "page, ms", "goal", title="Withdrawal", title_justify="left")
    for view, one in found.items():
        told.add_row(view, f"{one['lines']:.0f}", f"{one['server']:.0f}", f"{one['page']:.0f}", "200 ms in all")
    return told


if __name__ == "__main__":
    with folder_of(sys.argv) as held:
        Console().print(table(measure(held)))
