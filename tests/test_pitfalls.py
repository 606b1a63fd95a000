"""Warnings beside an answer: what the engine answers wrongly, and emptiness that would read as silence."""

import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal, NamedNode
from serving import serving

from graph.cli import main
from graph.engine import Limits
from graph.evidence import Archive
from graph.notebook import Graph
from graph.queries import named_queries
from graph.queries.guard import guard
from graph.queries.pitfalls import _OWN, _SHARED, pitfalls, statusless
from graph.service import application
from graph.service.live import Live
from graph.vocabulary import ID, vocabulary

SAY = f"PREFIX say: <{vocabulary().namespace}>\n"


def everything(_node: NamedNode) -> bool:
    return True


def told(text: str) -> tuple[str, ...]:
    guard(SAY + text, "query")
    return pitfalls(SAY + text, everything)


# ---- content outside its graphs --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s say:wasInvolvedIn ?o }",
        "SELECT * { ?c a say:Claim ; say:content ?g . ?s say:wasInvolvedIn ?o }",
        "SELECT * { ?s a say:Actor ; say:wasInvolvedIn ?o }",
        "SELECT * { ?s a say:Actor, say:Group ; say:wasInvolvedIn ?o }",
        "SELECT * { ?s say:content/say:wasInvolvedIn ?o }",
        "SELECT * { ?s ^say:wasInvolvedIn ?o }",
        "SELECT * { ?s say:about|say:wasInvolvedIn ?o }",
        "SELECT * { GRAPH ?g { ?a ?b ?c } ?s say:wasInvolvedIn ?o }",
        "SELECT * { ?c say:speaker ?who OPTIONAL { ?who say:wasInvolvedIn ?o } }",
        'SELECT * { ?c say:says ?w FILTER(CONTAINS(?w, "x")) ?s say:wasInvolvedIn ?o }',
        'SELECT * { ?c say:says "x"@en . ?s say:wasInvolvedIn ?o }',
        "SELECT * { ?c say:paragraph 3 ; say:about [ say:wasInvolvedIn ?o ] }",
        "SELECT * { VALUES ?s { <x:a> <x:b> } ?s say:wasInvolvedIn ?o }",
        "SELECT * { ?c a ?k . FILTER EXISTS { ?s say:wasInvolvedIn ?o } }",
        f"SELECT * {{ ?s <{vocabulary().namespace}wasInvolvedIn> ?o }}",
        "ASK { ?s say:wasInvolvedIn ?o }",
        "SELECT * { ?s (say:about|say:wasInvolvedIn)+ ?o }",
        "SELECT * { ?c say:about/(say:about/^say:wasInvolvedIn)* ?o }",
    ],
)
def test_content_that_is_asked_of_the_default_graph_is_told(text: str) -> None:
    (warning,) = told(text)
    assert "wasInvolvedIn" in warning
    assert "outside GRAPH finds nothing" in warning


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { GRAPH ?g { ?s say:wasInvolvedIn ?o } ?c say:content ?g }",
        "SELECT * { GRAPH ?g { ?s say:wasInvolvedIn ?o OPTIONAL { ?s say:wasInvolvedIn ?p } } }",
        "SELECT * { GRAPH <https://w3id.org/testimony/id/proposition/x> { ?s say:wasInvolvedIn ?o } }",
        "SELECT * { GRAPH ?g { { SELECT ?s { ?s say:wasInvolvedIn ?o } } } }",
        "SELECT * { say:wasInvolvedIn ?p ?o }",
        "SELECT * { ?s ?p say:wasInvolvedIn }",
        "SELECT * { VALUES ?p { say:about say:wasInvolvedIn } GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { VALUES (?p ?q) { (say:about say:wasInvolvedIn) } GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(?p IN (say:about, say:wasInvolvedIn)) }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } BIND(say:wasInvolvedIn AS ?q) }",
        'SELECT * { ?s ?p "say:wasInvolvedIn" } # ?s say:wasInvolvedIn ?o',
        "DESCRIBE say:wasInvolvedIn",
        "SELECT * { GRAPH ?g { ?s (say:wasInvolvedIn|say:wasBehind) ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?p = say:wasInvolvedIn) }",
        "SELECT * { ?s say:about ?o FILTER(?p = say:wasInvolvedIn) }",
    ],
)
def test_content_in_its_graph_or_as_a_thing_is_not(text: str) -> None:
    assert told(text) == ()


