// The filters beside the legend: facets with counts, brushes, thresholds, sources set aside.

import { h } from "./dom";
import type { FacetsAnswer, Overview } from "./types";

export const filters = h("div", { class: "filters", "data-testid": "filters" });

export function paintFilters(facets: FacetsAnswer | null, _overview: Overview): void {
  filters.replaceChildren();
  filters.dataset["shown"] = String(facets?.claims_shown ?? "");
}
