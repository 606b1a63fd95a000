// One calm line at the top of the middle, in every view: what is set aside or asked now, each with a press that
// takes it back. Where nothing is asked there is no line.

import { bdi, button, h } from "./dom";
import { askedNow } from "./filters-chips";
import { go } from "./state";
import { s } from "./strings";
import type { FacetsAnswer } from "./types";

const FEW = 4; // told one by one; the rest is counted, and stands in the panel

export const lensLine = h("div", { class: "lens-line", role: "status", "data-testid": "lens-line", hidden: true });

export function paintLensLine(facets: FacetsAnswer | null): void {
  const asked = askedNow(facets).filter((each) => each.key !== "hide"); // the legend tells what is unticked
  const told = JSON.stringify(asked.map((each) => [each.key, each.text]));
  if (lensLine.dataset["told"] === told) return; // nothing new: who hears the page is not told again
  lensLine.dataset["told"] = told;
  const focused = lensLine.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["undo"] : undefined;
  lensLine.hidden = !asked.length;
  const item = (of: (typeof asked)[number]): HTMLElement => {
    const [word, title] = of.glyph ? [s.filters.putBack, s.filters.putBackTitle(of.text)] : [s.filters.clear, s.filters.remove(of.text)];
    return h("li", { dir: "auto" }, h("span", { class: "muted" }, `${of.title}: `), bdi(of.text), " ", button(word, () => go(of.without), { class: "plain", title, "aria-label": title, "data-undo": of.key }));
  };
  const rest = asked.length - FEW;
  const all = asked.length > 1 ? button(s.clearLens, () => go({ lens: {} }), { class: "plain", "data-undo": "all" }) : null;
  lensLine.replaceChildren(h("span", { class: "muted", dir: "auto" }, s.filters.notEverything), h("ul", {}, ...asked.slice(0, FEW).map(item), rest > 0 ? h("li", { class: "muted" }, s.andMore(rest)) : null), all ?? "");
  if (focused !== undefined) (lensLine.querySelector<HTMLElement>("button") ?? document.getElementById("content"))?.focus({ preventScroll: true });
}
