"""What somebody who has never seen the page tries first: a whole question, a side, a source to leave out, a phone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from browser import WAIT, Visitor, calm, marks
from playwright.sync_api import Browser, expect
from serving import Served, page_of

from graph.evidence import Archive
from graph.evidence.weighing import Weighing
from graph.lens import Views, parse

pytestmark = list(marks)


@pytest.fixture(scope="module")
def served(founding: Archive) -> Iterator[Served]:
    with page_of(founding) as server:
        yield server


# ---- questions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("How many prisoners escaped from the prison?", "escapee-count"),
        ("Who says Turkey planned the prison attack?", "who-was-behind-the-attack"),
    ],
)
def test_a_whole_question_is_offered_questions_first_and_enter_opens_one(
    visitor: Visitor, typed: str, question: str
) -> None:
    visitor.open("/")
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type(typed)
    first = visitor.page.locator("[data-testid=results] [role=group]").first
    expect(first).to_have_attribute("data-testid", "results-questions")
    offered = first.locator(f'.result[data-id="{question}"]')
    expect(offered).to_be_in_viewport()
    expect(first.locator(".result").first).to_have_attribute("data-id", question)
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(f"**/?asked={question}&view=questions")


def test_names_stay_first_where_no_question_is_asked(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("prison attack")
    first = visitor.page.locator("[data-testid=results] [role=group]").first
    expect(first).to_have_attribute("data-testid", "results-entities")


def test_the_finder_of_the_questions_folds_and_sets_endings_aside(visitor: Visitor) -> None:
    visitor.open("/?view=questions")
    finder = visitor.page.locator(".view-questions .find, .drawing .find").first
    rows = visitor.page.locator("[data-testid=question-list] [data-question]")
    for typed, question in (
        ("planned", "where-the-attack-was-planned"),
        ("türkiye planned", "who-was-behind-the-attack"),
    ):
        finder.fill(typed)
        expect(visitor.page.locator(f'[data-question="{question}"]')).to_be_visible(timeout=WAIT)
    finder.fill("qqqzzz")
    expect(rows).to_have_count(0)
    finder.fill("")
    expect(rows).not_to_have_count(0)


# ---- a side and its speaker ---------------------------------------------------------------------

SIDE, SPEAKER = "grp-sdf", "sdf"


@pytest.mark.parametrize(
    ("path", "field", "prefix"),
    [
        ("/?view=compare&beside=without", "without", ("group:", "speaker:")),
        ("/?view=compare&beside=speakers", "from", ("", "")),
        ("/?view=table", "withdraw", ("group:", "speaker:")),
    ],
)
def test_a_name_of_a_side_and_of_its_speaker_offers_both_the_side_first(
    visitor: Visitor, path: str, field: str, prefix: tuple[str, str]
) -> None:
    visitor.open(path)
    typed = visitor.page.locator(f"[data-picker={field}]")
    typed.fill("SDF")
    typed.press("Enter")
    offers = visitor.page.locator("[data-offer]")
    expect(offers.first).to_be_visible()
    assert [one.get_attribute("data-offer") for one in offers.all()][:2] == [prefix[0] + SIDE, prefix[1] + SPEAKER]
    told = visitor.texts("[data-offer]")
    assert "as a side: " in told[0]
    assert told[1].endswith("the speaker alone")
    offers.first.click()
    visitor.page.wait_for_function("(side) => location.search.includes(side)", arg=SIDE, timeout=WAIT)


def test_beside_a_speaker_of_a_larger_side_stands_the_press_that_takes_all_of_it(visitor: Visitor) -> None:
    visitor.open("/?view=compare&without=speaker:sdf")
    visitor.click(f'.pickers [data-side="group:{SIDE}"]')
    visitor.page.wait_for_function("() => location.search.includes('without=group:grp-sdf')", timeout=WAIT)
    assert "speaker:sdf" not in visitor.page.url
    visitor.open("/?view=compare&from=sohr&to=sdf")
    visitor.click(f'.pickers [data-side="{SIDE}"]')
    visitor.page.wait_for_function("() => location.search.includes('to=grp-sdf')", timeout=WAIT)
    assert "from=sohr" in visitor.page.url


def test_the_press_of_a_member_falls_with_its_side(founding: Archive) -> None:
    """Who wrote there is no origin of the side, but what its press puts out goes with it."""
    left = Views(founding).through(parse([("without", "group:grp-sdf")]))
    assert founding.register.entities["ypj-info"].organ_of == "ypj"
    assert not {row.document for row in left.rows} & {"002-ypj"}
    assert "003-voa" in {row.document for row in left.rows}


# ---- withdrawing --------------------------------------------------------------------------------


def test_what_withdraws_is_seen_without_a_mouse(visitor: Visitor) -> None:
    visitor.open("/?view=table")
    visitor.page.locator("[data-facet=publisher] summary").click()
    visitor.page.mouse.move(700, 5)
    sign = visitor.page.locator("[data-facet=publisher] button.withdraw").first
    expect(sign).to_be_visible()
    box = sign.bounding_box()
    assert box
    at = {"x": box["x"] + 4, "y": box["y"] + box["height"] / 2}
    assert visitor.page.evaluate(
        "({ x, y }) => Boolean(document.elementFromPoint(x, y)?.closest('button.withdraw'))", at
    )


def test_who_the_parties_are_is_told(visitor: Visitor, founding: Archive) -> None:
    visitor.open("/?view=table")
    visitor.page.locator(".withdrawal .who summary").click()
    names = visitor.page.locator("[data-testid=parties] li")
    expect(names.first).to_be_visible()
    sources = Weighing(founding).sources
    found = sources.parties(Weighing(founding).claims)
    groups = {one.id for one in found if one.kind == "group"}
    assert groups
    assert {founding.register.label(one) for one in groups} <= set(visitor.texts("[data-testid=parties] li"))


# ---- a phone ------------------------------------------------------------------------------------

BROKEN = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll('.answers td, .answers th, .view-table td')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      for (const found of text.data.matchAll(/\\p{L}{3,}/gu)) {
        const range = document.createRange();
        range.setStart(text, found.index);
        range.setEnd(text, found.index + found[0].length);
        if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(found[0]);
      }
    }
  }
  return broken;
}"""


