// The middle of the page: graph or table of a focus, or a document; tabs choose.

import { button, h } from "./dom";
import { documentView } from "./document";
import { Graph } from "./graph";
import { labelIn } from "./kinds";
import { showAll } from "./legend";
import { hiddenNotice } from "./passage";
import { CLOSED, go, hidden, opening, state, type State, type View } from "./state";
import { s } from "./strings";
import { focusTable, showTable, table } from "./table";
import type { DocumentAnswer, Focus } from "./types";

declare global {
  interface Window {
    testimony?: { cy: Graph["cy"]; edgePoint: (bundle: string) => { x: number; y: number } | null };
  }
}

export interface Showing {
  now: State;
  before: State | null;
  focus: Focus | null;
  paper: DocumentAnswer | null;
  selected: string | null;
}

/** One calm line and a way on. */
export function failure(error: unknown, retry: () => void): HTMLElement {
  const line = error instanceof Error ? error.message : s.away;
  return h(
    "div",
    { class: "failure", role: "alert", "data-testid": "failure" },
    h("p", { dir: "auto" }, line),
    h("p", {}, button(s.retry, retry, { class: "act" }), " ", h("a", { class: "act", href: "?" }, s.back)),
  );
}

export class Centre {
  private readonly graph = new Graph({
    openBundle: (id) => go({ ...CLOSED, bundle: id }),
    openEntity: (id) => go(opening(id)),
    leave: () => go(CLOSED),
  });
  private readonly name = h("h1", { class: "focus-name", dir: "auto" });
  private readonly notice = h("div", { class: "overlay" });
  private readonly tabs: Record<View, HTMLElement> = { graph: this.tab("graph", s.graph), table: this.tab("table", s.table) };
  private readonly pane = h("div", { class: "pane", id: "pane", role: "tabpanel" });
  private readonly bar = h("div", { class: "bar" }, this.name, h("div", { class: "tabs", role: "tablist", "aria-label": "View" }, this.tabs.graph, this.tabs.table));
  private readonly paper = h("div", { class: "paper-pane" });
  readonly element = h("div", { class: "centre" }, this.bar, this.pane, this.paper);

  constructor() {
    this.pane.append(this.graph.element, table, this.notice);
    window.testimony = { cy: this.graph.cy, edgePoint: (bundle) => this.graph.edgePoint(bundle) };
  }

  private tab(view: View, name: string): HTMLElement {
    const turn = (event: KeyboardEvent): void => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      event.preventDefault();
      const other: View = view === "graph" ? "table" : "graph";
      go({ view: other });
      this.tabs[other].focus();
    };
    return h("button", { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": "pane", "data-testid": `tab-${view}`, on: { click: () => go({ view, doc: null }), keydown: turn } }, name);
  }

  show({ now, before, focus, paper, selected }: Showing): void {
    this.bar.hidden = !focus;
    this.pane.hidden = !focus || paper !== null;
    this.paper.hidden = !paper;
    this.element.classList.toggle("with-paper", paper !== null);
    const off = hidden(now);
    if (paper) this.showPaper(paper, now, before, off);
    if (!focus) return;
    this.name.textContent = labelIn(now.lang, focus.entity);
    for (const view of ["graph", "table"] as const) {
      const chosen = !paper && now.view === view;
      this.tabs[view].setAttribute("aria-selected", String(chosen));
      this.tabs[view].tabIndex = chosen || (paper !== null && view === "graph") ? 0 : -1;
    }
    this.pane.setAttribute("aria-labelledby", `tab-${now.view}`);
    this.graph.element.hidden = now.view !== "graph";
    table.hidden = now.view !== "table";
    const shown = { focus, lang: now.lang, hidden: off, selected };
    this.graph.show(shown);
    showTable(shown, { open: (bundle, proposition) => go({ ...CLOSED, bundle, proposition }), leave: () => go(CLOSED) });
    this.empty(focus, off);
  }

  private empty(focus: Focus, off: ReadonlySet<string>): void {
    const all = focus.bundles.reduce((sum, bundle) => sum + bundle.claims, 0);
    const left = focus.bundles.some((bundle) => !off.has(bundle.status));
    const notice = focus.bundles.length ? (left ? null : hiddenNotice({ all, hidden: all, showAll })) : h("p", { class: "notice" }, s.noLines);
    this.notice.replaceChildren(...(notice ? [notice] : []));
  }

  private showPaper(paper: DocumentAnswer, now: State, before: State | null, off: ReadonlySet<string>): void {
    const shown = this.paper.querySelector<HTMLElement>("[data-document]")?.dataset["document"];
    const top = shown === paper.document.id ? this.paper.scrollTop : 0;
    this.paper.replaceChildren(documentView(paper, { hidden: off, claim: now.claim }));
    this.paper.scrollTop = top;
    if (before?.doc === now.doc) return;
    this.paper.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    this.paper.querySelector(".paragraphs > .asked")?.scrollIntoView({ block: "center" });
  }

  /** The keyboard returns to where the evidence was opened. */
  focus(): void {
    const { view, proposition, bundle } = state();
    if (view === "table") focusTable(proposition, bundle);
    else this.graph.focus();
  }
}
