"""The SPARQL drawer in a real browser: by mouse and by keyboard, with what it says about its answers."""

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from browser import Visitor, calm, marks, visiting
from drawer import BARE, LINES, PREFIXES, RUNAWAY, answered, asking, cells, query_in_address, state, type_query
from playwright.sync_api import Browser, Route, expect
from serving import Served, serving

from graph.engine import Limits
from graph.evidence import Archive
from graph.queries import named, named_queries
from graph.service import Live, application
from graph.service.app import STATIC
from graph.vocabulary import ID, vocabulary

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


# ---- opening, running, leaving --------------------------------------------------------------------


def test_by_keyboard_alone_from_the_page_to_an_answer_and_back(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/")
    page.keyboard.press("s")
    page.locator("[data-testid=editor] .cm-content").wait_for()
    expect(page.locator("[data-testid=editor]")).to_be_focused()
    assert query_in_address(visitor) == ""
    page.keyboard.insert_text(LINES)
    page.keyboard.type(" ")  # a letter of the query, no command of the page: "s" and "/" are typed too
    page.keyboard.type("#s/?")
    assert page.locator("[data-testid=drawer]").is_visible()
    page.keyboard.press("Control+Enter")
    answered(visitor)
    assert state(visitor) == "Complete: 8 rows."
    assert query_in_address(visitor) == LINES + " #s/?"

    page.keyboard.press("Tab")
    expect(page.locator("[data-testid=run]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-testid=editor]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=run]")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.locator("[data-testid=drawer]").is_hidden()
    expect(page.locator("[data-testid=drawer-button]")).to_be_focused()
    page.keyboard.press("s")
    assert state(visitor) == "Complete: 8 rows."


def test_by_mouse_and_back_undoes(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/")
    visitor.click("[data-testid=drawer-button]")
    type_query(visitor, "ASK { ?s ?p ?o }")
    visitor.click("[data-testid=run]")
    answered(visitor)
    assert (state(visitor), visitor.texts("[data-testid=answer-truth]")) == ("Yes", ["Yes"])
    type_query(visitor, "ASK { ?s <urn:x:none> ?o }")
    visitor.click("[data-testid=run]")
    expect(page.locator("[data-testid=answer-truth]")).to_have_text("No")
    page.go_back()
    expect(page.locator("[data-testid=answer-truth]")).to_have_text("Yes")
    expect(page.locator("[data-testid=editor] .cm-content")).to_have_text("ASK { ?s ?p ?o }")
    page.go_back()
    expect(page.locator("[data-testid=answer-state]")).to_have_text("Nothing has been asked yet.")
    page.go_back()
    assert page.locator("[data-testid=drawer]").is_hidden()
    assert query_in_address(visitor) is None


def test_an_address_gives_somebody_else_the_same_answer(browser: Browser, served: Served, visitor: Visitor) -> None:
    asking(visitor, LINES)
    with visiting(browser, served) as other:
        other.page.goto(visitor.page.url)
        answered(other)
        assert other.texts("[data-testid=answer-table]") == visitor.texts("[data-testid=answer-table]")


def test_nothing_of_the_drawer_is_loaded_before_it_is_opened(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.open("/")
    assert [url for url in asked if "sparql" in url or "vocabulary" in url or "queries" in url] == []
    visitor.page.keyboard.press("s")
    visitor.page.locator("[data-testid=editor] .cm-content").wait_for()
    assert any("sparql" in url for url in asked)
    sizes = [
        len(gzip.compress(path.read_bytes())) for path in STATIC.rglob("*") if path.suffix in (".js", ".css", ".html")
    ]
    assert sum(sizes) < 400_000


# ---- what an answer is ---------------------------------------------------------------------------


def test_rows_lead_into_the_page_and_show_their_status(visitor: Visitor, mini_archive: Archive) -> None:
    page = visitor.page
    asking(visitor, LINES)
    name = cells(visitor, 0)[0]
    claim = mini_archive.claim(name)
    assert cells(visitor, 0)[1] == claim.subject.id
    glyph = (
        vocabulary()
        .concept("DrawnStatus", vocabulary().name(f"{vocabulary().namespace}{_status(claim)}"))
        .facts["glyph"]
    )
    assert cells(visitor, 0)[2] == f"{glyph}{claim.drawn_status.label}"
    assert cells(visitor, 0)[3] == claim.says
    visitor.click("[data-testid=answer-table] tbody tr:first-child td:nth-child(2) a")
    visitor.drawn(claim.subject.id)
    visitor.click("[data-testid=answer-table] tbody tr:first-child td:nth-child(1) a")
    page.locator(f'[data-testid=claim-card][data-claim="{name}"]').wait_for()
    assert f"claim={name}" in page.url
    assert query_in_address(visitor) == LINES
    assert state(visitor) == "Complete: 8 rows."


def _status(claim: Any) -> str:
    return next(c.name for c in vocabulary().concepts("DrawnStatus").values() if c.notation == claim.drawn_status.id)


def test_content_without_its_status_is_told_plainly(visitor: Visitor) -> None:
    asking(visitor, LINES)
    assert visitor.page.locator("[data-testid=answer-bare]").count() == 0
    for query in (BARE, "ASK { GRAPH ?g { ?s ?p ?o } }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"):
        asking(visitor, query)
        assert "do not show its status" in visitor.texts("[data-testid=answer-bare]")[0]
    with visitor.page.expect_download() as download:
        visitor.click("[data-testid=download-json]")
    assert "alleged-without-status" in download.value.suggested_filename


def test_a_warning_of_the_endpoint_is_shown(visitor: Visitor) -> None:
    asking(visitor, "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }")
    assert "counts over all graphs" in visitor.texts("[data-testid=answer-warning]")[0]


def test_stopped_refused_and_empty_answers_say_what_they_are(visitor: Visitor) -> None:
    asking(visitor, RUNAWAY)
    assert re.fullmatch(r"Stopped after [3-6](\.\d)? s, without an answer\.", state(visitor))
    assert "narrow it" in visitor.texts("[data-testid=answer-error]")[0]
    asking(visitor, "SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }")
    assert state(visitor) == "Refused, not run."
    assert "another machine" in visitor.texts("[data-testid=answer-error]")[0]
    asking(visitor, "SELECT * { ?s <urn:x:none> ?o }")
    assert state(visitor) == "Complete: 0 rows."
    assert "does not mean" in visitor.texts("[data-testid=answer-empty]")[0]


def test_a_truncated_answer_says_at_how_many_rows(visitor: Visitor) -> None:
    query = "SELECT (1 AS ?n) { ?a ?p ?c . ?b ?q ?d }"
    asking(visitor, query)
    assert state(visitor) == "Truncated at 20000 rows: there are more. Narrow the query, or use LIMIT and OFFSET."
    assert "200 of 20000 rows shown." in visitor.texts(".answer-foot")[0]
    visitor.page.locator(".answer-foot button").click()
    expect(visitor.page.locator("[data-testid=answer-table] tbody tr")).to_have_count(400)


def test_constructed_triples_are_text(visitor: Visitor) -> None:
    asking(visitor, PREFIXES + "CONSTRUCT { ?c a say:Claim } { ?c a say:Claim } LIMIT 2")
    assert "2 triples" in state(visitor)
    assert f"{ID}claim/" in visitor.texts("[data-testid=answer-text]")[0]


def test_a_mistake_is_marked_where_it_is(visitor: Visitor) -> None:
    page = visitor.page
    asking(visitor, "SELECT ?s {\n  ?s ?p }\n")
    told = visitor.texts("[data-testid=answer-error]")[0]
    place = re.match(r"Line (\d+), column (\d+): not SPARQL", told)
    assert place, told
    assert page.locator("[data-testid=editor] .cm-lint-marker-error").count() == 1
    assert (
        page.locator("[data-testid=editor] .cm-lintRange-error, [data-testid=editor] .cm-lintPoint-error").count() == 1
    )
    asking(visitor, PREFIXES + "SELECT * { ?s say:contnt ?o }")
    assert visitor.texts("[data-testid=answer-error]")[0].startswith("Line 3: 'contnt', which is not a term")
    type_query(visitor, "ASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-testid=answer-truth]")).to_have_text("Yes")
    assert page.locator("[data-testid=editor] .cm-lint-marker-error").count() == 0


# ---- help with writing ---------------------------------------------------------------------------


def test_completion_knows_the_vocabulary_and_inserts_the_prefix(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/?sparql=")
    editor = page.locator("[data-testid=editor] .cm-content")
    editor.focus()
    page.keyboard.type("SELECT ?c { ?c reportedSta")
    option = page.locator("[data-testid=editor] .cm-tooltip-autocomplete li[aria-selected]")
    expect(option).to_contain_text("say:reportedStatus")
    expect(page.locator("[data-testid=editor] .cm-completionInfo")).to_contain_text(
        vocabulary().definition("reportedStatus")
    )
    page.keyboard.press("Escape")  # closes the list, and does not leave
    expect(editor).to_be_focused()
    page.keyboard.press("Control+Space")
    expect(option).to_contain_text("say:reportedStatus")
    page.wait_for_timeout(120)  # a list that has just come takes no Enter
    page.keyboard.press("Enter")
    text = page.evaluate(
        "() => [...document.querySelector('[data-testid=editor]').shadowRoot.querySelectorAll('.cm-line')].map((l) => l.textContent)"
    )
    assert text[:2] == [f"PREFIX say: <{vocabulary().namespace}>", "SELECT ?c { ?c say:reportedStatus"]


def test_a_list_not_yet_shown_takes_no_key_and_does_not_come_up_later(visitor: Visitor) -> None:
    page = visitor.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/vocabulary*", hold)  # the words are awaited: the list stays to come
    visitor.open("/?sparql=")
    page.locator("[data-testid=editor] .cm-content").focus()
    page.keyboard.type("ASK { ?s ?p reportedSta")
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=run]")).to_be_focused()
    assert held
    with page.expect_response("**/api/vocabulary*"):
        for route in held:
            route.continue_()
    page.wait_for_timeout(400)
    assert page.locator("[data-testid=editor] .cm-tooltip-autocomplete").count() == 0


def test_the_query_shown_as_an_example_runs_as_it_stands(visitor: Visitor) -> None:
    visitor.open("/?sparql=")
    example = visitor.page.locator("[data-testid=editor] [data-testid=example]")
    expect(example).to_contain_text("PREFIX say:")
    asking(visitor, example.text_content() or "")
    assert cells(visitor, 0)


def test_a_named_query_is_run_with_its_parameters_bound(visitor: Visitor) -> None:
    page = visitor.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visitor.open("/?sparql=")
    menu = page.locator("[data-testid=query-menu]")
    expect(menu.locator("option")).to_have_count(1 + len(named_queries()))  # they are asked for
    assert {o.get_attribute("value") for o in menu.locator("option").all()} == {
        "",
        *(f"named {n}" for n in named_queries()),
    }
    menu.select_option("named about")
    expect(page.locator("[data-testid=parameter-entity]")).to_be_focused()
    expect(page.locator(".query-what")).to_have_text(named("about").what)
    page.keyboard.press("Enter")  # not without a value
    assert query_in_address(visitor) == ""
    page.keyboard.type("gate-opening } # ?x")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=answer-error]")).to_contain_text("as entity")
    page.locator("[data-testid=parameter-entity]").fill("gate-opening")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=answer-state]")).to_have_text(re.compile(r"Complete: \d+ rows\."))
    assert query_in_address(visitor) == "query:about?entity=gate-opening"
    assert any(url.endswith("/api/query/about?entity=gate-opening") for url in asked)
    rows = page.locator("[data-testid=answer-table] tbody tr").count()
    page.reload()
    answered(visitor)
    assert page.locator("[data-testid=parameter-entity]").input_value() == "gate-opening"
    assert page.locator("[data-testid=answer-table] tbody tr").count() == rows

    type_query(visitor, "ASK {}")
    expect(page.locator(".query-what")).to_contain_text("Changed")
    expect(page.locator("[data-testid=parameter-entity]")).to_be_disabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-testid=answer-truth]")).to_have_text("Yes")


