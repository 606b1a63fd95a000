"""Elsewhere as here: a SPARQL endpoint gives the rows of the embedded store, or an error, never silence."""

import csv
import io
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from stores import misbehaving, oxigraph, virtuoso
from test_golden import CASES, GOLDEN

from graph.build import opened
from graph.cli import main
from graph.endpoint import RECORD, Endpoint, Places, differing, on_record, probe, push, write_bulk
from graph.endpoint.bulk import propositions
from graph.endpoint.push import look
from graph.endpoint.rewrite import has_long_path
from graph.endpoint.wire import post
from graph.errors import EndpointError, QueryError
from graph.export.cells import cells
from graph.queries import bind, named, named_queries, run
from graph.queries.meetings import never_met
from graph.store import Store, Term
from graph.vocabulary import ID, RDF, say, vocabulary

JSON = "application/sparql-results+json"
EMPTY = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'


@pytest.fixture(scope="module", params=["graphs", "flat"])
def filled(request: pytest.FixtureRequest, founding_build: Path) -> Iterator[Endpoint]:
    """The project's corpus in an Oxigraph server: as graphs, and laid flat under a union of all graphs."""
    with oxigraph(*(["--union-default-graph"] if request.param == "flat" else [])) as url:
        pushed = push(opened(founding_build).folder, "abc", Places.of(url))
        assert (pushed.held.graphs > 0, pushed.held.union) == (
            (True, False) if request.param == "graphs" else (False, True)
        )
        assert not pushed.held.bare
        yield Endpoint.open(url)


@pytest.fixture(scope="module")
def mini_store(mini_build: Path) -> Store:
    return Store.open(opened(mini_build).folder / "store")


@pytest.fixture
def server() -> Iterator[str]:
    with oxigraph() as url:
        yield url


@pytest.fixture
def union_server() -> Iterator[str]:
    with oxigraph("--union-default-graph") as url:
        yield url


@pytest.fixture(scope="module", params=["graphs", "flat"])
def mini_endpoint(request: pytest.FixtureRequest, mini_build: Path) -> Iterator[Endpoint]:
    with oxigraph(*(["--union-default-graph"] if request.param == "flat" else [])) as url:
        push(opened(mini_build).folder, "abc", Places.of(url))
        yield Endpoint.open(url)


def update(url: str, text: str) -> None:
    reply = post(Places.of(url).update, text.encode(), "application/sparql-update", "*/*")
    assert reply.status == 204, reply.words


# ---- the same rows ---------------------------------------------------------------------------------


def rows_of(endpoint: Endpoint, case: str) -> list[list[str]]:
    query, values = CASES[case]
    found = run(endpoint, named(query), values).rows
    assert found is not None
    columns, listed = cells(found, endpoint)
    return [[*columns], *sorted([*row] for row in listed)]


def golden_rows(case: str) -> list[list[str]]:
    head, *rows = csv.reader(io.StringIO((GOLDEN / f"{case}.csv").read_text(encoding="utf-8"), newline=""))
    return [head, *sorted(rows)]


@pytest.mark.parametrize("case", CASES)
def test_an_oxigraph_server_gives_the_golden_rows(filled: Endpoint, case: str) -> None:
    assert rows_of(filled, case) == golden_rows(case)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?s say:content ?o }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
        "ASK { GRAPH ?g { ?s say:wasInvolvedIn ?o } }",
        "ASK { ?s say:wasInvolvedIn ?o }",
        "SELECT ?x ?y { { SELECT ?x WHERE { SELECT ?x { ?x a say:Claim } } } GRAPH ?g { ?x ?p ?y } }",
        "SELECT ?claim { ?claim say:content ?g FILTER EXISTS { GRAPH $g { ?s say:wasInvolvedIn ?o . } } }",
        "CONSTRUCT { ?c say:inPassage ?p } WHERE { ?c say:inPassage ?p } ORDER BY ?c LIMIT 5",
        "CONSTRUCT WHERE { ?c say:reportedStatus ?p }",
    ],
)
def test_queries_of_ones_own_give_the_same(mini_store: Store, mini_endpoint: Endpoint, text: str) -> None:
    asked = f"PREFIX say: <{vocabulary().namespace}> {text}"
    here, there = mini_store.query(asked), mini_endpoint.query(asked)
    assert (here.truth, here.triples and set(here.triples)) == (there.truth, there.triples and set(there.triples))
    assert (here.rows and sorted(map(str, here.rows.rows))) == (there.rows and sorted(map(str, there.rows.rows)))


