"""What the SPARQL drawer asks the service for: the vocabulary, named queries with bound parameters, pictures."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from pyoxigraph import QuerySolutions, parse_query_results
from serving import Served, serving

from graph.engine import Limits
from graph.engine.answering import RESULTS
from graph.evidence import Archive
from graph.queries import named, run
from graph.service import Live, application
from graph.vocabulary import vocabulary


@pytest.fixture(scope="module")
def served(mini_archive: Archive) -> Iterator[Served]:
    live = Live(mini_archive, Limits(seconds=5, workers=1))
    with serving(application(live)) as server:
        yield server
    live.close()


def test_every_term_of_the_vocabulary_is_told_with_its_meaning(served: Served) -> None:
    told = served.get("/api/vocabulary")
    terms = {term["name"]: term for term in told["terms"]}
    assert len(terms) == len(told["terms"])
    assert all(term["label"] and term["definition"] for term in terms.values())
    known = vocabulary()
    assert set(known.properties) | {c for s in known.schemes.values() for c in s} | {"Claim"} <= set(terms)
    assert told["prefixes"]["say"] == known.namespace
    statuses = {term["name"] for term in terms.values() if term.get("status")}
    assert statuses == {*known.concepts("DrawnStatus"), *known.concepts("ReportedStatus")}


@pytest.mark.parametrize("media", RESULTS)
def test_a_named_query_is_answered_as_the_endpoint_answers(served: Served, mini_archive: Archive, media: str) -> None:
    reply = served.ask("/api/query/about?entity=gate-opening", headers={"accept": media})
    assert (reply.status, reply.headers["testimony-answer"]) == (200, "complete")
    assert reply.headers["content-type"].startswith(media)
    rows = run(mini_archive.store, named("about"), {"entity": "gate-opening"}).rows
    assert rows is not None
    if media == "application/sparql-results+json":
        found = parse_query_results(reply.body, format=RESULTS[media])
        assert isinstance(found, QuerySolutions)
        names = ["claim", "subject", "relation", "object", "status"]
        told = sorted(str([row[name] for name in names]) for row in found)
        places = [rows.columns.index(name) for name in names]
        assert told == sorted(str([row[at] for at in places]) for row in rows.rows)
    assert int(reply.headers.get("testimony-rows", len(rows.rows))) == len(rows.rows)
    assert reply.headers["testimony-content"] == "read"


@pytest.mark.parametrize(
    "value", ["gate-opening> ?p ?o } #", '"', "gate-opening } UNION { ?s ?p ?o", "?x", "https://w3id.org/x> .", ""]
)
def test_a_parameter_is_bound_and_never_becomes_part_of_the_query(served: Served, value: str) -> None:
    reply = served.ask(f"/api/query/about?entity={quote(value)}")
    assert reply.status in (400, 404), reply.body
    assert "error" in reply.json()


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/api/query/about", 400, "not bound"),
        ("/api/query/about?entity=nobody", 404, "nobody"),
        ("/api/query/statuses?x=1", 400, "not one of"),
        ("/api/query/nothing", 404, "nothing"),
        ("/api/picture", 400, "nothing to draw"),
        ("/api/picture?claim=900-c99.1", 404, "no claim"),
        ("/api/picture?proposition=" + "0" * 32, 404, "no proposition"),
        ("/api/picture?" + "&".join(["claim=900-c3.1"] * 401), 400, "allowed: 400"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(served: Served, address: str, status: int, told: str) -> None:
    reply = served.ask(address)
    assert (reply.status, told in reply.json()["error"]) == (status, True), reply.body
    assert "\n" not in reply.json()["error"]


def test_a_picture_has_every_line_asked_for_with_status_and_source(served: Served, mini_archive: Archive) -> None:
    claims = mini_archive.all_claims()
    wanted = [claim.claim for claim in claims[:12]]
    picture = served.get("/api/picture?" + "&".join(f"claim={name}" for name in wanted))
    drawn = {name for bundle in picture["bundles"] for name in bundle["claim_ids"]}
    assert set(wanted) <= drawn
    assert all(b["status"] and b["text"] and b["edges"][0]["documents"] for b in picture["bundles"])
    places = {node["id"]: (node["x"], node["y"]) for node in picture["nodes"]}
    assert len(set(places.values())) == len(places)
    assert {end for b in picture["bundles"] for end in (b["source"], b["target"])} == set(places)
    by_edge = served.get("/api/picture?" + "&".join(f"proposition={claim.proposition}" for claim in claims[:12]))
    assert by_edge == picture


def test_a_query_that_looks_inside_propositions_says_so(served: Served) -> None:
    inside = served.ask("/sparql?query=ASK%20%7B%20GRAPH%20%3Fg%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%7D")
    assert inside.headers["testimony-content"] == "read"
    assert "testimony-content" not in served.ask("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D").headers
