"""What a query may not be is told in one line before the engine sees it."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import QueryError
from graph.queries.guard import MAX_BYTES, MAX_DEPTH, MAX_JOINS, MAX_OPERATORS, guard, reads_content
from graph.queries.names import known_terms
from graph.store import Store

CLOSED = "http://127.0.0.1:9/sparql"


def refused(sparql: str) -> str:
    """Why a query is refused."""
    with pytest.raises(QueryError) as told:
        guard(sparql, "mine.rq")
    assert len(told.value.lines()) == 1
    return str(told.value)


# ---- the network ----------------------------------------------------------------------------------

ASKING = (
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { service <%s> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <%s> { ?s ?p ?o } }",
    "SELECT * { SERVICE<%s>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o .SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1.SERVICE <%s> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "a"@en.SERVICE <%s> { ?s ?p ?o } }',
    "SELECT * { # SERVICE\nSERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { FILTER(?a<1)SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE ?where { ?s ?p ?o } } } BIND(<%s> AS ?where) }",
    "SELECT * { FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
)


@pytest.mark.parametrize("query", ASKING)
def test_service_is_refused_wherever_it_stands(query: str) -> None:
    assert "SERVICE, which would ask another machine" in refused(query % CLOSED)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } # no SERVICE here",
        'SELECT * { ?s ?p "SERVICE <x> { FROM" }',
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p """a "SERVICE" b""" }',
        "SELECT * { ?s ?p '''FROM\nSERVICE''' }",
        "SELECT * { ?service ?from $FROM }",
        "SELECT * { <http://x/SERVICE> <http://x/\\u0046ROM> ?insert }",
        "PREFIX say: <http://x/> SELECT * { ?s say:from ?x ; say:a.b-c ?y }",
        "SELECT * { _:service ?p ?o }",
    ],
)
def test_the_same_word_in_a_comment_string_iri_or_name_is_not(query: str) -> None:
    guard(query, "mine.rq")
    Store.of([]).query(query)


P = "PREFIX : <http://a/> "
HIDING = {
    "a middle dot in a name": P + "SELECT * { ?s :a·\\'b ?o . SERVICE <%s> { ?s ?p ?o } # '\n}",
    "an accent in a name": P + "SELECT * { ?s :a\u0301\\'b ?o . SERVICE <%s> { ?s ?p ?o } # '\n}",
    "a sign in a name": P + "SELECT * { ?s :a\u3001\\'b ?o . SERVICE <%s> { ?s ?p ?o } # '\n}",
    "a dot before an escape": P + "SELECT * { ?s :a.\\'b ?o . SERVICE <%s> { ?s ?p ?o } # '\n}",
    "a dot in a prefix": "PREFIX a·: <http://a/> SELECT * { ?s a·:a.\\'b ?o . SERVICE <%s> { ?s ?p ?o } # '\n}",
    "less, hash, greater": "SELECT * { FILTER(1<2)#>'''\nSERVICE <%s> { ?s ?p ?o } #'''\n}",
    "inside the brackets": "SELECT * { FILTER(1<2#>'''\n)SERVICE <%s> { ?s ?p ?o } #'''\n}",
    "after a string": "SELECT * { FILTER('a'<'b'||'c'<:x#>'''\n)SERVICE <%s> { ?s ?p ?o } #'''\n}",
    "with double quotes": 'SELECT * { FILTER(1<2#>"""\n)SERVICE <%s> { ?s ?p ?o } #"""\n}',
    "with a prefixed name": P + "SELECT * { FILTER(1<:x#>'''\n||true)SERVICE <%s> { ?s ?p ?o } #'''\n}",
    "less than an IRI": "SELECT * { FILTER(<http://a/><<http://a/#b>)SERVICE <%s> { ?s ?p ?o } }",
    "less than a short IRI": "SELECT * { FILTER(<http://a/><<urn:a#b>)SERVICE <%s> { ?s ?p ?o } }",
}


