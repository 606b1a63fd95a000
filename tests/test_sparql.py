"""`/sparql` and linked data over real HTTP: the protocol, negotiation, refusals, and answers that say what they are."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import pytest
from pyoxigraph import RdfFormat, parse
from serving import Reply, Served, serving

from graph.engine import Engine, Limits
from graph.engine.answering import GRAPHS, RESULTS
from graph.evidence import Archive
from graph.queries import named_queries
from graph.service import Live, application
from graph.service.negotiation import chosen
from graph.service.sparql import FORM, QUERY
from graph.vocabulary import ID, say, vocabulary

PREFIX = f"PREFIX say: <{vocabulary().namespace}> "
CLAIMS = PREFIX + "SELECT ?c { ?c a say:Claim }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def served(mini_archive: Archive) -> Iterator[Served]:
    live = Live(mini_archive, Limits(seconds=2, workers=2, waiting=4))
    with serving(application(live, origins=("https://example.org",))) as server:
        yield server
    live.close()


def get(served: Served, query: str, accept: str = "", **more: Any) -> Reply:
    address = "/sparql?" + urlencode({"query": query, **more}, doseq=True)
    return served.ask(address, headers={"accept": accept} if accept else {})


def post(served: Served, body: str, kind: str, address: str = "/sparql", **headers: str) -> Reply:
    return served.ask(address, "POST", {"content-type": kind, **headers}, body)


def rows(reply: Reply) -> int:
    assert reply.status == 200, reply.body
    return len(reply.json()["results"]["bindings"])


# ---- the protocol -----------------------------------------------------------------------------------


def test_the_three_ways_to_ask_give_one_answer(served: Served) -> None:
    asked = [get(served, CLAIMS), post(served, urlencode({"query": CLAIMS}), FORM), post(served, CLAIMS, QUERY)]
    assert len({rows(reply) for reply in asked}) == 1
    assert {reply.headers["testimony-answer"] for reply in asked} == {"complete"}
    assert {reply.headers["content-type"] for reply in asked} == {"application/sparql-results+json; charset=utf-8"}
    assert rows(asked[0]) > 40


def test_the_default_graph_is_the_record_and_content_is_only_in_named_graphs(served: Served) -> None:
    content = [p.iri.value for p in vocabulary().properties.values()]
    naive = get(served, "SELECT DISTINCT ?p { ?s ?p ?o }").json()["results"]["bindings"]
    assert not {row["p"]["value"] for row in naive} & set(content)


@pytest.mark.parametrize("media", RESULTS)
def test_results_come_in_the_form_asked_for(served: Served, media: str) -> None:
    reply = get(served, CLAIMS, f"{media}, */*;q=0.1")
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, media)


@pytest.mark.parametrize("media", GRAPHS)
def test_graphs_come_in_the_form_asked_for(served: Served, media: str) -> None:
    reply = get(served, PREFIX + "CONSTRUCT { ?c a say:Claim } { ?c a say:Claim } LIMIT 4", media)
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, media)
    assert len(list(parse(reply.body, format=GRAPHS[media]))) == 4


def test_a_form_that_nobody_can_give_is_refused_with_the_ones_there_are(served: Served) -> None:
    reply = get(served, CLAIMS, "image/png")
    assert reply.status == 406
    assert "text/csv" in reply.json()["error"]
    assert get(served, CLAIMS, "text/turtle").status == 406  # rows are no graph


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/*;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
        ("text/html", None),
        ("text/csv;q=nonsense", None),
    ],
)
def test_what_a_client_likes_best(accept: str, expected: str | None) -> None:
    assert chosen(accept, RESULTS) == expected


def test_a_dataset_may_be_named(served: Served, mini_archive: Archive) -> None:
    graph = next(q for q in mini_archive.store.quads() if str(q.graph_name).startswith(f"<{ID}proposition/"))
    name = str(graph.graph_name).strip("<>")
    only = get(served, "SELECT * { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": name})
    assert rows(only) == 1
    assert rows(get(served, "SELECT * { ?s ?p ?o }", **{"named-graph-uri": name})) == 0
    assert rows(get(served, "SELECT * { ?s ?p ?o }", **{"default-graph-uri": "urn:x:nothing"})) == 0


@pytest.mark.parametrize(
    "clause", ["BASE <http://example.org/> SELECT * FROM <g>", "SELECT * FROM <http://example.org/g>"]
)
def test_from_may_name_a_graph_of_others(served: Served, clause: str) -> None:
    assert rows(get(served, clause + " { ?s ?p ?o }")) == 0


def test_no_dataset_lays_content_bare(served: Served, mini_archive: Archive) -> None:
    graph = next(q for q in mini_archive.store.quads() if str(q.graph_name).startswith(f"<{ID}proposition/"))
    name = str(graph.graph_name).strip("<>")
    for reply in (
        get(served, "SELECT * { ?s ?p ?o }", **{"default-graph-uri": name}),
        get(served, f"SELECT * FROM <{name}> {{ ?s ?p ?o }}"),
        get(served, f"BASE <{ID}proposition/> SELECT * FROM <{name[-32:]}> {{ ?s ?p ?o }}"),
        get(served, f"BASE <{ID}> SELECT * FROM <proposition/{name[-32:]}> {{ ?s ?p ?o }}"),
        get(served, f"BASE <{ID}> BASE <proposition/> SELECT * FROM <{name[-32:]}> {{ ?s ?p ?o }}"),
        get(served, f"BASE <{ID}> BASE <p\\u0072oposition/> SELECT * FROM <{name[-32:]}> {{ ?s ?p ?o }}"),
        get(served, f"SELECT * FROM <{name[-32:]}> {{ ?s ?p ?o }}"),
        get(served, f"PREFIX x: <{ID}proposition/> SELECT * FROM x:{name[-32:]} {{ ?s ?p ?o }}"),
        get(served, "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }", "text/turtle"),
        get(served, f"DESCRIBE ?s {{ GRAPH <{name}> {{ ?s ?p ?o }} }}", **{"default-graph-uri": name}),
    ):
        assert (reply.status, reply.headers["testimony-answer"]) == (403, "refused")


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (lambda s: s.ask("/sparql?query=ASK%7B%7D&query=ASK%7B%7D"), 400),
        (lambda s: post(s, "ASK {}", QUERY, "/sparql?query=ASK%7B%7D"), 400),
        (lambda s: post(s, "ASK {}", "text/plain"), 415),
        (lambda s: post(s, '{"query": "ASK {}"}', "application/json"), 415),
        (lambda s: post(s, "update=CLEAR+ALL", FORM), 403),
        (lambda s: post(s, "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "application/sparql-update"), 415),
        (lambda s: post(s, "INSERT DATA { <urn:a> <urn:b> <urn:c> }", QUERY), 403),
        (lambda s: s.ask("/sparql", "PUT"), 405),
        (lambda s: s.ask("/sparql", "DELETE"), 405),
        (lambda s: s.ask("/sparql?query=%ff"), 400),
        (lambda s: post(s, "query=" + "a" * 200_000, FORM), 413),
        (lambda s: get(s, "SELECT * { ?s ?p ", ), 400),
        (lambda s: get(s, "SELECT * { ?s ?p 'a }"), 400),
        (lambda s: get(s, "ASK {}", timeout="soon"), 400),
        (lambda s: get(s, "ASK {}", **{"default-graph-uri": "no iri"}), 400),
        (lambda s: get(s, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 403),
    ],
)  # fmt: skip
def test_what_the_protocol_does_not_allow_is_refused_in_one_line(served: Served, reply: Any, status: int) -> None:
    found = reply(served)
    assert found.status == status
    assert "\n" not in found.json()["error"]
    assert found.headers["content-security-policy"]


def test_a_syntax_error_names_line_and_column(served: Served) -> None:
    found = get(served, "SELECT *\nWHERE {\n  ?s ?p }").json()
    assert (found["state"], found["line"]) == ("wrong", 3)
    assert found["column"] > 3


# ---- what an answer is ---------------------------------------------------------------------------------


def test_a_runaway_is_stopped_and_says_so(served: Served) -> None:
    reply = get(served, RUNAWAY, timeout="0.5")
    assert (reply.status, reply.headers["testimony-answer"]) == (504, "stopped")
    assert "0.5 s" in reply.json()["error"]


def test_others_are_answered_while_the_first_question_starts_the_workers(mini_archive: Archive) -> None:
    class Slow(Live):
        @property
        def engine(self) -> Engine:
            time.sleep(1)
            return super().engine

    live = Slow(mini_archive)
    with serving(application(live)) as served:
        first = threading.Thread(target=get, args=(served, "ASK {}"))
        first.start()
        time.sleep(0.2)
        start = time.monotonic()
        served.get("/api/queries")
        assert time.monotonic() - start < 0.7
        first.join()
    live.close()


def test_a_client_cannot_ask_for_more_time_than_there_is(served: Served) -> None:
    assert "2 s" in get(served, RUNAWAY, timeout="600").json()["error"]


def test_a_long_answer_is_cut_and_says_so(mini_archive: Archive) -> None:
    query = "SELECT * { { ?s ?p ?o } UNION { ?s ?p ?o } UNION { ?s ?p ?o } }"
    live = Live(mini_archive, Limits(seconds=60, workers=1))  # rows are the limit here, on a busy machine as well
    try:
        with serving(application(live)) as patient:
            reply = get(patient, query, "text/csv")
    finally:
        live.close()
    assert (reply.status, reply.headers["testimony-answer"], reply.headers["testimony-rows"]) == (
        206,
        "truncated",
        "20000",
    )


def test_what_the_engine_may_answer_wrongly_is_told(served: Served) -> None:
    reply = get(served, "SELECT ?g ?n { GRAPH ?g { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } } } LIMIT 1")
    assert "counts over all graphs" in reply.headers["testimony-warning"]
    assert "testimony-warning" not in get(served, CLAIMS).headers


def test_the_answer_names_the_build(served: Served, mini_archive: Archive) -> None:
    assert get(served, "ASK {}").headers["testimony-build"] == mini_archive.corpus_hash[:12]


# ---- descriptions and linked data --------------------------------------------------------------------------


@pytest.mark.parametrize("accept", ["", "application/n-triples", "application/ld+json"])
def test_the_address_without_a_query_describes_the_service(served: Served, accept: str) -> None:
    reply = served.ask("/sparql", headers={"accept": accept} if accept else {})
    media = reply.headers["content-type"].partition(";")[0]
    facts = {
        (q.predicate.value.rpartition("#")[2], getattr(q.object, "value", ""))
        for q in parse(reply.body, format=GRAPHS[media])
    }
    assert ("endpoint", f"http://127.0.0.1:{served.port}/sparql") in facts
    assert ("supportedLanguage", "http://www.w3.org/ns/sparql-service-description#SPARQL11Query") in facts


def test_the_data_set_is_described_in_numbers(served: Served, mini_archive: Archive) -> None:
    reply = served.ask("/.well-known/void")
    facts = [(q.predicate.value.rpartition("#")[2], q.object) for q in parse(reply.body, format=RdfFormat.TURTLE)]
    counted = {o.value for p, o in facts if p == "entities" and hasattr(o, "value")}
    assert str(mini_archive.manifest["counts"]["claims"]) in counted


@pytest.mark.parametrize("media", GRAPHS)
@pytest.mark.parametrize("kind", ["Claim", "Entity", "Document", "Utterance", "Question", "OriginGroup"])
def test_every_kind_of_node_is_described_in_every_form(
    served: Served, mini_archive: Archive, kind: str, media: str
) -> None:
    a = next(q.predicate for q in mini_archive.store.quads() if q.predicate.value.endswith("ns#type"))
    kinds = vocabulary().kinds("Entity") if kind == "Entity" else (kind,)
    node = next(q.subject for k in kinds for q in mini_archive.store.of_object(a, vocabulary().term(k)))
    reply = served.ask("/id/" + node.value.removeprefix(ID), headers={"accept": media})
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, media)
    quads = list(parse(reply.body, format=GRAPHS[media]))
    assert any(q.subject == node for q in quads)
    content = {p.iri for p in vocabulary().properties.values()}
    assert not [
        q
        for q in quads
        if q.predicate in content and q.graph_name == quads[0].graph_name and media not in ("application/trig",)
    ]


def test_a_proposition_shows_content_only_as_a_mention_beside_its_status(served: Served, mini_archive: Archive) -> None:
    claim = mini_archive.all_claims()[0]
    path = f"/id/proposition/{claim.proposition}"
    content = {p.iri for p in vocabulary().properties.values()}
    for media, form in GRAPHS.items():
        quads = list(parse(served.ask(path, headers={"accept": media}).body, format=form))
        inside = [q for q in quads if q.predicate in content]
        assert len(inside) == (media in ("application/trig", "application/n-quads", "application/ld+json"))
        assert all(q.graph_name.value == f"{ID}proposition/{claim.proposition}" for q in inside)
        assert any(q.predicate == say.drawnStatus for q in quads)


def test_a_browser_is_sent_to_the_page_and_an_unknown_name_is_not_found(served: Served) -> None:
    reply = served.ask("/id/claim/900-c1.1", headers={"accept": "text/html"})
    assert (reply.status, reply.headers["location"]) == (303, "/?claim=900-c1.1")
    for path in ("/id/claim/900-c999.9", "/id/%3E", "/id/", "/id/proposition/" + "0" * 32):
        assert served.ask(path, headers={"accept": "text/turtle"}).status in (400, 404), path


# ---- the JSON interface ----------------------------------------------------------------------------------


def test_the_description_of_the_interface_is_met_by_the_interface(served: Served, mini_archive: Archive) -> None:
    described = served.get("/api/openapi.json")
    assert described["openapi"] == "3.1.0"
    claim = mini_archive.all_claims()[0]
    values = {
        "/api/claims/{name}": claim.claim, "/api/entities/{name}": claim.subject.id,
        "/api/origins/{name}": claim.claim, "/api/queries/{name}": "statuses",
        "/api/focus/{name}": claim.subject.id,
        "/api/questions/{name}": mini_archive.register.questions[0].id,
        "/api/query/{name}": "statuses",
    }  # fmt: skip
    schemas = described["components"]["schemas"]
    for path, item in described["paths"].items():
        address = path.replace("{name}", quote(values.get(path, "")))
        if path.startswith("/api/export"):
            continue  # files in many formats: tests/test_formats.py
        if path in ("/api/evidence", "/api/picture"):
            address += f"?claim={claim.claim}"
        if path == "/api/beside":
            address += f"?one={claim.chain[-1].speaker.id}"
        if path == "/api/since":
            address += "?as-of=2031"
        if path == "/api/without":
            address += f"?without=document:{claim.document.id}"
        if path == "/api/ways":
            address += f"?from={claim.subject.id}&to={claim.subject.id}"
        answer = served.get(address)
        name = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        jsonschema.validate(answer, {**schemas[name], "components": {"schemas": schemas}})


def test_claims_are_filtered_and_cut_openly(served: Served, mini_archive: Archive) -> None:
    everything = mini_archive.all_claims()
    whole = served.get("/api/claims?limit=500")
    assert (whole["total"], whole["truncated"], len(whole["claims"])) == (len(everything), False, len(everything))
    cut = served.get("/api/claims?limit=3&offset=2")
    assert [c["claim"] for c in cut["claims"]] == [c.claim for c in everything[2:5]]
    assert (cut["truncated"], cut["total"]) == (True, len(everything))
    for name, value in (
        ("document", everything[0].document.id),
        ("drawn", "contested"),
        ("relation", everything[0].predicate.id),
    ):
        found = served.get(f"/api/claims?limit=500&{name}={value}")
        assert 0 < found["total"] < len(everything)
    assert all(c["drawn_status"]["id"] == "contested" for c in served.get("/api/claims?drawn=contested")["claims"])


@pytest.mark.parametrize(
    "address",
    ["/api/claims?limit=0", "/api/claims?limit=00000199999", "/api/claims?offset=-1", "/api/claims?colour=red", "/api/entities?limit=x",
     "/api/search?q=a&limit=00000199999", "/api/queries/about", "/api/queries/about?entity=%3E", "/api/queries/statuses?x=1"],
)  # fmt: skip
def test_a_parameter_that_cannot_be_so_is_told(served: Served, address: str) -> None:
    reply = served.ask(address)
    assert reply.status in (400, 404)
    assert "\n" not in reply.json()["error"]


def test_named_queries_are_listed_and_answered(served: Served) -> None:
    assert {q["name"] for q in served.get("/api/queries")["queries"]} == set(named_queries())
    found = served.get("/api/queries/statuses")
    assert found["rows"]
    assert served.ask("/api/queries/nothing").status == 404


# ---- other sites -------------------------------------------------------------------------------------------


def test_twenty_requests_that_another_site_or_name_could_send_are_refused(served: Served) -> None:
    here = f"127.0.0.1:{served.port}"
    attacks: list[tuple[str, str, dict[str, str]]] = [
        ("GET", "/sparql?query=ASK%7B%7D", {"host": "evil.example"}),
        ("GET", "/sparql?query=ASK%7B%7D", {"host": f"evil.example:{served.port}"}),
        ("GET", "/api/overview", {"host": "127.0.0.1.evil.example"}),
        ("GET", "/api/overview", {"host": "localhost.evil.example"}),
        ("GET", "/", {"host": "169.254.169.254"}),
        ("GET", "/", {"host": "0.0.0.0"}),
        ("GET", "/", {"host": ""}),
        ("GET", "/id/claim/900-c1.1", {"host": "w3id.org"}),
        ("POST", "/sparql", {"origin": "https://evil.example", "content-type": FORM}),
        ("POST", "/sparql", {"origin": "null", "content-type": FORM}),
        ("POST", "/sparql", {"origin": f"http://{here}.evil.example", "content-type": FORM}),
        ("POST", "/sparql", {"origin": "http://127.0.0.1:1", "content-type": FORM}),
        ("POST", "/sparql", {"sec-fetch-site": "cross-site", "content-type": FORM}),
        ("GET", "/api/overview", {"origin": "https://evil.example"}),
        ("GET", "/api/overview", {"origin": f"ftp://{here}"}),
        ("GET", "/sparql?query=ASK%7B%7D", {"sec-fetch-site": "cross-site"}),
        ("OPTIONS", "/sparql", {"origin": "https://evil.example", "access-control-request-method": "POST"}),
        ("POST", "/api/overview", {}),
        ("DELETE", "/api/claims", {}),
        ("TRACE", "/", {}),
        ("GET", "/..%2f..%2fetc/passwd", {}),
        ("GET", "/static/../../ontology.ttl", {}),
        ("GET", "/id/..%2f..%2fetc%2fpasswd", {"accept": "text/turtle"}),
    ]
    for method, path, headers in attacks:
        reply = served.ask(path, method, headers, "query=ASK{}" if method == "POST" else None)
        assert reply.status >= 400, (method, path, headers, reply)
        assert "access-control-allow-origin" not in reply.headers


def test_a_site_that_was_named_may_read_and_nobody_else(served: Served) -> None:
    friend = {"origin": "https://example.org", "sec-fetch-site": "cross-site"}
    reply = served.ask("/sparql?query=ASK%7B%7D", headers=friend)
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (200, "https://example.org")
    before = served.ask("/sparql", "OPTIONS", friend)
    assert (before.status, before.headers["access-control-allow-methods"]) == (204, "GET, POST, OPTIONS")
    assert served.ask("/api/overview", headers={"origin": "https://example.com"}).status == 403


def test_without_the_guard_another_site_would_be_answered(mini_archive: Archive) -> None:
    live = Live(mini_archive)
    app = application(live)
    app.user_middleware.clear()
    with serving(app) as bare:
        assert (
            bare.ask("/api/overview", headers={"host": "evil.example", "origin": "https://evil.example"}).status == 200
        )
    live.close()


# ---- another build ------------------------------------------------------------------------------------------


def test_a_newer_build_is_taken_while_readers_read(mini_folder: Path, tmp_path: Path) -> None:
    from graph.build import build

    out = tmp_path / "build"
    build(mini_folder, out)
    live = Live(Archive.open(out, mini_folder), Limits(workers=2))
    live.follow(out, mini_folder, pytest.fail)
    with serving(application(live)) as served:
        before = get(served, "ASK {}").headers["testimony-build"]
        over, replies = threading.Event(), []

        def read() -> None:
            while not over.is_set():
                replies.append(get(served, CLAIMS))
                replies.append(served.ask("/api/overview"))

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        questions = mini_folder / "questions.yaml"
        questions.write_text(
            questions.read_text(encoding="utf-8").replace("How many", "How very many", 1), encoding="utf-8"
        )
        build(mini_folder, out)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and get(served, "ASK {}").headers["testimony-build"] == before:
            time.sleep(0.1)
        over.set()
        for reader in readers:
            reader.join()
        assert get(served, "ASK {}").headers["testimony-build"] != before
    live.close()
    assert {reply.status for reply in replies} == {200}
    assert (
        len({len(json.loads(r.body)["results"]["bindings"]) for r in replies if b'"results":{"bindings"' in r.body})
        == 1
    )
