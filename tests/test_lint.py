"""The linter of sentences: every rule has a sentence that trips it alone, and what it suggests passes."""

import json
from pathlib import Path

import pytest
from corpora import ROOT

from graph.briefing.citing import sentence
from graph.briefing.lint import Finding, Linter, findings, rules
from graph.briefing.lint.names import Names
from graph.briefing.lint.numbers import months, numbers
from graph.briefing.lint.words import NAME, RULES, parse, pattern
from graph.briefing.manifest import Cited, briefing, fingerprint, manifest, mark
from graph.briefing.prose import Prose, Sentence, read, sentences
from graph.errors import BriefingError
from graph.evidence import Archive

SUITE = ROOT / "tests" / "data" / "lint-sentences.json"
LINT = ROOT / "graph" / "briefing" / "lint" / NAME
DETAINED = "The Halmer constabulary says that it detained lock workers"
TRIPS = {
    "unknown": ("The Halmer council says that the gate was opened, which Ilsa Torn denies.", "900-c2.1 900-c99.1"),
    "retracted": (f"{DETAINED}.", "901-c2.1 900-c28.1"),
    "changed": (f"{DETAINED}.", "901-c2.1"),
    "hypothetical": ("The Hill Association told of a second flood in Halmer.", "900-c13.1"),
    "view": ("The Gazette's author writes of river trade and the Halmer council.", "900-c21.1"),
    "contested": ("The Halmer council says that the gate was opened.", "900-c2.1"),
    "negated": ("Ilsa Torn says that there was a meeting of the councils, which is contested.", "900-c10.1"),
    "conjecture": ("The author of the Gazette's report says that Verrin council benefited from it.", "900-c11.1"),
    "certainty": ("The Orvanian Water Ministry says that Verrin council supported the two strangers.", "901-c10.1"),
    "flat": ("The boats went to the upper ford.", "900-c7.4"),
    "hardened": ("The Halmer constabulary confirmed that it detained lock workers.", "901-c2.1"),
    "overclaim": (
        "Several sources, the Halmer constabulary among them, say that it detained lock workers.",
        "901-c2.1",
    ),
    "wrong-speaker": ("The Halmer Gazette says that the flood lasted less than 6 hours by 4 April 2031.", "900-c26.1"),
    "unattributed": ("Reportedly the flood lasted less than 6 hours by 4 April 2031.", "900-c26.1"),
    "custody": ("Ada Merrow and a lock worker say that Verrin council sent the two strangers.", "900-c3.1"),
    "stranger": ("The Halmer constabulary says that it detained lock workers for the Hill Association.", "901-c2.1"),
    "member": ("Ada Merrow says that the Halmer council met in secret, which Ilsa Torn denies.", "900-c9.2"),
    "silence": (f"{DETAINED}, and by not answering their union accepts it.", "901-c2.1"),
    "deed": ("The Halmer constabulary says that it executed lock workers.", "901-c2.1"),
    "comparator": ("The Halmer council says that the flood lasted 6 hours by 4 April 2031.", "900-c26.1"),
    "figure": ("The Halmer council says that the flood lasted less than 6 hours.", "900-c26.1"),
    "number": ("The Halmer constabulary says that it detained 17 lock workers.", "901-c2.1"),
    "person": ("The Halmer constabulary says that it detained Corin Vasth.", "901-c2.1"),
    "slant": ("The Halmer constabulary says that it detained the terrorists.", "901-c2.1"),
    "uncited": ("Verrin council opened the Low Gate.", ""),
}
SOUND = (
    (f"{DETAINED}.", "901-c2.1"),
    ("The Halmer council says that the flood lasted less than six hours by 4 April 2031.", "900-c26.1"),
    ("The Halmer constabulary says that it detained what it calls terrorists.", "901-c2.1"),
    ("The Halmer constabulary says that it detained “terrorists”.", "901-c2.1"),
    ("The Halmer constabulary says that it detained lock workers; no independent source confirms it.", "901-c2.1"),
    ("A lock worker in custody, whom Ada Merrow relays, says that Verrin council sent two strangers.", "900-c3.1"),
    ("Ada Merrow says that the councils met and Ilsa Torn that they did not.", "900-c9.1 900-c10.1"),
    ("Ada Merrow says that Halmer and Verrin councils met, jointly; Ilsa Torn denies it.", "900-c9.2"),
    ("The Hill Association thinks that there may be a second flood in Halmer.", "900-c13.1"),
    ("It is a long night.", ""),
    ("Did Verrin council open the Low Gate?", ""),
)


def one(text: str, cites: str) -> Sentence:
    return Sentence(text, tuple(cites.split()), "briefing.md:1")


def held(archive: Archive, rule: str) -> dict[str, Cited]:
    said = Cited("0" * 64, "single-origin")
    return {"901-c2.1": said} if rule == "changed" else manifest([archive.claim("901-c2.1")])


