"""What a notebook shows, in every front end: escaped, inert, whole, and the same after conversion."""

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import marks
from corpora import MINI
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from pages import PAYLOADS, hostile_corpus
from playwright.sync_api import Browser, Page, Route

from graph.build import build
from graph.errors import LensError, MissingPackageError, NotFoundError, QueryError
from graph.evidence import Archive
from graph.lens import Lens
from graph.network import focus_page
from graph.notebook import Graph, Table, Told, open, open_graph
from graph.notebook.display import Shown, attribute, frame

ENTITY = "gate-opening"


def browsed(test: Any) -> Any:
    """A test in a real browser, left out where there is none."""
    for mark in marks:
        test = mark(test)
    return test


@pytest.fixture(scope="module")
def g(mini_archive: Archive) -> Graph:
    return Graph(mini_archive)


def _everything(g: Graph) -> dict[str, Shown]:
    """One of each thing that can be shown."""
    return {
        "graph": g,
        "view": g.without(publishers="courier"),
        "known": g.as_of("2031-04-06"),
        "queries": g.queries(),
        "rows": g.query("about", entity=ENTITY),
        "trace": g.trace("900-c1.1"),
        "evidence": g.evidence(ENTITY),
        "origins": g.origins(ENTITY),
        "disagreements": g.disagreements(),
        "question": g.disagreements("verrin-part"),
        "timeline": g.timeline(),
        "figure": g.figure("held-in-lockhouse"),
        "focus": g.focus(ENTITY),
        "picture": g.to_pyvis(ENTITY),
    }


@pytest.fixture(scope="module")
def shown(g: Graph) -> dict[str, Shown]:
    return _everything(g)


# ---- what is shown is what is held ------------------------------------------------------------------


def test_everything_has_text_and_html_and_pictures_are_svg_too(shown: dict[str, Shown]) -> None:
    for name, one in shown.items():
        bundle = one._repr_mimebundle_()
        assert bundle["text/plain"] == repr(one), name
        assert bundle["text/html"], name
        assert ("image/svg+xml" in bundle) == (name in ("timeline", "figure", "focus")), name


def test_claims_shown_are_claims_held(g: Graph, mini_archive: Archive) -> None:
    held = {claim.claim for claim in mini_archive.all_claims()}
    assert {claim.claim for claim in g.claims()} == held
    assert {key for *_, key in g.network().edges(keys=True)} == held
    about = {row["claim"] for row in g.query("about", entity=ENTITY)}
    assert len(about) > 10
    evidence, focus = g.evidence(ENTITY), g.focus(ENTITY, limit=500)
    for claims in (g.claims(ENTITY), evidence.claims, focus.claims, g.to_pyvis(ENTITY).claims):
        assert {claim.claim for claim in claims if not claim.retracted} == about
    for name in about:
        assert name in repr(evidence)
        assert name in repr(focus)
        assert name in focus.html()


def test_no_row_is_without_status_and_source(g: Graph) -> None:
    for one in (g.timeline(), g.figure("held-in-lockhouse"), g.focus(ENTITY), g.to_pyvis(ENTITY)):
        text, page = repr(one), one.html()
        for claim in one.claims:
            line = next(line for line in text.splitlines() if f", {claim.claim}]" in line)
            assert claim.drawn_status.label in line
            assert claim.reported_status.label in line
            assert re.search(rf"{re.escape(claim.chain[-1].speaker.label)}(?: denies)? › ", line)
            row = next(row for row in page.split("<tr") if f", {claim.claim}</td>" in row)
            assert f"{claim.drawn_status.label}" in row
            assert f"› {claim.document.id}" in row


def test_a_small_focus_says_of_how_many_it_is(g: Graph) -> None:
    focus = g.focus(ENTITY, limit=2)
    total = len(g.claims(ENTITY))
    assert f"of {total} claims on 2 of" in repr(focus)
    assert f"of {total} claims on 2 of" in focus.svg()


# ---- views ------------------------------------------------------------------------------------------


def test_a_view_is_redrawn_over_what_stands_and_tells_what_fell(g: Graph) -> None:
    left = g.without(publishers="courier")
    assert "courier" not in {c.document.publisher.id for c in left.claims()}
    assert {c.claim for c in left.claims()} < {c.claim for c in g.claims()}
    fell = {told.before.proposition for told in left.fell if told.before}
    assert fell == {c.proposition for c in g.claims()} - {c.proposition for c in left.claims()}
    before = {c.proposition: c.drawn_status.id for c in g.claims()}
    again = {told.before.proposition for told in left.restated if told.before}
    assert again == {c.proposition for c in left.claims() if c.drawn_status.id != before[c.proposition]}
    assert again
    assert fell
    for told in (*left.fell, *left.restated):
        assert told.before
        assert told.before.status.label in repr(left)
        assert told.before.said


