"""Search by words: spellings fold, the right thing comes first, and no sentence comes without its status and source."""

import gc
import json
import random
import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from searching import entity, says
from serving import serving

from graph.build import SEARCH, build, opened
from graph.cli import main
from graph.errors import BuildError
from graph.evidence import Archive, Overview
from graph.model import Corpus
from graph.search import Entry, Hits, Index, entries, names, search, write
from graph.search.ask import MOST_WORDS, Asked
from graph.search.folding import words
from graph.service import application

# ---- the file -------------------------------------------------------------------------------------


def test_the_order_of_the_files_and_two_writings_make_no_difference(mini: Corpus, tmp_path: Path) -> None:
    chance = random.Random(7)

    def shuffled(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(parts, len(parts)))

    other = replace(
        mini,
        entities=shuffled(mini.entities),
        documents=tuple(replace(d, utterances=shuffled(d.utterances)) for d in shuffled(mini.documents)),
        questions=shuffled(mini.questions),
    )
    for name, corpus in (("one", mini), ("two", other)):
        write(tmp_path / name, entries(corpus))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").read_bytes() != b""


def test_an_id_that_repeats_a_name_is_left_out(mini: Corpus) -> None:
    ids = {entry.thing for entry in entries(mini) if entry.field == "id"}
    assert "gate-opening" in ids
    assert "halmer-council" not in ids


def test_a_large_one_is_compact_and_the_same_twice(tmp_path: Path) -> None:
    chance = random.Random(7)
    many = [says(f"900-c{n}.1", " ".join(f"w{chance.randrange(9**6)}" for _ in range(12))) for n in range(6000)]
    for name in ("one", "two"):
        write(tmp_path / name, many)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    with closing(sqlite3.connect(tmp_path / "one")) as file:
        assert file.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_nobody_asking_any_more_the_file_is_closed(indexed: Callable[..., Index]) -> None:
    index = indexed(says("900-c1.1", "The gate."))
    file = index._file
    del index
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        file.execute("SELECT 1")


def test_the_build_publishes_it_and_its_hash(founding_corpus: Corpus, founding_build: Path, tmp_path: Path) -> None:
    manifest = opened(founding_build).manifest
    assert SEARCH in manifest["files"]
    write(tmp_path / "again", entries(founding_corpus))
    assert (tmp_path / "again").read_bytes() == (founding_build / SEARCH).read_bytes()


def test_an_index_that_is_gone_or_damaged_is_told_with_a_fix(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"cannot be opened .*; fix: run `testimony build --force`"):
        Index(tmp_path / "nothing.db")
    (tmp_path / "bad.db").write_bytes(b"no database at all" * 300)
    with pytest.raises(BuildError, match=r"cannot be read .*; fix: run `testimony build --force`"):
        search(Index(tmp_path / "bad.db"), "x")


def test_a_build_without_its_index_is_damaged(mini_folder: Path, tmp_path: Path) -> None:
    built = build(mini_folder, tmp_path / "out")
    (built.folder / SEARCH).unlink()
    with pytest.raises(BuildError, match="no build, or a damaged one"):
        Archive.open(tmp_path / "out")


