"""An empty answer whose relations never meet is told from silence, and told nowhere else."""

import csv
import io
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from serving import Served, serving

from graph.cli import main
from graph.engine import Ask, Engine, Limits
from graph.engine.answering import RESULTS
from graph.evidence import Archive
from graph.notebook import Graph
from graph.queries.guard import guard
from graph.queries.looking import Rows, answered
from graph.queries.meetings import MOST_BYTES, MOST_JOINS, joins, never_met, unmet
from graph.service import application, sparql
from graph.service.live import Live
from graph.store import Store
from graph.vocabulary import DCTERMS, ID, OA, RDFS, SKOS, vocabulary

HEAD = (
    f"PREFIX say: <{vocabulary().namespace}> PREFIX skos: <{SKOS}> PREFIX rdfs: <{RDFS}> PREFIX dct: <{DCTERMS}>\n"
    f"PREFIX oa: <{OA}> PREFIX clm: <{ID}claim/> PREFIX ent: <{ID}entity/>\n"
)
APART = "SELECT * { ?c say:content ?g ; say:speaker ?who }"


def told(archive: Archive, text: str) -> tuple[str, ...]:
    """What is said of a query that finds nothing, without "nothing on record" and the advice."""
    guard(HEAD + text, "query")

    said = never_met(archive.store, HEAD + text, archive.store.query(HEAD + text))
    assert all(line.startswith("nothing on record ") and line.endswith("read as silence") for line in said)
    return tuple(line.removeprefix("nothing on record ").rpartition(": ")[0] for line in said)


HOPS = "(from the former to the latter: say:originHop, say:outerHop)"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (APART, f"both has say:content and has say:speaker {HOPS}"),
        ("ASK { ?c say:content ?g ; say:speaker ?who }", f"both has say:content and has say:speaker {HOPS}"),
        ("SELECT * { ?c a say:Claim ; say:speaker ?who }", f"both is a say:Claim and has say:speaker {HOPS}"),
        (
            "SELECT * { ?c say:inPassage/dct:title ?t }",
            "both is what say:inPassage leads to and has dcterms:title (from the former to the latter: oa:hasSource)",
        ),
        ("SELECT * { ?t ^dct:title ?p . ?c say:inPassage ?p }", "both is what say:inPassage leads to and has dcterms"),
        (
            "SELECT * { ?h say:speaker ?who . ?h say:inPassage/oa:hasSource ?d }",
            "both has say:inPassage and has say:speaker (from the former to the latter: say:originHop, say:outerHop)",
        ),
        ("SELECT * { ?c dct:issued ?day }", "has dcterms:issued"),
        ("SELECT * { ?c dct:issued/skos:notation ?day }", "has dcterms:issued"),
        ("SELECT * { ?c say:content ?g OPTIONAL { ?g ?p ?o } ?c say:speaker ?w }", "both has say:content and"),
        ("SELECT * { ?c say:content ?g . FILTER(BOUND(?g)) BIND(1 AS ?n) ?c say:speaker ?w }", "both has say:content"),
        ("SELECT DISTINCT ?w { ?c say:content ?g ; say:speaker ?w } GROUP BY ?w LIMIT 3", "both has say:content and"),
        ("SELECT * { ?c say:content ?g MINUS { ?c a say:Claim } ?c say:speaker ?w }", "both has say:content and"),
    ],
)
def test_what_never_meets_is_told_with_what_leads_there(founding: Archive, text: str, sentence: str) -> None:
    assert founding.store.query(HEAD + text).empty
    (first, *_) = told(founding, text)
    assert first.startswith(sentence)


def test_where_nothing_leads_there_it_is_told_what_is_there_instead(founding: Archive) -> None:
    (line,) = told(founding, "SELECT * { ?c say:reportedStatus/rdfs:label ?l }")
    assert line.startswith("both is what say:reportedStatus leads to and has rdfs:label (the former has ")
    assert "skos:prefLabel" in line


