"""Shipped queries: documented, bound and never pasted, and none shows content without its status."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal

from graph.errors import NotFoundError, QueryError, VocabularyError
from graph.model import Corpus
from graph.origins import derived
from graph.queries import FOLDER, NamedQuery, bind, lacks_status, named, named_queries, parse_query, run
from graph.queries.guard import guard
from graph.rdf import iri, proposition_id, to_quads
from graph.store import Answer, Rows, Store
from graph.vocabulary import vocabulary

SHIPPED = sorted(FOLDER.glob("*.rq"))
SAY = f"PREFIX say: <{vocabulary().namespace}>\n"


@pytest.fixture(scope="module")
def store(mini: Corpus) -> Store:
    """The invented corpus with the vocabulary, in memory."""
    from graph.build import ontology_quads

    return Store.of({*to_quads(mini), *derived(mini), *ontology_quads()})


@pytest.fixture(scope="module")
def values(mini: Corpus) -> dict[str, str]:
    """A value for each parameter that a shipped query has."""
    edge = next(c.edge for c in mini.claims() if c.id == "900-c2.1")
    return {
        "entity": "verrin-council",
        "actor": "verrin-council",
        "claim": "900-c3.1",
        "question": "injured",
        "proposition": proposition_id(edge),
        "document": "900-gazette",
        "event": "flood",
        "party": "halmer-constabulary",
        "source": "halmer-constabulary",
        "day": "2031-04-30",
        "reported": "ReportedPredicted",
        "from": "2031-03-01",
        "to": "2031-04-30",
        "facet": "FacetSpeaker",
        "by": "FacetSpeakerByStatus",
    }


def ask(store: Store, text: str, **given: str) -> Answer:
    return run(store, parse_query("mine.rq", text), given)


# ---- the shipped queries ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_query_says_what_it_gives(path: Path) -> None:
    query = named(path.stem)
    assert query.title != query.name
    assert query.what.endswith(".")
    for parameter in query.parameters:
        assert parameter.kind in ("IRI", "DATE", "NUMBER", "TEXT", "TERM")
        assert parameter.what
        assert f"?{parameter.name}" in query.sparql
    heads = [line for line in query.sparql.splitlines() if line.startswith("#")]
    assert all(re.match(r"# (title|what|param): \S", line) for line in heads)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_query_answers_and_shows_no_content_without_status(
    path: Path, store: Store, values: dict[str, str]
) -> None:
    query = named(path.stem)
    answer = run(store, query, {p.name: values[p.name] for p in query.parameters})
    assert answer.rows is not None
    assert not lacks_status(answer, query.sparql)
    if not path.stem.startswith("about-"):  # those name entities of another corpus
        assert answer.rows.rows, "no row: the test shows nothing"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_query_that_looks_inside_propositions_selects_a_status(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    selected = re.search(r"SELECT (.*)", text)
    assert selected is not None
    if "GRAPH" in text:
        assert re.search(r"\?(status|drawn)\b", selected.group(1))


TRAPS = {
    "an aggregate counts over all graphs": r"GRAPH\s+\?\w+\s*\{[^}]*\{?\s*SELECT\b",
    "MINUS gives nothing": r"GRAPH\s+\?\w+\s*\{[^}]*\bMINUS\b",
    "VALUES stays unbound": r"GRAPH\s+(\?\w+)\s*\{[^}]*VALUES\s*\(?\s*\1\b",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_no_shipped_query_falls_into_a_trap_of_named_graphs(trap: str) -> None:
    for path in SHIPPED:
        assert not re.search(TRAPS[trap], path.read_text(encoding="utf-8")), f"{path.name}: {trap}"


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("an aggregate counts over all graphs", "GRAPH ?g { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }"),
        ("MINUS gives nothing", "GRAPH ?g { ?s ?p ?o MINUS { ?s ?p 1 } }"),
        ("VALUES stays unbound", "GRAPH ?g { ?s ?p ?o VALUES (?g) { (<x:a>) } }"),
    ],
)
def test_the_traps_are_recognised(trap: str, text: str) -> None:
    assert re.search(TRAPS[trap], text)


def test_an_unknown_query_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="did you mean 'figures'"):
        named("figure")
    assert set(named_queries()) == {path.stem for path in SHIPPED}


# ---- parameters -------------------------------------------------------------------------------------

ABOUT = named("about")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "the parameter 'entity' is not bound"),
        ({"entity": "flood", "place": "halmer"}, r"the parameter 'place' is not one of this query's \(entity\)"),
        ({"entity": ""}, "'' as entity; fix: give a value of kind IRI"),
        ({"entity": "a b"}, "'a b' as entity"),
        ({"entity": "http://["}, "as entity"),
        ({"entity": "flood> } #"}, "as entity"),
        ({"entity": "flood\n"}, "as entity"),
        ({"entity": "javascript:alert(1)"}, "as entity"),
    ],
)
def test_a_parameter_that_is_missing_unknown_or_malformed_is_refused(given: dict[str, str], words: str) -> None:
    with pytest.raises(QueryError, match=words) as told:
        bind(ABOUT, given)
    assert len(told.value.lines()) == 1
    assert "\n" not in str(told.value)


def one(kind: str, name: str = "x") -> NamedQuery:
    return parse_query("mine.rq", f"# param: {name} {kind} something\nSELECT ?{name} {{ ?s ?p ?{name} }}")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("DATE", "2031", '"2031"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("DATE", "2031-04-02", '"2031-04-02"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("NUMBER", "-2.5", '"-2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("TEXT", 'a" } #', r'"a\" } #"'),
        ("TERM", "Denies", f"<{vocabulary().namespace}Denies>"),
        ("IRI", "https://example.org/x", "<https://example.org/x>"),
    ],
)
def test_a_value_becomes_a_term_of_its_kind(kind: str, value: str, shown: str) -> None:
    assert str(bind(one(kind), {"x": value})["x"]) == shown


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("DATE", "2031-13"),
        ("DATE", "2031-02-30"),
        ("DATE", "2 April"),
        ("NUMBER", "many"),
        ("NUMBER", "٣"),
        ("IRI", "<x>"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: str, value: str) -> None:
    with pytest.raises(QueryError, match=f"give a value of kind {kind}"):
        bind(one(kind), {"x": value})


def test_a_misspelt_term_is_refused_as_such() -> None:
    with pytest.raises(VocabularyError, match="did you mean 'Denies'"):
        bind(one("TERM"), {"x": "Denys"})


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("x", "900-c3.1", "claim"),
        ("x", "900-c3", "utterance"),
        ("x", "900-gazette", "document"),
        ("x", "0123456789abcdef0123456789abcdef", "proposition"),
        ("x", "verrin-council", "entity"),
        ("question", "injured", "question"),
        ("entity", "2022-budget", "entity"),
    ],
)
def test_a_short_id_is_read_as_what_it_names(name: str, value: str, kind: str) -> None:
    assert bind(one("IRI", name), {name: value})[name] == iri(kind, value)


INJECTIONS = (
    'flood" } UNION { ?s ?p ?o } #',
    "flood> ?p ?o } UNION { ?entity ?p ?o } #",
    "flood } }",
    "?s",
    "flood\u0000",
    "*",
)


@pytest.mark.parametrize("value", INJECTIONS)
def test_a_value_cannot_become_part_of_a_query(value: str, store: Store) -> None:
    with pytest.raises(QueryError):
        run(store, ABOUT, {"entity": value})
    free = parse_query("mine.rq", "# param: x TEXT words\nSELECT ?x ?u { ?u ?p ?x }")
    rows = run(store, free, {"x": value}).rows
    assert rows is not None
    assert rows.rows == ()


# ---- what a user's query may and may not do -------------------------------------------------------


def test_an_error_names_the_query_and_its_line(store: Store) -> None:
    with pytest.raises(QueryError, match=r"^mine\.rq:2: not SPARQL: column"):
        ask(store, "SELECT * {\n ?s ?p }")


def test_every_query_passes_the_guard_first(store: Store) -> None:
    for text in ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "SELECT * FROM <x:y> {}", "CLEAR ALL"):
        with pytest.raises(QueryError, match=r"SERVICE|FROM|CLEAR"):
            ask(store, text)
    for path in SHIPPED:
        guard(path.read_text(encoding="utf-8"), path.name)


def test_a_naive_query_gives_no_allegation(store: Store) -> None:
    rows = ask(store, "SELECT ?s ?p ?o { ?s ?p ?o }").rows
    assert rows is not None
    content = {relation.iri for relation in vocabulary().properties.values()}
    assert len(rows.rows) > 4000
    assert not [row for row in rows.rows if row[1] in content]


def test_a_construction_of_content_is_refused_and_one_of_the_record_is_not(store: Store) -> None:
    with pytest.raises(QueryError, match="as a bare triple; fix: SELECT it with its status"):
        ask(store, "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="as a bare triple"):
        ask(store, SAY + "CONSTRUCT { ?s say:ordered ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    made = ask(store, SAY + "CONSTRUCT { ?c say:reportedStatus ?s } WHERE { ?c say:reportedStatus ?s }").triples
    assert made


STATUS = "?claim say:content ?g ; say:reportedStatus ?status . "


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT ?g { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT ?s ?o { GRAPH ?g { ?s say:ordered ?o } }", True),
        ("SELECT ?p { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT ?n { GRAPH ?g { ?s ?p ?o } ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?n }", True),
        ("SELECT ?s ?p ?o ?status { GRAPH ?g { ?s ?p ?o } " + STATUS + "}", False),
        ("SELECT ?g ?status { GRAPH ?g { ?s ?p ?o } OPTIONAL { ?g <http://example.org/nothing> ?status } }", True),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT ?c { ?c a say:Claim }", False),
        ("SELECT ?x { GRAPH <http://nowhere/> { ?x ?p ?o } }", False),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", True),
        ("ASK { ?c a say:Claim }", False),
    ],
)
def test_content_without_a_status_beside_it_is_noticed(text: str, lacks: bool, store: Store) -> None:
    assert lacks_status(ask(store, SAY + text), SAY + text) is lacks


def test_without_the_query_at_hand_relations_and_propositions_are_still_noticed(store: Store) -> None:
    assert lacks_status(ask(store, "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"))
    assert lacks_status(ask(store, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"))


def test_one_row_with_a_status_does_not_speak_for_the_others() -> None:
    relation, status = vocabulary().property("ordered").iri, Literal("contested")
    query = "SELECT ?p ?status { GRAPH ?g { ?s ?p ?o } }"
    assert lacks_status(Answer(rows=Rows(("p", "status"), ((relation, status), (relation, None)))), query)
    assert not lacks_status(Answer(rows=Rows(("p", "status"), ((relation, status),))), query)


def test_the_record_alone_is_shown_without_a_warning(store: Store) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    assert not lacks_status(ask(store, query), query)
