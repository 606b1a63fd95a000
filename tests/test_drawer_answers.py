"""Answers in the SPARQL drawer as graph, chart and file; text from strangers in them; readers of every kind."""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser import AXE, Visitor, barriers, calm, marks, visiting
from drawer import LINES, PREFIXES, answered, asking, cells, query_in_address
from pages import PAYLOADS, hostile_corpus, without_policy
from playwright.sync_api import Browser, expect
from serving import Served, serving

from graph.build import build
from graph.engine import Limits
from graph.evidence import Archive
from graph.lens import Lens, Views
from graph.service import Live, application

pytestmark = list(marks)


@pytest.fixture(scope="module")
def served(mini_archive: Archive) -> Iterator[Served]:
    live = Live(mini_archive, Limits(seconds=3, workers=1))
    with serving(application(live)) as server:
        yield server
    live.close()


@pytest.fixture
def visitor(browser: Browser, served: Served) -> Iterator[Visitor]:
    with calm(browser, served, unless="Failed to load resource") as reader:
        yield reader


# ---- graph, chart, files -------------------------------------------------------------------------


def test_rows_with_claims_are_drawn_and_open_their_evidence(visitor: Visitor, mini_archive: Archive) -> None:
    page = visitor.page
    asking(visitor, LINES)
    names = [cells(visitor, at)[0] for at in range(8)]
    _, expected = Views(mini_archive).through(Lens()).picture_of(names, [])
    visitor.click("[data-testid=answer-graph-tab]")
    page.locator("[data-testid=answer-graph]").wait_for()
    visitor.settled()
    assert f"{len(expected.lines)} of {len(expected.lines)} lines drawn" in visitor.texts(".answer-picture .drawn")
    page.locator("[data-testid=answer-graph]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("[data-testid=claim-card]").first.wait_for()
    assert query_in_address(visitor) == LINES
    visitor.page.locator("[data-legend=conjecture]").first.uncheck()
    left = sum(b.status not in ("conjecture", "withheld") for b in expected.lines)
    expect(page.locator(".answer-picture .drawn")).to_have_text(f"{left} of {len(expected.lines)} lines drawn")


def test_rows_without_claims_are_not_drawn_and_the_page_says_why(visitor: Visitor) -> None:
    asking(visitor, "SELECT DISTINCT ?type { ?s a ?type }")
    visitor.click("[data-testid=answer-graph-tab]")
    assert visitor.texts("[data-testid=answer-why-not]")[0].startswith("No graph: no row holds a claim")
    visitor.click("[data-testid=answer-chart-tab]")
    assert visitor.texts("[data-testid=answer-why-not]")[0].startswith(
        "No chart: no column holds only numbers (?type)."
    )


WHY_NO_CHART = {
    "SELECT ?s { ?s a <urn:nothing> }": "No chart: the answer has no row.",
    "SELECT (COUNT(*) AS ?n) { ?s a ?type }": "No chart: only numbers, and nothing to name the bars by (?n).",
}


@pytest.mark.parametrize("query", WHY_NO_CHART)
def test_what_cannot_be_a_chart_says_why(visitor: Visitor, query: str) -> None:
    asking(visitor, query)
    visitor.click("[data-testid=answer-chart-tab]")
    assert visitor.texts("[data-testid=answer-why-not]")[0].startswith(WHY_NO_CHART[query])


MANY = 'SELECT ?who ?told { VALUES (?who ?told) { ("one" 137) ("two" -40) ("three" 0) ("four" 12.5) } }'


def test_axes_bear_the_names_of_the_variables_and_bars_their_values(visitor: Visitor) -> None:
    asking(visitor, MANY)
    visitor.click("[data-testid=answer-chart-tab]")
    visitor.page.locator(".bars").wait_for()
    titles = {
        axis: visitor.page.locator(f".bars [data-axis={axis}] title").text_content() for axis in ("names", "numbers")
    }
    assert titles == {"names": "who", "numbers": "told"}
    assert visitor.texts(".bars .bar-figure") == ["137", "-40", "0", "12.5"]
    assert visitor.texts(".bars .bar-tick") == ["0", "50", "100"]
    tick = {value: _middle(visitor, f".bar-tick:text-is('{value}')") for value in ("0", "50", "100")}
    assert tick["100"] - tick["50"] == pytest.approx(tick["50"] - tick["0"], abs=1)
    negative = visitor.page.locator(".bar-body").nth(1).bounding_box()
    assert negative
    assert negative["x"] + negative["width"] == pytest.approx(tick["0"], abs=1)


def test_an_address_that_names_a_bar_is_cut_where_it_tells_nothing(visitor: Visitor) -> None:
    long = f"https://example.org/{'a' * 40}/end"
    asking(visitor, f'SELECT ?what ?n {{ VALUES (?what ?n) {{ (<{long}> 3) ("{"b" * 40}" 2) }} }}')
    visitor.click("[data-testid=answer-chart-tab]")
    visitor.page.locator(".bars").wait_for()
    names = visitor.page.locator(".bars .bar-name:not(.bar-axis)").evaluate_all(
        "(all) => all.map((e) => e.lastChild.data)"
    )
    assert [name.strip("\u2068\u2069") for name in names] == [f"…{'a' * 27}/end", f"{'b' * 31}…"]


def _middle(visitor: Visitor, selector: str) -> float:
    box = visitor.page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2


def test_names_and_numbers_are_bars_with_a_table_beside_them(visitor: Visitor) -> None:
    page = visitor.page
    asking(visitor, "query:statuses")
    page.locator("[data-testid=answer-table-tab]").focus()
    page.keyboard.press("ArrowLeft")  # round to the last
    page.locator("[data-testid=answer-chart]").wait_for()
    rows = [list(map(str.strip, row)) for row in _named_rows(visitor)]
    page.locator("[data-testid=answer-chart] summary").click()
    shown = [row.locator("td").all_text_contents() for row in page.locator("[data-testid=chart-table] tbody tr").all()]
    assert [row[1] for row in shown] == [row[2] for row in rows]
    widths = [float(bar.get_attribute("width") or 0) for bar in page.locator(".bar-body").all()]
    numbers = [int(row[2]) for row in rows]
    assert widths.index(max(widths)) == numbers.index(max(numbers))
    assert all(
        (a <= b) == (w <= v)
        for a, w in zip(numbers, widths, strict=True)
        for b, v in zip(numbers, widths, strict=True)
        if a != b
    )
    page.locator("[data-testid=answer-chart] select").select_option(label="claims")
    page.locator("[data-testid=answer-chart] summary").click()
    claims = [
        row.locator("td").nth(1).text_content() for row in page.locator("[data-testid=chart-table] tbody tr").all()
    ]
    assert claims == [row[3] for row in rows]


def _named_rows(visitor: Visitor) -> list[list[str]]:
    rows: list[list[str]] = visitor.served.get("/api/queries/statuses")["rows"]
    return rows


@pytest.mark.parametrize(
    ("format_", "media"),
    [("csv", "text/csv"), ("tsv", "text/tab-separated-values"), ("json", "application/sparql-results+json")],
)
def test_a_file_has_the_bytes_of_the_endpoint(visitor: Visitor, served: Served, format_: str, media: str) -> None:
    asking(visitor, LINES)
    with visitor.page.expect_download() as download:
        visitor.click(f"[data-testid=download-{format_}]")
    assert download.value.suggested_filename == f"testimony-answer.{format_}"
    told = served.ask(f"/sparql?query={quote(LINES)}", headers={"accept": media}).body
    mark = codecs.BOM_UTF8 if format_ == "csv" else b""  # for spreadsheets
    assert Path(download.value.path()).read_bytes() == mark + told


# ---- safety, and readers of every kind -----------------------------------------------------------


@pytest.mark.parametrize(
    "policy",
    [pytest.param(True, id="with the policy"), pytest.param(False, id="without the policy", marks=pytest.mark.slow)],
)
def test_text_from_strangers_stays_text_in_answers(browser: Browser, tmp_path: Path, policy: bool) -> None:
    (tmp_path / "corpus").mkdir()
    hostile_corpus(tmp_path / "corpus")
    build(tmp_path / "corpus", tmp_path / "build")
    live = Live(Archive.open(tmp_path / "build", None))
    app = application(live)
    texts = " ".join(f'("{number}{json.dumps(payload)[1:-1]}" {number})' for number, payload in enumerate(PAYLOADS, 1))
    query = (
        PREFIXES
        + f"SELECT ?text ?n ?claim {{ {{ VALUES (?text ?n) {{ {texts} }} }} UNION {{ ?u say:says ?text . ?claim say:ofUtterance ?u }} }}"
    )
    names = json.dumps(json.dumps([{"name": payload, "text": payload} for payload in PAYLOADS]))
    with serving(app if policy else without_policy(app)) as server, visiting(browser, server) as visitor:
        visitor.page.add_init_script(f"localStorage.setItem('testimony-queries', {names})")
        asking(visitor, query)
        read = visitor.page.locator("body").inner_text()
        assert [payload for payload in PAYLOADS if payload not in read] == []
        for view in ("chart", "graph"):
            visitor.click(f"[data-testid=answer-{view}-tab]")
            visitor.settled()
        for payload in PAYLOADS[:3]:
            visitor.page.locator("[data-testid=query-menu]").select_option(f"own {payload}")
            visitor.click("[data-testid=run]")
            answered(visitor)
        assert visitor.page.evaluate("() => window.pwned") is None
        assert visitor.elsewhere == []
        assert [line for line in visitor.complaints if "400" not in line] == []
    live.close()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
@pytest.mark.parametrize(("scheme", "lang"), [("light", "en"), ("dark", "ar")])
def test_nothing_serious_is_found_by_axe(browser: Browser, served: Served, scheme: Any, lang: str) -> None:
    with visiting(browser, served, color_scheme=scheme) as visitor:
        asking(visitor, "query:about?entity=gate-opening", lang=lang)
        for view in ("table", "graph", "chart"):
            visitor.click(f"[data-testid=answer-{view}-tab]")
            visitor.settled()
            assert barriers(visitor, "#drawer") == [], view
        asking(visitor, "SELECT ?s {\n  ?s ?p }\n", lang=lang)
        assert barriers(visitor, "#drawer") == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_narrow_nothing_sticks_out(browser: Browser, served: Served, lang: str) -> None:
    with visiting(browser, served, viewport={"width": 420, "height": 800}, has_touch=True) as visitor:
        for query in (LINES, "query:statuses", "SELECT"):
            asking(visitor, query, lang=lang)
            assert visitor.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), query
            box = visitor.page.locator("[data-testid=run]").bounding_box()
            assert box
            assert 0 <= box["x"] < 420
