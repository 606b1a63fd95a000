"""Timeline, sources, questions and comparison in a real browser: by mouse and keyboard, for everybody, safely."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from browser import WAIT, Visitor, barriers, calm, marks, visiting
from corpora import MINI
from pages import PAYLOADS, poisoned
from playwright.sync_api import Browser, expect
from serving import Served, page_of, serving

from graph.build import build
from graph.corpus import reader, writer
from graph.evidence import Archive
from graph.service import application
from graph.service.live import Live

pytestmark = list(marks)

HIDE = "hide=withheld"
PLACES = {
    "timeline": "/?view=timeline",
    "matrix": "/?view=matrix",
    "questions": "/?view=questions",
    "killed": "/?view=questions&asked=killed-count",
    "talks": "/?view=questions&asked=aqaba-talks-held",
    "compare": "/?view=compare&from=sdf&to=sohr",
    "day": "/?view=compare&as-of=2022-01-26",
}
PANE = "document.querySelector('.drawing')"


@pytest.fixture(scope="module")
def served(founding: Archive) -> Iterator[Served]:
    with page_of(founding) as server:
        yield server


def look(visitor: Visitor, path: str) -> None:
    """Open a view and wait until it is drawn."""
    visitor.open(path)
    drawn(visitor)


def drawn(visitor: Visitor) -> None:
    visitor.page.wait_for_function(
        f"() => {PANE}?.children.length && !document.querySelector('[aria-busy]')", timeout=2 * WAIT
    )


def opened(visitor: Visitor) -> str:
    """What the evidence panel tells when a mark was opened."""
    visitor.page.locator("[data-testid=evidence][data-evidence]").wait_for(timeout=2 * WAIT)
    visitor.settled()
    return visitor.page.locator("[data-testid=evidence]").inner_text()


def data(visitor: Visitor, selector: str, name: str) -> list[str]:
    script = "([s, n]) => [...document.querySelectorAll(s)].map((e) => e.dataset[n])"
    found: list[str] = visitor.page.evaluate(script, [selector, name])
    return found


# ---- what is drawn is what is asked -------------------------------------------------------------


def test_every_mark_of_the_timeline_bears_its_status_and_opens_its_evidence(visitor: Visitor, served: Served) -> None:
    asked = served.get(f"/api/timeline?{HIDE}&limit=30")
    look(visitor, PLACES["timeline"])
    marks_there = [mark for lane in asked["lanes"] for mark in lane["marks"]]
    in_lanes = "[data-testid=lanes] [data-mark]"
    assert data(visitor, in_lanes, "proposition") == [mark["proposition"] for mark in marks_there]
    assert data(visitor, in_lanes, "status") == [mark["status"] for mark in marks_there]
    expect(visitor.page.locator("[data-testid=cut]").first).to_contain_text(f"30 of {asked['lane_total']} events")
    statuses = {status["id"]: status for status in served.get("/api/overview")["statuses"]}
    for mark, element in zip(marks_there, visitor.page.locator(in_lanes).all(), strict=True):
        status = statuses[mark["status"]]
        assert element.locator(".sign-text").text_content() == status["glyph"]
        dashes = element.locator("circle.ground").get_attribute("stroke-dasharray")
        assert bool(dashes) is bool(status["dash"]) or status["line"].startswith("double")
        told = element.get_attribute("aria-label")
        assert told.startswith(f"{status['label']['en']}: {mark['subject_label']} ")
        assert mark["said"] in told
    contested = next(mark for mark in marks_there if mark["status"] == "contested")
    visitor.click(f'{in_lanes}[data-proposition="{contested["proposition"]}"] circle')
    assert contested["subject_label"] in opened(visitor)
    assert f"proposition={contested['proposition']}" in visitor.page.url
    rows = visitor.page.locator("[data-testid=timeline] .twin tbody tr")
    assert rows.count() == len(marks_there)
    assert sum(int(n) for n in data(visitor, "[data-papers] [data-mark]", "claims")) == asked["claims_shown"]


def test_a_cell_narrows_the_page_to_the_claims_it_counts(visitor: Visitor, served: Served) -> None:
    look(visitor, PLACES["matrix"])
    asked = served.get(f"/api/matrix?by=said&{HIDE}&limit=25")
    cells = {
        (line["id"], status): claims
        for line in asked["lines"]
        for status, claims in zip(asked["statuses"], line["cells"], strict=True)
        if claims
    }
    there = "[data-testid=matrix] [data-mark=cell]"
    keys = zip(data(visitor, there, "row"), data(visitor, there, "status"), strict=True)
    assert dict(zip(keys, map(int, data(visitor, there, "claims")), strict=True)) == cells
    claims = cells["sdf", "contested"]
    visitor.click(f"{there}[data-row=sdf][data-status=contested]")
    edges = visitor.page.locator("[data-testid=matrix-edges] [data-mark]")
    edges.first.wait_for()
    assert "said=sdf" in visitor.page.url
    shown = visitor.page.locator("[data-testid=counter]")
    expect(shown).to_contain_text(f"{claims} claims shown of")
    assert set(data(visitor, "[data-testid=matrix-edges] [data-mark]", "status")) == {"contested"}
    edges.first.click()
    assert "contested" in opened(visitor).lower()
    visitor.page.go_back()
    visitor.page.go_back()
    drawn(visitor)
    expect(visitor.page.locator("[data-testid=matrix-edges]")).to_have_count(0)


def test_rows_and_order_of_the_sources_are_chosen(visitor: Visitor, served: Served) -> None:
    look(visitor, PLACES["matrix"])
    visitor.page.locator("[data-testid=matrix-by]").select_option("publisher")
    asked = served.get(f"/api/matrix?by=publisher&{HIDE}&limit=25")
    visitor.page.locator(f'tr[data-row="{asked["lines"][0]["id"]}"]').wait_for()
    assert data(visitor, "[data-testid=matrix] tbody tr", "row") == [line["id"] for line in asked["lines"]]
    visitor.click('[data-testid=matrix] button[data-sort="contested"]')
    at = asked["statuses"].index("contested")
    counts = {line["id"]: line["cells"][at] for line in asked["lines"]}
    rows = data(visitor, "[data-testid=matrix] tbody tr", "row")
    assert [counts[row] for row in rows] == sorted(counts.values(), reverse=True)
    assert visitor.has_focus('[data-sort="contested"]')
    assert visitor.page.locator("th[aria-sort=descending]").get_attribute("data-status") == "contested"


def test_a_question_lays_out_every_answer_and_every_figure_once(visitor: Visitor, served: Served) -> None:
    asked = served.get(f"/api/questions/killed-count?{HIDE}")
    claims = sorted(given["claim"] for answer in asked["answers"] for given in answer["given"])
    look(visitor, PLACES["questions"])
    visitor.click("[data-question=killed-count]")
    visitor.page.locator("[data-testid=answers]").wait_for()
    assert "asked=killed-count" in visitor.page.url
    assert sorted(data(visitor, "[data-testid=answers] [data-mark=given]", "claim")) == claims
    figures = data(visitor, "[data-testid=figures] [data-mark=figure]", "claim")
    assert len(set(figures)) == len(figures) > 10
    assert set(figures) <= set(claims)
    by_claim = {given["claim"]: answer for answer in asked["answers"] for given in answer["given"]}
    for element in visitor.page.locator("[data-testid=figures] [data-mark=figure]").all():
        figure = by_claim[element.get_attribute("data-claim")]["figure"]
        assert element.get_attribute("data-low") == (figure["low"] or "")
        assert element.get_attribute("data-high") == (figure["high"] or "")
        open_ends = (figure["low"] is None) + (figure["high"] is None)
        assert element.locator("path:not(.denied)").count() == open_ends  # an open end is an arrow
        assert figure["comparator"]["label"] == "exactly" or figure["comparator"]["label"] in (
            element.get_attribute("aria-label") + " in words between"
        )
    pairs = sum(len(one["pairs"]) for one in asked["compared"])
    told = visitor.page.locator("[data-verdict] > summary").all_text_contents()
    assert sum(int(text.rpartition("· ")[2].split()[0]) for text in told) == pairs
    visitor.page.locator(f'[data-testid=answers] [data-claim="{claims[0]}"]').click()
    opened(visitor)
    expect(visitor.page.locator(f'[data-testid=claim-card][data-claim="{claims[0]}"]')).to_be_visible()


def test_a_denial_of_a_figure_is_crossed_out_and_no_other_is(visitor: Visitor, served: Served) -> None:
    asked = served.get(f"/api/questions/escapee-count?{HIDE}")
    given = [each for answer in asked["answers"] for each in answer["given"]]
    denying = {each["claim"] for each in given if each["denies"]}
    assert denying
    look(visitor, "/?view=questions&asked=escapee-count")
    visitor.page.locator("[data-testid=figures] [data-mark=figure]").first.wait_for()
    drawn = set(data(visitor, "[data-testid=figures] [data-mark=figure]", "claim"))
    crossed = set(data(visitor, "[data-testid=figures] [data-mark=figure]:has(.denied)", "claim"))
    assert crossed == denying & drawn != set()
    assert any(text.startswith("denied: ") for text in visitor.texts("[data-testid=figures] .mark-text"))
    outright = [each["how"] for each in given if each["claim"] in denying]
    assert set(outright) <= {"denies", "denies (heading)", "denies (presupposed)"}


def test_every_mark_of_a_chart_has_its_words_and_every_sign_its_meaning(visitor: Visitor, served: Served) -> None:
    look(visitor, "/?view=questions&asked=escapee-count")
    marks = sorted(data(visitor, "[data-testid=figures] [data-mark=figure]", "claim"))
    assert sorted(data(visitor, "[data-testid=figures] .mark-text", "of")) == marks
    denied = 0
    for chart in visitor.page.locator("[data-testid=figures] .chart").all():
        told = {each.get_attribute("data-sign") for each in chart.locator("[data-testid=signs] > span").all()}
        assert {each.get_attribute("data-status") for each in chart.locator("[data-mark=figure]").all()} <= told
        used = {
            "denied": ".denied",
            "joined": ".repeat:not(.alike)",
            "alike": ".repeat.alike",
            "aside": ".leader",
            "open": "[data-mark=figure]:is([data-low=''], [data-high=''])",
        }
        assert {name for name, of in used.items() if chart.locator(of).count()} == told & set(used)
        for cross in chart.locator(".denied").all():
            box = cross.bounding_box()
            assert box
            assert box["height"] < 30  # it crosses out the sign, and is no range of its own
            denied += 1
    assert denied == 1


def test_what_can_be_compared_begins_with_a_plain_sentence(visitor: Visitor, served: Served) -> None:
    for name in ("escapee-count", "killed-count"):
        asked = served.get(f"/api/questions/{name}?{HIDE}")
        conflict, comparable, other = (
            sum(len(one["pairs"]) for one in asked["compared"] if (one["conflict"], one["comparable"]) == key)
            for key in ((True, True), (False, True), (False, False))
        )
        look(visitor, f"/?view=questions&asked={name}")
        section = visitor.page.locator("[data-testid=compared]")
        told = section.locator("> p").inner_text()
        assert told.startswith(f"{conflict} pair")
        assert f"{comparable} pairs can be compared without conflict" in told
        assert (f"{other} pairs cannot be compared" in told) is (other > 0)
        same = len(asked["one_origin"])
        assert (
            f"{same} pairs rest on one and the same origin" if same else "No two figures here show the same"
        ) in told
        expect(section.locator("[data-verdict]").first).to_be_hidden()
        section.locator("> details > summary").click()
        expect(section.locator("[data-verdict]").first).to_be_visible()


def test_a_name_in_short_is_understood_and_one_of_several_is_asked_for(visitor: Visitor) -> None:
    look(visitor, "/?view=compare&beside=speakers")
    page = visitor.page
    page.locator("[data-picker=from]").fill("sohr")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=sohr**")
    page.locator("[data-picker=from]").fill("news")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=told]")).to_contain_text("“news” may be ")
    assert "from=sohr" in page.url


def test_two_speakers_beside_each_other_count_up_to_what_they_say(visitor: Visitor, served: Served) -> None:
    look(visitor, "/?view=compare")
    said = {each["id"]: each for each in served.get(f"/api/speakers?{HIDE}")["speakers"]}
    page = visitor.page
    counts = dict(zip(data(visitor, "[data-speaker]", "speaker"), visitor.texts("[data-speaker] .number"), strict=True))
    assert counts == {name: f"{said[name]['claims']} claim{'s' * (said[name]['claims'] != 1)}" for name in counts}
    assert len(counts) == 30
    assert "grp-sdf" in counts, "a side is offered beside its members"
    visitor.click(".drawing [data-testid=cut] button")
    assert data(visitor, "[data-speaker]", "speaker") == list(said)
    assert all(each["claims"] for each in said.values()), "nobody is offered who says nothing in view"
    page.locator("[data-picker=from]").fill(said["sdf"]["label"])
    page.keyboard.press("Enter")
    page.locator("[data-column=only-one]").wait_for()
    assert data(visitor, "[data-column]", "claims") == [str(said["sdf"]["claims"])]
    page.locator("[data-picker=to]").fill("Observatory for Human Rights (SOHR)")
    page.keyboard.press("Enter")
    page.locator("[data-column=both]").wait_for()
    asked = served.get(f"/api/beside?{HIDE}&one=sdf&other=sohr")
    assert asked["both"]["one"] + asked["only_one"]["one"] == said["sdf"]["claims"]
    assert asked["both"]["other"] + asked["only_other"]["other"] == said["sohr"]["claims"]
    total = said["sdf"]["claims"] + said["sohr"]["claims"]
    assert sum(int(n) for n in data(visitor, "[data-column]", "claims")) == total
    first = page.locator(".drawing [data-testid=clashes], .drawing [data-column]").first
    assert first.get_attribute("data-testid") == "clashes"
    cut = page.locator("[data-column=only-one] [data-testid=cut]")
    expect(cut).to_contain_text(f"60 of {asked['only_one']['total']} edges")
    cut.locator("button").click()
    cut.wait_for(state="detached")
    assert page.locator("[data-column=only-one] [data-mark]").count() == asked["only_one"]["total"]
    page.locator("[data-picker=to]").fill("zzzz")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=told]")).to_have_text("Nobody in view is called “zzzz”.")


def test_a_day_beside_now(visitor: Visitor, served: Served) -> None:
    look(visitor, "/?view=compare")
    visitor.click("[data-mode=day]")
    visitor.page.locator("[data-testid=as-of]").fill("2022-01-26")
    visitor.page.keyboard.press("Enter")
    visitor.page.locator("[data-column=restated]").wait_for(timeout=2 * WAIT)
    asked = served.get(f"/api/since?{HIDE}&as-of=2022-01-26")
    columns = dict(zip(data(visitor, "[data-column]", "column"), data(visitor, "[data-column]", "total"), strict=True))
    assert columns == {name: str(total) for name, total in asked["totals"].items()}
    row = visitor.page.locator("[data-column=restated] [data-mark]").first
    assert row.locator(".chip").count() == 2  # as it is drawn now, and as it was


@pytest.mark.parametrize(("wide", "rows"), [(1400, [3]), (1150, [1, 2]), (440, [1, 1, 1])])
def test_columns_stand_beside_each_other_while_the_evidence_is_open(
    visitor: Visitor, wide: int, rows: list[int]
) -> None:
    look(visitor, "/?view=compare&from=sdf&to=sohr")
    visitor.page.locator("[data-column=both] [data-mark]").first.click()
    opened(visitor)
    visitor.page.set_viewport_size({"width": wide, "height": 900})
    boxes = [each.bounding_box() for each in visitor.page.locator(".columns > [data-column]").all()]
    tops = Counter(round(box["y"]) for box in boxes if box)
    assert [tops[top] for top in sorted(tops)] == rows
    assert all(box["width"] >= 13 * 16 for box in boxes if box), "too narrow to read"


def test_two_sides_and_nobody_beside_the_own_side(visitor: Visitor, served: Served) -> None:
    look(visitor, "/?view=compare&from=grp-sdf&to=grp-syrian-government")
    asked = served.get(f"/api/beside?{HIDE}&one=grp-sdf&other=grp-syrian-government")
    assert asked["only_one"]["one"] > served.get(f"/api/beside?{HIDE}&one=sdf")["only_one"]["one"]
    heads = visitor.texts("[data-column] h2")
    assert heads[1:] == [f"Only {asked['one']['label']}", f"Only {asked['other']['label']}"]


def test_nobody_is_put_beside_the_own_side_and_the_choice_can_be_mended(browser: Browser, served: Served) -> None:
    with calm(browser, served, "400") as visitor:
        visitor.open("/?view=compare&from=grp-sdf&to=sdf")
        expect(visitor.page.locator("[data-testid=told]")).to_contain_text("other shares sdf with 'grp-sdf'")
        assert visitor.page.locator(".pickers [data-picker]").count() == 2


def test_everything_beside_what_is_left_without_a_source(visitor: Visitor, served: Served) -> None:
    look(visitor, "/?view=compare")
    page = visitor.page
    visitor.click("[data-mode=without]")
    page.locator("[data-picker=without]").wait_for()
    offered = page.locator("#choices-without option").all()
    assert all(not (option.text_content() or "").startswith("0 ") for option in offered)
    page.locator("[data-picker=without]").fill("ANF News (publisher)")
    page.keyboard.press("Enter")
    page.locator("[data-column=both]").wait_for(timeout=2 * WAIT)
    assert "without=publisher:anf" in page.url
    assert "beside=without" in page.url
    asked = served.get(f"/api/without?{HIDE}&without=publisher:anf")
    columns = dict(zip(data(visitor, "[data-column]", "column"), data(visitor, "[data-column]", "total"), strict=True))
    names = {"both": "both", "only-left": "only_left", "only-right": "only_right"}
    assert columns == {name: str(asked[key]["total"]) for name, key in names.items()}
    assert asked["only_left"]["total"]
    assert asked["restated"]
    first = page.locator("[data-column=both] [data-mark]").first
    assert first.locator(".from-to .chip").count() == 2
    fell = page.locator("[data-column=only-left] [data-fell]").first
    assert fell.locator(".from-to .chip").all_text_contents()[1].endswith("falls")
    visitor.open(page.url.removeprefix(served.address.rstrip("/")))  # the address alone shows the same
    drawn(visitor)
    assert data(visitor, "[data-column]", "total") == list(columns.values())
    visitor.click("[data-back='publisher:anf']")
    page.wait_for_function("() => !location.search.includes('publisher:anf')", timeout=WAIT)


def test_a_name_and_a_line_lead_to_the_questions_that_they_concern(
    visitor: Visitor, served: Served, founding: Archive
) -> None:
    page = visitor.page
    page.goto(served.address + "?focus=hasakah-prison-attack")
    page.locator("[data-testid=concerning]").wait_for(timeout=2 * WAIT)
    rows = [r for r in founding.rows if "hasakah-prison-attack" in (r.subject, r.object) and r.drawn != "withheld"]
    counted = Counter(name for row in rows for name in row.question)
    more = page.locator("[data-testid=concerning] + button")
    if more.count():
        more.click()
    assert set(data(visitor, "[data-testid=concerning] [data-question]", "question")) == set(counted)
    row = next(row for row in rows if row.question)
    visitor.open(f"/?claim={row.claim}")
    visitor.settled()
    line = {name for r in founding.rows if r.bundle == row.bundle for name in r.question}
    assert set(data(visitor, "[data-testid=answers-to] [data-question]", "question")) == line
    page.locator("[data-testid=answers-to] [data-question]").first.click()
    page.locator("[data-testid=answers]").wait_for(timeout=2 * WAIT)
    assert data(visitor, f'[data-claim="{row.claim}"][data-mark=given]', "claim") == [row.claim]


def test_a_question_about_one_name_says_so_and_leads_to_the_whole(visitor: Visitor, served: Served) -> None:
    name, page = "isis", visitor.page
    of = "/api/questions/who-carried-out-the-attack"
    whole, part = served.get(f"{of}?{HIDE}"), served.get(f"{of}?{HIDE}&entity={name}")
    shown, every = len(part["answers"]), len(whole["answers"])
    claims = [sum(len(answer["given"]) for answer in of["answers"]) for of in (part, whole)]
    assert 0 < shown < every
    assert (part["about"]["answers"], part["about"]["claims"], whole["about"]) == (every, claims[1], None)
    look(visitor, f"/?view=questions&asked=who-carried-out-the-attack&focus={name}")
    label = part["about"]["label"]
    notice = page.locator("[data-testid=about-name]")
    told = f"Only claims about {label} are shown: {shown} of {every} answers, {claims[0]} of {claims[1]} claims."
    expect(notice).to_contain_text(told)
    expect(page.get_by_role("heading", name=f"Answers about {label}, and who gives them")).to_be_visible()
    notice.get_by_role("link").click()
    page.wait_for_function(
        "(n) => document.querySelectorAll('[data-answer]').length === n", arg=every, timeout=2 * WAIT
    )
    expect(notice).to_have_count(0)
    expect(page.get_by_role("heading", name="Every answer, and who gives it")).to_be_visible()


def test_only_a_signed_relation_says_that_one_takes_it_from_another(visitor: Visitor, served: Served) -> None:
    links = served.get(f"/api/questions/escapee-count?{HIDE}")["links"]
    alike = [each for each in links if each["kind"].startswith("alike")]
    assert 0 < len(alike) < len(links)
    look(visitor, "/?view=questions&asked=escapee-count")
    fold = visitor.page.locator("[data-testid=links]")
    fold.locator("summary").click()
    assert fold.locator("[data-alike] [data-link-kind]").count() == len(alike)
    assert fold.locator("[data-alike] em").count() == 0  # no word leads from one of them to another
    assert fold.locator("em").count() == len(links) - len(alike)
    expect(fold).to_contain_text("That alone does not say that one took it from another")


@pytest.mark.parametrize("view", ["graph", "whole", "timeline", "matrix", "questions", "table", "paths", "compare"])
def test_every_view_says_in_the_middle_what_is_set_aside_and_takes_it_back(visitor: Visitor, view: str) -> None:
    line = visitor.page.locator("main [data-testid=lens-line]")
    visitor.open(f"/?view={view}&focus=sdf&without=speaker:sohr&as-of=2022-12-01")
    expect(line).to_contain_text("Without: Syrian Observatory for Human Rights (SOHR) put back", timeout=2 * WAIT)
    expect(line).to_contain_text("As known on: 2022-12-01 clear")
    expect(line).to_be_in_viewport()
    line.get_by_role("button", name="Put back “Syrian Observatory for Human Rights (SOHR)”").click()
    visitor.page.wait_for_function("() => !location.search.includes('without')", timeout=WAIT)
    expect(line).not_to_contain_text("Without", timeout=2 * WAIT)
    line.get_by_role("button").click()
    expect(line).to_be_hidden(timeout=2 * WAIT)
    assert "as-of" not in visitor.page.url


def test_what_is_set_aside_is_told_narrow_from_right_to_left_and_printed(browser: Browser, served: Served) -> None:
    with calm(browser, served, viewport={"width": 390, "height": 800}) as visitor:
        visitor.open("/?view=questions&lang=ar&parties=without&document=003-voa")
        line = visitor.page.locator("[data-testid=lens-line]")
        expect(line).to_contain_text("Without: parties to the conflict", timeout=2 * WAIT)
        expect(line).to_contain_text("Document: ")
        box = line.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        visitor.page.emulate_media(media="print")
        expect(line).to_be_visible()
        assert line.get_by_role("button").count() == 0


def test_a_long_list_of_questions_is_cut_openly(visitor: Visitor, served: Served) -> None:
    asked = served.get(f"/api/questions?{HIDE}&limit=1")
    whole = served.get(f"/api/questions?{HIDE}")
    assert asked["questions"] == whole["questions"][:1]
    assert asked["total"] == whole["total"] == len(whole["questions"]) > 1
    cut = {**whole, "questions": whole["questions"][:2]}
    visitor.page.route("**/api/questions?**", lambda route: route.fulfill(json=cut))
    look(visitor, PLACES["questions"])
    expect(visitor.page.locator("[data-testid=cut]")).to_contain_text(f"2 of {whole['total']} open questions")


# ---- keys and the mouse along the line ----------------------------------------------------------


def test_a_period_says_that_claims_without_a_date_are_left_out_and_keeps_them(visitor: Visitor, served: Served) -> None:
    look(visitor, "/?view=timeline&happened=2022-01")
    note = visitor.page.locator("[data-testid=undated]")
    expect(note).to_contain_text("Claims without a date are left out of this period")
    note.get_by_role("button").press("Enter")
    visitor.page.wait_for_function("() => location.search.includes('undated=with')", timeout=WAIT)
    undated = served.get(f"/api/timeline?{HIDE}&happened=2022-01&undated=with")["undated"]
    assert undated > 0
    expect(note).to_contain_text(f"{undated} of ", timeout=2 * WAIT)


def test_a_period_is_chosen_by_dragging_and_undone_by_a_key(visitor: Visitor) -> None:
    look(visitor, PLACES["timeline"])
    box = visitor.page.locator("[data-band=happened] [data-brush]").bounding_box()
    assert box
    shaded = "() => [...document.querySelectorAll('.axis .brush')].map((e) => e.getBoundingClientRect().width)"
    assert visitor.page.evaluate(shaded) == [0, 0], "a period is shaded that nobody chose"
    middle = box["y"] + box["height"] / 2
    visitor.page.mouse.move(box["x"] + box["width"] * 0.55, middle)
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + box["width"] * 0.75, middle, steps=4)
    visitor.page.mouse.up()
    visitor.page.wait_for_function("() => location.search.includes('happened=20')", timeout=WAIT)
    drawn(visitor)
    before = len(data(visitor, "[data-testid=lanes] [data-mark]", "mark"))
    assert before
    visitor.page.locator("[data-testid=lanes] [data-mark]").first.focus()
    visitor.page.keyboard.press("+")
    drawn(visitor)
    assert len(data(visitor, "[data-testid=lanes] [data-mark]", "mark")) <= before
    visitor.page.locator('[data-zoom="happened all"]').click()
    visitor.page.wait_for_function("() => !location.search.includes('happened')", timeout=WAIT)


KEYS = {
    "timeline": "[data-testid=lanes] [data-mark]",
    "killed": "[data-testid=answers] [data-mark=given]",
    "talks": "[data-testid=clashes] [data-mark]",
    "compare": "[data-column=both] [data-mark]",
}


@pytest.mark.parametrize("place", KEYS)
def test_arrows_move_enter_opens_and_escape_returns(visitor: Visitor, place: str) -> None:
    page = visitor.page
    look(visitor, PLACES[place])
    assert page.locator('.drawing [data-mark][tabindex="0"]').count() == 1  # one stop for the tabulator
    page.locator(KEYS[place]).first.focus()
    first = page.evaluate(
        "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    )
    page.keyboard.press("ArrowDown")
    now = page.evaluate("() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")
    assert now != first
    assert page.locator('.drawing [data-mark][tabindex="0"]').count() == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    opened(visitor)
    assert visitor.has_focus("[data-testid=evidence]")
    page.keyboard.press("Escape")
    assert visitor.has_focus(f"{KEYS[place]}.selected")


def test_arrows_go_through_the_numbers_and_enter_narrows(visitor: Visitor) -> None:
    look(visitor, PLACES["matrix"])
    visitor.page.locator("[data-mark=cell][data-row=sdf][data-status=corroborated]").focus()
    visitor.page.keyboard.press("ArrowRight")
    assert visitor.has_focus("[data-row=sdf][data-status=several-origins]")
    visitor.page.keyboard.press("ArrowDown")
    assert visitor.page.evaluate("() => document.activeElement.dataset.status") == "several-origins"
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("() => location.search.includes('said=')", timeout=WAIT)


# ---- for everybody ------------------------------------------------------------------------------


OFTEN = ("timeline", "matrix", "killed", "compare")


@pytest.mark.parametrize("place", [p if p in OFTEN else pytest.param(p, marks=pytest.mark.slow) for p in PLACES])
def test_no_serious_barrier(visitor: Visitor, place: str) -> None:
    look(visitor, PLACES[place])
    assert barriers(visitor, ".drawing") == []


def test_and_a_barrier_would_be_found(visitor: Visitor) -> None:
    look(visitor, PLACES["questions"])
    visitor.page.evaluate("() => document.querySelector('.drawing .find').removeAttribute('aria-label')")
    visitor.page.evaluate("() => document.querySelector('.drawing .find').removeAttribute('placeholder')")
    assert [name for name, _, _ in barriers(visitor, ".drawing")] == ["label"]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_narrow_nothing_sticks_out(browser: Browser, served: Served, lang: str) -> None:
    with visiting(browser, served, viewport={"width": 420, "height": 800}, color_scheme="dark") as visitor:
        for path in PLACES.values():
            look(visitor, f"{path}&lang={lang}")
            assert visitor.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path
        assert visitor.complaints == []


def test_an_empty_view_says_so_plainly(visitor: Visitor) -> None:
    nothing = "published=1901..1902"
    for view, told in (
        ("timeline", "No claim in view."),
        ("matrix", "No claim in view."),
        ("questions", "No question in view has an answer."),
    ):
        look(visitor, f"/?view={view}&{nothing}")
        expect(visitor.page.locator(".drawing .notice")).to_contain_text(told)
    look(visitor, "/?view=timeline&document=111-tass-syromolotov&relation=supported")
    look(visitor, "/?view=timeline&relation=supported")
    expect(visitor.page.locator(".drawing .notice")).to_contain_text("Nothing in view is dated: ")


# ---- text from strangers ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder, out = tmp_path_factory.mktemp("hostile-panes"), tmp_path_factory.mktemp("hostile-panes-build")
    count = iter(range(10**6))
    corpus = reader.read(MINI)
    plain = {
        "entities.yaml": writer.entities_data(corpus.entities),
        "questions.yaml": writer.questions_data(corpus.questions),
        "origins.yaml": writer.origins_data(corpus.groups),
        **{f"{d.id}.yaml": writer.document_data(d) for d in corpus.documents},
    }
    for name, each in plain.items():
        (folder / name).write_text(writer.emit(poisoned(each, count)), encoding="utf-8")
    build(folder, out)
    return Archive.open(out, None)


def test_text_from_strangers_stays_text(browser: Browser, hostile: Archive) -> None:
    live = Live(hostile)
    said = [row.said for row in live.snapshot.views.rows]
    pair = sorted(set(said), key=lambda name: (-said.count(name), name))[:2]
    questions = [question.id for question in hostile.register.questions]
    places = (
        *(f"/?view={view}" for view in ("timeline", "matrix", "questions")),
        *(f"/?view=questions&asked={name}" for name in questions),
        f"/?view=compare&from={pair[0]}&to={pair[1]}",
        "/?view=compare&as-of=2031-04",
    )
    with serving(application(live)) as server, visiting(browser, server) as visitor:
        read = []
        for path in places:
            look(visitor, path)
            visitor.page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
            read.append(visitor.page.locator("body").inner_text())
        assert visitor.page.evaluate("() => window.pwned") is None
        seen = [payload for payload in PAYLOADS if payload in "\n".join(read)]
        assert len(seen) > len(PAYLOADS) // 2, json.dumps(seen)
        assert visitor.elsewhere == []
        assert visitor.complaints == []
