"""Citations in words, numbered notes and the annex: nothing loses its status, nothing runs."""

import re
from dataclasses import replace

import pytest

from graph.briefing.annex import Annex, Citations, Note, facts
from graph.briefing.citing import cite, day, name_of, opposing, rank, sentence, span
from graph.briefing.manifest import fingerprint
from graph.errors import NotFoundError
from graph.evidence import Archive, ClaimEvidence, Named
from graph.vocabulary import vocabulary

HOSTILE = '<script>alert(1)</script> [x](javascript:y) **b** `c` | "q"'


@pytest.fixture(scope="module")
def known(mini_archive: Archive) -> dict[str, ClaimEvidence]:
    return {claim.claim: claim for claim in mini_archive.all_claims()}


def test_a_relayed_claim_names_speaker_kind_date_relay_and_status(known: dict[str, ClaimEvidence]) -> None:
    assert cite([known["901-c2.1"]]) == (
        "according to Halmer constabulary (admission by the actor; news analysis of Verrin Courier, "
        f"{span(known['901-c2.1'].document.published_from, known['901-c2.1'].document.published_to)}), "
        "relayed by author of the Courier's analysis; single origin"
    )


def test_words_in_custody_stand_behind_the_one_who_passes_them_on(known: dict[str, ClaimEvidence]) -> None:
    told = cite([known["900-c4.1"]])
    assert told.startswith("according to Halmer constabulary (")
    assert "itself based on words in custody (statement of a child in custody: an apprentice" in told
    assert "held by Halmer constabulary" in told


def test_a_contested_claim_says_who_denies_it(known: dict[str, ClaimEvidence]) -> None:
    assert "901-c5.1" in opposing([known["900-c2.1"]])
    told = cite([known["900-c2.1"]], known)
    assert "contested: " in told
    assert "denied by Ilsa Torn in 901-c5.1" in told
    assert "by Ilsa Torn" not in cite([known["900-c2.1"]])


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("900-c13.1", ("predicted", "possible", "hypothetical")),
        ("900-c15.1", ("conditional", "condition: ", "hypothetical")),
        ("900-c17.1", ("promised", "view or demand")),
        ("900-c20.1", ("negated, only said not to be so",)),
        ("900-c5.1", ("anonymous official", "anonymity granted")),
        ("900-c28.1", ("retracted 2031-04-20",)),
        ("900-c19.1", ("inferred from ", "inferred", "words in custody: 900-c3.1")),
        ("901-c10.1", ("undisclosed intelligence", "supposed", "unstated")),
    ],
)
def test_nothing_a_reader_needs_is_lost(known: dict[str, ClaimEvidence], claim: str, words: tuple[str, ...]) -> None:
    told = cite([known[claim]], known)
    assert [word for word in words if word not in told] == []


def test_several_claims_are_grouped_without_repetition(known: dict[str, ClaimEvidence]) -> None:
    same = [known[name] for name in ("900-c3.1", "900-c3.2", "900-c3.3")]
    assert cite(same, known) == cite(same[:1], known)
    both = cite([known["901-c2.1"], known["900-c7.4"]], known)
    assert both.count("according to") == 2
    assert cite([]) == ""


def test_every_claim_is_cited_with_its_drawn_status(known: dict[str, ClaimEvidence]) -> None:
    for claim in known.values():
        assert claim.drawn_status.label in cite([claim], known)


def test_a_sentence_tells_our_words_with_figure_and_ids(known: dict[str, ClaimEvidence]) -> None:
    told = sentence([known["900-c7.1"], known["900-c7.2"]], known)
    assert told.startswith("Unnamed people in the lower streets speak of")
    assert "figure: more than 300 (residents of the lower streets)" in told
    assert told.endswith("[@900-c7.1; @900-c7.2].")


def test_dates_and_names_read_well() -> None:
    assert [day("2022"), day("2022-01"), day("2022-01-03")] == ["2022", "January 2022", "3 January 2022"]
    assert span("2022-01", "2022-02") == "January 2022 to February 2022"
    assert name_of(Named("x", "Syrian Democratic Forces (SDF)")) == "SDF"
    assert name_of(Named("x", "Hulusi Akar (defence minister)")) == "Hulusi Akar (defence minister)"


