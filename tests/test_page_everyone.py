"""The page for those without a mouse, and for those who hear it: every view, light and dark."""

from collections.abc import Iterator
from typing import Any

import pytest
from browser import AXE, WAIT, Visitor, barriers, marks, visiting
from playwright.sync_api import Browser, expect
from serving import Served, page_of

from graph.evidence import Archive

pytestmark = list(marks)

ATTACK = "hasakah-prison-attack"
PLACES = {
    "start": "/",
    "evidence": f"/?focus={ATTACK}&claim=003-c5.1",
    "whole": "/?view=whole",
    "paths": "/?view=paths&from=turkish-state&to=isis",
    "document": "/?doc=003-voa",
    "take away": f"/?focus={ATTACK}",
    "help": "/",
    "timeline": "/?view=timeline",
    "sources": "/?view=matrix",
    "question": "/?view=questions&asked=killed-count",
    "table": f"/?focus={ATTACK}&view=table",
    "compare": "/?view=compare&from=sdf&to=sohr",
    "without": "/?view=compare&without=publisher:anf",
    "search": "/",
}
OFTEN = ("evidence", "paths", "take away")


@pytest.fixture(scope="module")
def served(founding: Archive) -> Iterator[Served]:
    with page_of(founding) as server:
        yield server


def look(visitor: Visitor, path: str) -> None:
    visitor.page.goto(visitor.served.address.rstrip("/") + path)
    visitor.page.wait_for_function(
        "() => document.querySelector('main')?.children.length && !document.querySelector('[aria-busy]')",
        timeout=4 * WAIT,
    )


# ---- nothing serious in the way --------------------------------------------------------------------


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
@pytest.mark.parametrize(("scheme", "lang"), [("light", "en"), ("dark", "ar")])
@pytest.mark.parametrize("place", [p if p in OFTEN else pytest.param(p, marks=pytest.mark.slow) for p in PLACES])
def test_no_serious_barrier(browser: Browser, served: Served, place: str, scheme: Any, lang: str) -> None:
    with visiting(browser, served, color_scheme=scheme) as visitor:
        path = PLACES[place]
        look(visitor, f"{path}{'&' if '?' in path else '?'}lang={lang}")
        if place == "take away":
            visitor.page.locator("[data-testid=take-away] summary").click()
        elif place == "help":
            visitor.page.locator("[data-testid=help]").click()
        elif place == "search":
            visitor.page.locator("[data-testid=search]").fill("prison")
            visitor.page.locator("[data-testid=results] .result").first.wait_for(timeout=WAIT)
        elif place == "evidence":
            visitor.page.locator("[data-testid=relay] > summary").click()
            visitor.page.locator(".relay-svg").wait_for(timeout=WAIT)
        assert barriers(visitor) == []


# ---- without a mouse, from the start page to the evidence -------------------------------------------


def tab_to(visitor: Visitor, selector: str, most: int = 120) -> None:
    """The tabulator until the keyboard is on an element."""
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the tabulator does not lead to {selector}")


def start(visitor: Visitor) -> None:
    look(visitor, "/")
    visitor.page.locator("[data-testid=start-list]").wait_for(timeout=WAIT)


def evidence_has_it(visitor: Visitor) -> None:
    visitor.page.locator("[data-testid=evidence][data-evidence]").wait_for(timeout=4 * WAIT)
    visitor.settled()
    expect(visitor.page.locator("[data-testid=passage]").first).to_be_attached()
    assert visitor.has_focus("[data-testid=evidence]")


@pytest.mark.parametrize(("path", "middle"), [("/", ".start-views a"), ("/?view=whole", "[data-testid=tab-whole]")])
def test_the_middle_is_near_and_the_filters_follow(visitor: Visitor, path: str, middle: str) -> None:
    """What is shown is reached before the seventy controls that narrow it, and these after it."""
    look(visitor, path)
    visitor.page.locator(middle).first.wait_for(timeout=4 * WAIT)
    visitor.settled()
    tab_to(visitor, middle, most=12)
    shown, filters = (visitor.page.locator(where).bounding_box() for where in ("main", "nav.legend"))
    assert shown is not None
    assert filters is not None
    assert filters["x"] + filters["width"] <= shown["x"] + 1
    assert filters["y"] == shown["y"]


def test_from_the_whole_graph_by_keys(visitor: Visitor) -> None:
    start(visitor)
    visitor.page.keyboard.press("w")
    visitor.page.wait_for_function("() => window.testimony?.whole?.lines().length", timeout=4 * WAIT)
    visitor.settled()
    tab_to(visitor, "[data-testid=whole-graph]")
    visitor.page.keyboard.press("ArrowRight")
    assert "Line" in visitor.page.locator("[data-testid=live]").text_content()
    visitor.page.keyboard.press("Enter")
    evidence_has_it(visitor)
    visitor.page.keyboard.press("Escape")
    assert visitor.has_focus("[data-testid=whole-graph]")


def test_from_a_path_by_keys(visitor: Visitor) -> None:
    start(visitor)
    page = visitor.page
    page.keyboard.press("p")
    page.locator(".name-input").first.wait_for(timeout=WAIT)
    visitor.settled()
    for name in ("Türkiye (Turkish state)", "ISIS (Islamic State)"):
        tab_to(visitor, ".name-input")
        page.keyboard.type(name)
        page.locator(".name-list:not([hidden]) [role=option]").first.wait_for(timeout=WAIT)
        page.keyboard.press("Enter")
    page.locator("a.open-claim").first.wait_for(timeout=4 * WAIT)
    visitor.settled()
    tab_to(visitor, "a.open-claim")
    page.keyboard.press("Enter")
    evidence_has_it(visitor)


def test_from_a_document_by_keys(visitor: Visitor) -> None:
    start(visitor)
    page = visitor.page
    page.keyboard.press("/")
    page.keyboard.type("Republished Voice of America story")
    page.locator("[data-testid=results-documents] .result").first.wait_for(timeout=WAIT)
    for _ in range(40):
        if page.locator("[data-testid=results-documents] .result[aria-selected=true]").count():
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[data-testid=document]").wait_for(timeout=4 * WAIT)
    visitor.settled()
    assert visitor.has_focus("[data-testid=document]")
    tab_to(visitor, ".claim-link")
    page.keyboard.press("Enter")
    evidence_has_it(visitor)


def test_the_take_away_by_keys(visitor: Visitor) -> None:
    look(visitor, f"/?focus={ATTACK}")
    visitor.drawn(ATTACK)
    page = visitor.page
    tab_to(visitor, "[data-testid=take-away] summary")
    page.keyboard.press("Enter")
    tab_to(visitor, "[data-take=svg]", 1)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".svg")
    page.keyboard.press("Escape")
    assert visitor.has_focus("[data-testid=take-away] summary")
    expect(page.locator("[data-testid=take-away] .take-menu")).to_be_hidden()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_narrow_the_menu_is_in_sight_and_so_is_the_chosen_tab(browser: Browser, served: Served, lang: str) -> None:
    with visiting(browser, served, viewport={"width": 420, "height": 860}) as visitor:
        look(visitor, f"/?view=compare&from=sdf&lang={lang}")
        expect(visitor.page.locator("[data-testid=tab-compare]")).to_be_in_viewport(ratio=0.9)
        visitor.page.locator("[data-testid=take-away] summary").click()
        expect(visitor.page.locator("[data-take=svg]")).to_be_hidden()  # this view has no picture
        for each in visitor.page.locator("[data-take]:visible").all():
            expect(each).to_be_in_viewport(ratio=1)
            each.click(trial=True)
        assert visitor.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