def test_a_graph_of_somebody_else_is_not_read_as_a_proposition(
    mini_build: Path, mini_store: Store, server: str
) -> None:
    push(opened(mini_build).folder, "abc", Places.of(server))
    update(server, "INSERT DATA { GRAPH <http://elsewhere.example/g> { <http://a.example/> <http://b.example/> 1 } }")
    counted = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert Endpoint.open(server).rows(counted) == mini_store.rows(counted)


def test_an_empty_answer_is_looked_into_there_as_well(mini_store: Store, mini_endpoint: Endpoint) -> None:
    text = f"SELECT * {{ ?c <{say.content.value}> ?g ; <{say.speaker.value}> ?who }}"
    answer = mini_endpoint.query(text)
    assert answer.empty
    (told,) = never_met(mini_endpoint, text, answer)
    assert "(from the former to the latter: say:originHop" in told
    assert never_met(mini_store, text, mini_store.query(text)) == (told,)


def test_an_endpoint_that_fails_then_is_not_heard(mini_endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"SELECT * {{ ?c <{say.content.value}> ?g ; <{say.speaker.value}> ?who }}"
    answer = mini_endpoint.query(text)

    def gone(*_: object) -> None:
        raise EndpointError(mini_endpoint.name, "gone", "start it")

    monkeypatch.setattr(mini_endpoint, "rows", gone)
    assert never_met(mini_endpoint, text, answer) == ()


def test_names_and_ids_are_asked_of_the_endpoint(mini_store: Store, mini_endpoint: Endpoint) -> None:
    assert mini_endpoint.ids("entity") == mini_store.ids("entity")
    claim = mini_store.ids("claim")[0]
    node = ox.NamedNode(f"{ID}claim/{claim}")
    assert {(q.predicate, q.object) for q in mini_endpoint.about(node)} == {
        (q.predicate, q.object) for q in mini_store.about(node)
    }
    assert mini_endpoint.knows(node)
    assert not mini_endpoint.knows(ox.NamedNode(f"{ID}claim/none"))


# ---- parameters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        ox.Literal('" } } DROP ALL ; { "\\\n\r\t\' ?name'),
        ox.Literal("é \U0001f600 \\u0022", language="ku"),
        ox.Literal("2022-01-26", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        ox.NamedNode("http://a.example/%3E%7D?x=1#y"),
    ],
)
def test_a_value_stays_a_value(mini_store: Store, mini_endpoint: Endpoint, value: Term) -> None:
    text = "SELECT ?name ?x { BIND(STR(?name) AS ?x) }"
    here, there = (store.rows(text, {"name": value}) for store in (mini_store, mini_endpoint))
    assert here == there
    assert here.rows[0][0] == ox.Literal(value.value)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?p { ?s ?p ?o }",
        "SELECT * { $s ?p ?o }",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s ORDER BY ?s",
        f"SELECT ?s ?n {{ ?s a ?t {{ SELECT (COUNT(?s) AS ?n) {{ ?s {say.content} ?any }} }} }}",
        "SELECT ?s ?n { { SELECT ?s (COUNT(?o) AS ?n) { SELECT ?s ?o { ?s ?p ?o } } GROUP BY ?s } }",
        "SELECT ?s ?o { ?o ?p ?other FILTER(?other = ?s) }",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_a_bound_variable_means_the_same(mini_store: Store, mini_endpoint: Endpoint, text: str) -> None:
    term: Term = ox.NamedNode(f"{ID}claim/{mini_store.ids('claim')[0]}")
    here, there = (store.query(text, {"s": term}) for store in (mini_store, mini_endpoint))
    assert here.truth == there.truth
    assert (here.triples and set(here.triples)) == (there.triples and set(there.triples))
    assert (here.rows and here.rows.columns) == (there.rows and there.rows.columns)
    assert (here.rows and set(here.rows.rows)) == (there.rows and set(there.rows.rows))
    assert here.truth or here.triples or (here.rows and here.rows.rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT ?s { BIND(1 AS ?s) }", "also computed"),
        ("SELECT ?s { VALUES ?s { 1 } }", "VALUES"),
        ("SELECT ?s { VALUES (?t ?s) { (1 2) } }", "VALUES"),
        ("SELECT ?o { ?s ?p ?o }", "not selected"),
        ("DESCRIBE ?s WHERE { ?s ?p ?o }", "DESCRIBE"),
        ("SELECT ?s FROM <http://a.example/> { ?s ?p ?o }", "FROM"),
        ("SELECT ?s { ?o ?p ?x FILTER(?x<?s&&?s>?x) }", "put spaces"),
        ("SELECT ?s { ?s ?p trueGRAPH ?g { ?a ?b ?c } }", "two words in one"),
    ],
)
def test_what_cannot_be_asked_elsewhere_is_refused(text: str, found: str) -> None:
    with pytest.raises(QueryError, match=found):
        on_record(text, {"s": ox.Literal("x")}, "mine.rq")


