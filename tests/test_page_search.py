"""The groups of the search box: names, what is said, documents, questions; each leads somewhere, none runs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser import AXE, Visitor, barriers, marks, visiting
from pages import PAYLOADS, hostile_corpus
from playwright.sync_api import Browser, expect
from serving import Served, serving

from graph.build import build
from graph.evidence import Archive
from graph.service import application

pytestmark = list(marks)

GROUPS = ("entities", "claims", "documents", "questions")


@pytest.fixture(scope="module")
def served(mini_archive: Archive) -> Iterator[Served]:
    with serving(application(mini_archive)) as server:
        yield server


def search(visitor: Visitor, text: str) -> dict[str, Any]:
    """Type into the box, and what the service answers."""
    if not visitor.has_focus("[data-testid=search]"):
        visitor.page.keyboard.press("/")
    visitor.page.keyboard.type(text)
    visitor.page.locator("[data-testid=results]").wait_for()
    visitor.page.wait_for_timeout(300)
    found: dict[str, Any] = visitor.served.get(f"/api/search?q={quote(text)}&limit=20")
    return {"entities": {"total": found["total"], "results": found["results"]}, **{g: found[g] for g in GROUPS[1:]}}


def options(visitor: Visitor, group: str) -> list[str]:
    return [
        name
        for each in visitor.page.locator(f"[data-testid=results-{group}] .result").all()
        if (name := each.get_attribute("data-id")) is not None
    ]


def selected(visitor: Visitor) -> str | None:
    option = visitor.page.locator("[data-testid=results] [aria-selected=true]")
    assert option.count() == 1
    active = visitor.page.locator("[data-testid=search]").get_attribute("aria-activedescendant")
    assert option.get_attribute("id") == active
    return option.get_attribute("data-id")


def test_every_group_is_shown_with_how_many_there_are(visitor: Visitor) -> None:
    visitor.open("/")
    found = search(visitor, "gate")
    assert all(found[group]["total"] for group in GROUPS)
    for group in GROUPS:
        shown = options(visitor, group)
        ids = [r.get("claim") or r["id"] for r in found[group]["results"]]
        assert shown == ids[: len(shown)]
        count = visitor.texts(f"[data-testid=results-{group}] [data-testid=counts]")[0]
        total = found[group]["total"]
        assert count == (str(total) if len(shown) == total else f"{len(shown)} of {total}")
    for said, text in zip(
        found["claims"]["results"], visitor.texts("[data-testid=results-claims] .result[data-id]"), strict=False
    ):
        for part in (said["says"], said["speaker"]["label"], said["document"]["label"], said["status"]["label"]):
            assert part in text


def test_the_parts_that_matched_are_marked(visitor: Visitor) -> None:
    visitor.open("/")
    found = search(visitor, "gate")
    for at, result in enumerate(found["claims"]["results"][:5]):
        letters = list(result["says"])
        wanted = ["".join(letters[a:b]) for a, b in result["marks"]]
        option = visitor.page.locator("[data-testid=results-claims] .result[data-id]").nth(at)
        assert option.locator("mark").all_text_contents() == wanted
        assert wanted


def test_arrows_go_through_all_groups_and_round(visitor: Visitor) -> None:
    visitor.open("/")
    search(visitor, "gate")
    for group in GROUPS:  # more of a group is one option, which shows the rest in its place
        more = visitor.page.locator(f"[data-testid=results-{group}] .more")
        if more.count():
            more.click()
            expect(visitor.page.locator("[data-testid=search]")).to_be_focused()
    every = [name for group in GROUPS for name in options(visitor, group)]
    visitor.page.keyboard.press("Escape")
    search(visitor, "gate")
    seen: list[str] = []
    for _ in range(len(every) + 9):
        visitor.page.keyboard.press("ArrowDown")
        name = selected(visitor)
        if name is None:
            visitor.page.keyboard.press("Enter")
            name = selected(visitor)
            assert name is not None
        if seen and name == seen[0]:
            break
        seen.append(name)
    assert seen == every
    visitor.page.keyboard.press("ArrowUp")
    assert selected(visitor) == every[-1]


def go_to(visitor: Visitor, group: str) -> str:
    """By arrows to the first of a group, and Enter."""
    wanted = options(visitor, group)[0]
    for _ in range(40):
        visitor.page.keyboard.press("ArrowDown")
        if visitor.page.locator(f"[data-testid=results-{group}] [aria-selected=true]").count():
            break
    assert selected(visitor) == wanted
    visitor.page.keyboard.press("Enter")
    return wanted


def test_enter_opens_what_was_found(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/")
    search(visitor, "gate")
    visitor.drawn(go_to(visitor, "entities"))
    search(visitor, "gate")
    claim = go_to(visitor, "claims")
    page.locator(f'[data-testid=claim-card][data-claim="{claim}"]').wait_for()
    visitor.settled()
    search(visitor, "gate")
    paper = go_to(visitor, "documents")
    page.locator(
        f'[data-testid=document][data-document="{paper}"], [data-testid=document] [data-document="{paper}"], [data-document="{paper}"]'
    ).first.wait_for()
    search(visitor, "gate")
    question = go_to(visitor, "questions")
    expect(page).to_have_url(re.compile(rf"[?&]asked={question}&view=questions$"))
    page.go_back()
    assert f"doc={paper}" in page.url


def test_a_click_opens_a_claim_with_its_evidence(visitor: Visitor) -> None:
    visitor.open("/")
    search(visitor, "gate")
    claim = options(visitor, "claims")[1]
    visitor.page.locator(f'[data-testid=results-claims] [data-id="{claim}"]').click()
    visitor.page.locator(f'[data-testid=claim-card][data-claim="{claim}"]').wait_for()


def test_nothing_found_says_what_was_searched(visitor: Visitor) -> None:
    visitor.open("/")
    search(visitor, "qqqzzz")
    told = visitor.texts("[data-testid=results]")[0]
    assert told.startswith("Nothing named “qqqzzz” in this corpus")
    for searched in ("names", "claims", "digests", "questions", "not the full text"):
        assert searched in told


def test_where_not_all_words_are_held_the_page_says_which_were_left_out(visitor: Visitor) -> None:
    visitor.open("/")
    search(visitor, "who opened the gate zzz")
    note = visitor.served.get("/api/search?q=who+opened+the+gate+zzz&limit=20")["note"]
    assert "Left out: who, the." in note
    assert note in visitor.texts("[data-testid=results] [role=status]")[0]


def test_a_claim_found_by_another_name_says_whom_it_means(visitor: Visitor) -> None:
    visitor.open("/")
    found = search(visitor, "belediyesi")
    shown = visitor.page.locator("[data-testid=results-claims] .result[data-id]").first
    (named,) = found["claims"]["results"][0]["named"]
    assert named["id"] == "halmer-council"
    assert named["label"] in shown.locator("[data-testid=by-name]").inner_text()


def test_found_texts_of_strangers_stay_text(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    hostile_corpus(tmp_path / "corpus")
    build(tmp_path / "corpus", tmp_path / "build")
    app = application(Archive.open(tmp_path / "build", None))
    with serving(app) as server, visiting(browser, server) as visitor:
        met = set()
        visitor.open("/")
        for word in ("gate", "pwned", "halmer"):
            found = search(visitor, word)
            while (more := visitor.page.locator("[data-testid=results] .more")).count():
                more.first.click()
            read = " ".join(visitor.page.locator("[data-testid=results]").inner_text().split())
            listed = [result for group in found.values() for result in group["results"]]
            texts = [" ".join(r[name].split()) for r in listed for name in ("says", "label", "text") if name in r]
            assert [text for text in texts if text not in read] == []
            met |= {payload for payload in PAYLOADS for text in texts if payload in text}
            visitor.page.keyboard.press("Escape")
        assert len(met) > len(PAYLOADS) / 2
        assert visitor.page.evaluate("() => window.pwned") is None
        assert visitor.elsewhere == []
        assert visitor.complaints == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_found_by_axe_in_the_list(browser: Browser, served: Served, scheme: Any) -> None:
    with visiting(browser, served, color_scheme=scheme) as visitor:
        visitor.open("/")
        search(visitor, "gate")
        visitor.page.keyboard.press("ArrowDown")
        assert barriers(visitor, ".search") == []