def tripped(found: list[Finding]) -> list[str]:
    return [finding.rule for finding in found]


def test_every_rule_has_its_sentence() -> None:
    assert set(TRIPS) == set(RULES) == set(rules().rules)


@pytest.mark.parametrize("rule", TRIPS)
def test_a_sentence_trips_its_rule_and_nothing_else(mini_archive: Archive, rule: str) -> None:
    found = Linter(mini_archive, held=held(mini_archive, rule)).check(one(*TRIPS[rule]))
    assert tripped(found) == [rule]
    assert found[0].found
    assert found[0].place == "briefing.md:1"


@pytest.mark.parametrize("rule", TRIPS)
def test_a_rule_that_is_off_finds_nothing(mini_archive: Archive, rule: str) -> None:
    off = Linter(mini_archive, rules().without(rule), held(mini_archive, rule)).check(one(*TRIPS[rule]))
    assert rule not in tripped(off)


@pytest.mark.parametrize(("text", "cites"), SOUND)
def test_a_sound_sentence_passes(mini_archive: Archive, text: str, cites: str) -> None:
    assert Linter(mini_archive).check(one(text, cites)) == []


def test_with_its_own_rule_off_a_flat_sentence_is_still_found(mini_archive: Archive) -> None:
    flat = one("The opening of the Low Gate took place.", "900-c2.1")
    assert tripped(Linter(mini_archive).check(flat)) == ["contested"]
    assert tripped(Linter(mini_archive, rules().without("contested")).check(flat)) == ["flat"]


def test_a_changed_status_is_found(mini_archive: Archive) -> None:
    claim = mini_archive.claim("901-c2.1")
    linter = Linter(mini_archive, held={claim.claim: Cited(fingerprint(claim), "corroborated")})
    (found,) = linter.check(one(f"{DETAINED}.", "901-c2.1"))
    assert found.found == "the edge of 901-c2.1 was corroborated and is single-origin"


def test_a_suggestion_names_speaker_status_comparator_and_claim(mini_archive: Archive) -> None:
    (found,) = Linter(mini_archive).check(one(*TRIPS["comparator"]))
    for words in ("Halmer council", "single origin", "less than 6 hours", "[@900-c26.1]"):
        assert words in found.suggestion
    (slanted,) = Linter(mini_archive).check(one("This is a regime.", ""))
    assert slanted.suggestion == "This is a government."


def test_nothing_retracted_is_suggested(mini_archive: Archive) -> None:
    found = Linter(mini_archive).check(one(*TRIPS["retracted"]))
    assert "900-c28" not in found[0].suggestion
    assert sentence([mini_archive.claim("900-c28.1")]) == ""


# ---- the project's own corpus -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def linter(founding: Archive) -> Linter:
    return Linter(founding)


def test_sentences_written_without_sight_of_the_rules(linter: Linter) -> None:
    suite = json.loads(SUITE.read_text(encoding="utf-8"))
    flagged = {"sound": 0, "unsound": 0}
    for entry in suite:
        flagged[entry["verdict"]] += bool(linter.check(Sentence(entry["text"], tuple(entry["cites"]), "suite:1")))
    assert sum(entry["verdict"] == "sound" for entry in suite) == len(suite) - 100 == 100
    assert flagged["unsound"] >= 95
    assert flagged["sound"] <= 5


def test_what_is_suggested_passes_and_what_is_flat_does_not(founding: Archive, linter: Linter) -> None:
    names = list(dict.fromkeys(name.rpartition(".")[0] for name in founding.claim_ids()))[::9]
    claims = founding.evidence_of(founding.claims_of_utterances(names))
    assert len(claims) > 100
    for claim in claims:
        (suggested,) = {found.suggestion for found in linter.check(one("It is so.", claim.claim))} or {""}
        if suggested:
            told = [found for s in sentences(Prose("s", suggested)) for found in linter.check(s)]
            assert told == [], claim.claim
        flat = f"{claim.subject.label} did that to {claim.object.label}."
        if claim.drawn_status.id != "corroborated":
            assert linter.check(one(flat, claim.claim)), claim.claim


# ---- prose ------------------------------------------------------------------------------------------

MARKDOWN = """---
title: Verrin council opened the gate
---
# A heading without a verb

The council says “so it is” of
it [@900-c2.1; @900-c2.2]. A mark closes it. <!-- framing --> And `code. Code.` a **bold** word.
After the stop. [@900-c2.3]

<!-- framing -->
A framed paragraph. All of it.

- an item [@900-c2.4]
  over two lines
> quoted words.

| a | b [@900-c3.1] |
|---|---|

```
Verrin council opened the Low Gate.
```

    Verrin council opened it.
"""


