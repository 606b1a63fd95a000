"""networkx, positions and pyvis: no claim is lost, nothing runs, nothing is fetched."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from graph.evidence import Archive, ClaimEvidence, Named
from graph.network import positions, to_networkx, to_pyvis
from graph.network.pictures import CAP, TooManyClaimsError

HOSTILE = "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=2> href"


def test_edges_drawn_are_claims_queried(mini_archive: Archive) -> None:
    claims = mini_archive.all_claims()
    network = to_networkx(claims)
    assert sorted(key for *_, key in network.edges(keys=True)) == sorted(c.claim for c in claims)
    for *_, facts in network.edges(data=True):
        assert facts["reported_status"]
        assert facts["drawn_status"]
        assert facts["speakers"]
        assert facts["document"]


def test_positions_are_stored_distinct_and_within_the_frame(mini_archive: Archive) -> None:
    focus = mini_archive.focus("gate-opening")
    pairs = [(bundle.source, bundle.target) for bundle in focus.bundles]
    placed = positions(focus.entity.id, focus.nodes, pairs)
    assert placed == positions(focus.entity.id, focus.nodes[::-1], pairs[::-1])
    assert placed["gate-opening"] == (0.0, 0.0)
    assert set(placed) == {n.id for n in focus.nodes}
    assert len(set(placed.values())) == len(placed)
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in placed.values())


def _data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def test_a_picture_holds_every_claim_even_of_parallel_lines(mini_archive: Archive) -> None:
    claims = mini_archive.all_claims()
    network = to_pyvis(claims)
    drawn = [name for edge in _data(network.html)["edges"] for name in edge["claims"]]
    assert sorted(drawn) == sorted(c.claim for c in claims)


def test_parallel_lines_stay_apart(mini_archive: Archive) -> None:
    """pyvis drops the second of two parallel edges when it draws undirected: the denial would vanish."""
    said = mini_archive.claim("900-c1.1")
    denied = next(c for c in mini_archive.all_claims() if c.drawn_status != said.drawn_status)
    other = replace(said, claim="900-c1.2", drawn_status=denied.drawn_status)
    network = to_pyvis([said, other])
    assert len({(e["from"], e["to"]) for e in network.edges}) == 1
    lines = _data(network.html)["edges"]
    assert sorted(e["claims"] for e in lines) == [["900-c1.1"], ["900-c1.2"]]
    assert len({e["smooth"]["roundness"] for e in lines}) == 2, "one line would lie under the other"


def test_each_line_shows_status_and_speaker(mini_archive: Archive) -> None:
    claims = {c.claim: c for c in mini_archive.all_claims()}
    for edge in _data(to_pyvis(list(claims.values())).html)["edges"]:
        held = [claims[name] for name in edge["claims"]]
        assert held[0].drawn_status.label in edge["label"]
        denies = " denies" if held[0].polarity.id == "denies" else ""
        assert f"{held[0].chain[-1].speaker.label}{denies} › {held[0].document.id}" in edge["label"]
        assert all(c.claim in edge["title"] for c in held)


def test_a_picture_is_the_same_again_and_has_no_physics(mini_archive: Archive) -> None:
    claims = mini_archive.all_claims()
    assert to_pyvis(claims).html == to_pyvis(claims).html
    data = _data(to_pyvis(claims).html)
    assert all(node["physics"] is False and "x" in node and "y" in node for node in data["nodes"])


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def hostile(claim: ClaimEvidence) -> ClaimEvidence:
    return replace(
        claim, says=HOSTILE, subject=Named(claim.subject.id, HOSTILE), object=Named(claim.object.id, HOSTILE)
    )


def test_texts_go_in_as_text_and_nothing_comes_from_elsewhere(mini_archive: Archive) -> None:
    page = to_pyvis([hostile(mini_archive.claim("900-c1.1"))]).html
    elements = _Elements()
    elements.feed(page)
    names = [tag for tag, _ in elements.found]
    assert names.count("script") == 3
    assert "img" not in names
    assert [facts for _, facts in elements.found if {"src", "href", "onerror", "onload"} & set(facts)] == []
    assert "default-src 'none'" in page
    assert _data(page)["evidence"]["900-c1.1"]["says"] == HOSTILE


def test_too_many_claims_are_refused_with_advice(mini_archive: Archive) -> None:
    claim = mini_archive.claim("900-c1.1")
    many = [replace(claim, claim=f"900-c1.{n}") for n in range(1, CAP + 2)]
    with pytest.raises(TooManyClaimsError, match=r"301 claims; allowed: 300 .* fix: ask for fewer"):
        to_pyvis(many)
    assert len(_data(to_pyvis(many[:CAP]).html)["edges"][0]["claims"]) == CAP


def test_links_lead_to_the_explorer_when_one_runs(mini_archive: Archive) -> None:
    claim = mini_archive.claim("900-c1.1")
    assert _data(to_pyvis([claim]).html)["evidence"]["900-c1.1"]["link"] is None
    linked = _data(to_pyvis([claim], "http://127.0.0.1:8000/").html)["evidence"]["900-c1.1"]["link"]
    assert linked == "http://127.0.0.1:8000/?claim=900-c1.1"
