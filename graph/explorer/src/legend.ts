// The key to the lines is also the filter: one set for graph, table and evidence.

import { button, h } from "./dom";
import { FAMILY_WORDS, shapeIcon, type Family } from "./kinds";
import { go, hidden, state } from "./state";
import { lineSample, sign, statuses, statusWord } from "./status";
import { count, s } from "./strings";
import type { Status } from "./types";

const list = h("ul", { class: "statuses" });
const summary = h("span", { class: "summary-count muted" });
const all = h("span", { class: "show-all" });
const fold = h("details", { open: true }, h("summary", {}, h("span", { class: "legend-title" }, s.legend), summary), h("p", { class: "hint" }, s.legendHint, " ", all), h("p", { class: "hint unit", title: s.legendCounts }, s.legendUnit), list, shapes());

export const legend = h("nav", { class: "legend", "aria-label": s.legend, "data-testid": "legend" }, fold);

const narrow = matchMedia("(max-width: 860px)");
export function startLegend(): void {
  const adapt = (): void => {
    fold.open = !narrow.matches;
  };
  narrow.addEventListener("change", adapt);
  adapt();
}

function shapes(): HTMLElement {
  const rows = (Object.keys(FAMILY_WORDS) as Family[]).map((family) => h("li", {}, shapeIcon(family), FAMILY_WORDS[family]));
  return h("div", { class: "shapes" }, h("h2", { class: "legend-title" }, s.shapes), h("ul", {}, ...rows));
}

/** `counts` are the claims by status in what is open; without it, in the whole corpus. */
export function paintLegend(counts: ReadonlyMap<string, number> | null): void {
  const off = hidden(state());
  const focused = (document.activeElement as HTMLElement | null)?.dataset?.["legend"];
  list.replaceChildren(...statuses().map((status) => row(status, off, counts ? (counts.get(status.id) ?? 0) : status.claims)));
  if (focused) list.querySelector<HTMLElement>(`[data-legend="${CSS.escape(focused)}"]`)?.focus();
  const shown = statuses().filter((status) => !off.has(status.id)).length;
  summary.textContent = shown === statuses().length ? "" : s.statusesShown(shown, statuses().length);
  all.replaceChildren(off.size ? button(s.showAll, showAll, { class: "plain" }) : "");
}

export function showAll(): void {
  go({ hide: new Set() });
}

function row(status: Status, off: ReadonlySet<string>, claims: number): HTMLElement {
  const word = statusWord(status.id);
  const box = h("input", {
    type: "checkbox",
    checked: !off.has(status.id),
    value: status.id,
    "data-legend": status.id,
    on: { change: (event) => toggle(status.id, (event.target as HTMLInputElement).checked) },
  });
  return h(
    "li",
    { class: claims ? null : "empty", "data-status": status.id },
    h("label", { title: status.definition }, box, lineSample(status, 38), sign(status), h("span", { class: "word", dir: "auto" }, word), h("span", { class: "number", "aria-hidden": "true" }, claims), h("span", { class: "sr-only" }, count(claims, "claim"))),
    button(s.only, () => go({ hide: new Set(statuses().map((each) => each.id).filter((id) => id !== status.id)) }), { class: "plain only", title: s.onlyTitle(word), "aria-label": s.onlyTitle(word), "data-legend": `only ${status.id}` }),
  );
}

function toggle(id: string, shown: boolean): void {
  const next = new Set(hidden(state()));
  if (shown) next.delete(id);
  else next.add(id);
  go({ hide: next });
}
