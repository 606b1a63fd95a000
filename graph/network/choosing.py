"""A page of its own around a focus picture: choose a line by pointer or keyboard and read who says it.

It carries everything it needs, asks nothing of anybody, and its policy lets no script run but the one
below: a text that slipped through the escaping would still be dead.
"""

import base64
import hashlib
import json

from graph.evidence import Focus
from graph.network.star import star
from graph.network.svg import safe
from graph.network.told import card


def focus_page(focus: Focus, address: str | None = None) -> str:
    """The picture with its evidence below; `address` is the explorer's, for permalinks."""
    held = {
        bundle.id: [{**card(c, address), "claim": c.claim} for edge in bundle.edges for c in edge.claims]
        for bundle in focus.bundles
    }
    data = json.dumps(held, ensure_ascii=True).replace("<", "\\u003c")
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{safe(focus.entity.label)}</title>'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{digest}'; "
        f"style-src 'unsafe-inline'\"><style>{_STYLE}</style></head><body>{star(focus, 'group')}"
        '<section id="evidence" aria-live="polite" aria-label="Evidence" tabindex="0">'
        "Every line is somebody's word. Choose one to read who says it.</section>"
        f'<script type="application/json" id="data">{data}</script><script>{_SCRIPT}</script></body></html>'
    )


_STYLE = """
body{margin:0;background:#fff;color:#1a1a1a;font:14px/1.45 system-ui,'Noto Sans','DejaVu Sans',sans-serif}
g[data-bundle]{cursor:pointer}
g[data-bundle]:hover text,g[data-bundle]:focus text,g[data-bundle][aria-pressed=true] text{text-decoration:underline}
g[data-bundle]:focus-visible{outline:2px solid #0300be}
#evidence{padding:8px 16px;border-top:1px solid #ccc;max-height:300px;overflow:auto;position:sticky;bottom:0;background:#fff}
article{border-left:4px solid #888;margin:8px 0;padding:2px 10px}article h4,article p{margin:2px 0}
"""
_SCRIPT = """
"use strict";
const held = JSON.parse(document.getElementById("data").textContent);
const panel = document.getElementById("evidence");
const lines = [...document.querySelectorAll("g[data-bundle]")];
const add = (parent, tag, text) => {
  const node = document.createElement(tag);
  node.textContent = text;
  parent.append(node);
  return node;
};
const choose = (chosen) => {
  for (const line of lines) line.setAttribute("aria-pressed", String(line === chosen));
  panel.replaceChildren();
  panel.dataset.bundle = chosen.dataset.bundle;
  for (const claim of held[chosen.dataset.bundle]) {
    const card = document.createElement("article");
    card.dataset.claim = claim.claim;
    add(card, "h4", claim.status + " (" + claim.claim + ")");
    for (const part of ["says", "chain", "kind", "passage"]) add(card, "p", claim[part]);
    if (claim.link) {
      const link = add(card, "a", "open in the explorer");
      link.href = claim.link;
      link.target = "_blank";
      link.rel = "noopener";
    }
    panel.append(card);
  }
};
for (const line of lines) {
  line.setAttribute("tabindex", "0");
  line.setAttribute("role", "button");
  line.setAttribute("aria-pressed", "false");
  line.addEventListener("click", () => choose(line));
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(line);
  });
}
"""
