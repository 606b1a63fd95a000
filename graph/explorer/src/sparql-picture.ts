// An answer as a graph: the lines on which the claims and propositions of its rows are drawn.

import { h } from "./dom";
import { d } from "./drawer-strings";
import { Graph } from "./graph";
import { CLOSED, go, hidden, opening, state } from "./state";
import type { Row } from "./sparql-ask";
import type { Reader } from "./sparql-term";
import type { Focus } from "./types";

const MOST = 400;

/** The claims and propositions of some rows, each once. */
function about(rows: Row[], reader: Reader): [string, string][] {
  const found = new Map<string, [string, string]>();
  for (const node of rows.flat().map((term) => reader.node(term))) {
    if (node && (node.kind === "claim" || node.kind === "proposition")) found.set(`${node.kind} ${node.id}`, [node.kind, node.id]);
  }
  return [...found.values()];
}

export class Picture {
  readonly element = h("div", { class: "answer-picture", "data-testid": "answer-picture" });
  private graph: Graph | null = null;
  private focus: Focus | null = null;

  /** Why there is nothing to draw, or null when it is drawn. */
  async show(rows: Row[], reader: Reader): Promise<string | null> {
    const named = about(rows, reader);
    this.focus = null;
    if (!named.length) return d.noPicture;
    const answer = await fetch(`api/picture?${new URLSearchParams(named.slice(0, MOST))}`, { headers: { accept: "application/json" } }).catch(() => null);
    const told = (await answer?.json().catch(() => null)) as (Focus & { error?: string }) | null | undefined;
    if (!answer?.ok || !told) return told?.error ?? d.away;
    this.focus = { ...told, entity: { ...told.entity, label: d.pictureName, labels: {} } };
    this.graph ??= this.make();
    this.element.replaceChildren(h("p", { class: "answer-foot" }, d.picture(Math.min(named.length, MOST), named.length)), this.graph.element);
    return null;
  }

  private make(): Graph {
    return new Graph("answer-graph", {
      openLine: (id) => go({ ...CLOSED, focus: null, doc: null, bundle: id }),
      openName: (id) => go(opening(id)),
      leave: () => undefined,
    });
  }

  /** Draw again what is shown: it stands in the page now, or filters, language or light have changed. */
  paint(): void {
    if (!this.focus || !this.graph) return;
    const now = state();
    this.graph.show({ focus: this.focus, lang: now.lang, hidden: hidden(now), selected: now.bundle });
  }
}
