// The filters beside the legend: facets with counts, brushes, thresholds, sources set aside. All of it is in the
// address; this panel only shows it and changes it.

import * as api from "./api";
import { announce, button, h } from "./dom";
import { Brush } from "./filters-brush";
import { active, chips } from "./filters-chips";
import { Facet, FACETS } from "./filters-facets";
import { AsOf, Threshold } from "./filters-known";
import { Withdrawn } from "./filters-withdraw";
import { follow, go, state } from "./state";
import { s } from "./strings";
import type { FacetsAnswer, Overview } from "./types";

const asked = h("div", { class: "asked-now", "data-testid": "chips" });
const tally = h("span", { class: "tally", dir: "auto" });
const threshold = new Threshold();
const brushes = [new Brush("happened"), new Brush("published")] as const;
const asOf = new AsOf();
const withdrawn = new Withdrawn();
const facets = FACETS.map((name) => new Facet(name));
const title = h("summary", { class: "filters-title" }, h("span", { class: "legend-title" }, s.filters.title), tally);
const asSparql = button(s.filters.asSparql, () => void openSparql(), { class: "plain", "data-testid": "as-sparql", title: s.filters.asSparqlTitle });
const drawer = h(
  "details",
  { class: "filters-fold", open: true },
  title,
  asked,
  withdrawn.banner,
  ...facets.map((facet) => facet.element),
  threshold.element,
  ...brushes.map((brush) => brush.element),
  asOf.element,
  withdrawn.element,
  h("p", { class: "block" }, asSparql),
);

// Hidden until it has something to say: a slider without a value is a riddle to who hears the page.
export const filters = h("div", { class: "filters", "data-testid": "filters", hidden: true }, drawer);

let last: FacetsAnswer | null = null;
let about: Overview | null = null;

/** Everything from the address at once; counts follow when the server has told them. */
export function paintFilters(found: FacetsAnswer | null, overview: Overview): void {
  if (!about) begin();
  if (found) filters.hidden = false;
  about = overview;
  last = found;
  filters.dataset["shown"] = String(found?.claims_shown ?? "");
  paint();
}

function begin(): void {
  const narrow = matchMedia("(max-width: 860px)");
  const adapt = (): void => void (drawer.open = !narrow.matches);
  narrow.addEventListener("change", adapt);
  adapt();
  follow((_now, before) => before && paint());
}

function paint(): void {
  if (!about) return;
  const focused = (document.activeElement as HTMLElement | null)?.dataset?.["chip"];
  const count = active();
  tally.textContent = count ? s.filters.activeCount(count) : "";
  asked.replaceChildren(...chips(last));
  if (focused) (asked.querySelector<HTMLElement>(`[data-chip="${CSS.escape(focused)}"]`) ?? asked.querySelector<HTMLElement>("button") ?? title).focus({ preventScroll: true });
  for (const facet of facets) facet.paint(last);
  threshold.paint();
  brushes[0].paint(last?.happened ?? [], last?.undated ?? 0);
  brushes[1].paint(last?.published ?? [], 0);
  asOf.paint(about);
  withdrawn.paint(last);
}

/** The key `f`: to the panel, opened. */
export function focusFilters(): void {
  drawer.open = true;
  title.focus();
}

async function openSparql(): Promise<void> {
  try {
    go({ sparql: (await api.lensSparql(state())).sparql });
  } catch (error) {
    announce(error instanceof Error ? error.message : s.away);
  }
}
