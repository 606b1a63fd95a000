"""A real browser for tests of the page: what it asks of the network, what it reports, real clicks and keys."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from corpora import ROOT
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright
from serving import Served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
marks = (
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path: the page is tested in a real browser"),
)
# A window asks for its address bar's list of suggestions, two pages that nobody sees, and keeps a process ready for the
# next one: more work than most tests. The last list of features counts, so what Playwright switches off is repeated.
_UNSEEN = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess")
_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch"
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    f"--disable-features={','.join((_PLAYWRIGHT, *_UNSEEN))}",
]
AXE = ROOT / "graph" / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
WAIT = 8_000  # milliseconds
_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`));
"""


@contextmanager
def browsing() -> Iterator[Browser]:
    """A headless browser until the block ends."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One reader with a fresh profile; keeps what left the machine and what went wrong."""

    page: Page
    served: Served
    clicks: int = 0
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Load a path of the page and wait until it stands."""
        self.page.goto(self.served.address.rstrip("/") + path)
        self.settled()

    def settled(self) -> None:
        """Wait until something is shown and nothing is loading."""
        self.page.wait_for_function(
            "() => document.body.children.length > 1 && !document.querySelector('[aria-busy]')", timeout=WAIT
        )

    def drawn(self, entity: str) -> None:
        """Wait until the picture around an entity is drawn."""
        self.page.wait_for_function(
            "(id) => document.querySelector('[data-testid=graph]')?.dataset.focus === id"
            " && window.testimony.around.lines().length > 0",
            arg=entity,
            timeout=WAIT,
        )
        self.settled()

    def click(self, selector: str) -> None:
        """A counted mouse click in the middle of an element."""
        box = self.page.locator(selector).first.bounding_box()
        assert box, f"{selector} is not on the page"
        self.click_at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def click_at(self, x: float, y: float) -> None:
        """A counted mouse click."""
        self.clicks += 1
        self.page.mouse.click(x, y)

    def click_line(self, bundle: str) -> None:
        """A counted click on a line of the picture; its evidence is then loaded."""
        point = self.page.evaluate("(id) => window.testimony.around.point(id)", bundle)
        assert point, f"{bundle} is not drawn"
        self.click_at(point["x"], point["y"])
        self.evidence(bundle)

    def evidence(self, bundle: str) -> None:
        """Wait until the evidence of a line is open."""
        self.page.locator(f'[data-testid=evidence][data-evidence="{bundle}"]').wait_for(timeout=WAIT)
        self.settled()

    def lines(self) -> list[dict[str, Any]]:
        """The lines in sight: bundle and status."""
        found: list[dict[str, Any]] = self.page.evaluate(
            "() => window.testimony.around.lines().map(({ id, status, text, badge }) => ({ bundle: id, status, text, badge }))"
        )
        return found

    def has_focus(self, selector: str) -> bool:
        """Whether the keyboard is on, or inside, an element."""
        return bool(self.page.evaluate("(s) => Boolean(document.activeElement.closest(s))", selector))

    def texts(self, selector: str) -> list[str]:
        """The text of every such element, white space unified."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_text_contents()]


@contextmanager
def visiting(browser: Browser, served: Served, **context: Any) -> Iterator[Visitor]:
    """A visitor whose requests to anywhere else are stopped and kept."""
    opened = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **context})
    opened.set_default_timeout(WAIT)
    opened.add_init_script(_REPORT_VIOLATIONS)
    page = opened.new_page()
    visitor = Visitor(page, served)

    def watch(route: Route) -> None:
        if route.request.url.startswith(served.address):
            route.continue_()
        else:
            visitor.elsewhere.append(route.request.url)
            route.abort()

    def complain(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visitor.complaints.append(message.text)

    opened.route("**/*", watch)
    page.on("console", complain)
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    try:
        yield visitor
    finally:
        opened.close()


@contextmanager
def calm(browser: Browser, served: Served, unless: str = "", **context: Any) -> Iterator[Visitor]:
    """A visitor who has asked nothing elsewhere in the end, and to whom nothing was complained of but lines with `unless`."""
    with visiting(browser, served, **context) as visitor:
        yield visitor
        assert visitor.elsewhere == []
        assert [line for line in visitor.complaints if not unless or unless not in line] == []


def barriers(visitor: Visitor, where: Any = None) -> list[tuple[str, str, str]]:
    """What axe-core calls serious or critical in a part of the page (a selector, or what axe takes), or in all of it."""
    visitor.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = visitor.page.evaluate(
        "async (where) => (await axe.run(where ?? document, { resultTypes: ['violations'] })).violations", where
    )
    return [
        (one["id"], node["html"][:200], node.get("failureSummary", "")[:200])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


BOXES = """() => {
  const { around } = window.testimony;
  const box = (name, { x1, y1, x2, y2 }) => {
    const [from, to] = [{ x: x1, y: y1 }, { x: x2, y: y2 }].map(around.screen);
    return { name, x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  };
  const rooms = around.rooms();
  const tip = ({ id, points }) => ({ name: id, at: around.screen(points.at(-1)) });
  return {
    badges: rooms.badges.map(([name, room]) => box(name, room)),
    names: rooms.names.map(([name, room]) => box(name, room)),
    shapes: rooms.shapes.map(([name, room]) => box(name, room)),
    tips: around.lines().map(tip).map(({ name, at }) => ({ name, x1: at.x - 3, y1: at.y - 3, x2: at.x + 3, y2: at.y + 3 })),
  };
}"""


@dataclass(frozen=True)
class Box:
    name: str
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def area(self) -> float:
        return (self.x2 - self.x1) * (self.y2 - self.y1)

    def hidden_by(self, other: "Box") -> float:
        """The share of this box that lies under the other."""
        wide = min(self.x2, other.x2) - max(self.x1, other.x1)
        tall = min(self.y2, other.y2) - max(self.y1, other.y1)
        return wide * tall / self.area if wide > 0 and tall > 0 and self.area > 0 else 0.0


def boxes(visitor: Visitor) -> dict[str, list[Box]]:
    """Where badges, the letters of names, shapes and tips of arrows stand."""
    found: dict[str, list[dict[str, Any]]] = visitor.page.evaluate(BOXES)
    return {kind: [Box(**each) for each in of] for kind, of in found.items()}


def covered(over: Sequence[Box], under: Sequence[Box], share: float) -> list[str]:
    """What is hidden by more than a share."""
    return [
        f"{below.name} under {above.name}: {below.hidden_by(above):.0%}"
        for below in under
        for above in over
        if below != above and below.hidden_by(above) > share
    ]
