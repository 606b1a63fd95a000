"""The service over real HTTP: what it answers, and whom it refuses."""

import asyncio
import http.client
import re
import select
import socket
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpora import ROOT
from serving import Served, serving
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from graph.errors import ServiceError
from graph.evidence import Archive
from graph.service import application, free_socket, server, sparql, views
from graph.service.app import HEADERS, Guard
from graph.vocabulary import vocabulary


@pytest.fixture(scope="module")
def served(mini_archive: Archive) -> Iterator[Served]:
    with serving(application(mini_archive)) as server:
        yield server


def interfaces() -> dict[str, dict[str, bool]]:
    """Fields of each interface of types.ts, with whether they may be absent."""
    text = (ROOT / "graph" / "explorer" / "src" / "types.ts").read_text(encoding="utf-8")
    found: dict[str, dict[str, bool]] = {}
    for name, parent, body in re.findall(
        r"export interface (\w+)(?:<\w+>)?(?: extends (\w+)(?:<\w+>)?)? \{\n(.*?)\n\}", text, re.DOTALL
    ):
        fields = {field: bool(optional) for field, optional in re.findall(r"^  (\w+)(\??):", body, re.MULTILINE)}
        found[name] = {**found.get(parent, {}), **fields}
    return found


def fits(value: dict[str, Any], interface: str) -> None:
    fields = interfaces()[interface]
    assert set(value) >= {name for name, optional in fields.items() if not optional}, interface


def test_the_overview_is_what_the_page_expects(served: Served, mini_archive: Archive) -> None:
    answer = served.get("/api/overview")
    fits(answer, "Overview")
    for name, interface in (
        ("documents", "DocumentSummary"),
        ("statuses", "Status"),
        ("starts", "Start"),
        ("questions", "Question"),
    ):
        assert answer[name]
        for item in answer[name]:
            fits(item, interface)
    assert answer["corpus_hash"] == mini_archive.corpus_hash
    assert len(answer["statuses"]) == len(vocabulary().concepts("DrawnStatus"))
    assert answer["claims"] == len(mini_archive.claim_ids())
    counts = [s["claims"] for s in answer["starts"]]
    assert counts == sorted(counts, reverse=True)


