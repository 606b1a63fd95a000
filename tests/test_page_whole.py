"""The whole graph in a real browser: drawn truly at every zoom, pressed, walked, cut by its address."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

import pytest
from browser import WAIT, Visitor, marks
from playwright.sync_api import expect
from serving import Served, page_of

from graph.evidence import Archive
from graph.vocabulary import vocabulary

pytestmark = list(marks)

ATTACK = "hasakah-prison-attack"
DRAWN = "[data-testid=whole-drawn]"
# For every straight line long enough on the screen, how much of its middle shows the ground. Other lines cross it, so
# that only the median over the lines of a status tells something.
GAPS = """() => {
  const { whole } = window.testimony;
  const canvas = document.querySelector('.scene');
  const [box, brush] = [canvas.getBoundingClientRect(), canvas.getContext('2d')];
  const { data, width } = brush.getImageData(0, 0, canvas.width, canvas.height);
  const ground = [...data.slice(0, 3)];
  const at = ({ x, y }) => { const i = 4 * (Math.round(y - box.top) * width + Math.round(x - box.left)); return [...data.slice(i, i + 3)]; };
  const far = (one, other) => one.reduce((sum, each, i) => sum + Math.abs(each - other[i]), 0);
  return whole.lines().filter((line) => line.points.length === 2).flatMap(({ status, points }) => {
    const [from, to] = points.map(whole.screen);
    const long = Math.hypot(to.x - from.x, to.y - from.y);
    if (long < 30 || [from, to].some((p) => p.x < box.left || p.x > box.right || p.y < box.top || p.y > box.bottom)) return [];
    const shares = Array.from({ length: Math.floor(long) }, (_, i) => i / long).filter((t) => t > 0.2 && t < 0.8);
    const across = { x: (from.y - to.y) / long, y: (to.x - from.x) / long };
    const on = (t, off) => at({ x: from.x + (to.x - from.x) * t + off * across.x, y: from.y + (to.y - from.y) * t + off * across.y });
    const bare = shares.filter((t) => [-1, 0, 1].every((off) => far(on(t, off), ground) < 60));
    return [{ status, bare: bare.length / shares.length }];
  });
}"""


# Of each orange line that has room for a sign, whether there is ink where the sign stands.
INK = """(which) => {
  const picture = window.testimony[which];
  const canvas = document.querySelector(which === 'whole' ? '[data-testid=whole-graph] canvas' : '[data-testid=graph] canvas');
  const [box, brush] = [canvas.getBoundingClientRect(), canvas.getContext('2d')];
  const { data, width } = brush.getImageData(0, 0, canvas.width, canvas.height);
  const grey = (x, y) => { const i = 4 * (Math.round(y - box.top) * width + Math.round(x - box.left)); const of = [...data.slice(i, i + 3)]; return Math.max(...of) - Math.min(...of) < 50 && Math.max(...of) < 190; };
  return picture.lines().filter(({ status, points }) => ['conjecture', 'insinuated'].includes(status) && points.length === 2).flatMap(({ points, badgeAt }) => {
    const [from, to] = points.map(picture.screen);
    const long = Math.hypot(to.x - from.x, to.y - from.y);
    const share = badgeAt === null ? 0.5 : badgeAt / Math.hypot(points[1].x - points[0].x, points[1].y - points[0].y);
    const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    if (long < 24 || at.x < box.left + 9 || at.x > box.right - 9 || at.y < box.top + 9 || at.y > box.bottom - 9) return [];
    const around = Array.from({ length: 81 }, (_, i) => [at.x - 4 + (i % 9), at.y - 4 + Math.floor(i / 9)]);
    return [around.some(([x, y]) => grey(x, y))];
  });
}"""


@pytest.fixture(scope="module")
def served(founding: Archive) -> Iterator[Served]:
    with page_of(founding) as server:
        yield server


def look(visitor: Visitor, path: str) -> None:
    visitor.page.goto(visitor.served.address.rstrip("/") + path)
    visitor.page.wait_for_function("() => window.testimony?.whole?.lines().length", timeout=4 * WAIT)
    visitor.settled()


def lines(visitor: Visitor) -> list[str]:
    found: list[str] = visitor.page.evaluate("() => window.testimony.whole.lines().map((line) => line.id)")
    return found


def painted(visitor: Visitor) -> None:
    visitor.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def pressed(visitor: Visitor, which: str) -> str:
    """Press the first line or name that is free to be pressed: its id."""
    found = visitor.page.evaluate(
        f"() => {{ const {{ whole }} = window.testimony; const {{ id }} = whole.{which}().findLast(({{ id }}) => whole.point(id));"
        " return { id, ...whole.point(id) }; }"
    )
    visitor.click_at(found["x"], found["y"])
    return str(found["id"])


def test_the_address_says_how_many_lines_and_back_undoes(visitor: Visitor) -> None:
    look(visitor, "/?view=whole")
    expect(visitor.page.locator(DRAWN)).to_contain_text("400 of ")
    total = int(visitor.page.locator(DRAWN).text_content().split(" of ")[1].split()[0])
    visitor.page.locator("[data-testid=whole-more]").click()
    expect(visitor.page.locator(DRAWN)).to_contain_text(f"{total} of {total}")
    assert visitor.page.url.endswith("?view=whole&lines=all")
    assert len(lines(visitor)) == total
    visitor.page.go_back()
    expect(visitor.page.locator(DRAWN)).to_contain_text("400 of ")
    look(visitor, "/?view=whole&lines=all")
    assert len(lines(visitor)) == total
    look(visitor, "/?view=whole&lines=25")
    assert len(lines(visitor)) == 25


@pytest.mark.parametrize("lines_", ["0", "-3", "many", "1e9", ""])
def test_what_is_no_number_of_lines_is_ignored(visitor: Visitor, lines_: str) -> None:
    look(visitor, f"/?view=whole&lines={lines_}")
    expect(visitor.page.locator(DRAWN)).to_contain_text("400 of ")


def test_a_cut_around_a_name_is_lifted_by_a_key_and_stands_in_the_address(visitor: Visitor, founding: Archive) -> None:
    total = founding.focus(ATTACK).total
    visitor.open(f"/?focus={ATTACK}&hide=none")
    visitor.drawn(ATTACK)
    drawn, more = visitor.page.locator(".graph-pane .drawn"), visitor.page.locator("[data-testid=around-more]")
    expect(drawn).to_have_text(f"40 of {total} lines drawn")
    expect(more).to_have_text(f"draw {total}")
    more.focus()
    visitor.page.keyboard.press("Enter")
    expect(drawn).to_have_text(f"{total} of {total} lines drawn", timeout=WAIT)
    assert len(visitor.lines()) == total
    assert visitor.has_focus("[data-testid=around-more]")
    assert visitor.page.url.endswith("&lines=all")
    visitor.page.reload()
    visitor.drawn(ATTACK)
    assert len(visitor.lines()) == total
    visitor.page.go_back()
    expect(drawn).to_have_text(f"40 of {total} lines drawn", timeout=WAIT)


def test_an_address_says_how_many_lines_are_drawn_around_a_name(visitor: Visitor) -> None:
    visitor.open(f"/?focus={ATTACK}&lines=12&hide=none")
    visitor.drawn(ATTACK)
    assert len(visitor.lines()) == 12
    visitor.open("/?focus=us-government&hide=none")
    visitor.drawn("us-government")
    assert not visitor.page.locator("[data-testid=around-more]").is_visible(), "nothing is cut"


def test_what_is_drawn_around_one_name_says_nothing_of_the_next(visitor: Visitor) -> None:
    visitor.open(f"/?focus={ATTACK}&lines=12&hide=none")
    visitor.drawn(ATTACK)
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("Hasakah")
    visitor.page.locator("[role=option]").first.wait_for(timeout=WAIT)
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("(id) => !location.search.includes(id)", arg=ATTACK, timeout=WAIT)
    assert "lines=" not in visitor.page.url


def test_from_afar_a_dash_is_still_a_dash_and_nothing_else_is(visitor: Visitor) -> None:
    look(visitor, "/?view=whole&lines=300")
    visitor.page.locator("[data-testid=whole-graph]").focus()
    for _ in range(2):
        visitor.page.keyboard.press("-")
    painted(visitor)
    held: dict[str, list[float]] = defaultdict(list)
    for one in visitor.page.evaluate(GAPS):
        held[one["status"]].append(one["bare"])
    dashed = {c.notation: bool(c.facts["dashPattern"].strip()) for c in vocabulary().concepts("DrawnStatus").values()}
    found = {status: median(shares) for status, shares in held.items() if len(shares) >= 3}
    assert {status for status in found if dashed[status]} >= {"conjecture", "no-origin-shown", "insinuated"}
    assert [status for status, bare in found.items() if dashed[status] and bare < 0.08] == []
    assert [status for status, bare in found.items() if not dashed[status] and bare > 0.05] == []


@pytest.mark.parametrize(("path", "which"), [("/?view=whole", "whole"), (f"/?focus={ATTACK}&lines=all", "around")])
def test_from_afar_a_line_still_has_its_sign(visitor: Visitor, path: str, which: str) -> None:
    visitor.open(path)
    visitor.page.wait_for_function(f"() => window.testimony?.{which}?.lines().length", timeout=4 * WAIT)
    visitor.settled()
    painted(visitor)
    found = visitor.page.evaluate(INK, which)
    assert len(found) > 20
    assert sum(found) > 0.9 * len(found)


def test_a_picture_let_go_of_outside_stays(visitor: Visitor) -> None:
    look(visitor, "/?view=whole")
    box = visitor.page.locator("[data-testid=whole-graph]").bounding_box()
    place = "() => window.testimony.whole.screen({ x: 0, y: 0 })"
    visitor.page.mouse.move(box["x"] + 200, box["y"] + 2)
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + 200, box["y"] - 30)
    visitor.page.mouse.up()
    before = visitor.page.evaluate(place)
    visitor.page.mouse.move(box["x"] + 300, box["y"] + 200, steps=4)
    assert visitor.page.evaluate(place) == before


def test_a_line_opens_its_evidence_and_a_name_its_picture(visitor: Visitor) -> None:
    look(visitor, "/?view=whole")
    line = pressed(visitor, "lines")
    visitor.evidence(line)
    visitor.page.keyboard.press("Escape")
    name = pressed(visitor, "names")
    visitor.drawn(name)


def test_the_wheel_zooms_about_the_pointer_and_a_drag_opens_nothing(visitor: Visitor) -> None:
    look(visitor, "/?view=whole")
    place = "() => { const { names, screen } = window.testimony.whole; return screen(names().at(-1)); }"
    at = visitor.page.evaluate(place)
    visitor.page.mouse.move(at["x"], at["y"])
    visitor.page.mouse.wheel(0, -300)
    one = "() => { const s = window.testimony.whole.screen; return s({ x: 1, y: 0 }).x - s({ x: 0, y: 0 }).x; }"
    before = visitor.page.evaluate(one)
    visitor.page.wait_for_timeout(100)
    assert visitor.page.evaluate(place) == pytest.approx(at, abs=1)
    visitor.page.mouse.wheel(0, 300)
    visitor.page.wait_for_function(f"(before) => ({one})() < before", arg=max(before, visitor.page.evaluate(one)))
    visitor.page.mouse.down()
    visitor.page.mouse.move(at["x"] + 60, at["y"] + 30, steps=4)
    visitor.page.mouse.up()
    moved = visitor.page.evaluate(place)
    assert moved == pytest.approx({"x": at["x"] + 60, "y": at["y"] + 30}, abs=1)
    assert visitor.page.url.endswith("?view=whole")


def test_what_a_withdrawal_fells_falls_and_places_stay(visitor: Visitor) -> None:
    look(visitor, "/?view=whole&lines=all")
    places = "() => Object.fromEntries(window.testimony.whole.names().map(({ id, x, y }) => [id, `${x} ${y}`]))"
    before, at = set(lines(visitor)), visitor.page.evaluate(places)
    visitor.page.evaluate(
        "() => { history.pushState(null, '', '?view=whole&lines=all&without=speaker:sdf'); dispatchEvent(new PopStateEvent('popstate')); }"
    )
    visitor.page.wait_for_function(
        "(before) => window.testimony.whole.lines().length < before", arg=len(before), timeout=4 * WAIT
    )
    after = visitor.page.evaluate(places)
    assert before - set(lines(visitor))
    assert after == {name: at[name] for name in after}


def test_evidence_that_is_on_its_way_comes_though_the_view_is_changed_meanwhile(visitor: Visitor) -> None:
    look(visitor, "/?view=whole")
    line = lines(visitor)[0]
    visitor.page.evaluate(
        "(bundle) => { for (const view of ['whole', 'table']) { history.pushState(null, '', `?view=${view}&bundle=${bundle}`);"
        " dispatchEvent(new PopStateEvent('popstate')); } }",
        line,
    )
    visitor.evidence(line)
