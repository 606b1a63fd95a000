"""The page in a real browser: from a line to the words behind it, by mouse and keyboard, safely."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from browser import Visitor, boxes, covered, marks, visiting
from corpora import write_corpus
from pages import PAYLOADS, alleged_links, check_evidence, damage, ends, hostile_corpus, without_policy
from playwright.sync_api import Browser, expect
from serving import Served, serving

from graph.build import build
from graph.evidence import Archive, Focus, Term
from graph.model import Claim, Corpus
from graph.service import application
from graph.vocabulary import vocabulary

pytestmark = list(marks)

ATTACK = "hasakah-prison-attack"
CLICKS = 4
# The ring around the picture, and how the ground beside the middle of a line differs from the ground of the picture.
RING = """async (bundle) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const canvas = document.querySelector('[data-testid=graph] canvas');
  const [box, brush] = [canvas.getBoundingClientRect(), canvas.getContext('2d')];
  const { data, width } = brush.getImageData(0, 0, canvas.width, canvas.height);
  const at = ({ x, y }) => { const i = 4 * (Math.round(y - box.top) * width + Math.round(x - box.left)); return [...data.slice(i, i + 3)]; };
  const { around } = window.testimony;
  const [from, to] = [0, -1].map((end) => around.screen(around.lines().find((line) => line.id === bundle).points.at(end)));
  const long = Math.hypot(to.x - from.x, to.y - from.y);
  const beside = [0.2, 0.3, 0.4, 0.7, 0.8].map((t) => ({ x: from.x + (to.x - from.x) * t + (5 * (from.y - to.y)) / long, y: from.y + (to.y - from.y) * t + (5 * (to.x - from.x)) / long }));
  const ground = at({ x: box.left + 3, y: box.top + 3 });
  const far = (colour) => colour.reduce((sum, each, i) => sum + Math.abs(each - ground[i]), 0);
  return [getComputedStyle(document.activeElement).outlineStyle, beside.map((each) => far(at(each)))];
}"""


@pytest.fixture(scope="module")
def corpus(founding_corpus: Corpus) -> Corpus:
    return founding_corpus


@pytest.fixture(scope="module")
def served(founding: Archive) -> Iterator[Served]:
    with serving(application(founding)) as server:
        yield server


# ---- from the start to the passage --------------------------------------------------------------


@pytest.fixture(scope="module")
def links(founding: Archive, corpus: Corpus) -> dict[str, Claim]:
    """Two alleged links between the Turkish state and ISIS with different ends."""
    found = [next(c for c in corpus.claims() if c.id == name) for name in alleged_links(founding, corpus)]
    first = found[0]
    return {"chain": first, "passage": next(c for c in found if c.edge != first.edge)}


@pytest.fixture(scope="module")
def damaged(links: dict[str, Claim], corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A build in which the chain of the first link and the passage of the second say something else."""
    folder = tmp_path_factory.mktemp("damaged")
    worse = corpus
    for how, claim in links.items():
        worse = damage(worse, claim, how)
    write_corpus(folder / "corpus", worse)
    build(folder / "corpus", folder / "build")
    return Archive.open(folder / "build", None)


def by_mouse(visitor: Visitor, archive: Archive, claim: Claim) -> None:
    """From the start page to the card of a claim with real clicks only."""
    visitor.open("/")
    entry = next(
        end for end in ends(claim) if visitor.page.locator(f'[data-testid=start-list] [data-id="{end}"]').count()
    )
    visitor.click(f'[data-testid=start-list] [data-id="{entry}"]')
    visitor.drawn(entry)
    visitor.click_line(line_of(archive, claim.id))


@pytest.mark.parametrize("which", ["chain", "passage"])
def test_four_clicks_lead_from_the_start_to_the_passage_behind_an_alleged_link(
    visitor: Visitor, founding: Archive, links: dict[str, Claim], corpus: Corpus, which: str
) -> None:
    by_mouse(visitor, founding, links[which])
    check_evidence(visitor.page, links[which], corpus)
    assert visitor.clicks <= CLICKS


@pytest.mark.parametrize("which", ["chain", "passage"])
def test_and_the_check_fails_when_the_chain_or_the_passage_is_replaced(
    browser: Browser, damaged: Archive, links: dict[str, Claim], corpus: Corpus, which: str
) -> None:
    with serving(application(damaged)) as server, visiting(browser, server) as visitor:
        by_mouse(visitor, damaged, links[which])
        with pytest.raises(AssertionError, match=f"the {which} differs"):
            check_evidence(visitor.page, links[which], corpus)