@pytest.mark.parametrize("trick", HIDING)
def test_what_the_engine_reads_otherwise_than_it_looks_is_refused(trick: str) -> None:
    """Each of these made the engine ask another machine while a plainer tokenizer saw a string or a comment."""
    refused(HIDING[trick] % CLOSED)


@pytest.mark.parametrize(
    "query",
    [
        P + "SELECT * { ?s :a·\\'b ?o ; :c\\'d 'x' }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (<urn:x#y>, <#z>) && ?s < <urn:x#y>) }".replace("<#z>", "<urn:z>"),
        "BASE <http://a/> SELECT * { ?s <#p> ( <#a> <http://a/#b> ) FILTER(?s<<http://a/b>) }",
        "SELECT * { ?s ?p ?o FILTER(?s<?o && ?o>1) FILTER(?s<1||?o>?s) }",
    ],
)
def test_what_only_looks_like_a_trick_is_let_through(query: str) -> None:
    guard(query, "mine.rq")
    Store.of([]).query(query)


@pytest.mark.parametrize("piece", ['\\"a', "\\'a", "\\'''a", '\\"""a', "<<#", "<a", "PREFIX ", "a:", ":%"])
def test_the_guard_takes_no_longer_than_the_text_is_long(piece: str) -> None:
    """A scan that began again at each quote took 25 s for 32 kB, and the whole service with it."""
    text = (piece * MAX_BYTES)[:MAX_BYTES]
    start = time.process_time()
    with suppress(QueryError):
        guard(text, "mine.rq")
        known_terms(text, "mine.rq")
    assert time.process_time() - start < 2


PIECES = st.sampled_from(
    ["SERVICE", " ", "\n", ".", "<http://127.0.0.1:9/>", "{", "}", "?s ?p ?o", "#", "'", '"', "'''", '"""', ":a", "1", "\\", "@en", "x:", "%", "/", "<", "_:b", "·", "\u0301", ">", "FILTER(1", ")", ":x", "<#", "<<"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12))
def test_nothing_that_is_let_through_makes_the_engine_ask(pieces: list[str]) -> None:
    """The engine answers SERVICE with an error of the network; a query that passes never gets there."""
    query = "PREFIX : <http://a/> PREFIX x: <http://x/> SELECT * { " + "".join(pieces) + " }"
    try:
        guard(query, "mine.rq")
    except QueryError:
        return
    store = Store.of([Quad(NamedNode("http://a/s"), NamedNode("http://a/p"), Literal("o"))])
    with suppress(NotSparqlError):
        _answer(store, query)


class NotSparqlError(Exception):
    """The engine could not parse the query."""


def _answer(store: Store, query: str) -> None:
    try:
        store.query(query)
    except QueryError as error:
        if "not SPARQL" in str(error):
            raise NotSparqlError from error
        raise


def test_without_the_guard_the_engine_would_ask() -> None:
    with pytest.raises(QueryError, match="could not be answered"):
        Store.of([]).query(ASKING[0] % CLOSED)


# ---- writing, and content made plain -----------------------------------------------------------------