def test_it_answers_many_threads_and_after_the_next_build_swept_it(indexed: Callable[..., Index]) -> None:
    index = indexed(*entity("gate", "Low Gate"), *(says(f"900-c{n}.1", f"The gate {n}.") for n in range(1, 200)))
    index.path.unlink()
    before, found = search(index, "gate"), []
    threads = [threading.Thread(target=lambda: found.append(search(index, "gate"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [before] * 8
    assert before.totals == {"entity": 1, "claim": 199, "document": 0, "question": 0}


# ---- what is in it --------------------------------------------------------------------------------


def test_names_in_every_language_sentences_digests_titles_and_questions_are_found(mini_archive: Archive) -> None:
    def found(text: str) -> Hits:
        return search(mini_archive.index, text)

    assert [h.id for h in found("هالمر").entities] == ["halmer"]
    assert found("Halmer belediyesi").entities[0].passage.lang == "tr"
    assert found("our council").entities[0].documents == ("901-courier",)
    assert found("low gate opening").entities[0].id == "gate-opening"
    assert [h.id for h in found("driven out").questions] == ["displaced"]
    record = mini_archive.document_record("900-gazette")
    assert found(record.title).documents[0].paragraph is None
    digest = next(p for p in record.digest if p.number == 3)
    assert ("900-gazette", 3) in [(h.document, h.paragraph) for h in found(digest.text).documents]


def retracted(corpus: Corpus) -> list[str]:
    return [u.id for _, u in corpus.utterances() if u.retracted]


def test_what_was_retracted_or_is_protected_is_not_in_it(mini: Corpus, tmp_path: Path) -> None:
    write(tmp_path / "kept", entries(mini))
    content = (tmp_path / "kept").read_bytes().lower()
    assert len(retracted(mini)) == 2
    for word in (b"quince", b"first reading took", *(name.encode() for name in retracted(mini))):
        assert word not in content
    standing = replace(
        mini,
        documents=tuple(
            replace(d, utterances=tuple(replace(u, retracted=None) for u in d.utterances)) for d in mini.documents
        ),
    )
    write(tmp_path / "laid-open", entries(standing))
    assert b"quince" in (tmp_path / "laid-open").read_bytes().lower()  # so the words above are those to look for


def test_every_visible_claim_is_in_it_with_the_status_speaker_and_document_of_the_build(founding: Archive) -> None:
    known = {claim.claim: claim for claim in founding.all_claims() if claim.retracted is None}
    told: list[str] = []
    with closing(sqlite3.connect(founding.index.path)) as file:
        rows = file.execute("SELECT claims, status, speaker, chain, documents, text FROM entry WHERE field = 'says'")
        for claims, status, speaker, chain, document, text in rows:
            for name in claims.split():
                claim = known[name]
                assert claim.reported_status.id == _token(status)
                assert (claim.chain[-1].speaker.id, claim.speakers, claim.document.id) == (speaker, chain, document)
                assert claim.says == text
                told.append(name)
    assert sorted(told) == sorted(known)


def _token(status: str) -> str:
    from graph.evidence.assemble import term

    return term("ReportedStatus", status).id


@pytest.mark.parametrize("lacking", ["status", "speaker", "documents", "chain", "claims"])
def test_a_sentence_without_status_or_source_cannot_be_written(lacking: str, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        write(tmp_path / "x", [says("900-c1.1", "The gate was open.", **{lacking: ""})])


def test_claims_of_one_sentence_with_two_statuses_are_two_hits(mini: Corpus) -> None:
    whole = [entry for entry in entries(mini) if entry.field == "says"]
    assert len({(e.text, e.status, e.claims) for e in whole}) == len(whole)
    visible = [name for _, u in mini.utterances() if not u.retracted for name, _ in u.claims()]
    assert sorted(name for e in whole for name in e.claims.split()) == sorted(visible)


# ---- order ----------------------------------------------------------------------------------------


def test_whole_labels_whole_aliases_beginnings_labels_then_aliases(indexed: Callable[..., Index]) -> None:
    index = indexed(
        *entity("a-inside", "The old Sael bridge"),
        *entity("b-alias-part", "Crossing", "the Sael ferry"),
        *entity("c-begins", "Sael valley"),
        *entity("d-alias", "River", "Sael"),
        *entity("e-whole", "Sael"),
    )
    found = names(index, "sael")
    assert [(h.id, h.rung) for h in found] == [
        ("e-whole", 0),
        ("d-alias", 1),
        ("c-begins", 2),
        ("a-inside", 3),
        ("b-alias-part", 4),
    ]


def test_a_title_comes_before_a_digest_and_each_kind_is_its_own_group(indexed: Callable[..., Index]) -> None:
    digest = Entry("document", "900-x/1", "digest", "en", "Flood.", documents="900-x", paragraph=1)
    title = Entry("document", "901-y", "title", "en", "After a long time, of the flood", "after", "901-y")
    found = search(indexed(says("900-c1.1", "A flood."), digest, title), "flood")
    assert [(h.document, h.paragraph) for h in found.documents] == [("901-y", None), ("900-x", 1)]
    assert [h.claims for h in found.claims] == [("900-c1.1",)]
    assert found.totals == {"entity": 0, "claim": 1, "document": 2, "question": 0}


def test_among_equals_bm25_and_then_the_id_decide(indexed: Callable[..., Index]) -> None:
    long, short = "The gate and much else besides, at length.", "The gate, twice: gate."
    index = indexed(says("900-c1.1", long), says("900-c2.1", short), says("900-c10.1", short))
    for limit in (1, 2, 3):
        best = [h.claims[0] for h in search(index, "gate", limit).claims]
        assert best == ["900-c2.1", "900-c10.1", "900-c1.1"][:limit]


def test_a_thing_with_several_names_is_one_hit_by_its_best(indexed: Callable[..., Index]) -> None:
    index = indexed(*entity("gate", "Low Gate of Halmer", "the gate", "gate"), *entity("other", "A gate"))
    found = search(index, "gate", limit=1)
    assert [(h.id, h.passage.text) for h in found.entities] == [("gate", "gate")]
    assert found.totals["entity"] == 2


def test_all_words_must_occur_and_only_the_last_may_be_unfinished(indexed: Callable[..., Index]) -> None:
    index = indexed(says("900-c1.1", "The council opened the lower gate."))

    def hit(text: str) -> bool:
        return bool(search(index, text).claims)

    assert hit("gate coun")
    assert hit("council low")
    assert not hit("coun gate")
    assert not hit("council bridge")
    assert not hit("ate")


def test_an_article_keeps_nothing_out_and_lets_nothing_in(indexed: Callable[..., Index]) -> None:
    index = indexed(says("900-c1.1", "He holds al-Hol."), says("900-c2.1", "He holds it."), says("900-c3.1", "In Hol."))

    def hits(text: str) -> list[str]:
        return sorted(h.claims[0] for h in search(index, text).claims)

    assert hits("al-Hol") == hits("el Hol") == hits("al hol") == ["900-c1.1", "900-c3.1"]
    assert hits("al-Ho") == ["900-c1.1"]
    assert hits("al-Hol holds") == ["900-c1.1"]
    assert hits("hol") == ["900-c1.1", "900-c2.1", "900-c3.1"]
    assert hits("al") == ["900-c1.1"]


def test_the_hit_is_marked_in_the_text_as_it_stands(indexed: Callable[..., Index]) -> None:
    text = "“Serêkaniyê” <b>& الهَوْل</b>, Serêkaniyê’s gate"
    (hit,) = search(indexed(says("900-c1.1", text)), "gate هول serekaniye").claims
    assert Asked.of("1 4").marks("¼ inch") == ((0, 1),)  # one sign, two words, one mark
    assert hit.passage.text == text
    assert [text[a:b] for a, b in hit.passage.marks] == ["Serêkaniyê", "هَوْل", "Serêkaniyê", "gate"]


def test_a_sentence_is_never_cut(indexed: Callable[..., Index]) -> None:
    text = f"According to the council, {'and so on, ' * 200} the gate was open."
    assert search(indexed(says("900-c1.1", text)), "gate").claims[0].passage.text == text


def test_without_folding_in_the_index_the_spellings_are_not_found(
    indexed: Callable[..., Index], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = [*entity("town", "Serêkaniyê", "رأس العين"), says("900-c1.1", "The author says Serêkaniyê's gate.")]
    folded = indexed(*listed)
    monkeypatch.setattr("graph.search.entry.fold", str.lower)
    naive = indexed(*listed)
    for text in ("serekaniye", "راس العين"):
        assert names(folded, text), text
        assert not names(naive, text), text
    assert search(folded, "serekaniye gate").claims
    assert not search(naive, "serekaniye gate").claims


# ---- hostile --------------------------------------------------------------------------------------

HOSTILE = [
    '"',
    '""" OR "gate',
    "gate OR zzz",
    "NOT gate",
    "gate NOT zzz",
    "NEAR(gate, 5)",
    "NEAR(gate council)",
    "body:gate",
    "{body}: gate",
    "^gate",
    "gate*zzz",
    "* gate *",
    "-gate +zzz",
    "(((((((((gate",
    "gate'); DROP TABLE entry; --",
    "gate\x00zzz",
    "\x00",
    "\x1b[31m\u202egate\u200d",
    "\ud800\udfff gate \udc80",
    "gate" * 2600,
    "gate " * 2100,
    '"' * 10_000,
    "(" * 10_000,
    "al " * 400,
    "\u0301" * 5000,
    "ﷺ" * 3000,
    "🚪🏳️‍🌈",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[f"{n}-{t[:12]!a}" for n, t in enumerate(HOSTILE)])
def test_hostile_input_is_only_words(text: str, mini_archive: Archive) -> None:
    _only_words(text, mini_archive)


@given(text=st.text(alphabet=st.sampled_from("\"'*()^:+-{}\x00 aNEAROTD\u0627\u0644gate"), max_size=40))
def test_no_mixture_of_syntax_is_syntax(text: str, mini_archive: Archive) -> None:
    _only_words(text, mini_archive)


def _only_words(text: str, archive: Archive) -> None:
    asked = Asked.of(text)
    for each in (asked, Asked.gist(text)):
        for expression in (each.match, *each.parts, *each.names, *each.little):
            outside = re.sub(r'"[^"]*"', "", expression)
            assert re.fullmatch(r"(?:[ ()*]|AND|OR)*", outside)
            assert all(re.fullmatch(r"[^\W_]+( [^\W_]+)?", quoted) for quoted in re.findall(r'"([^"]*)"', expression))
        assert len(each.words) <= MOST_WORDS
    found = search(archive.index, text, limit=3)
    held = {word.folded for word in asked.words[:-1] if not word.article}
    for hit in found.claims:  # AND alone, whatever was typed
        assert hit.named or held <= {word.folded for word in words(hit.passage.text)}
    Overview(archive).search(text, 3)


def test_unquoted_the_same_input_would_be_syntax(indexed: Callable[..., Index]) -> None:
    """The quotes are the defence: without them FTS5 reads operators, or refuses."""
    index = indexed(*entity("gate", "Low Gate"))
    refused = 0
    with closing(sqlite3.connect(index.path)) as file:
        for text in HOSTILE[:18]:
            try:
                file.execute("SELECT count(*) FROM words WHERE words MATCH ?", (text,)).fetchone()
            except sqlite3.OperationalError:
                refused += 1
        obeyed = file.execute("SELECT count(*) FROM words WHERE words MATCH 'gate OR zzz'").fetchone()
    assert refused >= 5
    assert obeyed == (1,)
    assert not names(index, "gate OR zzz")


# ---- in the service -------------------------------------------------------------------------------


def test_the_service_adds_claims_with_status_and_source_documents_and_questions(mini_archive: Archive) -> None:
    with serving(application(mini_archive)) as served:
        answer = served.get("/api/search?q=gate&limit=3")
        assert {"query", "total", "results"} <= set(answer)
        assert len(answer["claims"]["results"]) == 3 < answer["claims"]["total"]
        for hit in answer["claims"]["results"]:
            claim = mini_archive.claim(hit["claim"])
            assert hit["status"]["id"] == claim.reported_status.id
            assert hit["speaker"]["id"] == claim.chain[-1].speaker.id
            assert (hit["chain"], hit["document"]["id"]) == (claim.speakers, claim.document.id)
            assert hit["says"] == claim.says
            assert {hit["says"][a:b].lower() for a, b in hit["marks"]} == {"gate"}
        assert answer["documents"]["results"]
        assert answer["questions"]["results"]
        for query in ("%00", "%22%20OR%20%22", "%ED%A0%80", "a" * 9000, "quince"):
            reply = served.ask(f"/api/search?q={query}")
            assert reply.status == 200
        assert reply.json()["claims"] == {"total": 0, "results": []}


def test_the_service_marks_what_holds_some_of_the_words_as_it_describes(mini_archive: Archive) -> None:
    with serving(application(mini_archive)) as served:
        schema = served.get("/api/openapi.json")["components"]["schemas"]["Search"]
        whole, some = served.get("/api/search?q=gate"), served.get("/api/search?q=who+opened+the+gate+zzz%3F")
    for answer in (whole, some):
        jsonschema.Draft202012Validator(schema).validate(answer)
    assert (whole["partial"], whole["words"], whole["note"]) == (False, None, None)
    assert some["partial"]
    assert some["words"] == {"sought": ["opened", "gate"], "left_out": ["who", "the"], "unknown": ["zzz"]}
    assert "Nothing has all the words" in some["note"]
    groups = [some["results"], *(some[name]["results"] for name in ("claims", "documents", "questions"))]
    assert {hit["all_words"] for group in groups for hit in group} == {False}


def test_the_command_prints_claims_with_status_speaker_and_document(
    capsys: pytest.CaptureFixture[str], founding_build: Path
) -> None:
    assert main(["find", "Hasakah", "prison", "--limit", "2", "--build", str(founding_build), "--json"]) == 0
    said = capsys.readouterr()
    rows = json.loads(said.out)
    assert [row["group"] for row in rows] == sorted((row["group"] for row in rows), key=list(GROUPS).index)
    for row in rows:
        assert set(row) >= GROUPS[row["group"]]
    assert re.search(r"2 of \d+ claims shown; --limit \d+ shows all", said.err)
    assert main(["find", "Hasakah", "prison", "--limit", "2", "--build", str(founding_build)]) == 0
    shown = capsys.readouterr().out
    for row in rows:
        if row["group"] == "claim":
            (line,) = (line for line in shown.splitlines() if line.strip().startswith(row["claim"]))
            for part in (row["status"]["id"], row["chain"], row["document"]["id"]):
                assert part in line
    assert main(["find", "zzz", '"', "\udc80", "--build", str(founding_build)]) == 0
    assert "nothing is named" in capsys.readouterr().out
    asked = ["find", "who", "says", "Turkey", "planned", "the", "attack?", "--build", str(founding_build)]
    told = "these have some of them, most first: turkey, planned, attack. Left out: who, says, the."
    assert main(asked) == 0
    assert told in " ".join(capsys.readouterr().out.split())
    assert main([*asked, "--json"]) == 0
    said = capsys.readouterr()
    assert told in " ".join(said.err.split())
    assert not any(row["all_words"] for row in json.loads(said.out))


GROUPS = {
    "entity": {"id", "kind", "label", "matched", "claims"},
    "claim": {"claim", "claim_ids", "says", "marks", "status", "speaker", "chain", "document"},
    "document": {"id", "title", "paragraph", "text", "marks", "field"},
    "question": {"id", "label", "text", "marks"},
}


def test_entities_of_one_rung_come_by_the_number_of_claims(mini_archive: Archive) -> None:
    held = Overview(mini_archive)
    found = [f for f in held.find("council") if f.entity.id in ("halmer-council", "verrin-council")]
    assert [f.claims for f in found] == sorted((f.claims for f in found), reverse=True)
    assert held.search("council").totals["entity"] == len(held.find("council"))


def test_near_spellings_are_offered_where_no_name_fits(mini_archive: Archive) -> None:
    held = Overview(mini_archive)
    assert [f.entity.id for f in held.find("Halmar constabulary")] == ["halmer-constabulary"]
    assert "lockhouse" in [f.entity.id for f in held.find("ckhous")]
    assert held.find("--") == []


NAMED = {
    "turkish-state": ("Turkey", "Türkiye", "Turkiye"),
    "syrian-government": ("Syrian regime", "Damascus"),
    "syria": ("Syria", "Suriye", "Sûriye", "سوريا"),
    "kobane": ("Kobani", "Kobane", "Kobanê", "Ayn al-Arab", "عين العرب"),
    "serekaniye": ("Serêkaniyê", "Serekaniye", "Ras al-Ayn", "Ras al-Ain"),
    "isis": ("ISIS", "IS", "Daesh", "DAIŞ", "IŞİD", "ISIL", "Islamic State"),
    "sdf": ("SDF", "QSD", "HSD", "SDG", "قسد"),
}


@pytest.mark.parametrize(("entity", "text"), [(name, text) for name, texts in NAMED.items() for text in texts])
def test_every_common_name_finds_whom_it_names_first(founding: Archive, entity: str, text: str) -> None:
    """From the labels and aliases of the corpus alone: no list of synonyms is held in code."""
    assert Overview(founding).find(text)[0].entity.id == entity


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("تركيا", "turkish-state"),
        ("التركية", "turkish-state"),
        ("Tirkiye", "turkish-state"),
        ("روسيا", "russia"),
        ("Rusya", "russia"),
        ("الولايات المتحدة", "us-government"),
        ("التحالف الدولي", "coalition"),
        ("الإدارة الذاتية", "autonomous-administration"),
        ("Haseke", "hasakah"),
    ],
)
def test_states_and_main_actors_are_found_by_their_common_names(founding: Archive, typed: str, name: str) -> None:
    assert name in [found.entity.id for found in Overview(founding).find(typed)][:4]
