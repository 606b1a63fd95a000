"""Whole questions, as somebody types them who does not know our wording, find what answers them."""

import json

from corpora import TESTS

from graph.evidence import Archive, Overview

FIRST = 10
ASKED: list[tuple[str, list[str]]] = json.loads((TESTS / "data" / "questions.json").read_text(encoding="utf-8"))


def first(archive: Archive, text: str) -> set[str]:
    """What comes among the first ten of each group: `claim:…`, `entity:…`, `document:…`, `question:…`."""
    found = Overview(archive).search(text, FIRST)
    return {
        *(f"entity:{one.entity.id}" for one in found.entities[:FIRST]),
        *(f"claim:{name}" for one in found.claims for name in one.claims),
        *(f"document:{one.document.id}" for one in found.documents),
        *(f"question:{one.question.id}" for one in found.questions),
    }


def lacking(archive: Archive) -> dict[str, list[str]]:
    """What should come among the first ten and does not, by question."""
    return {text: [name for name in wanted if name not in first(archive, text)] for text, wanted in ASKED}


# What our wording does not give: nothing here holds `fugitives`, and no sentence about flight to Türkiye says members.
KNOWN = {
    "how many prisoners got away?": ["question:escapee-count"],
    "did attackers dig tunnels?": ["claim:102-c12.1"],
    "where did the fugitives flee to?": ["claim:134-c5.1"],
    "how many suicide bombers took part": ["question:attackers-count"],
    "Did Daesh members flee to Turkey?": ["claim:104-c2.1"],
    "did the US know of the attack before it happened?": ["question:who-was-behind-the-attack"],
    "did the Syrian government deny the meeting in Aqaba?": ["question:is-the-report-on-aqaba-founded"],
}


def test_whole_questions_find_what_answers_them_among_the_first_ten(founding: Archive) -> None:
    assert len(ASKED) >= 20
    known = {
        *(f"entity:{name}" for name in founding.register.entities),
        *(f"question:{one.id}" for one in founding.register.questions),
        *(f"claim:{name}" for name in founding.claim_ids()),
    }
    assert {name for _, wanted in ASKED for name in wanted} <= known
    assert {text: names for text, names in lacking(founding).items() if names} == KNOWN


def test_what_holds_all_words_comes_first_and_what_holds_some_is_marked(founding: Archive) -> None:
    found = Overview(founding).search("Who carried out the prison attack?", 20)
    for group in (found.entities, found.claims, found.documents, found.questions):
        marked = [one.all_words for one in group]
        assert marked == sorted(marked, reverse=True)
    assert [one.question.id for one in found.questions if one.all_words] == ["who-carried-out-the-attack"]
    assert found.note == (
        "1 result has all the words; the others have some of them, most first: carried, prison, attack. "
        "Left out: who, out, the."
    )


def test_where_enough_holds_all_words_nothing_is_added(founding: Archive) -> None:
    found = Overview(founding).search("prison attack", 500)
    assert found.note is None
    assert all(one.all_words for group in (found.claims, found.documents, found.questions) for one in group)


def test_a_claim_is_found_by_every_name_of_whom_it_is_about(founding: Archive) -> None:
    """And after those whose own words are meant; a name that is no word of the sentence is told."""
    found = Overview(founding).search("Daesh", 500)
    own = [one for one in found.claims if not one.named]
    named = [one for one in found.claims if one.named]
    assert found.claims == (*own, *named)
    assert all("Daesh" in one.says.text for one in own)
    about = {row.claim for row in founding.rows if "isis" in (row.subject, row.object) and not row.retracted}
    assert about <= {name for one in found.claims for name in one.claims}
    assert {tuple(whom.id for whom in one.named) for one in named} == {("isis",)}
