// An answer as a table: as many rows as can be read, more on demand.

import { bdi, button, h } from "./dom";
import { d } from "./drawer-strings";
import type { Row } from "./sparql-ask";
import { numberOf, type Reader } from "./sparql-term";

const FIRST = 200;
const LONG = 40; // letters from which a cell gets room to be read

export function answerTable(columns: string[], rows: Row[], reader: Reader): HTMLElement {
  const body = h("tbody", {});
  const foot = h("p", { class: "answer-foot" });
  const grow = (): void => {
    const from = body.children.length;
    body.append(...rows.slice(from, from + FIRST).map((row) => line(row, reader)));
    const left = rows.length - body.children.length;
    foot.replaceChildren(...(left ? [d.shown(body.children.length, rows.length), " ", button(d.more(Math.min(left, FIRST)), more, { class: "plain" })] : []));
  };
  const more = (): void => {
    const next = body.children.length;
    grow();
    (foot.querySelector<HTMLElement>("button") ?? (body.children[next] as HTMLElement | undefined))?.focus();
  };
  grow();
  const table = h(
    "table",
    { class: "answer-table", "data-testid": "answer-table" },
    h("caption", { class: "sr-only" }, d.answerTable),
    h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, bdi(name))))),
    body,
  );
  return h("div", { class: "answer-scroll", tabindex: 0, role: "region", "aria-label": d.answerTable }, table, foot);
}

function line(row: Row, reader: Reader): HTMLElement {
  const look = (term: Row[number]): string | null => (numberOf(term) !== null ? "number" : term?.type === "literal" && String(term.value).length > LONG ? "long" : null);
  return h("tr", {}, ...row.map((term) => h("td", { class: look(term) }, reader.cell(term))));
}
