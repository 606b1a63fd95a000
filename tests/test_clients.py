"""Clients that know nothing of us, unchanged: libraries, curl, and the requests that web tools make."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import SPARQLWrapper as Wrapper
from peers import ENDPOINTS, comunica
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import Served, serving

from graph.engine import Limits
from graph.evidence import Archive
from graph.service import Live, application
from graph.service.sparql import FORM
from graph.vocabulary import vocabulary

NS = vocabulary().namespace
SELECT = f"PREFIX say: <{NS}> SELECT ?c WHERE {{ ?c a say:Claim }} ORDER BY ?c"
ASK = f"PREFIX say: <{NS}> ASK {{ ?c a say:Claim }}"
CONSTRUCT = f"PREFIX say: <{NS}> CONSTRUCT {{ ?c a say:Claim }} WHERE {{ ?c a say:Claim }}"
DESCRIBE = f"PREFIX say: <{NS}> DESCRIBE ?c WHERE {{ ?c a say:Claim }} LIMIT 1"
PAGE = "https://yasgui.example"


@pytest.fixture(scope="module")
def served(mini_archive: Archive) -> Iterator[Served]:
    live = Live(mini_archive, Limits(seconds=5, workers=2))
    with serving(application(live, origins=(PAGE,))) as server:
        yield server
    live.close()


@pytest.fixture(scope="module")
def claims(mini_archive: Archive) -> set[str]:
    return {f"https://w3id.org/testimony/id/claim/{name}" for name in mini_archive.claim_ids()}


# ---- SPARQLWrapper ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "request_method"),
    [(Wrapper.GET, Wrapper.URLENCODED), (Wrapper.POST, Wrapper.URLENCODED), (Wrapper.POST, Wrapper.POSTDIRECTLY)],
)
def test_sparqlwrapper_asks_in_every_way(served: Served, claims: set[str], method: str, request_method: str) -> None:
    client = Wrapper.SPARQLWrapper(f"{served.address}sparql")
    client.setMethod(method)
    client.setRequestMethod(request_method)
    client.setReturnFormat(Wrapper.JSON)
    client.setQuery(SELECT)
    found = client.queryAndConvert()["results"]["bindings"]
    assert {row["c"]["value"] for row in found} == claims


@pytest.mark.parametrize("form", [Wrapper.XML, Wrapper.JSON, Wrapper.CSV, Wrapper.TSV])
def test_sparqlwrapper_reads_rows_in_every_form(served: Served, claims: set[str], form: str) -> None:
    client = Wrapper.SPARQLWrapper(f"{served.address}sparql", returnFormat=form)
    client.setQuery(SELECT)
    found: Any = client.queryAndConvert()
    text = found.toxml() if form == Wrapper.XML else json.dumps(found) if form == Wrapper.JSON else found.decode()
    assert all(claim in text for claim in claims)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # inside the client
@pytest.mark.parametrize("form", [Wrapper.XML, Wrapper.TURTLE, Wrapper.RDFXML, Wrapper.JSONLD])
def test_sparqlwrapper_reads_graphs(served: Served, claims: set[str], form: str) -> None:
    client = Wrapper.SPARQLWrapper(f"{served.address}sparql", returnFormat=form)
    client.setQuery(CONSTRUCT)
    found: Any = client.queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert {str(s) for s in graph.subjects(RDF.type, URIRef(NS + "Claim"))} == claims


def test_sparqlwrapper_is_told_what_is_wrong(served: Served) -> None:
    client = Wrapper.SPARQLWrapper(f"{served.address}sparql")
    client.setQuery("SELECT * { ?s ?p ")
    with pytest.raises(Wrapper.SPARQLExceptions.QueryBadFormed, match="not SPARQL"):
        client.query()


# ---- rdflib ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_queries_from_afar(served: Served, claims: set[str], method: str, form: str) -> None:
    graph = Graph(SPARQLStore(f"{served.address}sparql", method=method, returnFormat=form))
    assert {str(row[0]) for row in graph.query(SELECT)} == claims


def test_rdflib_reads_the_record_as_a_graph_of_its_own(served: Served, claims: set[str]) -> None:
    graph = Graph(SPARQLStore(f"{served.address}sparql"))
    assert {str(s) for s in graph.subjects(RDF.type, URIRef(NS + "Claim"))} == claims
    assert (URIRef(min(claims)), RDF.type, URIRef(NS + "Claim")) in graph
    assert len(graph) > len(claims)
    assert bool(graph.query(ASK).askAnswer)
    made = graph.query(CONSTRUCT).graph
    assert made is not None
    assert len(made) == len(claims)


# ---- curl ---------------------------------------------------------------------------------------------------------


def curl(*arguments: str) -> str:
    if shutil.which("curl") is None:
        pytest.skip("no curl here")
    done = subprocess.run(["curl", "-sS", "--fail", "-m", "20", *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8")


def test_curl_asks_in_the_three_ways(served: Served, claims: set[str], tmp_path: Any) -> None:
    address, text = f"{served.address}sparql", tmp_path / "q.rq"
    text.write_text(SELECT, encoding="utf-8")
    for arguments in (
        ["-G", "--data-urlencode", f"query={SELECT}"],
        ["--data-urlencode", f"query@{text}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", f"@{text}"],
    ):
        rows = csv.reader(io.StringIO(curl(address, "-H", "Accept: text/csv", *arguments)))
        assert [row[0] for row in rows] == ["c", *sorted(claims)]


# ---- tools in a browser, and Comunica ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (SELECT, "application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        (SELECT, "text/csv,*/*;q=0.9", "text/csv"),
        (ASK, "application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        (CONSTRUCT, "application/n-triples,*/*;q=0.9", "application/n-triples"),
        (CONSTRUCT, "text/turtle,*/*;q=0.9", "text/turtle"),
        (DESCRIBE, "application/ld+json,*/*;q=0.9", "application/ld+json"),
    ],
)
def test_yasgui_on_a_page_that_was_named(served: Served, query: str, accept: str, media: str) -> None:
    headers = {
        "accept": accept,
        "content-type": f"{FORM}; charset=UTF-8",
        "origin": PAGE,
        "sec-fetch-site": "cross-site",
    }
    reply = served.ask("/sparql", "POST", headers, urlencode({"query": query}))
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, media)
    assert reply.headers["access-control-allow-origin"] == PAGE
    elsewhere = {**headers, "origin": "https://elsewhere.example"}
    assert served.ask("/sparql", "POST", elsewhere, urlencode({"query": query})).status == 403


ROWS = "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7"
QUADS = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,text/html;q=0.2"
)


def test_comunica_finds_the_service_and_asks_it(served: Served, claims: set[str]) -> None:
    """Its requests in its order: what is there, then rows and graphs by POST and GET."""
    described = served.ask("/sparql", headers={"accept": QUADS})
    facts = list(parse(described.body, format=RdfFormat.N_QUADS))
    assert described.headers["content-type"].startswith("application/n-quads")
    assert any(q.predicate.value.endswith("service-description#endpoint") for q in facts)
    form = urlencode({"query": SELECT})
    by_post = served.ask("/sparql", "POST", {"accept": ROWS, "content-type": FORM}, form)
    by_get = served.ask(f"/sparql?{form}", headers={"accept": ROWS})
    for reply in (by_post, by_get):
        assert {row["c"]["value"] for row in reply.json()["results"]["bindings"]} == claims
    graph = served.ask(f"/sparql?{urlencode({'query': CONSTRUCT})}", headers={"accept": "text/turtle"})
    assert len(list(parse(graph.body, format=RdfFormat.TURTLE))) == len(claims)


COMUNICA = """
const { QueryEngine } = require("@comunica/query-sparql");
const [url, select, ask, construct] = process.argv.slice(2);
(async () => {
  const engine = new QueryEngine();
  const found = [];
  for (const source of [{ type: "sparql", value: url }, url]) {
    const rows = await (await engine.queryBindings(select, { sources: [source] })).toArray();
    found.push(rows.map((row) => row.get("c").value));
  }
  const sources = [{ type: "sparql", value: url }];
  found.push(await engine.queryBoolean(ask, { sources }));
  found.push((await (await engine.queryQuads(construct, { sources })).toArray()).length);
  console.log(JSON.stringify(found));
})();
"""


@pytest.mark.slow
def test_comunica_itself_asks_the_service(served: Served, claims: set[str], tmp_path: Path) -> None:
    """The engine fetched by name; where there is no registry it is skipped, and the request shapes above stand for it."""
    fetched = comunica(tmp_path, ENDPOINTS)
    if fetched is None:
        pytest.skip("Comunica cannot be fetched here")
    node, home = fetched
    (home / "ask.cjs").write_text(COMUNICA, encoding="utf-8")
    command = [node, str(home / "ask.cjs"), f"{served.address.rstrip('/')}/sparql", SELECT, ASK, CONSTRUCT]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr
    named, found_out, truth, triples = json.loads(told.stdout)
    assert set(named) == set(found_out) == claims
    assert (truth, triples) == (True, len(claims))