def test_the_answer_it_warns_of_is_empty_and_the_one_it_advises_is_not(mini_archive: Archive) -> None:
    bare, advised = (
        "SELECT * { ?s say:occurredAt ?o }",
        "SELECT * { GRAPH ?g { ?s say:occurredAt ?o } ?claim say:content ?g }",
    )
    assert told(bare)
    assert not told(advised)
    assert not mini_archive.store.rows(SAY + bare).rows
    assert mini_archive.store.rows(SAY + advised).rows


@pytest.mark.parametrize(
    ("pattern", "tagged"),
    [
        ('?s rdfs:label "Halmer"', False),
        ("?s a ?k ; rdfs:label 'Halmer' . ?s ?p ?o", False),
        ('?s <http://www.w3.org/2000/01/rdf-schema#label> "Halmer"', False),
        ('?s rdfs:label "Halmer"@en', True),
        ('?s rdfs:label "Halmer"^^rdfs:Literal', True),
        ('?s say:says "Halmer"', True),
        ('?s rdfs:label ?l FILTER(STR(?l) = "Halmer")', True),
    ],
)
def test_a_name_without_a_language_is_told(pattern: str, tagged: bool) -> None:
    found = told(f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT * {{ {pattern} }}")
    assert ["names have a language" in warning for warning in found] == ([] if tagged else [True])


# ---- claims and their utterances --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "both"),
    [
        ("?claim say:originHop/say:speaker ?who", True),
        ("?claim say:inPassage ?p ; say:evidenceKind ?k", True),
        ("?claim a say:Claim ; say:originHop/say:speaker ?who", False),
        ("?claim say:content ?g ; say:originHop/say:speaker ?who", False),
        ("?claim say:reportedStatus ?s ; say:inPassage ?p", False),
        ("?u say:says ?words ; say:inPassage ?p", False),
        (f"<{ID}claim/003-c33.1> say:outerHop/say:relays* ?hop", False),
        ("?hop say:speaker ?who", False),
    ],
)
def test_that_utterances_come_beside_their_claims_is_told(pattern: str, both: bool) -> None:
    found = told(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    assert ["both are in the answer: add ?claim a say:Claim" in warning for warning in found] == (
        [True] if both else []
    )


def test_what_both_have_is_as_the_record_has_it(founding: Archive) -> None:
    had = "SELECT DISTINCT ?p { ?x a say:%s ; ?p ?o FILTER(STRSTARTS(STR(?p), STR(say:))) }"
    claims, utterances = (
        {str(row[0]) for row in founding.store.rows(SAY + had % kind).rows} for kind in ("Claim", "Utterance")
    )
    both = {iri.strip("<>").removeprefix(vocabulary().namespace) for iri in claims & utterances}
    assert both - {"recordedAt", "recordedBy", "retractedAt", "retractionReason"} == _SHARED
    assert all(term in vocabulary() for term in _OWN)


def test_claims_are_counted_twice_without_the_advice_and_once_with_it(founding: Archive) -> None:
    count = "SELECT (COUNT(DISTINCT ?claim) AS ?n) {{ {} ?claim say:originHop/say:speaker ?who }}"
    ((both,),) = founding.store.rows(SAY + count.format("")).rows
    ((claims,),) = founding.store.rows(SAY + count.format("?claim a say:Claim .")).rows
    assert isinstance(both, Literal)
    assert isinstance(claims, Literal)
    assert int(both.value) > int(claims.value)


# ---- rows without a status --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT (SUM(?n) AS ?all) { GRAPH ?g { ?e say:killedCount ?f } ?f say:value ?n }", True),
        ("CONSTRUCT { ?w <x:accuses> ?a } { GRAPH ?g { ?a ?p ?o } ?c say:content ?g ; say:originHop/say:speaker ?w }",
         True),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } ?c say:content ?g ; say:reportedStatus ?status }", False),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } ?d say:derivedFor ?g ; say:drawnStatus ?drawn }", False),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } ?d say:derivedFor ?g ; ?p say:DrawnContested }", False),
        ("SELECT * { ?c a say:Claim }", False),
    ],
)  # fmt: skip
def test_a_query_that_names_no_status_is_told_over_http(text: str, bare: bool) -> None:
    assert ["without its status" in warning for warning in statusless(SAY + text)] == ([True] if bare else [])