def test_of_one_thing_it_is_told_only_what_nothing_of_its_kind_has(founding: Archive) -> None:
    (line,) = told(founding, "SELECT * { clm:003-c104.2 say:speaker ?who }")
    assert line.startswith(f"both is of the kind of clm:003-c104.2 and has say:speaker {HOPS}")
    assert told(founding, "SELECT * { clm:003-c104.2 say:outerHop/say:relays/say:relays/say:relays ?h }") == ()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?c say:content ?g ; say:reportedStatus ?s FILTER(BOUND(?x)) }",
        "SELECT * { ?c say:content ?g OPTIONAL { ?c say:speaker ?who } FILTER(?c = 1) }",
        "SELECT * { { ?c say:content ?g } UNION { ?c say:speaker ?who } FILTER(?c = 1) }",
        "SELECT * { ?c say:content ?g . FILTER NOT EXISTS { ?c say:reportedStatus ?who } }",
        "SELECT * { ?c say:content ?g . { SELECT ?w { ?c say:speaker ?w } } FILTER(?c = 1) }",
        "SELECT * { ?c (say:content|say:speaker) ?g FILTER(?c = 1) }",
        "SELECT * { ?c say:originHop/say:speaker ent:no-such-speaker }",
        "SELECT * { ?s say:wasInvolvedIn ?o }",
        "SELECT * { ?s ?p ?o FILTER(?s = 1) }",
        "SELECT * { VALUES ?c { clm:x } ?c say:content ?g }",
    ],
)
def test_what_meets_or_need_not_meet_is_left_alone(founding: Archive, text: str) -> None:
    assert founding.store.query(HEAD + text).empty
    assert told(founding, text) == ()


@pytest.mark.parametrize("text", ["SELECT * {", "SELECT * { ?s x:p ?o }", "", "SELECT * { ?s ?p ?o } ?", "\ud800"])
def test_what_cannot_be_read_is_left_alone(text: str) -> None:
    assert joins(text) == ()


@pytest.mark.parametrize(
    "trick",
    [
        "SELECT * { ?s <http://x/\\u003E> ?o }",
        "SELECT * { ?s <urn:a\\u003E ?z . SERVICE <http://127.0.0.1:9/> { ?q <urn:b> ?o }",
        "PREFIX x: <http://127.0.0.1:9/a\\u0020> SELECT * { ?s x:%3E ?o ; a x:b }",
        "SELECT * { ?s say:content\\u0020?o }",
        "SELECT * { <http://a/%zz> <http://a/%zz> <http://a/%zz> }",
        "SELECT * { ?s <a b> ?o }",
    ],
)
def test_what_it_asks_is_made_of_whole_iris(trick: str) -> None:
    asked: list[str] = []

    def rows(question: str) -> Rows:
        guard(question, "question")
        asked.append(question)
        Store.of([]).rows(question)
        return []

    answered(unmet(joins(HEAD + trick)), rows)
    assert not any("SERVICE" in question for question in asked)


def test_a_long_query_is_not_looked_into() -> None:
    assert joins(HEAD + APART)
    assert joins(HEAD + APART + " #" + "x" * MOST_BYTES) == ()


def test_many_joins_are_not_asked_for_ever(founding: Archive) -> None:
    wide = "SELECT * { ?c " + " ; ".join(f"say:content ?g{n} ; say:mode ?m{n}" for n in range(20)) + " }"
    asked: list[str] = []

    def rows(question: str) -> Rows:
        asked.append(question)
        return [[]]

    assert answered(unmet(joins(HEAD + wide)), rows) == ()
    assert len(asked) == MOST_JOINS


def test_who_cannot_tell_says_nothing() -> None:
    assert answered(unmet(joins(HEAD + APART)), lambda _: None) == ()


def test_at_most_two_sentences(founding: Archive) -> None:
    text = "SELECT * { ?a dct:issued ?b . ?c dct:license ?d . ?e dct:format ?f . ?c say:mode ?m }"
    assert len(told(founding, text)) == 2