def test_markdown_becomes_sentences_with_places() -> None:
    found = sentences(Prose("b.md", MARKDOWN))
    assert [(s.text, s.place, s.cites) for s in found] == [
        ("A heading without a verb", "b.md:4", ()),
        ("The council says “so it is” of it.", "b.md:6", ("900-c2.1", "900-c2.2")),
        ("A mark closes it.", "b.md:7", ()),
        ("And a bold word.", "b.md:7", ()),
        ("After the stop.", "b.md:8", ("900-c2.3",)),
        ("A framed paragraph.", "b.md:11", ()),
        ("All of it.", "b.md:11", ()),
        ("an item over two lines", "b.md:13", ("900-c2.4",)),
        ("quoted words.", "b.md:15", ()),
        ("a, b", "b.md:17", ("900-c3.1",)),
    ]
    assert [s.text for s in found if s.framing] == ["A mark closes it.", "A framed paragraph.", "All of it."]
    assert "so it is" not in found[1].own
    assert found[8].own.strip() == ""


def test_a_notebook_is_read_cell_by_cell(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "code", "source": "x = 'Verrin council opened it.'"},
        {"cell_type": "markdown", "source": ["One line.\n", "Another one.\n"]},
    ]
    path = tmp_path / "b.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    found, _ = briefing(path)
    assert [(s.text, s.place) for s in found] == [
        ("One line.", "b.ipynb:cell 2:1"),
        ("Another one.", "b.ipynb:cell 2:2"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.ipynb", b"{", "no notebook of format 4"),
        ("b.md", b"ok\n\xff", "b.md:2: a byte that is not UTF-8"),
        ("b.txt", b"x", "a file of kind '.txt'"),
        ("b.md", b'x\n<!-- cited {"900-c1.1": 3} -->', "b.md:2: a list of cited claims"),
        ("b.md", b'<!-- cited {"900-c1.1": {"said": "x", "drawn": "y"}} -->', "'900-c1.1' in the list"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BriefingError, match="fix: ") as refused:
        briefing(tmp_path / name)
    assert said in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="No such file"):
        read(tmp_path / "none.md")


def test_a_briefing_carries_what_it_cited(mini_archive: Archive, tmp_path: Path) -> None:
    claims = [mini_archive.claim(name) for name in ("901-c2.1", "900-c26.1")]
    path = tmp_path / "b.md"
    path.write_text(f"{DETAINED} [@901-c2.1].\n\n{mark(manifest(claims))}\n", encoding="utf-8")
    found, carried = briefing(path)
    assert carried == manifest(claims)
    assert findings(found, mini_archive, carried) == []


# ---- words ------------------------------------------------------------------------------------------


def test_words_match_whole_words_and_stars() -> None:
    words = pattern(["deny", "call* it", "*ing"])
    assert words.search("they deny") is not None
    assert words.search("they denied") is None
    assert words.search("she called it so") is not None
    assert words.search("a striking one") is not None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    contested: [dispute]", "    contestd: [dispute]", "'contestd' in needs of DrawnStatus"),
        ("    contested: [dispute]", "    contested: [disputes]", "'disputes' in needs of contested"),
        ("    contested: [dispute]", "    contested: dispute", "needs: contested is no list"),
        ("  contested: contested", "  contested: contestd", "'contestd' for contested in rule-of"),
        ("  - id: flat\n    level: error", "  - id: flat\n    level: grave", "level 'grave' of flat"),
        ("  - id: flat\n", "  - id: flatt\n", "'flatt' in rules"),
        ("  about: [about,", "  abou: [about,", "'abou' in comparators"),
        ("slant:\n", "slants:\n", "'slants' in the file"),
        ("rules:\n", "rules: [\n", "lint.yaml:"),
    ],
)
def test_a_slip_in_the_rules_is_refused(old: str, new: str, said: str) -> None:
    text = LINT.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(BriefingError) as refused:
        parse(text.replace(old, new, 1))
    assert said in str(refused.value)


def test_numbers_are_read_in_digits_and_words() -> None:
    read_in = [int(n.value) for n in numbers("10,000 and two hundred, twenty-five, 3 May, document 000-c1.2")]
    assert read_in == [10000, 200, 25, 3]
    assert months("They may come in May or on 3 June") == {"May", "June"}
    assert months("they may come") == set()


def test_names_fit_whatever_their_marks(mini_archive: Archive) -> None:
    names = Names(mini_archive.register.entities)
    assert {m.entity for m in names.mentions("the HALMER council's men")} >= {"halmer-council"}
    assert {m.entity for m in names.mentions("Verrin’s men")} >= {"verrin-council"}
    assert list(names.strange("It was Corin Vasth. The Hill Association said.", frozenset({"The"}))) == ["Corin Vasth"]