def test_the_same_by_keyboard_alone(
    visitor: Visitor, founding: Archive, links: dict[str, Claim], corpus: Corpus
) -> None:
    link = links["chain"]
    page, bundle = visitor.page, line_of(founding, link.id)
    name = founding.entity(link.edge.subject).name
    visitor.open("/")
    page.keyboard.press("/")
    assert visitor.has_focus("[data-testid=search]")
    page.keyboard.type(name)
    page.locator("[data-testid=results] .result").first.wait_for()
    page.keyboard.press("Enter")
    visitor.drawn(link.edge.subject)
    assert visitor.has_focus("[data-testid=graph]")
    for _ in visitor.lines():
        page.keyboard.press("ArrowRight")
        if page.evaluate("() => window.testimony.around.current()") == bundle:
            break
    ring, bands = page.evaluate(RING, bundle)
    assert ring != "none"
    assert sum(band > 20 for band in bands) >= 3, bands
    assert "Line" in page.locator("[data-testid=live]").text_content()
    page.keyboard.press("Enter")
    visitor.evidence(bundle)
    assert visitor.has_focus("[data-testid=evidence]")
    check_evidence(page, link, corpus)
    page.keyboard.press("Escape")
    assert visitor.has_focus("[data-testid=graph]")
    assert page.locator("[data-evidence]").count() == 1
    assert page.evaluate("() => window.testimony.around.current()") == bundle
    page.keyboard.press("Escape")
    page.locator("[data-evidence]").wait_for(state="detached")
    assert "bundle=" not in page.url


def test_how_it_travelled_says_why_a_claim_adds_no_origin_once_for_each_reason(
    visitor: Visitor, founding: Archive
) -> None:
    bundle = max(founding.focus("turkish-state").bundles, key=lambda each: each.claims)
    claims = [claim for edge in founding.edges(founding.propositions_about("turkish-state")) for claim in edge.claims]
    visitor.open(f"/?focus=turkish-state&bundle={bundle.id}")
    visitor.evidence(bundle.id)
    shown = {card.get_attribute("data-claim") for card in visitor.page.locator("[data-testid=claim-card]").all()}
    reasons = {claim.discount for claim in claims if claim.claim in shown and claim.discount}
    assert len(reasons) > 2
    visitor.page.locator("[data-testid=relay] > summary").click()
    barren = visitor.page.locator(".relay-svg .station.barren title")
    barren.first.wait_for(state="attached")
    assert sorted(barren.all_text_contents()) == sorted(f"none: {reason}" for reason in reasons)


# ---- nothing leaves the machine -----------------------------------------------------------------

PLACES = (
    "/",
    f"/?focus={ATTACK}",
    f"/?focus={ATTACK}&view=table",
    "/?doc=003-voa",
    "/?claim=003-c5.1",
    f"/?focus={ATTACK}&lang=ar",
)


def test_no_request_leaves_the_machine_and_nothing_is_complained_of(visitor: Visitor) -> None:
    for path in PLACES:
        visitor.open(path)
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("isis")
    visitor.page.locator("[data-testid=results] .result").first.wait_for()
    assert visitor.elsewhere == []
    assert visitor.complaints == []


@pytest.mark.parametrize("guarded", [True, False])
def test_a_request_elsewhere_is_stopped_by_the_policy_and_would_be_seen(
    browser: Browser, founding: Archive, guarded: bool
) -> None:
    app = application(founding)
    with serving(app if guarded else without_policy(app)) as server, visiting(browser, server) as visitor:
        visitor.open("/")
        visitor.page.evaluate("() => fetch('http://192.0.2.1/x').catch(() => null)")
        visitor.page.wait_for_timeout(100)
        assert bool(visitor.elsewhere) is not guarded
        assert any("policy: connect-src" in line for line in visitor.complaints) is guarded


# ---- one filtered set ---------------------------------------------------------------------------


def counts(visitor: Visitor) -> dict[str, int]:
    rows = visitor.page.locator("[data-testid=legend] .statuses li")
    return {row.get_attribute("data-status"): int(row.locator(".number").text_content()) for row in rows.all()}