# ---- what is empty ----------------------------------------------------------------------------------


@pytest.mark.parametrize("media", RESULTS)
def test_an_empty_table_is_known_in_every_format(mini_build: Path, media: str) -> None:
    with Engine(mini_build / "current" / "store", Limits(workers=1)) as engine:
        empty = engine.ask(Ask("SELECT ?s ?o { ?s <urn:x:none> ?o }", media=media))
        assert (empty.state, empty.rows, empty.empty) == ("complete", 0, True)
        for full in ('SELECT ?x { VALUES ?x { "" } }', "SELECT * { }", 'SELECT ?x { VALUES ?x { "[]}}" } }'):
            assert not engine.ask(Ask(full, media=media)).empty, full
        assert engine.ask(Ask("ASK { ?s <urn:x:none> ?o }", media=media)).empty
        assert not engine.ask(Ask("ASK { ?s ?p ?o }", media=media)).empty
        assert engine.ask(Ask("CONSTRUCT { ?s a ?o } { ?s <urn:x:none> ?o }")).empty


# ---- where it is said -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(mini_archive: Archive) -> Iterator[Served]:
    patch = pytest.MonkeyPatch()
    patch.setattr(sparql, "LOOKING", 8)  # of a busy machine a second may not be enough
    live = Live(mini_archive, Limits(workers=1))
    with closing(live), serving(application(live)) as server:
        yield server
    patch.undo()


def header(served: Served, text: str, media: str = "text/csv", **more: str) -> str:
    asked = urlencode({"query": HEAD + text, **more})
    wanted = urllib.request.Request(f"{served.address}sparql?{asked}", headers={"accept": media})
    with urllib.request.urlopen(wanted) as answer:
        assert answer.headers["testimony-answer"] == "complete"
        return str(answer.headers["testimony-warning"] or "")


@pytest.mark.parametrize("media", RESULTS)
def test_the_endpoint_says_it_beside_an_empty_answer(served: Served, media: str) -> None:
    assert "nothing on record both has say:content and has say:speaker" in header(served, APART, media)
    assert "from the former to the latter: say:originHop" in header(served, APART.replace("SELECT *", "ASK"), media)


def test_a_value_that_is_told_begins_no_header_of_its_own(served: Served) -> None:
    asked = urlencode({"query": HEAD + 'SELECT * { ?c say:reportedStatus "no\\r\\nX-Other: 1" }'})
    with urllib.request.urlopen(f"{served.address}sparql?{asked}") as answer:
        assert "say:reportedStatus leads to nodes" in answer.headers["testimony-warning"]
        assert answer.headers["x-other"] is None


def test_it_says_nothing_beside_rows_or_over_a_dataset_of_ones_own(served: Served) -> None:
    assert header(served, "SELECT * { ?c say:content ?g ; say:originHop/say:speaker ?who }") == ""
    assert header(served, APART, **{"default-graph-uri": "urn:x:other"}) == ""
    assert header(served, "SELECT * FROM <http://example.org/other> { ?c say:content ?g ; say:speaker ?who }") == ""


def test_who_has_no_time_left_goes_without(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "LOOKING", 0)
    assert header(served, APART + " # now") == ""


def test_a_notebook_and_the_command_say_it(
    mini_archive: Archive, mini_build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Careful: nothing on record both has say:content" in Graph(mini_archive).sparql(HEAD + APART).note
    (tmp_path / "mine.rq").write_text(HEAD + APART)
    assert main(["query", str(tmp_path / "mine.rq"), "--csv", "--build", str(mini_build)]) == 0
    out, err = capsys.readouterr()
    assert len(list(csv.reader(io.StringIO(out)))) == 1
    assert "careful: nothing on record both has say:content" in err


def test_the_way_that_is_told_finds_something(mini_archive: Archive) -> None:
    assert not mini_archive.store.rows(HEAD + APART).rows
    assert mini_archive.store.rows(HEAD + APART.replace("say:speaker", "say:originHop/say:speaker")).rows