@pytest.mark.parametrize(
    "path", ["/?view=questions&asked=escapee-count", "/?view=questions&asked=killed-count", "/?view=table"]
)
def test_no_table_breaks_a_word_on_a_phone(browser: Browser, served: Served, path: str) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with calm(browser, served, **phone) as visitor:
        visitor.open(path)
        expect(visitor.page.locator("table td").first).to_be_attached()
        assert visitor.page.evaluate(BROKEN) == []
        assert visitor.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_what_is_folded_on_a_phone_shows_that_it_is_folded(browser: Browser, served: Served) -> None:
    with calm(browser, served, viewport={"width": 390, "height": 844}) as visitor:
        visitor.open("/?view=table")
        visitor.page.locator(".filters-title").click()
        sign = "(one) => getComputedStyle(one, '::before').content"
        folded = visitor.page.locator("[data-facet=publisher] > summary")
        assert folded.evaluate(sign) == '"▸"'
        folded.click()
        assert folded.evaluate(sign) == '"▾"'
        assert visitor.page.locator("[data-facet=document] > summary").evaluate(sign) == '"▸"'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_press_changes_what_is_seen(browser: Browser, served: Served, scheme: Any) -> None:
    with calm(browser, served, color_scheme=scheme) as visitor:
        visitor.open("/")
        ground = "() => getComputedStyle(document.body).color"
        before = visitor.page.evaluate(ground)
        visitor.click("[data-testid=theme]")
        assert visitor.page.evaluate(ground) != before
        visitor.click("[data-testid=theme]")
        assert visitor.page.evaluate(ground) == before


# ---- around a name, and in the table ------------------------------------------------------------


def test_what_falls_is_told_for_the_whole_and_for_the_name_that_is_open(visitor: Visitor, served: Served) -> None:
    visitor.open("/?focus=turkish-state&without=group:grp-sdf")
    found = served.get("/api/falls?without=group:grp-sdf&entity=turkish-state&limit=1500")
    ends = [one["before"]["proposition"] for one in found["fallen"]]
    assert len(ends) == found["fallen_total"] > found["here"]["fallen"] > 0
    kept = {
        row["proposition"]
        for row in served.get("/api/edges?entity=turkish-state&without=group:grp-sdf&limit=500")["edges"]
    }
    whole = {row["proposition"] for row in served.get("/api/edges?entity=turkish-state&limit=500")["edges"]}
    assert found["here"]["fallen"] == len(whole - kept)
    expect(visitor.page.locator("[data-testid=falls-banner]")).to_contain_text("edges fall", timeout=2 * WAIT)
    told = visitor.texts("[data-testid=falls-banner]")[0]
    assert f"{found['fallen_total']} edges fall" in told
    assert f"{found['here']['fallen']} of those that fall are around {found['here']['label']}" in told


