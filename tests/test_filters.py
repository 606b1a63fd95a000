"""The panel of filters in a real browser, by mouse and by keyboard: every number it shows is Python's for the same lens."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from browser import WAIT, Visitor, barriers, marks, visiting
from corpora import MINI
from lenses import falls
from pages import poisoned, without_policy
from playwright.sync_api import Browser, Route, expect
from serving import Served, serving

from graph.build import build
from graph.corpus import reader, writer
from graph.evidence import Archive
from graph.lens import NAMES, Lens, View, Views, parse
from graph.service import application

pytestmark = list(marks)

GATE = "gate-opening"


# Of each row its edge, its reason (its own, or that of the rows which it stands among) and how many share it, where told.
REASONS = """() => {
  let shared = "";
  return [...document.querySelectorAll(".falls > li")].map((row) => {
    const head = row.querySelector(".reason.shared");
    if (head) shared = head.textContent.split(" · ")[0];
    const own = row.querySelector(".reason:not(.shared)");
    return [row.dataset.proposition, own ? own.textContent : shared, head ? Number(head.dataset.shared) : 0];
  });
}"""


@pytest.fixture(scope="module")
def served(mini_archive: Archive) -> Iterator[Served]:
    with serving(application(mini_archive)) as server:
        yield server


@pytest.fixture(scope="module")
def views(mini_archive: Archive) -> Views:
    return Views(mini_archive)


def lens_of(url: str) -> Lens:
    """The lens of an address of the page, as the server is asked: the name in the middle, withheld off at first."""
    query = dict(parse_qsl(urlsplit(url).query))
    asked = {name: text for name, text in query.items() if name in NAMES}
    if "focus" in query:
        asked["entity"] = query["focus"]
    return parse({"hide": "withheld", **asked}.items())


def agrees(visitor: Visitor, views: Views) -> View:
    """Wait until the panel tells what Python tells for the lens in the address."""
    view = views.through(lens_of(visitor.page.url))
    shown = len(view.rows)
    expect(visitor.page.locator("[data-testid=filters]")).to_have_attribute("data-shown", str(shown), timeout=WAIT)
    counter = f"{shown} claim{'s' * (shown != 1)} shown of {len(views.rows)} held"
    expect(visitor.page.locator("[data-testid=counter]")).to_have_text(counter)
    legend = {
        row.get_attribute("data-status"): int(row.locator(".number").text_content() or "")
        for row in visitor.page.locator("[data-testid=legend] .statuses li").all()
    }
    assert {name: n for name, n in legend.items() if n} == {n: c for n, c in view.counts.facets["drawn"].items() if c}
    for facet in visitor.page.locator("details.facet[open]").all():
        counted = view.counts.facets[facet.get_attribute("data-facet") or ""]
        rows = facet.locator(".values li").all()
        seen = {row.get_attribute("data-value"): int(row.locator(".number").text_content() or "") for row in rows}
        assert seen == {name: counted[name or ""] for name in seen}
        assert all(("empty" in (row.get_attribute("class") or "")) == (row.locator(".number").text_content() == "0") for row in rows)  # fmt: skip
    return view


def unfold(visitor: Visitor, facet: str) -> None:
    visitor.page.locator(f"[data-facet={facet}] summary").click()
    visitor.page.locator(f"[data-facet={facet}] .values li").first.wait_for()


def tick(visitor: Visitor, facet: str, value: str) -> None:
    visitor.page.locator(f'[data-facet={facet}] li[data-value="{value}"] label').click(
        position={"x": 12, "y": 8}  # what may be done with a value appears over the end of its row
    )


# ---- facets -------------------------------------------------------------------------------------


def test_a_facet_narrows_everything_and_back_undoes_it(visitor: Visitor, views: Views) -> None:
    page = visitor.page
    visitor.open(f"/?focus={GATE}")
    visitor.drawn(GATE)
    unfold(visitor, "said")
    before = agrees(visitor, views)
    tick(visitor, "said", "halmer-council")
    page.wait_for_url("**said=halmer-council**")
    view = agrees(visitor, views)
    assert 0 < len(view.rows) < len(before.rows)
    assert {line["bundle"] for line in visitor.lines()} == {line.id for line in view.focus(GATE).lines}
    assert page.locator("[data-facet=said] .values li").first.get_attribute("data-value") == "halmer-council"
    tick(visitor, "said", "ilsa-torn")
    page.wait_for_url("**said=halmer-council,ilsa-torn**")
    agrees(visitor, views)
    page.reload()
    visitor.drawn(GATE)
    again = agrees(visitor, views)
    assert page.locator("[data-facet=said] input:checked").count() == 2
    assert {line["bundle"] for line in visitor.lines()} == {line.id for line in again.focus(GATE).lines}
    page.go_back()
    page.wait_for_url(re.compile(r"said=halmer-council$"))
    agrees(visitor, views)
    page.go_back()
    page.wait_for_url(re.compile(rf"focus={GATE}$"))
    assert len(agrees(visitor, views).rows) == len(before.rows)
    page.go_forward()
    page.wait_for_url("**said=halmer-council**")
    agrees(visitor, views)


def test_only_clear_and_a_long_list_that_is_narrowed_by_typing(visitor: Visitor, views: Views) -> None:
    page = visitor.page
    visitor.open("/?focus=verrin-council")
    unfold(visitor, "said")
    agrees(visitor, views)
    facet = page.locator("[data-facet=said]")
    assert facet.locator(".values li").count() == 6
    facet.locator("[data-key='said more']").click()
    every = len(views.values["said"])
    expect(facet.locator(".values li")).to_have_count(every)
    agrees(visitor, views)
    facet.locator(".finder").fill("ministry")
    assert all("inistry" in text for text in facet.locator(".values .word").all_text_contents())
    row = facet.locator("li[data-value=water-ministry]")
    row.hover()
    row.get_by_text("only", exact=True).click()
    page.wait_for_url("**said=water-ministry**")
    agrees(visitor, views)
    facet.get_by_text("clear", exact=True).click()
    page.wait_for_function("() => !location.search.includes('said')")
    agrees(visitor, views)


def test_chips_tell_what_is_asked_and_take_it_away(visitor: Visitor, views: Views) -> None:
    page = visitor.page
    asked = "said=halmer-council&document=900-gazette&origins=1&happened=2031-04..2031-04&without=group:halmer-side"
    visitor.open(f"/?focus={GATE}&{asked}&as-of=2031-12&hide=contested")
    agrees(visitor, views)
    chips = page.locator("[data-chip]")
    assert chips.count() == 7
    told = visitor.texts("[data-chip]")
    assert any("Whose word" in text and "Halmer" in text for text in told)
    assert any("⊘ Without" in text and "put back" in text for text in told)
    page.locator("[data-chip='document 900-gazette']").click()
    page.wait_for_function("() => !location.search.includes('document=')")
    agrees(visitor, views)
    page.locator("[data-testid=clear-filters]").click()
    page.wait_for_url(re.compile(rf"\?focus={GATE}$"))
    assert chips.count() == 0
    agrees(visitor, views)
    page.go_back()
    page.wait_for_function("() => location.search.includes('origins=1')")
    agrees(visitor, views)
    expect(chips).to_have_count(6)


# ---- dates, threshold, as known -----------------------------------------------------------------


def test_a_brush_by_mouse_by_keys_and_by_typing(visitor: Visitor, views: Views) -> None:
    page = visitor.page
    visitor.open("/?focus=verrin-council")
    view = agrees(visitor, views)
    brush = page.locator("[data-brush=happened]")
    assert f"{view.counts.undated} claim" in (brush.locator(".hint").text_content() or "")
    assert brush.locator(".bar").count() == len(view.counts.happened)
    until, start = brush.locator("[data-end=to]"), brush.locator("[data-end=from]")
    assert (start.get_attribute("aria-valuetext") or "").startswith("open, April 2031")
    until.focus()
    page.keyboard.press("PageDown")
    page.wait_for_function("() => location.search.includes('happened=..2031-12')")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => location.search.includes('happened=..2031-10')")
    assert visitor.has_focus("[data-brush=happened] [data-end=to]")
    expect(until).to_have_attribute("aria-valuetext", "October 2031")
    agrees(visitor, views)
    page.go_back()  # one step, however many keys it took
    page.wait_for_function("() => !location.search.includes('happened')")
    agrees(visitor, views)

    brush.locator("input").nth(0).scroll_into_view_if_needed()
    box = brush.locator("svg").bounding_box()
    handle = until.locator(".grip").bounding_box()
    assert box
    assert handle
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, handle["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('happened=..2031')")
    assert len(agrees(visitor, views).rows) < len(view.rows)

    brush.locator("input").nth(0).fill("2031-04-02")
    page.wait_for_function("() => location.search.includes('happened=2031-04-02..')")
    agrees(visitor, views)
    brush.get_by_text("clear", exact=True).click()
    page.wait_for_function("() => !location.search.includes('happened')")
    agrees(visitor, views)


def test_a_brush_says_what_becomes_of_claims_without_a_date_and_keeps_them_on_request(
    visitor: Visitor, views: Views
) -> None:
    page = visitor.page
    visitor.open("/?focus=verrin-council")
    view = agrees(visitor, views)
    undated = sum(row.happened is None for row in view.rows)
    assert undated > 1
    faded = "() => getComputedStyle(document.querySelector('[data-brush=happened] .tick-text')).fillOpacity"
    assert page.evaluate(faded) == "1", "the months under a brush are hardly seen"
    brush = page.locator("[data-brush=happened]")
    expect(brush.locator(".hint")).to_contain_text(f"{undated} claims without a date. A span leaves them out")
    brush.locator("[data-end=to]").focus()
    page.keyboard.press("ArrowLeft")
    said = f"{undated} claims without a date are left out."
    expect(page.locator("[aria-live=polite]").first).to_have_text(said)
    expect(brush.locator(".hint")).to_contain_text(said)
    assert not any(row.happened is None for row in agrees(visitor, views).rows)

    brush.get_by_role("button", name="keep them").press("Enter")
    page.wait_for_function("() => location.search.includes('undated=with')")
    assert sum(row.happened is None for row in agrees(visitor, views).rows) == undated
    expect(brush.locator(".hint")).to_contain_text(f"{undated} claims without a date are kept.")
    assert visitor.has_focus("[data-key='happened undated']")
    page.locator("[data-chip=undated]").wait_for()
    page.locator("[data-chip=happened]").click()
    page.wait_for_function("() => !location.search.includes('undated')")
    agrees(visitor, views)


def test_a_threshold_of_independent_origins_by_keys(visitor: Visitor, views: Views) -> None:
    page = visitor.page
    visitor.open(f"/?focus={GATE}")
    page.locator(".filters-title").wait_for()  # the panel waits for its first counts
    page.keyboard.press("f")
    assert visitor.has_focus(".filters-title")
    page.locator("#least-origins").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('origins=1')")
    assert "an origin stands" in (page.locator("#least-origins").get_attribute("aria-valuetext") or "")
    agrees(visitor, views)
    page.keyboard.press("Home")
    page.wait_for_function("() => !location.search.includes('origins')")
    agrees(visitor, views)


def test_as_known_on_a_day_is_stepped_through_and_played(visitor: Visitor, views: Views) -> None:
    page = visitor.page
    visitor.open(f"/?focus={GATE}")
    agrees(visitor, views)
    page.locator("[data-testid=as-of-play]").click()
    page.wait_for_function("() => location.search.includes('as-of=2031-04-05')")
    page.wait_for_function("() => location.search.includes('as-of=2031-04-07')")
    page.locator("[data-testid=as-of-play]").click()
    there = page.url
    page.wait_for_timeout(1300)
    assert page.url == there
    agrees(visitor, views)
    page.go_back()  # the run is one step
    page.wait_for_function("() => !location.search.includes('as-of')")
    agrees(visitor, views)
    page.locator(".as-of input[type=date]").fill("2031-04-07")
    page.wait_for_function("() => location.search.includes('as-of=2031-04-07')")
    assert {row.document for row in agrees(visitor, views).rows} == {"900-gazette", "902-echo"}
    page.locator("[data-testid=as-of-later]").click()
    page.wait_for_function("() => location.search.includes('as-of=2031-04-08')")
    agrees(visitor, views)


# ---- withdrawal ---------------------------------------------------------------------------------


def test_a_withdrawal_fells_edges_in_sight_and_putting_back_restores_them(visitor: Visitor, views: Views) -> None:
    page = visitor.page
    visitor.open(f"/?focus={GATE}")
    visitor.drawn(GATE)
    unfold(visitor, "said")
    before = agrees(visitor, views)
    lines = {line["bundle"] for line in visitor.lines()}
    row = page.locator("[data-facet=said] li[data-value=ferry-keeper]")
    row.hover()
    row.locator(".withdraw").click()
    page.wait_for_url("**without=speaker:ferry-keeper**")
    view = agrees(visitor, views)
    fallen = view.focus(GATE).fallen
    assert fallen
    expect(page.locator("[data-testid=graph]")).to_have_attribute("data-fallen", str(len(fallen)))
    page.wait_for_function("() => !window.testimony.around.fallen().length")
    assert {line["bundle"] for line in visitor.lines()} == {line.id for line in view.focus(GATE).lines}

    told = falls(view)
    gone = [one for one in told if one.after is None]
    banner = page.locator("[data-testid=open-falls]")
    expect(banner).to_contain_text(f"{len(gone)} edge")
    banner.click()
    listed = page.locator("[data-testid=evidence] .falls li")
    expect(listed).to_have_count(len(told))
    for one in told:
        assert one.before
        item = page.locator(f'.falls li[data-proposition="{one.before.proposition}"]')
        text = item.text_content() or ""
        assert one.before.status.label in text
        assert (one.after.status.label if one.after else "falls") in text
        assert one.before.said in text
    reasons = page.evaluate(REASONS)
    assert {name: why for name, why, _ in reasons} == {one.before.proposition: one.why for one in told if one.before}
    page.keyboard.press("Escape")
    page.wait_for_function("() => !location.search.includes('falls')")

    page.locator("[data-withdrawn='speaker:ferry-keeper'] button").click()
    page.wait_for_function("() => !location.search.includes('without')")
    assert len(agrees(visitor, views).rows) == len(before.rows)
    assert {line["bundle"] for line in visitor.lines()} == lines
    expect(banner).to_have_count(0)


def test_a_reason_that_several_edges_share_is_told_once_with_how_many(visitor: Visitor, views: Views) -> None:
    told = falls(views.through(parse([("without", "document:900-gazette")])))
    visitor.open(f"/?focus={GATE}&without=document:900-gazette&falls=list")
    visitor.page.locator("[data-testid=evidence] .falls li").first.wait_for()
    reasons = visitor.page.evaluate(REASONS)
    assert {name: why for name, why, _ in reasons} == {one.before.proposition: one.why for one in told if one.before}
    shared = Counter((one.after is not None, one.why) for one in told)
    assert max(shared.values()) > 1
    assert sorted(n for _, _, n in reasons if n) == sorted(n for n in shared.values() if n > 1)


def test_long_evidence_and_a_long_list_of_falls_are_cut_with_a_way_to_the_rest(visitor: Visitor, views: Views) -> None:
    def short(route: Route) -> None:
        url = route.request.url
        route.continue_(url=url if "limit=" in url else f"{url}&limit=1")

    page = visitor.page
    for path in ("evidence", "falls"):
        page.route(f"**/api/{path}?**", short)
    line = max(views.through(parse([("entity", GATE)])).focus(GATE).lines, key=lambda line: len(line.claims))
    visitor.open(f"/?focus={GATE}&bundle={line.id}")
    cards = page.locator("[data-testid=evidence] [data-claim]")
    expect(cards).to_have_count(1)
    cut = page.locator("[data-testid=evidence] [data-testid=cut]")
    expect(cut).to_contain_text(f"1 of {len(line.claims)} claims")
    cut.locator("button").click()
    expect(cards).to_have_count(len(line.claims))
    expect(cut).to_have_count(0)
    assert visitor.has_focus("[data-testid=evidence] h2")

    fallen = [one for one in falls(views.through(parse([("without", "document:900-gazette")]))) if one.after is None]
    visitor.open(f"/?focus={GATE}&without=document:900-gazette&falls=list")
    gone = page.locator(".falls li[data-falls]")
    expect(gone).to_have_count(1)
    expect(page.locator("[data-testid=open-falls]")).to_contain_text(f"{len(fallen)} edges fall")
    cut.first.locator("button").click()
    expect(gone).to_have_count(len(fallen))
    expect(cut).to_have_count(0)


def test_what_falls_is_listed_though_the_drawer_was_opened_meanwhile(visitor: Visitor) -> None:
    page = visitor.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/falls?**", hold)
    visitor.page.goto(visitor.served.address.rstrip("/") + f"/?focus={GATE}&without=document:900-gazette&falls=list")
    page.locator("[data-testid=evidence][aria-busy]").wait_for(state="attached", timeout=WAIT)
    page.get_by_role("button", name="SPARQL", exact=True).click()
    page.wait_for_url("**sparql=**")
    for route in held:
        route.continue_()
    page.unroute("**/api/falls?**")
    page.locator(".falls li[data-falls]").first.wait_for(timeout=WAIT)


def test_without_motion_what_falls_is_struck_through_at_once(browser: Browser, served: Served, views: Views) -> None:
    with visiting(browser, served, reduced_motion="reduce") as visitor:
        visitor.open(f"/?focus={GATE}")
        visitor.drawn(GATE)
        page = visitor.page
        expect(page.locator("[data-testid=as-of-play]")).to_be_hidden()
        unfold(visitor, "said")
        page.locator("[data-facet=said] li[data-value=ferry-keeper] .withdraw").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**without=speaker:ferry-keeper**")
        fallen = agrees(visitor, views).focus(GATE).fallen
        badges = page.evaluate("() => window.testimony.around.fallen().map(({ badge }) => badge)")
        assert len(badges) == len(fallen) > 0
        assert all("\u0336" in badge for badge in badges)
        visitor.click_line(visitor.lines()[0]["bundle"])
        gone = "() => window.testimony.around.fallen().map(({ status }) => status)"
        statuses = page.evaluate(gone)
        assert len(statuses) == len(fallen), "they are gone as soon as something is opened"
        page.keyboard.press("Escape")
        page.locator(f"[data-testid=legend] [data-status={statuses[0]}] input").click()
        page.wait_for_url("**hide=**")
        assert page.evaluate(gone) == [status for status in statuses if status != statuses[0]]
        page.locator(f"[data-testid=legend] [data-status={statuses[0]}] input").click()
        page.wait_for_function("(n) => window.testimony.around.fallen().length === n", arg=len(statuses))
        page.locator("#set-aside-parties").check()
        page.wait_for_url("**parties=without**")
        assert len(agrees(visitor, views).rows) < len(views.through(parse([("entity", GATE)])).rows)
        assert visitor.complaints == []


@pytest.mark.parametrize(
    ("facet", "value", "named"),
    [
        ("document", "902-echo", "document:902-echo"),
        ("publisher", "echo", "publisher:echo"),
        ("origin", "halmer-side", "group:halmer-side"),
        ("origin", "ferry-keeper", "speaker:ferry-keeper"),
        ("kind", "analyst-inference", "evidence:analyst-inference"),
    ],
)
def test_every_kind_of_source_can_be_set_aside_by_keys(
    visitor: Visitor, views: Views, facet: str, value: str, named: str
) -> None:
    visitor.open(f"/?focus={GATE}")
    unfold(visitor, facet)
    more = visitor.page.locator(f"[data-key='{facet} more']")
    if more.count():
        more.click()
    visitor.page.locator(f'[data-facet={facet}] li[data-value="{value}"] .withdraw').focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(f"**without={named}**")
    view = agrees(visitor, views)
    assert len(view.rows) < len(views.through(view.lens.kept).rows)
    chip = visitor.page.locator(f"[data-chip='without {named}']")
    chip.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("() => !location.search.includes('without')")
    agrees(visitor, views)


def test_the_lens_is_handed_on_as_sparql(visitor: Visitor, mini_archive: Archive) -> None:
    visitor.open(f"/?focus={GATE}&said=halmer-council")
    visitor.page.locator("[data-testid=as-sparql]").click()
    visitor.page.wait_for_function("() => new URLSearchParams(location.search).get('sparql')")
    text = dict(parse_qsl(urlsplit(visitor.page.url).query))["sparql"]
    rows = Views(mini_archive).through(parse([("entity", GATE), ("said", "halmer-council"), ("hide", "withheld")])).rows
    assert len(mini_archive.store.rows(text).rows) == len(rows)


# ---- everybody ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "context"),
    [
        (f"/?focus={GATE}&said=halmer-council&without=speaker:ferry-keeper&falls=list", {}),
        (f"/?focus={GATE}&lang=ar&kind=party-statement&happened=2031-04..", {"color_scheme": "dark"}),
        (f"/?focus={GATE}&as-of=2031-04-05", {"viewport": {"width": 420, "height": 900}, "has_touch": True}),
    ],
)
def test_the_panel_has_no_serious_finding_of_axe(
    browser: Browser, served: Served, views: Views, path: str, context: dict[str, object]
) -> None:
    with visiting(browser, served, **context) as visitor:
        visitor.open(path)
        agrees(visitor, views)
        visitor.page.evaluate("() => { document.querySelector('.filters-fold').open = true; }")
        for facet in ("document", "kind", "question"):
            visitor.page.evaluate("(f) => { document.querySelector(`[data-facet=${f}]`).open = true; }", facet)
        visitor.page.locator("[data-facet=question] .values").wait_for()
        assert barriers(visitor, {"include": [[".legend"], [".evidence"]]}) == []
        assert visitor.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_under_860_pixels_the_panel_is_a_drawer(browser: Browser, served: Served) -> None:
    with visiting(browser, served, viewport={"width": 420, "height": 800}, has_touch=True) as visitor:
        visitor.open(f"/?focus={GATE}")
        drawer = visitor.page.locator("details.filters-fold")
        visitor.page.locator(".filters-title").wait_for()
        assert not drawer.evaluate("(d) => d.open")
        visitor.page.keyboard.press("f")
        assert drawer.evaluate("(d) => d.open")
        assert visitor.has_focus(".filters-title")


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without the policy"])
def test_labels_from_strangers_stay_text(browser: Browser, tmp_path: Path, policy: bool) -> None:
    count, corpus = iter(range(10**6)), reader.read(MINI)
    (tmp_path / "corpus").mkdir()
    data = {
        "entities.yaml": writer.entities_data(corpus.entities),
        "questions.yaml": writer.questions_data(corpus.questions),
        "origins.yaml": writer.origins_data(corpus.groups),
        **{f"{d.id}.yaml": writer.document_data(d) for d in corpus.documents},
    }
    for name, plain in data.items():
        (tmp_path / "corpus" / name).write_text(writer.emit(poisoned(plain, count)), encoding="utf-8")
    build(tmp_path / "corpus", tmp_path / "build")
    app = application(Archive.open(tmp_path / "build", None))
    with serving(app if policy else without_policy(app)) as server, visiting(browser, server) as visitor:
        told = "said=halmer-council&document=900-gazette,%3Cimg src=x onerror=window.pwned=1%3E"
        visitor.open(f"/?focus={GATE}&{told}&question=gate-opened&without=speaker:ferry-keeper&falls=list")
        page = visitor.page
        page.locator("[data-testid=evidence] .falls li").first.wait_for()
        for facet in page.locator("details.facet").all():
            facet.evaluate("(d) => { d.open = true; }")
        page.wait_for_timeout(300)
        read = page.locator(".legend").inner_text() + page.locator(".evidence").inner_text()
        assert "window.pwned=1" in read
        assert page.evaluate("() => window.pwned") is None
        assert page.locator(".legend img, .legend iframe, .evidence img, .legend script").count() == 0
        assert visitor.complaints == []
        assert visitor.elsewhere == []
