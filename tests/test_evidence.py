"""Evidence: complete, faithful to the corpus, and never without status and source."""

import shutil
from pathlib import Path

import pytest
from corpora import MINI

from graph.build import build
from graph.errors import NotFoundError
from graph.evidence import Archive, ClaimEvidence, Evidence, Overview, spoken
from graph.lens import Lens, Views
from graph.model import Corpus


def test_the_store_gives_back_the_claims_of_the_corpus(mini: Corpus, mini_archive: Archive) -> None:
    wanted = {c.id: (c.edge, c.utterance) for c in mini.claims() if not _protected(c.utterance.retracted)}
    got = {
        c.id: (c.edge, c.utterance)
        for c in mini_archive.claims_of_utterances({name.rpartition(".")[0] for name in mini_archive.claim_ids()})
    }
    assert set(got) == set(wanted)
    for name, (edge, utterance) in wanted.items():
        assert got[name][0] == edge
        assert got[name][1].by == utterance.by
        assert got[name][1].says == utterance.says
        assert got[name][1].passage == utterance.passage


def _protected(retracted: object) -> bool:
    return getattr(retracted, "reason", None) == "ProtectPerson"


def _complete(claim: ClaimEvidence) -> bool:
    return bool(
        claim.says
        and claim.chain
        and claim.document.id
        and claim.passage.digest
        and claim.reported_status.label
        and claim.drawn_status.label
        and claim.drawn_reason
        and claim.evidence_kinds
    )


def test_all_claims_at_once_are_those_of_each_utterance(mini_archive: Archive, founding: Archive) -> None:
    for archive in (mini_archive, founding):
        names = list(dict.fromkeys(name.rpartition(".")[0] for name in archive.claim_ids()))
        one_by_one = [claim for name in names for claim in archive.claims_of_utterances([name])]
        assert sorted(archive.every_claim(), key=str) == sorted(one_by_one, key=str) != []
        assert archive.claims_of_utterances(names[1:]) == [
            c for c in archive.every_claim() if c.utterance.id != names[0]
        ]


def test_every_claim_has_status_chain_document_and_passage(mini_archive: Archive, founding: Archive) -> None:
    for archive in (mini_archive, founding):
        claims = archive.all_claims()
        assert claims
        assert [c.claim for c in claims if not _complete(c)] == []


def line(archive: Archive, **asked: str) -> Evidence:
    """What a click on a line opens, nothing hidden."""
    return Views(archive).through(Lens()).line(**asked)[0]


def test_bundles_hold_every_claim_once(mini_archive: Archive) -> None:
    for name in mini_archive.register.entities:
        edges = mini_archive.edges(mini_archive.propositions_about(name))
        focus = mini_archive.focus(name, limit=10_000)
        drawn = [c.claim for b in focus.bundles for e in b.edges for c in e.claims]
        assert sorted(drawn) == sorted(c.claim for e in edges for c in e.claims)
        assert all(len({e.drawn_status.id for e in b.edges}) == 1 for b in focus.bundles)


def test_a_focus_says_how_much_it_leaves_out(mini_archive: Archive) -> None:
    whole = mini_archive.focus("gate-opening", limit=10_000)
    part = mini_archive.focus("gate-opening", limit=2)
    assert (len(part.bundles), part.total) == (2, len(whole.bundles))
    assert part.total_claims == whole.total_claims


def test_a_bundle_can_be_opened_again_by_its_id(mini_archive: Archive) -> None:
    for drawn in Views(mini_archive).through(Lens()).focus("gate-opening", 10_000).lines:
        opened = line(mini_archive, bundle=drawn.id)
        assert [e.proposition for e in opened.edges] == [e.proposition for e in drawn.edges]


def test_the_passage_is_quoted_only_from_an_attached_original(mini_archive: Archive) -> None:
    attached = mini_archive.claim("900-c1.1").passage
    assert (attached.state, attached.quote) == ("verified", "Verrin hand on the Low Gate")
    bare = Archive(mini_archive.store, mini_archive.manifest, None).claim("900-c1.1").passage
    assert (bare.state, bare.quote, bare.digest) == ("not-attached", None, "The heading points at Verrin.")


def test_drift_of_an_original_shows(mini_folder: Path, tmp_path: Path) -> None:
    build(mini_folder, tmp_path / "out")
    text = mini_folder / "originals" / "900-gazette.txt"
    words = text.read_text(encoding="utf-8")
    text.write_text(
        "A new first line.\n" + words.replace("Low Gate above Halmer", "High Gate over Halmer"), encoding="utf-8"
    )
    archive = Archive.open(tmp_path / "out", mini_folder)
    assert archive.claim("900-c1.1").passage.state == "moved"
    states = {c.passage.state for c in archive.claims_of_document("900-gazette")}
    assert states == {"moved", "orphaned"}