@pytest.mark.parametrize("word", ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"])
def test_writing_is_refused_with_its_word(word: str) -> None:
    told = refused(f"PREFIX x: <http://x/>\n{word.lower()} DATA {{ x:a x:b x:c }}")
    assert told.startswith(f"mine.rq:2: {word}, which would write; fix: change corpus/ and rebuild")


@pytest.mark.parametrize("clause", ["FROM <http://a/g>", "FROM NAMED <http://a/g>", "from<http://a/g>"])
def test_from_is_refused_with_what_to_write_instead(clause: str) -> None:
    told = refused(f"SELECT ?s\n{clause} {{ ?s ?p ?o }}")
    assert told.startswith("mine.rq:2: FROM, which would turn content into plain triples; fix: ")
    assert "GRAPH ?g" in told
    assert "say:reportedStatus" in told


# ---- size ---------------------------------------------------------------------------------------------


def test_size_nesting_operators_and_joins_have_limits() -> None:
    deep = "SELECT * " + "{" * MAX_DEPTH + "}" * MAX_DEPTH
    guard(deep, "mine.rq")
    assert "nesting deeper than" in refused(deep.replace("{", "{{", 1))
    guard("SELECT * { FILTER(1" + "+1" * (MAX_OPERATORS - 2) + ") }", "mine.rq")
    for chain in ("+1", "-1", "*1", "||1", "&&1", "=1"):
        assert "operators" in refused("SELECT * { FILTER(1" + chain * (MAX_OPERATORS + 1) + ") }")
    assert "operators" in refused("SELECT * { FILTER(" + "!" * (MAX_OPERATORS + 1) + "true) }")
    for chain in (
        "?s ?p ?o . ",
        "OPTIONAL {} ",
        "VALUES ?x {1} ",
        "?s ?p ?o ; ?q ?r . ",
        "{} UNION {} ",
        "?s :a/:b ?o ",
    ):
        assert "joined patterns" in refused("SELECT * { " + chain * (MAX_JOINS + 1) + "}")
    assert "bytes, more than" in refused("#" * (MAX_BYTES + 1))
    assert "bytes, more than" in refused("#" + "ü" * (MAX_BYTES // 2))


def test_operators_that_look_like_an_iri_are_counted() -> None:
    assert "operators" in refused("SELECT * { ?s ?p ?x FILTER(?x<" + "!" * (MAX_OPERATORS + 1) + "?x>?x) }")


def test_a_string_that_is_not_closed_is_no_sparql_and_names_its_line() -> None:
    assert refused("SELECT *\n{ ?s ?p 'o }").startswith("mine.rq:2: not SPARQL: a string that is not closed")


def test_a_limit_names_the_line() -> None:
    assert refused("SELECT *\n" + "{" * (MAX_DEPTH + 1)).startswith("mine.rq:2: ")


def test_the_widest_query_that_passes_is_planned_in_time() -> None:
    # each triple pattern costs the engine's planner; a clock would make a poor test, an answer will do
    patterns = "".join(f"?a{n} ?p{n} ?c{n}. " for n in range(MAX_JOINS - 2))
    query = f"SELECT * {{ {patterns} }}"
    guard(query, "mine.rq")
    assert Store.of([]).rows(query).rows == ()


@pytest.mark.parametrize(
    ("query", "inside"),
    [
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT * { graph ?g { ?s ?p ?o } }", True),
        ("SELECT * { ?graph ?p ?o }", False),
        ("SELECT * { ?s ?p 'GRAPH' } # GRAPH", False),
    ],
)
def test_who_looks_inside_propositions(query: str, inside: bool) -> None:
    assert reads_content(query) is inside


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX x:<http://127.0.0.1:1/> SELECT ?s { SERVICEx:q { ?s ?p ?o } }",
        "SELECT ?s { SERVICESILENT<http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT ?s { ?a ?b 1SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT ?s { ?a ?b trueSERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX p: <http://example.org/> SELECT * FROMp:q { ?s ?p ?o }",
        "ASKFROM <http://example.org/g> { ?s ?p ?o }",
        "PREFIX p: <http://example.org/> ASKFROMp:q { ?s ?p ?o }",
        "CONSTRUCTFROM <http://example.org/g> WHERE { ?s ?p ?o }",
        "PREFIX service: <http://x/> SELECT * { ?s service:SERVICE ?o }",
    ],
)
def test_a_keyword_glued_to_its_neighbour_is_seen(text: str) -> None:
    with pytest.raises(QueryError, match=r"SERVICE|FROM"):
        guard(text, "q")


def test_the_store_itself_keeps_content_out_of_the_default_graph() -> None:
    """The second wall behind the guard: FROM does not lay a graph bare."""
    node = NamedNode("http://example.org/a")
    store = Store.of([Quad(node, node, node, NamedNode("http://example.org/g"))])
    assert store.rows("SELECT * FROM <http://example.org/g> { ?s ?p ?o }").rows == ()