def test_views_add_up_and_the_graph_stays_what_it_was(g: Graph) -> None:
    text = repr(g)
    one = g.without(publishers="courier").as_of("2031-04-06")
    other = g.as_of("2031-04-06").without(publishers="courier")
    assert [c.claim for c in one.claims()] == [c.claim for c in other.claims()]
    assert one.lens == other.lens
    assert g.as_of("2031-04-06").as_of("2032").lens == g.as_of("2031-04-06").lens, "no later date brings anything back"
    assert repr(g) == text
    assert g.lens == Lens()


def test_a_least_number_of_origins_hides_edges_and_what_was_hidden_cannot_fall(g: Graph) -> None:
    two = g.without(minimum=2)
    assert {c.proposition for c in two.claims()} < {c.proposition for c in g.claims()}
    assert two.without(minimum=2).fell == ()
    assert "fewer than 2" in repr(two)
    assert set(two.timeline().claims) <= set(two.claims())
    hidden = {c.claim for c in g.claims()} - {c.claim for c in two.claims()}
    for one in (two.disagreements(), two.figure("held-in-lockhouse"), two.evidence(ENTITY)):
        for name in hidden:
            assert not re.search(rf"\b{re.escape(name)}\b(?!\.)", repr(one).replace("contests", "")), name


def test_origins_of_a_view_are_those_that_stand(g: Graph) -> None:
    left = g.without(publishers="courier")
    assert "901-courier" in repr(g.origins("verrin-council", limit=99))
    assert "901-courier" not in repr(left.origins("verrin-council", limit=99))
    assert "limit=" in repr(g.origins("verrin-council", limit=1))