def statuses() -> list[Term]:
    """Every drawn status."""
    found = vocabulary().concepts("DrawnStatus").values()
    return [Term(concept.notation, concept.label, concept.definition) for concept in found]


def held(view: Focus, status: str) -> int:
    """Claims on lines of one status."""
    return sum(bundle.claims for bundle in view.bundles if bundle.status.id == status)


def shows(visitor: Visitor, claims: int) -> None:
    """Wait until the counter in the header says so."""
    told = re.compile(rf"^{claims} claim{'s' * (claims != 1)} shown of ")
    expect(visitor.page.locator("[data-testid=counter]")).to_have_text(told)


def line_of(archive: Archive, claim: str) -> str:
    """The line on which a claim is drawn."""
    return next(row.bundle for row in archive.rows if row.claim == claim)


def statuses_in_sight(visitor: Visitor) -> set[str]:
    return {line["status"] for line in visitor.lines()}


def test_the_legend_filters_picture_table_and_evidence_alike(visitor: Visitor, founding: Archive) -> None:
    page, view = visitor.page, founding.focus(ATTACK)
    whole = founding.focus(ATTACK, 10_000)
    around = view.total_claims  # the picture is cut at its busiest lines, the legend counts everything around the name
    visitor.open(f"/?focus={ATTACK}")
    visitor.drawn(ATTACK)
    every = {bundle.status.id for bundle in view.bundles}
    assert statuses_in_sight(visitor) == every
    shows(visitor, around - held(whole, "withheld"))
    assert counts(visitor) == {status.id: held(whole, status.id) for status in statuses()}
    bundle = next(b for b in view.bundles if b.status.id == "conjecture" and b.claims > 1)
    visitor.click_line(bundle.id)

    visitor.click("[data-legend=conjecture]")
    assert statuses_in_sight(visitor) == every - {"conjecture"}
    assert f"All {bundle.claims} claims here are hidden" in page.locator("[data-testid=hidden-notice]").text_content()
    assert page.locator("[data-testid=claim-card]").count() == 0
    shows(visitor, around - held(whole, "withheld") - held(whole, "conjecture"))
    assert counts(visitor)["conjecture"] == held(whole, "conjecture")  # what showing it again would bring
    assert "hide=conjecture,withheld" in page.url
    page.reload()
    visitor.drawn(ATTACK)
    assert statuses_in_sight(visitor) == every - {"conjecture"}
    visitor.click("[data-testid=tab-table]")
    rows = page.locator("[data-testid=table] tbody tr")
    expect(rows).to_have_count(
        sum(len(b.edges) for b in whole.bundles if b.status.id not in ("conjecture", "withheld"))
    )
    assert page.locator("[data-testid=table] [data-status=conjecture]").count() == 0
    page.go_back()
    page.go_back()
    visitor.drawn(ATTACK)
    assert statuses_in_sight(visitor) == every
    assert page.locator("[data-testid=claim-card]").count() == bundle.claims

    page.locator(".statuses li[data-status=contested]").hover()
    visitor.click(".statuses li[data-status=contested] .only")
    assert statuses_in_sight(visitor) == {"contested"}
    expect(page.locator(".legend .show-all button")).to_be_visible()
    page.locator(".legend .show-all button").click()
    assert statuses_in_sight(visitor) == every


def test_the_table_is_the_twin_of_the_picture(visitor: Visitor, founding: Archive) -> None:
    page, view = visitor.page, founding.focus(ATTACK, 10_000)
    visitor.open(f"/?focus={ATTACK}&view=table")
    rows = page.locator("[data-testid=table] tbody tr")
    rows.first.wait_for()
    shown = [
        [cell[1:] if at == 3 else cell for at, cell in enumerate(row.locator("td").all_text_contents())]
        for row in rows.all()
    ]
    assert sorted([row[0], row[1], row[2], row[3], row[6], row[7]] for row in shown) == sorted(
        [e.subject.label, e.reading, e.object.label, e.drawn_status.label, str(len(e.claims)), str(e.origins)]
        for b in view.bundles
        for e in b.edges
    )
    cut = "() => [...document.querySelectorAll('td *')].filter((e) => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflow !== 'visible').length"
    assert page.evaluate(cut) == 0
    drawn = {bundle.id for bundle in founding.focus(ATTACK).bundles}  # the picture has the busiest lines only
    bundles = [row.get_attribute("data-bundle") for row in rows.all()]
    # a row opens its own edge, a line all edges on it: the same where there is one
    step, bundle = next((i, b) for i, b in enumerate(bundles) if i and b in drawn and bundles.count(b) == 1)
    rows.first.focus()
    for _ in range(step):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    visitor.evidence(bundle)
    by_row = page.locator("[data-testid=evidence]").inner_text()
    page.keyboard.press("Escape")
    assert visitor.has_focus(f'tr[data-bundle="{bundle}"]')
    visitor.open(f"/?focus={ATTACK}")
    visitor.drawn(ATTACK)
    visitor.click_line(bundle)
    assert page.locator("[data-testid=evidence]").inner_text() == by_row