def test_disagreement_names_both_sides(mini_archive: Archive) -> None:
    contested = [
        e
        for name in ("gate-opening", "secret-meeting")
        for e in mini_archive.edges(mini_archive.propositions_about(name))
        if e.drawn_status.id == "contested"
    ]
    assert contested
    both = [e for e in contested if {c.polarity.id for c in e.claims} >= {"affirms", "denies"}]
    evidence = line(mini_archive, proposition=both[0].proposition)
    assert evidence.disagreement is not None
    assert "denied in" in evidence.disagreement
    assert "denied by nobody" not in evidence.sentence


def test_silence_is_not_called_agreement(mini_archive: Archive) -> None:
    edge = next(
        e
        for e in mini_archive.edges(mini_archive.propositions_about("halmer-council"))
        if e.drawn_status.id == "no-origin-shown"
    )
    sentence = line(mini_archive, proposition=edge.proposition).sentence
    assert "denied by nobody in this corpus (3 documents searched; silence is no agreement)" in sentence


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda a: a.claim("900-c1.9"), "900-c1.1"),
        (lambda a: a.entity("gate-openin"), "gate-opening"),
        (lambda a: a.document("900-gazett"), "900-gazette"),
        (lambda a: line(a, proposition="0" * 32), ""),
        (lambda a: line(a, bundle="nobody~nothing~contested"), ""),
    ],
)
def test_what_is_not_there_is_said_with_a_hint(mini_archive: Archive, ask: object, hint: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        ask(mini_archive)  # type: ignore[operator]
    assert hint in str(caught.value)


def test_the_overview_counts_what_the_corpus_holds(mini: Corpus, mini_archive: Archive) -> None:
    held = Overview(mini_archive)
    claims = [c for c in mini.claims() if not _protected(c.utterance.retracted)]
    assert held.claims == len(claims) == mini_archive.manifest["counts"]["claims"]
    assert held.by_document == {d.id: n for d in mini.documents if (n := sum(c.document.id == d.id for c in claims))}
    assert sum(held.by_status.values()) == sum(not c.withheld for c in claims)
    about = sum("gate-opening" in (c.edge.subject, getattr(c.edge.object, "id", "")) for c in claims)
    assert held.by_entity["gate-opening"] == about


def test_a_document_view_shows_claims_and_garbled_text_at_their_paragraph(mini: Corpus, mini_archive: Archive) -> None:
    paragraphs = Overview(mini_archive).paragraphs("900-gazette")
    document = next(d for d in mini.documents if d.id == "900-gazette")
    assert [p.number for p in paragraphs] == [p.number for p in document.digest]
    for u in document.utterances:
        paragraph = next(p for p in paragraphs if p.number == u.passage.paragraph)
        if u.printed:
            assert paragraph.garbled == (u.printed,)
        if not _protected(u.retracted):
            assert {name for name, _ in u.claims()} <= {c.claim for c in paragraph.claims}
    assert paragraphs[0].original == "Verrin hand on the Low Gate"


def test_an_archive_reads_a_build_that_was_moved(tmp_path: Path) -> None:
    build(MINI, tmp_path / "a")
    shutil.move(tmp_path / "a", tmp_path / "b")
    assert Archive.open(tmp_path / "b").claim("900-c1.1").claim == "900-c1.1"


def test_a_denial_is_never_worded_as_said_by(mini_archive: Archive) -> None:
    claims = mini_archive.all_claims()
    denial = next(c for c in claims if c.polarity.id == "denies")
    other = next(c for c in claims if c.polarity.id == "affirms" and c.chain[-1].speaker != denial.chain[-1].speaker)
    who, whom = denial.chain[-1].speaker.label, other.chain[-1].speaker.label
    assert spoken([denial]) == f"denied by {who}"
    assert spoken([other]) == f"said by {whom}"
    assert spoken([other, denial]) == f"affirmed by {whom}; denied by {who}"


def test_what_is_only_denied_is_not_called_unsupported(founding: Archive) -> None:
    edge = next(e for e in founding.edges(founding.propositions_about("mass-escape")) if e.object.id == "truth")
    assert edge.drawn_status.id == "negated"
    assert (
        line(founding, proposition=edge.proposition).sentence
        == "1 claim from 1 document: it is only said not to be so."
    )


def test_words_in_custody_are_told_in_the_reason(founding: Archive) -> None:
    edges = founding.edges(founding.propositions_about("attack-planning"))
    assert edges
    assert all(e.why.endswith("through words in custody") for e in edges)
    others = founding.edges(founding.propositions_about("move-to-gweiran"))
    assert not any("custody" in e.why for e in others)


def test_an_author_without_a_name_is_named_with_the_publisher_wherever_somebody_speaks(founding: Archive) -> None:
    called = "Author of document 001 (unsigned), North Press Agency (NPA)"
    claim = next(founding.claim(row.claim) for row in founding.rows if row.said == "author-001")
    assert claim.chain[-1].speaker.label == called
    assert founding.register.called("author-001") == founding.named("author-001").label == called
    assert founding.register.called("grp-sdf") == founding.register.label("grp-sdf") != "grp-sdf"
    assert founding.register.called("sdf") == founding.entity("sdf").name
    signed = {d.author for d in founding.documents.values()} - set(founding.register.bylines)
    assert signed
    assert all(founding.register.called(name) == founding.entity(name).name for name in signed)
