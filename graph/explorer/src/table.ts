// The accessible twin of the picture: the same lines, filtered the same, one row per edge.

import { word } from "./api";
import { bdi, h } from "./dom";
import { labelIn } from "./kinds";
import { chip, statusOf } from "./status";
import { paneElement, type Pane, type Shown } from "./pane";
import { CLOSED, go, state } from "./state";
import { s } from "./strings";
import type { Bundle, Focus, FocusEdge } from "./types";

interface TableShown {
  focus: Focus;
  lang: string;
  hidden: ReadonlySet<string>;
  selected: string | null;
}

interface TableHandlers {
  open(bundle: string, proposition: string): void;
  leave(): void;
}

interface Row {
  bundle: Bundle;
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
let last: { shown: TableShown; handlers: TableHandlers } | null = null;

function list(words: FocusEdge["speakers"]): string {
  return (words ?? []).map((item) => word(item)).join(", ");
}

function showTable(shown: TableShown, handlers: TableHandlers): void {
  last = { shown, handlers };
  const rows = shown.focus.bundles.filter((bundle) => !shown.hidden.has(bundle.status)).flatMap((bundle) => bundle.edges.map((edge) => ({ bundle, edge })));
  const order = sorted;
  if (order) rows.sort((a, b) => compare(SORTS[order.column]!(a), SORTS[order.column]!(b)) * (order.up ? 1 : -1));
  const names = new Map(shown.focus.nodes.map((node) => [node.id, labelIn(shown.lang, node)]));
  table.replaceChildren(
    h(
      "table",
      { role: "grid" },
      h("caption", {}, s.tableCaption(labelIn(shown.lang, shown.focus.entity))),
      h("thead", {}, h("tr", {}, ...s.columns.map(heading))),
      h("tbody", { on: { keydown: walk } }, ...rows.map((row, index) => tableRow(row, index === 0, names, shown, handlers))),
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
    if (last) showTable(last.shown, last.handlers);
    table.querySelectorAll<HTMLElement>("th button")[column]?.focus();
  };
  const sort = now ? (now.up ? "ascending" : "descending") : null;
  return h("th", { scope: "col", "aria-sort": sort, class: column > 5 ? "number" : null }, h("button", { type: "button", on: { click: press } }, name, h("span", { class: "sort", "aria-hidden": "true" }, now ? (now.up ? " ↑" : " ↓") : "")));
}

function tableRow(row: Row, first: boolean, names: Map<string, string>, shown: TableShown, handlers: TableHandlers): HTMLElement {
  const { edge, bundle } = row;
  const open = (): void => handlers.open(bundle.id, edge.proposition);
  return h(
    "tr",
    {
      tabindex: first ? 0 : -1,
      class: bundle.id === shown.selected ? "selected" : null,
      "aria-selected": bundle.id === shown.selected ? "true" : null,
      "data-bundle": bundle.id,
      "data-proposition": edge.proposition,
      on: { click: open },
    },
    h("td", {}, bdi(names.get(edge.subject) ?? edge.subject_label)),
    h("td", { class: "reading" }, bdi(edge.reading)),
    h("td", {}, edge.object === "truth" ? "" : bdi(names.get(edge.object) ?? edge.object_label)),
    h("td", {}, chip(edge.status)),
    h("td", { "data-name": s.columns[4] }, bdi(list(edge.speakers))),
    h("td", { "data-name": s.columns[5] }, bdi(list(edge.documents))),
    h("td", { class: "number", "data-name": s.columns[6] }, edge.claims),
    h("td", { class: "number", "data-name": s.columns[7] }, edge.origins),
  );
}

function walk(event: KeyboardEvent): void {
  const row = (event.target as HTMLElement).closest("tr");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...table.querySelectorAll<HTMLElement>("tbody tr")];
  const at = rows.indexOf(row);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined) moveTo(rows, Math.max(0, Math.min(rows.length - 1, to)));
  else if (event.key === "Enter" || event.key === " ") row.click();
  else if (event.key === "Escape") last?.handlers.leave();
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

export class Table implements Pane {
  readonly element = table;

  show({ now, focus, hidden, selected }: Shown): void {
    if (!focus) {
      table.replaceChildren(h("p", { class: "notice" }, s.loading));
      return;
    }
    const open = (bundle: string, proposition: string): void => go({ ...CLOSED, bundle, proposition });
    showTable({ focus, lang: now.lang, hidden, selected }, { open, leave: () => go(CLOSED) });
  }

  focus(): void {
    const { proposition, bundle } = state();
    focusTable(proposition, bundle);
  }
}