@pytest.mark.parametrize("name", ["003-c5.1", "000-c8.2"])
def test_a_permalink_opens_the_same_card_for_somebody_else(
    browser: Browser, served: Served, visitor: Visitor, corpus: Corpus, name: str
) -> None:
    claim = next(c for c in corpus.claims() if c.id == name)
    visitor.open(f"/?claim={name}")
    card = f'[data-testid=claim-card][data-claim="{name}"]'
    check_evidence(visitor.page, claim, corpus)
    address = visitor.page.locator(f"{card} [data-testid=permalink]").evaluate("(a) => a.href")
    with visiting(browser, served) as other:
        other.page.goto(address)
        check_evidence(other.page, claim, corpus)
        expect(other.page.locator(card)).to_have_class(re.compile(r"\basked\b"))
        assert other.page.locator(card).inner_text() == visitor.page.locator(card).inner_text()


def test_the_evidence_opens_at_what_disagrees_and_leads_to_the_claim_that_was_asked(
    visitor: Visitor, founding: Archive
) -> None:
    contested = Counter(row.bundle for row in founding.rows if row.drawn == "contested")
    line, _ = contested.most_common(1)[0]
    page = visitor.page
    visitor.open(f"/?claim={[row.claim for row in founding.rows if row.bundle == line][-1]}")
    visitor.settled()
    marked = page.locator("[data-testid=claim-card].asked")
    expect(page.locator("[data-testid=disagreement]")).to_be_in_viewport()
    expect(marked).not_to_be_in_viewport()
    visitor.click("[data-testid=to-asked]")
    expect(marked).to_be_in_viewport()
    assert visitor.has_focus("[data-testid=claim-card].asked")


def test_a_card_says_why_its_claim_adds_no_origin(visitor: Visitor, founding: Archive) -> None:
    for name in ("000-c57.1", "003-c5.1"):
        visitor.open(f"/?claim={name}")
        reason = founding.claim(name).discount
        told = visitor.texts(f'[data-claim="{name}"] [data-testid=discount]')
        assert told == ([f"adds no origin: {reason}"] if reason else [])


def test_a_start_that_is_cut_says_of_how_many(visitor: Visitor, served: Served) -> None:
    told = served.get("/api/overview")
    told["totals"] |= {"documents": 5000, "questions": 6000, "starts": {**told["totals"]["starts"], "Event": 7000}}
    visitor.page.route("**/api/overview", lambda route: route.fulfill(json=told))
    visitor.open("/")
    listed = Counter(start["kind"] in ("Event", "HypotheticalEvent") for start in told["starts"])[True]
    events = 7000 + told["totals"]["starts"]["HypotheticalEvent"]
    assert visitor.texts("[data-testid=cut]") == [
        f"{listed} of {events} events",
        f"{len(told['questions'])} of 6000 open questions",
        f"{len(told['documents'])} of 5000 documents",
    ]


# ---- languages, light, width --------------------------------------------------------------------


