// The middle of the page: one of several views of the same filtered set, or a document; tabs choose.

import { Around } from "./around";
import { Compare } from "./compare";
import { button, h } from "./dom";
import { documentView } from "./document";
import type { Drawn } from "./scene";
import { labelIn } from "./kinds";
import { lensLine } from "./lens-line";
import { link } from "./links";
import { Matrix } from "./matrix";
import type { Pane, Shown } from "./pane";
import { Paths } from "./paths";
import { Questions } from "./questions";
import { go, hidden, VIEWS, type State, type View } from "./state";
import type { Told } from "./scenery";
import { s } from "./strings";
import { Table } from "./table";
import { takeAway } from "./takeaway";
import { Timeline } from "./timeline";
import type { DocumentAnswer } from "./types";
import { Whole } from "./whole";

declare global {
  interface Window {
    testimony?: {
      around?: Told;
      whole?: Told;
    };
  }
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

const PANES: Record<View, () => Pane> = {
  graph: () => new Around(),
  whole: () => new Whole(),
  timeline: () => new Timeline(),
  matrix: () => new Matrix(),
  questions: () => new Questions(),
  table: () => new Table(),
  paths: () => new Paths(),
  compare: () => new Compare(),
};

export class Centre {
  private readonly panes = new Map<View, Pane>();
  private readonly name = h("h1", { class: "focus-name", dir: "auto" });
  private readonly widen = h("span", { class: "widen" });
  private readonly tabs = new Map<View, HTMLElement>(VIEWS.map((view) => [view, this.tab(view)]));
  private readonly pane = h("div", { class: "pane", id: "pane", role: "tabpanel" });
  private readonly bar = h("div", { class: "bar" }, h("div", { class: "naming" }, this.name, this.widen), h("div", { class: "tabs", role: "tablist", "aria-label": s.views }, ...this.tabs.values()), this.take());
  private readonly paper = h("div", { class: "paper-pane" });
  readonly element = h("div", { class: "centre" }, this.bar, lensLine, this.pane, this.paper);
  private shownView: View = "graph";

  constructor(private readonly corpus: string) {}

  private tab(view: View): HTMLElement {
    const turn = (event: KeyboardEvent): void => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const there = VIEWS.filter((each) => !this.tabs.get(each)?.hidden);
      const other = there[(there.indexOf(view) + step + there.length) % there.length]!;
      go({ view: other, doc: null });
      this.tabs.get(other)?.focus();
    };
    return h("button", { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": "pane", "data-testid": `tab-${view}`, title: s.viewTitles[view], on: { click: () => go({ view, doc: null }), keydown: turn } }, s.viewNames[view]);
  }

  private take(): HTMLElement {
    return takeAway({ picture: () => this.pictureNow(), corpus: () => this.corpus });
  }

  private pictureNow(): { drawn: Drawn; title: string } | null {
    const drawn = this.pane.hidden ? null : this.panes.get(this.shownView)?.picture?.();
    return drawn ? { drawn, title: this.name.textContent ?? "" } : null;
  }

  private paneOf(view: View): Pane {
    const pane = this.panes.get(view) ?? PANES[view]();
    this.panes.set(view, pane);
    return pane;
  }

  async show(of: Shown, paper: DocumentAnswer | null): Promise<void> {
    const { now, before, focus } = of;
    const off = hidden(now);
    this.pane.hidden = paper !== null;
    this.paper.hidden = !paper;
    this.element.classList.toggle("with-paper", paper !== null);
    if (paper) this.showPaper(paper, now, before, off);
    this.name.textContent = focus ? labelIn(now.lang, focus.entity) : s.everything;
    this.widen.replaceChildren(...(focus && now.view !== "graph" && now.view !== "whole" ? [link({ focus: null }, { class: "plain" }, s.widen)] : []));
    for (const [view, tab] of this.tabs) {
      const chosen = !paper && now.view === view;
      tab.hidden = view === "graph" && !focus;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen || (paper !== null && view === "whole") ? 0 : -1;
    }
    this.reveal(paper ? null : this.tabs.get(now.view));
    if (paper) return;
    const pane = this.paneOf(now.view);
    this.shownView = now.view;
    this.pane.setAttribute("aria-labelledby", `tab-${now.view}`);
    if (this.pane.firstChild !== pane.element) this.pane.replaceChildren(pane.element);
    await pane.show(of);
  }

  /** On a narrow screen the tabs scroll: the chosen one is in sight. */
  private reveal(tab: HTMLElement | null | undefined): void {
    const row = tab?.parentElement;
    if (!tab || !row) return;
    const [at, room] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    if (at.left < room.left || at.right > room.right) row.scrollLeft += at.left + at.width / 2 - room.left - room.width / 2;
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
    this.panes.get(this.shownView)?.focus?.();
  }
}