def test_a_flat_store_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(QueryError, match="one GRAPH for each triple"):
        on_record("SELECT * { GRAPH ?g { ?s ?p ?o ; ?q ?r } }", flat=True)


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("name", named_queries())
def test_every_shipped_query_is_rewritten_to_sparql_that_names_the_record(name: str, flat: bool) -> None:
    """The record in the default graph alone is not seen; in its named graph it is."""
    values = {"IRI": "sdf", "DATE": "2022-01-26", "TERM": "ReportedPredicted"}
    given = {p.name: "0" * 32 if p.name == "proposition" else values[p.kind] for p in named(name).parameters}
    text = on_record(named(name).sparql, bind(named(name), given), name, flat)
    assert text.count(f"GRAPH <{RECORD}> {{") >= 1
    assert list(ox.Store().query(text)) == [] or "COUNT" in text or "SUM" in text
    fact = ox.Triple(ox.NamedNode(f"{ID}x"), ox.NamedNode(RDF + "type"), say.Claim)
    inner = on_record(f"ASK {{ ?s a <{say.Claim.value}> }}")
    aside, inside = ox.Store(), ox.Store()
    aside.add(ox.Quad(*fact))
    inside.add(ox.Quad(*fact, ox.NamedNode(RECORD)))
    assert (bool(aside.query(inner)), bool(inside.query(inner))) == (False, True)


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", False),
        ("SELECT * { ?s say:a* ?o }", True),
        ("SELECT * { ?s say:b/(say:c|say:d)+ ?o }", True),
        ("SELECT * { ?s <http://a.example/>+ ?o }", True),
        ('SELECT (?a * ?b AS ?c) { ?s ?p ?a, "say:a*" } # say:a*', False),
    ],
)
def test_paths_of_any_length_are_seen(text: str, long: bool) -> None:
    assert has_long_path(text) == long


# ---- filling a store -------------------------------------------------------------------------------


def test_a_union_of_all_graphs_is_found_before_any_allegation_is_sent(mini_build: Path, union_server: str) -> None:
    folder = opened(mini_build).folder
    pushed = push(folder, "abc", Places.of(union_server))
    assert (pushed.held.union, pushed.held.bare, pushed.held.graphs) == (True, False, 0)
    assert pushed.held.flat == len(list(propositions(folder)))
    accepted = push(folder, "abc", Places.of(union_server), accept_union=True)
    assert accepted.held.bare
    assert accepted.held.graphs == accepted.held.flat == pushed.held.flat
    again = push(folder, "abc", Places.of(union_server))
    assert again == pushed, "what was accepted once is removed"


@pytest.mark.parametrize(("store", "way"), [("", "INSERT DATA"), ("nowhere", "INSERT DATA"), (None, "N-Quads")])
def test_every_way_of_sending_ends_in_the_same_store(
    mini_build: Path, mini_store: Store, server: str, store: str | None, way: str
) -> None:
    places = Places.of(server)
    if store is not None:
        places = Places(places.query, places.update, store and server.replace("query", store))
    assert push(opened(mini_build).folder, "abc", places).way == way
    probe(opened(mini_build).folder, places)
    assert differing(mini_store, Endpoint.open(server)) == {}


def test_what_was_withheld_since_does_not_stay(mini_build: Path, server: str) -> None:
    stale = f"{ID}proposition/{'0' * 32}"
    update(server, f"INSERT DATA {{ GRAPH <{stale}> {{ <http://a.example/> <http://b.example/> 1 }} }}")
    push(opened(mini_build).folder, "abc", Places.of(server))
    assert not Endpoint(server).ask(f"ASK {{ GRAPH <{stale}> {{ ?s ?p ?o }} }}")


