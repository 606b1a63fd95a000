// The accessible twin of the picture: the same lines, filtered the same, one row per edge.

import * as api from "./api";
import { word } from "./api";
import { bdi, button, h } from "./dom";
import { labelIn } from "./kinds";
import { chip, statusOf } from "./status";
import { paneElement, type Pane, type Shown } from "./pane";
import { hiddenNotice } from "./passage";
import { showAll } from "./legend";
import { CLOSED, go, lensQuery, state } from "./state";
import { s } from "./strings";
import type { FocusEdge } from "./types";

interface Row {
  bundle: string;
  edge: FocusEdge;
}

const SORTS: ((row: Row) => string | number)[] = [
  (row) => row.edge.subject_label,
  (row) => row.edge.reading,
  (row) => row.edge.object_label,
  (row) => statusOf(row.edge.status)?.rank ?? 0,
  (row) => list(row.edge.speakers),
  (row) => list(row.edge.documents),
  (row) => row.edge.claims,
  (row) => row.edge.origins,
];

const table = paneElement("table");
let sorted: { column: number; up: boolean } | null = null;
let last: Shown | null = null;
/** The row that was pressed and where it stood: the evidence makes the table narrower, and the row must not leave. */
let pressed: { proposition: string; top: number } | null = null;

function list(words: FocusEdge["speakers"]): string {
  return (words ?? []).map((item) => word(item)).join("; ");
}

function draw(rows: Row[], caption: string, selected: string | null): void {
  const order = sorted;
  const listed = order ? [...rows].sort((a, b) => compare(SORTS[order.column]!(a), SORTS[order.column]!(b)) * (order.up ? 1 : -1)) : rows;
  table.replaceChildren(
    h(
      "table",
      { role: "grid" },
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...s.columns.map(heading))),
      h("tbody", { on: { keydown: walk } }, ...listed.map((row, index) => tableRow(row, index === 0, selected))),
    ),
  );
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}

function heading(name: string, column: number): HTMLElement {
  const now = sorted?.column === column ? sorted : null;
  const press = (): void => {
    sorted = now && !now.up ? null : { column, up: !now };
    if (last) void pane?.show(last);
    table.querySelectorAll<HTMLElement>("th button")[column]?.focus();
  };
  const sort = now ? (now.up ? "ascending" : "descending") : null;
  return h("th", { scope: "col", "aria-sort": sort, class: column > 5 ? "number" : null }, h("button", { type: "button", on: { click: press } }, name, h("span", { class: "sort", "aria-hidden": "true" }, now ? (now.up ? " ↑" : " ↓") : "")));
}

function tableRow({ edge, bundle }: Row, first: boolean, selected: string | null): HTMLElement {
  // The edge alone, and not the line with all its edges: the evidence opens at what was pressed.
  const open = (): void => {
    pressed = { proposition: edge.proposition, top: row.getBoundingClientRect().top };
    go({ ...CLOSED, proposition: edge.proposition });
  };
  const asked = state().proposition;
  const chosen = asked ? asked === edge.proposition : bundle === selected;
  const row = h(
    "tr",
    {
      tabindex: first ? 0 : -1,
      class: chosen ? "selected" : null,
      "aria-selected": chosen ? "true" : null,
      "data-bundle": bundle,
      "data-proposition": edge.proposition,
      on: { click: open },
    },
    h("td", {}, bdi(edge.subject_label)),
    h("td", { class: "reading" }, bdi(edge.reading)),
    h("td", {}, edge.object === "truth" ? "" : bdi(edge.object_label)),
    h("td", {}, chip(edge.status)),
    h("td", { "data-name": s.columns[4] }, bdi(list(edge.speakers))),
    h("td", { "data-name": s.columns[5] }, bdi(list(edge.documents))),
    h("td", { class: "number", "data-name": s.columns[6] }, edge.claims),
    h("td", { class: "number", "data-name": s.columns[7] }, edge.origins),
  );
  return row;
}

/** The pressed row stands where it stood, whatever the width of the table is now. */
function hold(): void {
  const row = pressed && table.querySelector(`tbody tr[data-proposition="${CSS.escape(pressed.proposition)}"]`);
  if (row && pressed) table.scrollTop += row.getBoundingClientRect().top - pressed.top;
  pressed = null;
}

function walk(event: KeyboardEvent): void {
  const row = (event.target as HTMLElement).closest("tr");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...table.querySelectorAll<HTMLElement>("tbody tr")];
  const at = rows.indexOf(row);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined) moveTo(rows, Math.max(0, Math.min(rows.length - 1, to)));
  else if (event.key === "Enter" || event.key === " ") row.click();
  else if (event.key === "Escape") go(CLOSED);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function moveTo(rows: HTMLElement[], index: number): void {
  for (const row of rows) row.tabIndex = -1;
  const row = rows[index];
  if (!row) return;
  row.tabIndex = 0;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

/** Back to the row whose evidence was open. */
function focusTable(proposition: string | null, bundle: string | null): void {
  const rows = [...table.querySelectorAll<HTMLElement>("tbody tr")];
  const found = rows.findIndex((row) => row.dataset["proposition"] === proposition);
  moveTo(rows, found >= 0 ? found : Math.max(0, rows.findIndex((row) => row.dataset["bundle"] === bundle)));
}

const PAGE = 200;
let pane: Table | null = null;

export class Table implements Pane {
  readonly element = table;
  private from = 0;
  private asked = "";

  constructor() {
    pane = this;
  }

  async show(of: Shown): Promise<void> {
    last = of;
    const asked = lensQuery(of.now, { hide: true, entity: true });
    if (asked !== this.asked) this.from = 0;
    this.asked = asked;
    const answer = await api.edges(of.now, this.from, PAGE);
    if (!of.current()) return;
    const name = of.focus ? labelIn(of.now.lang, of.focus.entity) : null;
    const rows = answer.edges.map((edge) => ({ bundle: bundleOf(edge), edge }));
    if (answer.total) draw(rows, name ? s.tableCaption(name) : s.tableWhole, of.selected ?? of.now.bundle);
    else table.replaceChildren(of.hidden.size && of.focus?.bundles.length ? (hiddenNotice({ all: of.focus.total_claims, hidden: of.focus.total_claims, showAll }) ?? "") : h("p", { class: "notice" }, s.nothingInView));
    if (answer.total > PAGE) table.append(this.pages(answer.total, of));
    hold();
  }

  private pages(total: number, of: Shown): HTMLElement {
    const turn = (to: number): void => {
      this.from = to;
      table.scrollTop = 0;
      void this.show(of);
    };
    const end = Math.min(total, this.from + PAGE);
    const act = (label: string, to: number, off: boolean, id: string): HTMLElement => button(label, () => turn(to), { class: "act", disabled: off, "data-testid": id });
    return h("p", { class: "pages" }, act(`‹ ${s.before}`, Math.max(0, this.from - PAGE), this.from === 0, "table-before"), ` ${s.rowsOf(this.from + 1, end, total)} `, act(`${s.after} ›`, this.from + PAGE, end >= total, "table-after"));
  }

  focus(): void {
    const { proposition, bundle } = state();
    focusTable(proposition, bundle);
  }
}

/** The line on which an edge is drawn. */
function bundleOf(edge: FocusEdge): string {
  return `${edge.subject}~${edge.object === "truth" ? `truth-${edge.subject}` : edge.object}~${edge.status}`;
}
