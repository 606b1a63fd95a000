"""What somebody who has never seen the page tries first: a whole question, a side, a source to leave out, a phone."""

from collections.abc import Iterator

import pytest
from browser import WAIT, Visitor, marks
from playwright.sync_api import expect
from serving import Served, page_of

from graph.evidence import Archive

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