def test_what_a_view_cannot_do_it_says(g: Graph) -> None:
    left = g.without(publishers="courier")
    with pytest.raises(QueryError, match="ask the graph this view was made of"):
        left.sparql("SELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="ask the graph"):
        left.query("about", entity=ENTITY)
    with pytest.raises(NotFoundError, match="no standing claim"):
        left.trace("901-c1.1")
    with pytest.raises(NotFoundError, match="did you mean 'courier'"):
        g.without(publishers="currier")
    with pytest.raises(LensError, match="such as 2022-01-20"):
        g.as_of("soon")


def test_an_entity_is_found_by_its_name(g: Graph) -> None:
    assert g.claims("Halmer council") == g.claims("halmer-council")
    with pytest.raises(NotFoundError):
        g.claims("nobody of this name")


def test_the_name_of_the_door(mini_archive: Archive) -> None:
    build_folder = Path(mini_archive.store.name).parents[2]
    assert open is open_graph
    assert repr(open(build_folder, MINI)) == repr(Graph(mini_archive))


def test_a_data_frame_needs_pandas_and_says_so() -> None:
    table = Table(("a", "b"), (("1", "2"),), "a note")
    try:
        import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: F401
    except ImportError:
        with pytest.raises(MissingPackageError, match="'pandas' is not installed; fix: pip install pandas"):
            table.to_df()
        return
    frame = table.to_df()
    assert frame.to_dict("records") == [{"a": "1", "b": "2"}]
    assert frame.attrs["note"] == "a note"


def test_told_values_can_be_iterated(g: Graph) -> None:
    told = g.disagreements()
    assert isinstance(told, Told)
    assert len(told) == len(list(told)) > 0
    for one in told:
        assert one.claims


# ---- hostile corpora, and conversion ----------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The invented corpus with a payload after every text that people read."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "corpus").mkdir()
    hostile_corpus(place / "corpus")
    build(place / "corpus", place / "build")
    return open_graph(place / "build", place / "corpus")


def test_text_from_strangers_stays_text(hostile: Graph) -> None:
    for name, one in _everything(hostile).items():
        for kind, text in one._repr_mimebundle_().items():
            if kind == "text/markdown":
                shown = markdown2html_mistune(text)  # with HTML let through: what is fenced or escaped stays text
                assert not re.search(r"<(?:img|script|iframe|style|a |svg|form)", shown), name
            elif kind != "text/plain":
                assert not re.search(r"<(?:img|script|iframe(?! sandbox)|style|a) ?[^>]*pwned", text), (name, kind)
                outside = re.sub(r'srcdoc="[^"]*"', "", text)
                assert "<script" not in outside, (name, kind)
                assert not re.search(r"<\w+[^>]* on\w+=", outside), (name, kind)


def converted(shown: Iterable[Shown]) -> str:
    """A saved notebook of these outputs, as nbconvert makes a page of it."""
    cells = []
    for number, one in enumerate(shown):
        output = nbformat.v4.new_output("display_data", dict(one._repr_mimebundle_()))
        cells.append(nbformat.v4.new_code_cell(f"shown[{number}]", outputs=[output]))
    page, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    return str(page)


@contextmanager
def opened(browser: Browser, tmp_path: Path, page: str) -> Iterator[tuple[Page, list[str]]]:
    """A page from a file, and what it asks of anybody."""
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    asked: list[str] = []

    def watch(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", watch)
    tab = context.new_page()
    tab.goto((tmp_path / "page.html").as_uri(), wait_until="domcontentloaded")
    tab.wait_for_timeout(300)
    yield tab, asked
    context.close()


@browsed
def test_a_converted_notebook_runs_nothing_and_asks_nothing(browser: Browser, tmp_path: Path, hostile: Graph) -> None:
    with opened(browser, tmp_path, converted([])) as (_, asked):
        template = sorted(asked)  # what nbconvert's own page asks for, whatever it shows
    with opened(browser, tmp_path, converted(_everything(hostile).values())) as (tab, asked):
        for fold in tab.locator("details > summary").all():
            fold.click()
        assert len(tab.frames) == 3
        for frame in tab.frames[1:]:
            for line in frame.locator("g[data-bundle]").all()[:4]:
                line.dispatch_event("click")
                line.hover(force=True)
        tab.wait_for_timeout(200)
        assert sorted(asked) == template
        assert [frame.evaluate("() => window.pwned") for frame in tab.frames] == [None] * 3
        read = " ".join(frame.locator("body").inner_text() for frame in tab.frames)
        assert [payload for payload in PAYLOADS if " ".join(payload.split()) not in " ".join(read.split())] == []


@browsed
def test_a_line_of_a_converted_notebook_still_leads_to_its_evidence(browser: Browser, tmp_path: Path, g: Graph) -> None:
    focus = g.focus(ENTITY)
    with opened(browser, tmp_path, converted([focus])) as (tab, _):
        frame = tab.frames[1]
        line = frame.locator("g[data-bundle]").first
        line.focus()
        tab.keyboard.press("Enter")
        bundle = next(b for b in focus.focus.bundles if b.id == line.get_attribute("data-bundle"))
        cards = frame.locator("#evidence article")
        held = [claim for edge in bundle.edges for claim in edge.claims]
        assert [card.get_attribute("data-claim") for card in cards.all()] == [claim.claim for claim in held]
        for card, claim in zip(cards.all(), held, strict=True):
            words = card.inner_text()
            assert claim.says in words
            assert f"{claim.drawn_status.label} · {claim.reported_status.label} ({claim.claim})" in words
            assert claim.passage.digest in words
        assert line.get_attribute("aria-pressed") == "true"


@browsed
@pytest.mark.parametrize("policy", [True, False], ids=["with its policy", "without it"])
def test_the_policy_of_the_frame_alone_stops_a_script(browser: Browser, tmp_path: Path, g: Graph, policy: bool) -> None:
    page = focus_page(g.focus(ENTITY).focus).replace("</body>", "<script>window.pwned=1</script></body>")
    if not policy:
        page = re.sub(r"<meta http-equiv=[^>]*>", "", page)
    with opened(browser, tmp_path, frame(page, "t", 600)) as (tab, _):
        assert (tab.frames[1].evaluate("() => window.pwned") == 1) is not policy


@browsed
@pytest.mark.parametrize("sandboxed", [True, False], ids=["with the sandbox", "without it"])
def test_the_sandbox_alone_keeps_the_page_from_a_frame(
    browser: Browser, tmp_path: Path, g: Graph, sandboxed: bool
) -> None:
    shown = frame("<p>inside</p><script>parent.pwned = 1</script>", "t", 600)
    if not sandboxed:
        shown = re.sub(r' sandbox="[^"]*"', "", shown)
    with opened(browser, tmp_path, shown) as (tab, _):
        assert (tab.evaluate("() => window.pwned") == 1) is not sandboxed


@browsed
@pytest.mark.parametrize(("paper", "ink"), [("#111111", "rgb(238, 238, 238)"), ("#ffffff", "rgb(17, 17, 17)")])
def test_it_is_legible_on_a_dark_page_and_on_a_light_one(
    browser: Browser, tmp_path: Path, g: Graph, paper: str, ink: str
) -> None:
    body = "".join(one.html() for one in (g.query("about", entity=ENTITY), g.timeline(), g.trace("900-c1.1")))
    page = f'<body style="background: {paper}; color: {ink}">{body}</body>'
    with opened(browser, tmp_path, page) as (tab, _):
        for selector in ("td", "th", "pre"):
            assert tab.evaluate(f"() => getComputedStyle(document.querySelector('{selector}')).color") == ink
        assert tab.evaluate("() => document.querySelector('svg > rect').getAttribute('fill')") == "#ffffff"


def test_a_page_as_an_attribute_is_read_back_whole() -> None:
    page = "<p title=\"a &amp; b\">'&quot;'</p>"
    assert html.unescape(attribute(page)) == page