# ---- nodes that are not there -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        (f"SELECT * {{ <{ID}entity/gate-opening> ?p ?o }}", ()),
        (f"SELECT * {{ <{ID}entity/gate-closing> ?p ?o }}", ("entity/gate-closing",)),
        (f"PREFIX e: <{ID}entity/> SELECT * {{ ?s ?p e:gate-closing , e:gate-opening }}", ("entity/gate-closing",)),
        (f"PREFIX x: <{ID}> ASK {{ x:entity\\/gate-closing ?p ?o }}", ("entity/gate-closing",)),
        (f"SELECT * {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{ID}entity/gate-closing')) }}", ()),
        (f"SELECT * {{ ?s ?p ?o }} # <{ID}entity/gate-closing>", ()),
        ("SELECT * { <http://example.org/gate-closing> ?p ?o }", ()),
    ],
)
def test_a_node_that_is_not_here_is_told(mini_archive: Archive, text: str, unknown: tuple[str, ...]) -> None:
    warnings = pitfalls(text, mini_archive.store.knows)
    assert tuple(warning.split()[4].rstrip(",") for warning in warnings) == unknown
    assert all("is no silence" in warning for warning in warnings)


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ <{ID}%zz> ?p ?o }}",
        f"SELECT * {{ <{ID}[> ?p ?o }}",
        f"PREFIX x: <{ID}> SELECT * {{ x:%zz ?p ?o }}",
        f"PREFIX x: <{ID}> SELECT * {{ x:a\\<b ?p ?o }}",
        f"PREFIX x: <{ID}> SELECT * {{ x:a\ud800 ?p ?o }}",
    ],
)
def test_what_is_no_iri_is_left_to_the_engine(mini_archive: Archive, text: str) -> None:
    assert pitfalls(text, mini_archive.store.knows) == ()


def test_a_long_query_is_not_looked_up_for_ever() -> None:
    asked: list[NamedNode] = []
    text = " ".join(f"<{ID}entity/n{number}>" for number in range(500))
    pitfalls(f"SELECT * {{ VALUES ?s {{ {text} }} }}", lambda node: bool(asked.append(node)))
    assert len(asked) <= 20


# ---- inside GRAPH ?g --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("SELECT * { GRAPH ?g { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } } }", "an aggregate inside GRAPH ?g"),
        ("SELECT * { GRAPH ?g { ?s ?p ?o MINUS { ?s ?p 1 } } }", "MINUS inside GRAPH ?g"),
        ("SELECT * { GRAPH ?g { ?s ?p ?o VALUES (?g) { (<x:a>) } } }", "VALUES of the graph's variable"),
    ],
)
def test_what_the_engine_misreads_is_told(text: str, warning: str) -> None:
    (found,) = told(text)
    assert found.startswith(warning)


# ---- where it is said -------------------------------------------------------------------------------


def test_no_shipped_query_needs_a_warning(founding: Archive) -> None:
    for query in named_queries().values():
        assert pitfalls(query.sparql, founding.store.knows) == (), query.name


def test_a_notebook_and_the_command_say_it(
    mini_archive: Archive, mini_build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{SAY}SELECT ?s ?o {{ ?s say:occurredAt ?o }}"
    assert "Careful: say:occurredAt outside GRAPH finds nothing" in Graph(mini_archive).sparql(text).note
    (tmp_path / "mine.rq").write_text(text)
    assert main(["query", str(tmp_path / "mine.rq"), "--build", str(mini_build)]) == 0
    assert "careful: say:occurredAt outside GRAPH finds nothing" in capsys.readouterr().err


def test_the_endpoint_says_it_beside_the_answer(mini_archive: Archive) -> None:
    live = Live(mini_archive, Limits(workers=1))
    with closing(live), serving(application(live)) as server:
        asked = urlencode({"query": f"{SAY}SELECT * {{ ?s say:occurredAt <{ID}entity/nowhere-at-all> }}"})
        with urllib.request.urlopen(f"{server.address}sparql?{asked}") as answer:
            assert answer.headers["testimony-answer"] == "complete"
            warning = answer.headers["testimony-warning"]
            asked = urlencode({"query": f"{SAY}SELECT ?s ?o {{ GRAPH ?g {{ ?s say:occurredAt ?o }} }}"})
        with urllib.request.urlopen(f"{server.address}sparql?{asked}") as answer:
            bare = answer.headers["testimony-warning"]
    assert "say:occurredAt outside GRAPH finds nothing" in warning
    assert "no entity/nowhere-at-all" in warning
    assert "without its status" not in warning
    assert "what is alleged is shown without its status" in bare