def test_a_query_is_kept_as_a_lens_opened_and_deleted(visitor: Visitor) -> None:
    page = visitor.page
    asking(visitor, LINES)
    visitor.click("[data-testid=save-query]")
    page.keyboard.type("Eight <b>lines</b>")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=bench-told]")).to_contain_text("Saved in this browser")
    visitor.open("/?sparql=")
    menu = page.locator("[data-testid=query-menu]")
    menu.select_option("own Eight <b>lines</b>")
    expect(page.locator("[data-testid=editor] .cm-content")).to_contain_text("LIMIT 8")
    visitor.click("[data-testid=delete-query]")
    assert menu.locator("option[value^=own]").count() == 0
    assert page.evaluate("() => localStorage.getItem('testimony-queries')") == "[]"


@pytest.mark.parametrize(
    "kept", ["{", '{"a": 1}', '[null, 3, {"name": "", "text": ""}, {"name": 1, "text": "x"}]', None], ids=repr
)
def test_a_browser_that_keeps_nothing_or_nonsense_is_no_failure(visitor: Visitor, kept: str | None) -> None:
    page = visitor.page
    broken = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    page.add_init_script(broken if kept is None else f"localStorage.setItem('testimony-queries', {json.dumps(kept)})")
    asking(visitor, "ASK {}")
    assert page.locator("[data-testid=query-menu] option[value^=own]").count() == 0
    if kept is None:
        visitor.click("[data-testid=save-query]")
        page.keyboard.type("mine")
        page.keyboard.press("Enter")
        expect(page.locator("[data-testid=bench-told]")).to_contain_text("keeps nothing")


def test_a_link_to_the_query_is_copied(browser: Browser, served: Served) -> None:
    with visiting(browser, served, permissions=["clipboard-read", "clipboard-write"]) as visitor:
        visitor.open("/?sparql=")
        type_query(visitor, "ASK {}")
        visitor.click("[data-testid=copy-query]")
        expect(visitor.page.locator("[data-testid=bench-told]")).to_have_text("Copied")
        link = visitor.page.evaluate("() => navigator.clipboard.readText()")
        visitor.page.goto(link)
        answered(visitor)
        assert state(visitor) == "Yes"