def test_a_pressed_row_stays_where_it_is_and_the_evidence_opens_at_it(visitor: Visitor) -> None:
    visitor.open("/?view=table")
    row = visitor.page.locator("tbody tr[data-proposition]").nth(150)
    row.scroll_into_view_if_needed()
    before, name = row.bounding_box(), row.get_attribute("data-proposition")
    count = visitor.page.locator("tbody tr").count()
    row.click()
    visitor.page.locator("[data-testid=evidence][data-evidence]").wait_for()
    visitor.settled()
    after = row.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 3
    assert visitor.page.locator("tbody tr").count() == count
    expect(row).to_have_attribute("aria-selected", "true")
    assert visitor.page.locator("tbody tr[aria-selected=true]").count() == 1
    shown = visitor.page.locator(f'[data-testid=evidence] [id$="{name}"]').first
    expect(shown).to_be_in_viewport()


def test_names_that_hold_a_comma_are_parted_by_something_else(visitor: Visitor) -> None:
    visitor.open("/?view=table")
    said = visitor.texts("tbody tr td:nth-child(5)")
    assert any(re.search(r"\(unsigned\), [^;]+; ", one) for one in said)


def test_another_language_says_what_is_translated(visitor: Visitor) -> None:
    note = visitor.page.locator("[data-testid=language-note]")
    visitor.open("/?lang=ar")
    expect(note).to_contain_text("Only names and status words are translated")
    visitor.open("/")
    expect(note).to_be_hidden()


# ---- names to begin with ------------------------------------------------------------------------


def test_ways_begin_with_the_names_that_most_is_said_of(visitor: Visitor) -> None:
    visitor.open("/?view=paths")
    offered = visitor.page.locator("[data-testid=offered] a")
    begin = offered.first.get_attribute("data-id")
    offered.first.click()
    visitor.page.wait_for_url(f"**/?from={begin}&view=paths")
    expect(visitor.page.locator(f'[data-testid=offered] a[data-id="{begin}"]')).to_have_count(0)
    end = offered.first.get_attribute("data-id")
    offered.first.click()
    visitor.page.wait_for_url(f"**/?from={begin}&to={end}&view=paths")
    expect(visitor.page.locator("[data-testid=ways] .way").first).to_be_visible()
    expect(offered).to_have_count(0)


# every text that is written into a picture, with the size at which it is seen
WRITTEN = """
window.told = [];
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
  window.told.push([text.replace(/[\\u2066-\\u2069]/g, ''), parseFloat(/([\\d.]+)px/.exec(this.font)[1]) * this.getTransform().a / devicePixelRatio]);
  return write.call(this, text, ...at);
};
"""


def test_with_all_lines_around_a_name_each_name_is_still_written_to_be_read(browser: Browser, served: Served) -> None:
    with calm(browser, served) as visitor:
        visitor.page.set_viewport_size({"width": 1366, "height": 768})
        visitor.page.add_init_script(WRITTEN)
        visitor.open("/?focus=hasakah-prison-attack&lines=all&hide=none")
        visitor.drawn("hasakah-prison-attack")
        visitor.page.wait_for_function("() => window.told.length > 100")
        told = dict(visitor.page.evaluate("() => window.told"))
    for name in ("vehicle bomb", "National Intelligence Organisation of…", "freeing of thousands of fighters"):
        assert told[name] > 7, f"{name}: {told[name]} pixels"


def test_from_afar_the_whole_graph_tells_the_names_that_most_is_said_of(browser: Browser, served: Served) -> None:
    with calm(browser, served) as visitor:
        visitor.page.add_init_script(WRITTEN)
        visitor.open("/?view=whole")
        visitor.page.wait_for_function("() => window.told.length > 0")
        told = " ".join(text for text, _ in visitor.page.evaluate("() => window.told"))
    for name in ("attack on al-Sina'a", "ISIS (Islamic State)", "reported talks in"):
        assert name in told


def test_what_a_name_is_also_called_stands_once_with_the_documents_that_call_it_so(visitor: Visitor) -> None:
    visitor.open("/?focus=turkish-state")
    rows = visitor.page.locator(".aliases li")
    expect(rows.first).to_be_visible()
    wordings = rows.locator(".wording").all_text_contents()
    assert sorted(wordings) == sorted(set(wordings))
    ankara = rows.filter(has_text="Ankara").locator("[data-document]")
    assert ankara.count() > 1
    document = ankara.first.get_attribute("data-document")
    ankara.first.click()
    visitor.page.wait_for_url(f"**doc={document}**")
    expect(visitor.page.locator("[data-testid=close-document]")).to_be_visible()
