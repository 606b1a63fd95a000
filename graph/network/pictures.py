"""pyvis, made safe and honest: a quick look whose lines keep status, speaker and evidence.

pyvis drops parallel edges, mutates its input, loads scripts from elsewhere and runs script from
titles; so every claim is bundled and counted before it, texts go in as plain text, ids are hashed,
and the page is written from a template of ours with pyvis's own assets inlined.
"""

import hashlib
import html
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import cos, pi, sin
from pathlib import Path
from typing import Any

from graph.errors import MissingPackageError, TestimonyError
from graph.evidence import ClaimEvidence
from graph.evidence.assemble import TOOK_PLACE
from graph.facets import TRUTH, far_end
from graph.network.told import card
from graph.vocabulary import vocabulary

CAP = 300


class TooManyClaimsError(TestimonyError):
    """More claims than a quick picture can show."""

    def __init__(self, claims: int) -> None:
        super().__init__(
            f"{claims} claims; allowed: {CAP} in a pyvis picture; fix: ask for fewer (one entity, one question), or open the explorer"
        )


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def to_pyvis(claims: Sequence[ClaimEvidence], address: str | None = None, height: str = "560px") -> Any:
    """A pyvis Network with one line per ordered pair and drawn status, every claim on a line.

    `address` is the explorer's address for permalinks. Returns a `pyvis.network.Network` whose
    `html` comes from `page`. Raises TooManyClaimsError above 300 claims,
    MissingPackageError without pyvis.
    """
    if len(claims) > CAP:
        raise TooManyClaimsError(len(claims))
    try:
        from pyvis.network import Network
    except ImportError:
        raise MissingPackageError("pyvis", "testimony[pyvis]", "or look with g.focus(…), which needs none") from None
    bundles: dict[tuple[str, str, str], list[ClaimEvidence]] = defaultdict(list)
    for claim in claims:
        bundles[(claim.subject.id, _end(claim), claim.drawn_status.id)].append(claim)
    labels = {c.subject.id: c.subject.label for c in claims} | {
        _end(c): TOOK_PLACE if c.object.id == TRUTH else c.object.label for c in claims
    }
    places = _places(claims)
    network = Network(directed=True, height=height, width="100%", cdn_resources="in_line")
    for name in sorted(labels):
        x, y = places[name]
        network.add_node(
            _hashed(name), label=labels[name], title=labels[name], x=x, y=y, physics=False, shape="box", color="#e9e5f7"
        )
    statuses = {c.notation: c for c in vocabulary().concepts("DrawnStatus").values()}
    lanes: Counter[frozenset[str]] = Counter()
    for (source, target, status), held in sorted(bundles.items()):
        style = statuses[status].facts
        pair = frozenset((source, target))
        bend = 0.12 + 0.22 * lanes[pair]  # each parallel line has a lane of its own, or one would hide the other
        lanes[pair] += 1
        dash = [int(float(n)) for n in style["dashPattern"].split()]
        network.add_edge(
            _hashed(source), _hashed(target),
            label=_label(style["glyph"], held),
            title=_title(held), color=style["colour"], dashes=dash or False,
            width=float(style["lineWidth"]),
            smooth={"type": "curvedCW", "roundness": round(bend, 2)}, physics=False,
        )  # fmt: skip
        network.edges[-1]["claims"] = [c.claim for c in held]
    network.toggle_physics(False)
    drawn = [name for edge in network.edges for name in edge["claims"]]
    if sorted(drawn) != sorted(c.claim for c in claims):  # pyvis has lost claims before
        raise RuntimeError(f"{len(drawn)} of {len(claims)} claims drawn")
    network.html = page(network, claims, address, height)
    return network


def _end(claim: ClaimEvidence) -> str:
    return far_end(claim.subject.id, claim.object.id)


def _label(glyph: str, held: Sequence[ClaimEvidence]) -> str:
    """Status and speaker › document on the line itself."""
    first = held[0]
    more = f" +{len(held) - 1}" if len(held) > 1 else ""
    denies = " denies" if first.polarity.id == "denies" else ""
    return f"{glyph} {first.drawn_status.label}\n{first.chain[-1].speaker.label}{denies} › {first.document.id}{more}"


