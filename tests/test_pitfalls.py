"""Warnings beside an answer: what the engine answers wrongly, and emptiness that would read as silence."""

import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import NamedNode
from serving import serving

from graph.cli import main
from graph.engine import Limits
from graph.evidence import Archive
from graph.notebook import Graph
from graph.queries import named_queries
from graph.queries.guard import guard
from graph.queries.pitfalls import pitfalls
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
    assert "say:occurredAt outside GRAPH finds nothing" in warning
    assert "no entity/nowhere-at-all" in warning