def test_ranks_come_from_the_vocabulary() -> None:
    tokens = [concept.notation for concept in vocabulary().concepts("DrawnStatus").values()]
    assert sorted(map(rank, tokens)) == list(range(1, len(tokens) + 1))
    assert rank("corroborated") == len(tokens)


# ---- notes and annex --------------------------------------------------------------------------------


def test_notes_are_numbered_by_first_use_and_keep_their_number(mini_archive: Archive) -> None:
    citations = Citations(mini_archive.claim)
    first, second = citations.note("901-c2.1"), citations.note("900-c7.1", "900-c7.2")
    assert (str(first), str(second)) == ("[1]", "[2]")
    assert citations.note("901-c2.1") is first
    assert citations.note("900-c7.2", "900-c7.1") is second
    assert [note.number for note in citations.annex().notes] == [1, 2]
    assert sorted(citations.manifest()) == ["900-c7.1", "900-c7.2", "901-c2.1"]
    with pytest.raises(NotFoundError):
        citations.note("900-c99.1")
    with pytest.raises(NotFoundError):
        citations.note()
    assert len(citations.annex().notes) == 2


def test_the_annex_holds_everything_behind_a_claim(known: dict[str, ClaimEvidence]) -> None:
    claim = known["900-c3.1"]
    annex = Annex((Note(1, (claim,), cite([claim], known)),), "https://example.org/", known)
    for shown in (annex.html(), repr(annex), annex.markdown().replace("\\", "")):
        for part in (claim.says, claim.drawn_reason, claim.document.title, claim.passage.digest, "Halmer Gazette"):
            assert part.replace("'", "&#x27;" if shown.startswith("<") else "'") in shown
        assert str(claim.passage.sha256) in shown
        assert "https://example.org/?claim=900-c3.1" in shown
    chain = dict(facts(claim, known))["Chain, outermost first"]
    assert [hop.split(" [")[0] for hop in chain.split(" › ")] == [hop.speaker.label for hop in claim.chain]
    assert "in custody" in chain
    assert set(annex._repr_mimebundle_()) == {"text/plain", "text/markdown", "text/html"}


def test_a_document_without_an_original_says_so(known: dict[str, ClaimEvidence]) -> None:
    assert dict(facts(known["901-c2.1"], known))["SHA-256 of the passage"].startswith("none")


def test_hostile_text_is_shown_and_does_nothing(known: dict[str, ClaimEvidence]) -> None:
    base = known["901-c2.1"]
    hop = replace(base.chain[0], speaker=Named("x", HOSTILE))
    claim = replace(
        base,
        says=HOSTILE,
        drawn_reason=HOSTILE,
        chain=(hop, *base.chain[1:]),
        document=replace(base.document, title=HOSTILE, publisher=Named("p", HOSTILE)),
        passage=replace(base.passage, digest=HOSTILE),
    )
    note = Note(1, (claim,), cite([claim]))
    annex = Annex((note,))
    page = annex.html() + note._repr_mimebundle_()["text/html"]
    assert "<script" not in page
    assert page.count('"q"') == 0
    text = annex.markdown()
    assert "<script" not in text
    assert re.search(r"(?<!\\)\]\((?!\?claim=)", text) is None
    assert re.search(r"(?<!\\)`", text) is None


# ---- fingerprints -----------------------------------------------------------------------------------


def test_a_fingerprint_moves_with_what_is_said_and_not_with_how_it_is_drawn(known: dict[str, ClaimEvidence]) -> None:
    claim = known["901-c2.1"]
    said = fingerprint(claim)
    assert re.fullmatch("[0-9a-f]{64}", said)
    assert fingerprint(replace(claim, drawn_status=known["900-c2.1"].drawn_status, drawn_reason="x")) == said
    for other in (
        replace(claim, says="x"),
        replace(claim, polarity=known["900-c8.1"].polarity),
        replace(claim, mode=known["900-c15.1"].mode),
        replace(claim, chain=claim.chain[:1]),
        replace(claim, condition="if"),
        replace(claim, passage=replace(claim.passage, sha256="0" * 64)),
    ):
        assert fingerprint(other) != said
    assert len({fingerprint(one) for one in known.values()}) == len(known)