def _title(held: Sequence[ClaimEvidence]) -> str:
    lines = [
        f"{c.drawn_status.label} · {c.reported_status.label}: {c.says} ({c.chain[-1].speaker.label} › {c.document.id}, {c.claim})"
        for c in held
    ]
    return "\n".join(lines)


def _places(claims: Sequence[ClaimEvidence]) -> dict[str, tuple[int, int]]:
    """Stored, repeatable positions: rings by number of claims, without physics."""
    pairs = {frozenset((c.subject.id, _end(c))) for c in claims}
    degree = Counter(name for pair in pairs for name in pair)
    ranked = sorted(degree, key=lambda n: (-degree[n], n))
    placed: dict[str, tuple[int, int]] = {}
    ring, start = 0, 0
    while start < len(ranked):
        room = 1 if ring == 0 else 10 * ring
        for index, name in enumerate(ranked[start : start + room]):
            angle = 2 * pi * (index + 0.5 * (ring % 2)) / min(room, len(ranked) - start) - pi / 2
            placed[name] = (round(430 * ring * cos(angle)), round(330 * ring * sin(angle)))
        start += room
        ring += 1
    return placed


def page(network: Any, claims: Sequence[ClaimEvidence], address: str | None, height: str) -> str:
    """A whole page: pyvis's data, vis-network inlined from the installed package, no address outside."""
    import pyvis

    assets = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    if not assets.is_dir():
        assets = next(Path(pyvis.__file__).parent.rglob("vis-network.min.js")).parent
    script = (assets / "vis-network.min.js").read_text(encoding="utf-8").replace("</script", "<\\/script")
    sheet = (assets / "vis-network.css").read_text(encoding="utf-8") if (assets / "vis-network.css").exists() else ""
    data = {
        "nodes": network.nodes,
        "edges": network.edges,
        "evidence": {c.claim: card(c, address) for c in claims},
    }
    inert = json.dumps(data, ensure_ascii=True).replace("<", "\\u003c")
    return (
        _PAGE.replace("@HEIGHT@", html.escape(height))
        .replace("@SHEET@", sheet)
        .replace("@SCRIPT@", script)
        .replace("@DATA@", inert)
    )


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Testimony: a quick picture</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<style>@SHEET@
body{font:14px system-ui,sans-serif;margin:0}#net{height:@HEIGHT@;border:1px solid #ccc}
#evidence{padding:8px 12px;max-height:260px;overflow:auto}article{border-left:4px solid #888;margin:8px 0;padding:2px 10px}
article h4{margin:2px 0}article p{margin:2px 0}</style></head>
<body><div id="net"></div><section id="evidence" aria-label="Evidence" tabindex="0">Every line is somebody's word. Click one to read who says it.</section>
<script>@SCRIPT@</script>
<script type="application/json" id="data">@DATA@</script>
<script>
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const plain = (text) => { const box = document.createElement("div"); box.style.whiteSpace = "pre-line"; box.style.maxWidth = "36em"; box.textContent = text; return box; };
for (const item of [...data.nodes, ...data.edges]) { item.title = plain(item.title || ""); }
const network = new vis.Network(document.getElementById("net"),
  { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) },
  { physics: false, interaction: { hover: true },
    nodes: { widthConstraint: { maximum: 170 }, font: { size: 15 } },
    edges: { font: { size: 12, background: "#ffffff", strokeWidth: 0 }, arrowStrikethrough: false, arrows: "to" } });
const panel = document.getElementById("evidence");
const line = (parent, tag, text) => { const node = document.createElement(tag); node.textContent = text; parent.append(node); return node; };
network.on("selectEdge", (event) => {
  const edge = data.edges.find((candidate, index) => (candidate.id ?? index) === event.edges[0]) || network.body.data.edges.get(event.edges[0]);
  panel.replaceChildren();
  for (const name of edge.claims) {
    const held = data.evidence[name];
    const card = document.createElement("article");
    line(card, "h4", held.status + " (" + name + ")");
    line(card, "p", held.says); line(card, "p", held.chain); line(card, "p", held.kind); line(card, "p", held.passage);
    if (held.link) { const anchor = line(card, "a", "open in the explorer"); anchor.href = held.link; anchor.target = "_blank"; anchor.rel = "noopener"; }
    panel.append(card);
  }
});
</script></body></html>
"""