def test_a_start_too_long_to_send_is_cut_and_says_of_how_many(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = served.get("/api/overview")
    kinds = Counter(start["kind"] for start in whole["starts"])
    assert whole["totals"] == {
        "documents": len(whole["documents"]),
        "questions": len(whole["questions"]),
        "starts": dict(kinds),
    }
    for name in ("STARTS", "ASKED", "PAPERS"):
        monkeypatch.setattr(views, name, 1)
    cut = served.get("/api/overview")
    first: dict[str, str] = {}
    for start in whole["starts"]:
        first.setdefault(start["kind"], start["id"])
    assert {s["kind"]: s["id"] for s in cut["starts"]} == first
    assert len(cut["starts"]) == len(first)
    assert cut["questions"] == whole["questions"][:1]
    assert cut["documents"] == [max(whole["documents"], key=lambda d: d["claims"])]
    assert (cut["totals"], cut["days"]) == (whole["totals"], whole["days"])


def test_a_focus_is_what_the_page_expects(served: Served) -> None:
    answer = served.get("/api/focus/gate-opening")
    fits(answer, "Focus")
    fits(answer["entity"], "Entity")
    ids = {node["id"] for node in answer["nodes"]}
    for node in answer["nodes"]:
        fits(node, "GraphNode")
    for bundle in answer["bundles"]:
        fits(bundle, "Bundle")
        assert {bundle["source"], bundle["target"]} <= ids
        assert len(bundle["claim_ids"]) == bundle["claims"]
        assert bundle["badge"].endswith(f" {bundle['origins']}/{bundle['claims']}")
        assert re.search(r"(said|affirmed|denied) by ", bundle["text"])
        for edge in bundle["edges"]:
            fits(edge, "FocusEdge")
            assert edge["speakers"]
            assert edge["documents"]


def test_evidence_by_claim_bundle_and_proposition_agree(served: Served) -> None:
    by_claim = served.get("/api/evidence?claim=900-c3.1")
    fits(by_claim, "Evidence")
    by_bundle = served.get(f"/api/evidence?bundle={by_claim['id']}")
    assert by_bundle == by_claim
    edge = next(e for e in by_claim["edges"] if any(c["claim"] == "900-c3.1" for c in e["claims"]))
    fits(edge, "EvidenceEdge")
    claim = next(c for c in edge["claims"] if c["claim"] == "900-c3.1")
    fits(claim, "Claim")
    for hop in claim["chain"]:
        fits(hop, "Hop")
    fits(claim["passage"], "Passage")
    assert claim["chain"][-1]["held_by"] is not None
    assert claim["passage"]["original"]["quote"]
    alone = served.get(f"/api/evidence?proposition={edge['proposition']}")
    assert edge in alone["edges"]


def test_evidence_is_cut_openly_and_what_is_asked_for_stays(served: Served) -> None:
    whole = served.get("/api/evidence?claim=900-c3.1")
    claims = [claim["claim"] for edge in whole["edges"] for claim in edge["claims"]]
    assert whole["claims_shown"] == whole["claim_count"] == len(claims) > 1
    for asked in claims:
        cut = served.get(f"/api/evidence?claim={asked}&limit=1")
        assert [claim["claim"] for edge in cut["edges"] for claim in edge["claims"]] == [asked]
        assert (cut["claims_shown"], cut["claim_count"]) == (1, len(claims))
        assert [edge["claim_count"] for edge in cut["edges"]] == [edge["claim_count"] for edge in whole["edges"]]
        assert (cut["sentence"], cut["disagreement"]) == (whole["sentence"], whole["disagreement"])


def test_what_falls_is_cut_openly(served: Served) -> None:
    whole = served.get("/api/falls?without=speaker:halmer-council")
    assert (whole["fallen_total"], whole["restated_total"]) == (len(whole["fallen"]), len(whole["restated"]))
    assert min(whole["fallen_total"], whole["restated_total"]) > 1
    cut = served.get("/api/falls?without=speaker:halmer-council&limit=1")
    assert cut == whole | {name: whole[name][:1] for name in ("fallen", "restated")}


def test_a_document_comes_with_claims_and_garbled_text(served: Served) -> None:
    answer = served.get("/api/document/900-gazette")
    fits(answer, "DocumentAnswer")
    for paragraph in answer["paragraphs"]:
        fits(paragraph, "Paragraph")
        for line in paragraph["claims"]:
            fits(line, "ClaimLine")
            assert line["status"]
    assert any(p["garbled"] for p in answer["paragraphs"])


def test_search_finds_by_any_spelling_and_says_how_many(served: Served) -> None:
    answer = served.get("/api/search?q=halmer&limit=2")
    fits(answer, "SearchAnswer")
    assert len(answer["results"]) == 2 < answer["total"]
    for result in answer["results"]:
        fits(result, "SearchResult")
    assert served.get("/api/search?q=")["total"] == 0


@pytest.mark.parametrize(
    ("path", "status", "line"),
    [
        ("/api/focus/nobody", 404, "no entity 'nobody'"),
        ("/api/document/nothing", 404, "no document"),
        ("/api/evidence?claim=900-c99.1", 404, "no claim"),
        ("/api/evidence?bundle=a~b~c", 404, "no bundle"),
        ("/api/evidence?proposition=zz", 404, "no edge"),
        ("/api/evidence", 400, "exactly one of"),
        ("/api/evidence?claim=a&bundle=b", 400, "exactly one of"),
        ("/api/search?q=a&limit=0", 400, "1 to 100"),
        ("/api/search?q=a&limit=%F0%9F%98%80", 400, "1 to 100"),
        ("/api/facets?colour=red", 400, "is no parameter of a lens"),
        ("/api/facets?happened=2022-13", 400, "a year, month or day"),
        ("/api/facets?without=sdf", 400, "speaker:ID"),
        ("/api/focus/gate-opening?drawn=certain", 400, "contested"),
        ("/api/nothing", 404, "no such address"),
        ("/nothing.js", 404, "Not Found"),
        ("/..%2f..%2fpyproject.toml", 404, "Not Found"),
        ("/%2e%2e/%2e%2e/ontology.ttl", 404, "Not Found"),
    ],
)
def test_refusals_are_one_calm_line(served: Served, path: str, status: int, line: str) -> None:
    reply = served.ask(path)
    assert reply.status == status
    assert line in reply.json()["error"]
    assert "\n" not in reply.json()["error"]


def test_every_answer_carries_the_headers(served: Served) -> None:
    for path in ("/", "/api/overview", "/api/nothing", "/icon.svg"):
        headers = served.ask(path).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert (
        "access-control-allow-origin"
        not in served.ask("/api/overview", headers={"Origin": served.address[:-1]}).headers
    )


ATTACKS = {
    "another host": ("/api/overview", "GET", {"Host": "evil.example"}, 421),
    "a host that begins alike": ("/", "GET", {"Host": "127.0.0.1.evil.example"}, 421),
    "no host": ("/", "GET", {"Host": ""}, 421),
    "another site": ("/api/overview", "GET", {"Origin": "http://evil.example"}, 403),
    "a file": ("/api/overview", "GET", {"Origin": "null"}, 403),
    "a form": ("/api/overview", "POST", {"Content-Type": "application/x-www-form-urlencoded"}, 405),
    "an update": ("/api/overview", "PUT", {}, 405),
    "a removal": ("/api/overview", "DELETE", {}, 405),
    "a preflight": ("/api/overview", "OPTIONS", {"Access-Control-Request-Method": "POST"}, 405),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_refused(served: Served, attack: str) -> None:
    path, method, headers, status = ATTACKS[attack]
    assert served.ask(path, method, headers).status == status


@pytest.mark.parametrize("attack", ATTACKS)
def test_and_would_succeed_without_the_guard(attack: str) -> None:
    """The refusals above are the guard's: a bare application answers all of them."""

    async def answer(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("yes")

    methods = ["GET", "POST", "PUT", "DELETE", "OPTIONS"]
    path, method, headers, _ = ATTACKS[attack]
    bare = Starlette(routes=[Route("/{rest:path}", answer, methods=methods)])
    with serving(bare) as server:
        assert server.ask(path, method, headers).status == 200
    with serving(Guard(bare)) as server:
        assert server.ask(path, method, headers).status >= 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_this_machine_is_let_in_by_any_of_its_names(served: Served, host: str) -> None:
    assert served.ask("/api/overview", headers={"Host": f"{host}:{served.port}"}).status == 200


def test_half_a_request_does_not_hold_its_place(mini_archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.3)
    monkeypatch.setattr(sparql, "PATIENCE", 0.3)
    head = b"GET /api/queries HTTP/1.1\r\nHost: localhost\r\n"
    with serving(application(mini_archive)) as served:
        for whole in (b"", head, head + b"X-Y: ", head + b"\r\n" + head):
            with socket.create_connection(("127.0.0.1", served.port), timeout=5) as caller:
                caller.sendall(whole)
                while caller.recv(65_536):
                    pass  # the whole answer where there is one, and then the end
        with socket.create_connection(("127.0.0.1", served.port), timeout=5) as caller:
            kind = b"Content-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK"
            caller.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n" + kind)
            assert caller.recv(200).startswith(b"HTTP/1.1 408")
        assert served.get("/api/queries")


def test_a_head_that_does_not_end_is_not_kept(mini_archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    line = b"X-Y: " + b"y" * 1000 + b"\r\n"
    for drop in (line, b"z" * 1000):  # many lines, and one without an end
        assert 64 <= _swallowed(mini_archive, drop) < 2_000
    monkeypatch.setattr(server, "MOST_HEAD", 10**9)
    assert _swallowed(mini_archive, line) >= 2_000


def _swallowed(archive: Archive, drop: bytes) -> int:
    """How many pieces of a head are taken before the connection ends, at most 2,000."""
    with (
        serving(application(archive)) as served,
        socket.create_connection(("127.0.0.1", served.port), timeout=5) as caller,
    ):
        caller.sendall(b"GET /api/queries HTTP/1.1\r\nHost: localhost\r\nX-Y: ")
        try:
            for sent in range(2_000):
                caller.sendall(drop)
                if sent % 50 == 0 and select.select([caller], [], [], 0.01)[0]:
                    return sent
        except OSError:
            return sent
    return 2_000


def test_who_keeps_asking_over_one_connection_is_not_cut_off(
    mini_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.3)
    with serving(application(mini_archive)) as served:
        caller = http.client.HTTPConnection("127.0.0.1", served.port, timeout=5)
        caller.connect()
        own = caller.sock
        for _ in range(12):
            caller.request("GET", "/api/queries")
            assert caller.getresponse().read()
            time.sleep(0.05)
        assert caller.sock is own
        caller.close()


def test_it_listens_on_this_machine_only() -> None:
    with free_socket(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_packets_are_not_held_back() -> None:
    """An answer on a kept connection waited 40 ms for the reader's acknowledgement of its head."""

    async def accepted() -> int:
        ready: asyncio.Future[asyncio.BaseTransport] = asyncio.get_running_loop().create_future()

        class Told(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                ready.set_result(transport)

        with free_socket(0) as listener, socket.create_connection(listener.getsockname()):
            made = await asyncio.get_running_loop().create_server(Told, sock=listener)
            transport = await ready
            told: int = transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            transport.close()
            made.close()
        return told

    assert asyncio.run(accepted())


def test_a_busy_port_gives_the_next_free_one() -> None:
    with free_socket(0) as first:
        taken = first.getsockname()[1]
        with free_socket(taken) as second:
            assert taken < second.getsockname()[1] <= taken + 20


def test_when_no_port_is_free_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: socket.socket, _address: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(ServiceError, match=r"no free port .* fix: give another with --port"):
        free_socket(9000)


def test_a_missing_page_is_said_before_anything_listens(mini_archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="make page"):
        application(mini_archive, static=tmp_path)