def test_a_push_that_was_cut_short_is_no_record(mini_build: Path, server: str) -> None:
    with pytest.raises(EndpointError, match="no whole record"):
        Endpoint.open(server)

    def stop(step: str) -> None:
        if step == "sending propositions":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(opened(mini_build).folder, "abc", Places.of(server), progress=stop)
    assert look(Endpoint(server)).record > 100
    with pytest.raises(EndpointError, match="no whole record"):
        Endpoint.open(server)


def test_a_loss_is_noticed(mini_build: Path, mini_store: Store, server: str) -> None:
    folder, places = opened(mini_build).folder, Places.of(server)
    push(folder, "abc", places)
    (lost, *_) = propositions(folder)
    update(server, f"DROP GRAPH {lost.graph_name}")
    with pytest.raises(EndpointError, match="propositions as graphs"):
        probe(folder, places)
    push(folder, "abc", places)
    changed = f"GRAPH <{RECORD}> {{ ?d {say.drawnReason} ?why }}"
    update(server, f"DELETE WHERE {{ {changed} }}")
    with pytest.raises(EndpointError, match="facts of the record"):
        probe(folder, places)
    assert "origins-per-edge" in differing(mini_store, Endpoint.open(server))


@pytest.mark.parametrize("part", ["propositions.nq", "flat.nq"])
def test_bulk_files_load_into_the_same_store(mini_build: Path, mini_store: Store, tmp_path: Path, part: str) -> None:
    write_bulk(opened(mini_build).folder, "abc", tmp_path)
    index = ox.Store()
    for name in ("record.nq", part):
        index.bulk_load(path=str(tmp_path / name), format=ox.RdfFormat.N_QUADS)
    assert not list(index.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    for query in named_queries().values():
        if not query.parameters:
            text = on_record(query.sparql, flat=part == "flat.nq")
            here = run(mini_store, query, {}).rows
            assert here is not None
            assert len(list(index.query(text))) == len(here.rows), query.name  # type: ignore[arg-type]
    if part == "flat.nq":
        content = {relation.iri for relation in vocabulary().properties.values()}
        assert not {quad.predicate for quad in index} & content
    before = (tmp_path / part).read_bytes()
    write_bulk(opened(mini_build).folder, "abc", tmp_path)
    assert (tmp_path / part).read_bytes() == before


@pytest.mark.parametrize(
    ("url", "update_url", "store_url"),
    [
        ("http://h:1/query", "http://h:1/update", "http://h:1/store"),
        ("http://h:1/a/query", "http://h:1/a/update", "http://h:1/a/store"),
        ("http://h:1", "http://h:1/update", "http://h:1/store"),
        ("https://h/sparql", "https://h/sparql", "https://h/sparql-graph-crud"),
        ("https://h/repositories/x", "https://h/repositories/x", ""),
    ],
)
def test_one_address_leads_to_the_others(url: str, update_url: str, store_url: str) -> None:
    assert (Places.of(url).update, Places.of(url).store) == (update_url, store_url)
    assert Places.of(url, update="http://u/", store="http://s/").store == "http://s/"


# ---- the command -----------------------------------------------------------------------------------


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_command_pushes_checks_and_asks(
    capsys: pytest.CaptureFixture[str], mini_build: Path, server: str, tmp_path: Path
) -> None:
    at = ("--build", str(mini_build))
    status, out, _ = told(capsys, "push", server, *at)
    assert status == 0
    assert "in graphs of their own" in out
    assert out.splitlines()[-1] == "a naive ?s ?p ?o shows no allegation"
    assert json.loads(told(capsys, "push", server, *at, "--json")[1])["held"]["union"] is False
    status, out, err = told(capsys, "push", server, "--check", *at)
    assert (status, err) == (0, "")
    shipped = sum(1 for query in named_queries().values() if not query.parameters)
    assert f"{shipped} of {shipped}" in out
    for form in ("--csv", "--json"):
        here = told(capsys, "query", "denials", form, *at)
        assert told(capsys, "query", "denials", form, "--endpoint", server) == here
    assert told(capsys, "push", "--bulk", str(tmp_path / "bulk"), *at)[0] == 0
    assert (tmp_path / "bulk" / "flat.nq").is_file()
    status, _, err = told(capsys, "push", *at)
    assert status == 1
    assert "--bulk" in err


def test_a_query_is_guarded_there_as_here(
    capsys: pytest.CaptureFixture[str], mini_build: Path, server: str, tmp_path: Path
) -> None:
    push(opened(mini_build).folder, "abc", Places.of(server))
    file = tmp_path / "mine.rq"
    for text, found in (
        ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <http://a.example/> <http://b.example/> 1 }", "INSERT"),
        ("SELECT * { ?s ?p }", "not SPARQL"),
        (f"PREFIX say: <{vocabulary().namespace}> SELECT * {{ ?s say:contents ?o }}", "contents"),
        (
            f"PREFIX say: <{vocabulary().namespace}> CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            "bare",
        ),
    ):
        file.write_text(text, encoding="utf-8")
        status, out, err = told(capsys, "query", str(file), "--endpoint", server)
        assert (status, out) == (1, "")
        assert found in err
    status, _, err = told(capsys, "query", "about", "entity=nobody-at-all", "--endpoint", server)
    assert status == 1
    assert "no entity" in err


def test_a_union_is_said_in_one_line(capsys: pytest.CaptureFixture[str], mini_build: Path, union_server: str) -> None:
    at = ("--build", str(mini_build))
    assert "lie flat" in told(capsys, "push", union_server, *at)[1].splitlines()[-1]
    assert "SHOWS ALLEGATIONS" in told(capsys, "push", union_server, "--accept-union", *at)[1].splitlines()[-1]


# ---- servers that misbehave ------------------------------------------------------------------------


def reply(status: int = 200, kind: str = JSON, body: bytes = EMPTY, length: int | None = None, **more: str) -> Any:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in more.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Within every limit of a single read, and for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(8)


def close(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


ONE = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://a.example/"}}]}}'


@pytest.mark.parametrize(
    ("behaviour", "found"),
    [
        pytest.param(reply(500, "text/plain", b"out of memory"), "HTTP 500: out of memory", id="500"),
        pytest.param(reply(206), "HTTP 206", id="partial"),
        pytest.param(reply(204, body=b""), "HTTP 204", id="nothing"),
        pytest.param(reply(body=ONE[:-20]), "may be cut", id="cut JSON"),
        pytest.param(reply(body=ONE[:-2]), "may be cut", id="JSON cut after its last row"),
        pytest.param(reply(length=len(EMPTY) + 50), "cut", id="fewer bytes than promised"),
        pytest.param(reply(body=b""), "cannot be read", id="empty"),
        pytest.param(reply(body=EMPTY + b"{"), "cannot be read", id="more than one answer"),
        pytest.param(reply(body=b"{}"), "cannot be read", id="no results"),
        pytest.param(reply(body=b"\xff\xfe"), "cannot be read", id="no text"),
        pytest.param(reply(200, "text/html", b"<html>Log in</html>"), "text/html", id="a page"),
        pytest.param(reply(kind="text/plain"), "text/plain", id="wrong type"),
        pytest.param(reply(body=b'{"head":{},"boolean":true}'), "yes or no", id="ASK answered"),
        pytest.param(reply(body=b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'), "columns x", id="columns"),
        pytest.param(reply(body=ONE, X_SPARQL_MaxRows="1"), "stops at 1 rows", id="a limit of rows"),
        pytest.param(reply(X_SQL_State="S1TAT"), "half-way", id="given up"),
        pytest.param(reply(302, Location="http://elsewhere.example/query"), "elsewhere.example", id="another host"),
        pytest.param(reply(307, Location="//127.0.0.2/query"), "127.0.0.2", id="another address"),
        pytest.param(reply(301, Location="file:///etc/passwd"), "not the address", id="a file"),
        pytest.param(reply(308, Location="/query"), "circles", id="itself"),
        pytest.param(hang, "within 1 s", id="slow"),
        pytest.param(drip, "within 1 s", id="drip"),
        pytest.param(close, "connection failed", id="hangs up"),
    ],
)
def test_a_failure_is_an_error_and_never_no_rows(behaviour: Any, found: str) -> None:
    began = time.monotonic()
    with misbehaving(behaviour) as url, pytest.raises(EndpointError, match=found) as raised:
        Endpoint(url, timeout=1).rows("SELECT ?s { ?s ?p ?o }")
    (line,) = raised.value.lines()
    assert "; fix: " in line
    assert time.monotonic() - began < 4


def test_a_well_behaved_answer_passes() -> None:
    with misbehaving(reply(body=ONE)) as url:
        assert len(Endpoint(url, timeout=1).rows("SELECT ?s { ?s ?p ?o }").rows) == 1

    def moved(handler: BaseHTTPRequestHandler) -> None:
        (reply(body=ONE) if handler.path == "/new" else reply(307, Location="/new"))(handler)

    with misbehaving(moved) as url:
        assert len(Endpoint(url, timeout=1).rows("SELECT ?s { ?s ?p ?o }").rows) == 1


def test_nobody_else_is_asked_for_an_answer() -> None:
    """Another port is another machine: what stands there would answer well."""
    asked: list[str] = []

    def other(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        reply(body=ONE)(handler)

    with misbehaving(other) as there, misbehaving(reply(307, Location=there)) as url:  # noqa: SIM117
        with pytest.raises(EndpointError, match="sends us elsewhere"):
            Endpoint(url, timeout=1).rows("SELECT ?s { ?s ?p ?o }")
    assert asked == []


def test_virtuoso_is_not_asked_what_it_answers_wrongly() -> None:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.server_version, handler.sys_version = "Virtuoso/07.20.3229", ""
        reply(body=ONE)(handler)

    path = "SELECT ?s { ?s <http://a.example/>* ?o }"
    with misbehaving(behave) as url:
        assert Endpoint(url).rows("SELECT ?s { ?s <http://a.example/> ?o }").rows
        with pytest.raises(EndpointError, match="without a word"):
            Endpoint(url).rows(path)
    with misbehaving(reply(body=ONE)) as url:
        assert Endpoint(url).rows(path).rows


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://h/query",
        "http:///query",
        "h/query",
        "http://user:secret@h/query",
        "http://h/que ry",
        "http://h/\r\nX: y",
        "http://h:99999/query",
        "http://hé/query",
    ],
)
def test_only_plain_addresses_are_asked(url: str) -> None:
    with pytest.raises(EndpointError) as raised:
        Endpoint(url)
    assert "secret" not in str(raised.value)
    with pytest.raises(EndpointError):
        Places.of("http://h/query", update=url)


def test_nothing_there_is_one_line(capsys: pytest.CaptureFixture[str], mini_build: Path) -> None:
    with misbehaving(hang) as url:
        pass
    for arguments in (("query", "denials", "--endpoint", url), ("push", url, "--build", str(mini_build))):
        status, out, err = told(capsys, *arguments)
        assert (status, out) == (1, "")
        assert err.count("\n") == 1
        assert "nothing answers there" in err


def test_a_proxy_named_by_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("no_proxy", "")
    with misbehaving(reply(body=ONE)) as url:
        assert Endpoint(url, timeout=1).rows("SELECT ?s { ?s ?p ?o }").rows


# ---- Virtuoso --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("accept_union", [False, True])
def test_virtuoso_gives_the_golden_rows(founding_build: Path, tmp_path: Path, accept_union: bool) -> None:
    """Its default graph is the union of all; it joins texts of a group in an order of its own."""
    with virtuoso(tmp_path) as url:
        pushed = push(opened(founding_build).folder, "abc", Places.of(url), accept_union)
        assert (pushed.held.union, pushed.held.bare, pushed.held.graphs > 0) == (True, accept_union, accept_union)
        endpoint = Endpoint.open(url)
        wrong, refused, said = [], set(), set()
        for case, (name, _) in CASES.items():
            try:
                if in_any_order(rows_of(endpoint, case)) != in_any_order(golden_rows(case)):
                    wrong.append(case)
            except EndpointError as error:
                refused.add(name)
                said.add("which Virtuoso 7 may answer wrongly" in str(error))
        assert (wrong, said) == ([], {True})
        assert refused == {name for name, _ in CASES.values() if has_long_path(named(name).sparql)}
        reasons = differing(Store.open(opened(founding_build).folder / "store"), endpoint)
        assert "" not in reasons.values()
        assert set(reasons) < refused


def in_any_order(rows: list[list[str]]) -> list[list[str]]:
    """Rows in which the kinds of evidence of a cell are sorted: SPARQL leaves GROUP_CONCAT's order open."""
    at = rows[0].index("kinds") if "kinds" in rows[0] else None
    if at is None:
        return rows
    return sorted([*row[:at], ", ".join(sorted(row[at].split(", "))), *row[at + 1 :]] for row in rows)