def test_the_language_of_labels_turns_the_page(visitor: Visitor, founding: Archive) -> None:
    visitor.open("/?focus=turkish-state")
    visitor.drawn("turkish-state")
    visitor.page.locator("[data-testid=language]").select_option("ar")
    expect(visitor.page.locator("html")).to_have_attribute("dir", "rtl")
    label = dict(founding.entity("turkish-state").label)["ar"]
    expect(visitor.page.locator("h1")).to_have_text(label)
    assert "lang=ar" in visitor.page.url
    visitor.page.locator("[data-testid=language]").select_option("en")
    expect(visitor.page.locator("html")).to_have_attribute("dir", "ltr")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_dark_and_narrow_nothing_sticks_out_and_evidence_is_reached(
    browser: Browser, served: Served, founding: Archive, lang: str
) -> None:
    size = {"width": 420, "height": 800}
    with visiting(browser, served, viewport=size, color_scheme="dark", has_touch=True) as visitor:
        fits = "() => document.documentElement.scrollWidth <= innerWidth"
        for path in ("/", f"/?focus={ATTACK}&view=table", "/?doc=003-voa"):
            visitor.open(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            assert visitor.page.evaluate(fits), path
        paper = visitor.page.evaluate(
            "() => getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor"
        )
        assert "rgb(21, 20, 27)" in paper
        visitor.open(f"/?focus={ATTACK}&lang={lang}")
        visitor.drawn(ATTACK)
        into_sight = "(graph) => { graph.scrollIntoView({ block: 'center' }); return new Promise((done) => setTimeout(done, 300)); }"
        visitor.page.locator("[data-testid=graph]").evaluate(into_sight)  # and the canvas has seen that it moved
        visitor.click_line(founding.focus(ATTACK).bundles[0].id)
        expect(visitor.page.locator("[data-testid=evidence] h2")).to_be_in_viewport()
        assert visitor.page.evaluate(fits)
        assert visitor.complaints == []


@pytest.mark.parametrize("entity", [ATTACK, "turkish-state", "sdf", "isis"])
def test_no_badge_and_no_name_is_covered(visitor: Visitor, entity: str) -> None:
    visitor.open(f"/?focus={entity}")
    visitor.drawn(entity)
    found = boxes(visitor)
    badges, names, shapes = found["badges"], found["names"], found["shapes"]
    assert all(badge.area > 100 for badge in badges)
    assert covered([*names, *shapes, *badges], badges, 0.02) == []
    values = [name for name in names if any(name.hidden_by(shape) > 0.9 for shape in shapes if shape.name == name.name)]
    beside = [name for name in names if name not in values]
    assert covered([*names, *badges], names, 0.02) == []
    assert covered([shape for shape in shapes if shape.name != names[0].name], beside, 0.02) == []
    assert covered(beside, found["tips"], 0.02) == []


def test_the_picture_is_the_same_tomorrow(browser: Browser, served: Served) -> None:
    place = "() => Object.values(window.testimony.around.rooms()).flat()"
    seen = []
    for _ in range(2):
        with visiting(browser, served) as visitor:
            visitor.open(f"/?focus={ATTACK}")
            visitor.drawn(ATTACK)
            seen.append(visitor.page.evaluate(place))
    assert seen[0] == seen[1]
    assert len(seen[0]) > 40


def test_a_picture_is_laid_for_the_window_it_comes_back_to(visitor: Visitor) -> None:
    visitor.open(f"/?focus={ATTACK}")
    visitor.drawn(ATTACK)
    visitor.page.locator("[data-testid=tab-table]").click()
    visitor.settled()
    visitor.page.set_viewport_size({"width": 900, "height": 620})
    visitor.page.locator("[data-testid=tab-graph]").click()
    visitor.drawn(ATTACK)
    canvas = visitor.page.locator("[data-testid=graph]").bounding_box()
    for box in boxes(visitor)["names"]:
        assert canvas["x"] <= box.x1 <= box.x2 <= canvas["x"] + canvas["width"], box
        assert canvas["y"] <= box.y1 <= box.y2 <= canvas["y"] + canvas["height"], box


def test_the_letters_of_a_name_open_its_picture(visitor: Visitor, founding: Archive) -> None:
    visitor.open(f"/?focus={ATTACK}")
    visitor.drawn(ATTACK)
    letters = {box.name: box for box in boxes(visitor)["names"]}
    box = letters[founding.entity("isis").name]
    visitor.click_at((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2)
    visitor.drawn("isis")
    visitor.page.go_back()
    visitor.drawn(ATTACK)
    middle = letters[founding.entity(ATTACK).name]
    visitor.click_at((middle.x1 + middle.x2) / 2, (middle.y1 + middle.y2) / 2)
    visitor.settled()
    assert visitor.page.url.endswith(f"?focus={ATTACK}")  # it is open already


# ---- documents, nothing, failure ----------------------------------------------------------------


def test_a_document_shows_what_is_garbled_and_leads_to_evidence(visitor: Visitor, founding: Archive) -> None:
    visitor.open("/?doc=003-voa")
    garbled = founding.garbled("003-voa")
    assert garbled
    shown = visitor.texts("[data-testid=document] .garbled")
    assert shown == [f"Too garbled to carry a claim: {' '.join(g.printed.split())}" for g in garbled]
    claim = visitor.page.locator("[data-testid=document] [data-claim]").first.get_attribute("data-claim")
    visitor.click(f'[data-testid=document] [data-claim="{claim}"] .chip')
    visitor.page.locator(f'[data-testid=claim-card][data-claim="{claim}"]').wait_for()
    visitor.click(f'[data-claim="{claim}"] .actions a >> text=Open document')
    expect(visitor.page.locator(f'[data-testid=document] li.asked [data-claim="{claim}"]')).to_be_in_viewport()


def test_an_unknown_name_gives_one_calm_line_and_a_way_back(browser: Browser, served: Served) -> None:
    with visiting(browser, served) as visitor:
        visitor.open("/?focus=nobody")
        told = visitor.texts("[data-testid=failure] p")
        assert told[0].startswith("no entity 'nobody'")
        visitor.click("[data-testid=failure] a")
        visitor.page.locator("[data-testid=start-list]").wait_for()


def test_a_search_without_result_says_what_is_searched(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("zzzz")
    expect(visitor.page.locator("[data-testid=results]")).to_contain_text("Nothing named “zzzz” in this corpus")


def test_when_the_server_has_stopped_the_page_says_so(browser: Browser, founding: Archive) -> None:
    with serving(application(founding)) as server:
        context = visiting(browser, server)
        visitor = context.__enter__()
        visitor.open("/")
    try:
        visitor.click("[data-testid=start-list] a[data-id]")
        expect(visitor.page.locator("[data-testid=failure]")).to_contain_text("The server does not answer")
        assert visitor.page.locator("[data-testid=failure] a").count() == 1
    finally:
        context.__exit__(None, None, None)


# ---- text from strangers ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder, out = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("hostile-build")
    hostile_corpus(folder)
    build(folder, out)
    return Archive.open(out, None)


def visit_everything(visitor: Visitor) -> str:
    """Start, search, picture, hover, evidence, table, document: what can be read there."""
    page, read = visitor.page, []

    def look() -> None:
        read.append(page.locator("body").inner_text())

    visitor.open("/")
    look()
    page.keyboard.press("/")
    page.keyboard.type("halmer")
    page.locator("[data-testid=results] .result").first.wait_for()
    look()
    for entity in ("gate-opening", "verrin-council"):
        visitor.open(f"/?focus={entity}")
        visitor.drawn(entity)
        look()
        for line in visitor.lines()[:3]:
            point = page.evaluate("(id) => window.testimony.around.point(id)", line["bundle"])
            page.mouse.move(point["x"], point["y"])
            visitor.click_line(line["bundle"])
            look()
    visitor.open("/?focus=gate-opening&view=table")
    look()
    visitor.open("/?doc=900-gazette")
    look()
    return "\n".join(read)


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without the policy"])
def test_text_from_strangers_stays_text(browser: Browser, hostile: Archive, policy: bool) -> None:
    app = application(hostile)
    with serving(app if policy else without_policy(app)) as server, visiting(browser, server) as visitor:
        read = visit_everything(visitor)
        assert visitor.page.evaluate("() => window.pwned") is None
        assert [payload for payload in PAYLOADS if payload not in read] == []
        assert visitor.elsewhere == []
        assert visitor.complaints == []  # the policy had nothing to stop: the page never made markup of it


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without the policy"])
def test_and_the_policy_alone_would_stop_what_was_made_markup(browser: Browser, hostile: Archive, policy: bool) -> None:
    app = application(hostile)
    with serving(app if policy else without_policy(app)) as server, visiting(browser, server) as visitor:
        visitor.open("/")
        for payload in PAYLOADS:
            visitor.page.evaluate("(text) => document.body.insertAdjacentHTML('beforeend', text)", payload)
        visitor.page.wait_for_timeout(300)
        assert (visitor.page.evaluate("() => window.pwned") == 1) is not policy
        assert bool(visitor.elsewhere) is not policy
