// What is asked now, as chips at the top of the panel: each can be taken away alone, or all at once.

import { bdi, button, h } from "./dom";
import { FACETS } from "./filters-facets";
import { spanOf, spanWords } from "./filters-days";
import { chosen, go, LENS, looking, state, type LensName, type State } from "./state";
import { statusWord } from "./status";
import { s } from "./strings";
import type { FacetsAnswer } from "./types";

interface Chip {
  key: string;
  title: string;
  text: string;
  glyph?: string;
  without: Partial<State>;
}

export function chips(facets: FacetsAnswer | null): HTMLElement[] {
  const asked = askedNow(facets);
  if (!asked.length) return [];
  const clear = button(s.filters.clearAll, () => go({ lens: {}, hide: null }), { class: "plain", "data-testid": "clear-filters" });
  return [h("ul", { class: "asked-chips", "aria-label": s.filters.active }, ...asked.map(chip)), clear];
}

/** How many things are asked. */
export function active(): number {
  return askedNow(null).length;
}

function chip(of: Chip): HTMLElement {
  const title = of.glyph ? s.filters.putBackTitle(of.text) : s.filters.remove(of.text);
  return h(
    "li",
    {},
    button(
      h("span", {}, h("span", { class: "muted" }, `${of.glyph ? `${of.glyph} ` : ""}${of.title} `), bdi(of.text), h("span", { class: "away", "aria-hidden": "true" }, of.glyph ? ` ↩ ${s.filters.putBack}` : " ✕")),
      () => go(of.without),
      { class: "chip-button", title, "data-chip": of.key },
    ),
  );
}

/** What is asked now, withdrawals among it, each with the way back. */
export function askedNow(facets: FacetsAnswer | null): Chip[] {
  const now = state();
  const found: Chip[] = [];
  for (const name of LENS) {
    if (!now.lens[name]) continue;
    if ((FACETS as readonly string[]).includes(name)) found.push(...ofFacet(now, name, facets));
    else if (name === "without") found.push(...withdrawn(now, facets));
    else found.push({ key: name, title: s.filters.chipTitles[name] ?? name, text: oneText(now, name), without: { lens: looking(now, name, "") }, ...(name === "parties" ? { glyph: "⊘" } : {}) });
  }
  if (now.hide) {
    const words = [...now.hide].map(statusWord).join(", ");
    found.push({ key: "hide", title: s.filters.chipTitles["hide"] ?? "", text: words || s.filters.noneHidden, without: { hide: null } });
  }
  return found;
}

function oneText(now: State, name: LensName): string {
  const text = now.lens[name] ?? "";
  if (name === "happened" || name === "published") return spanWords(spanOf(text));
  return name === "origins" ? `≥ ${text}` : name === "parties" ? s.filters.partiesChip : name === "undated" ? s.filters.undatedChip : text;
}

function ofFacet(now: State, name: LensName, facets: FacetsAnswer | null): Chip[] {
  const labels = new Map(facets?.facets[name]?.values.map((each) => [each.id, each.label]));
  const ids = chosen(now, name);
  return ids.map((id) => ({ key: `${name} ${id}`, title: s.filters.facets[name as (typeof FACETS)[number]], text: labels.get(id) ?? id, without: { lens: looking(now, name, ids.filter((each) => each !== id)) } }));
}

function withdrawn(now: State, facets: FacetsAnswer | null): Chip[] {
  const labels = new Map(facets?.withdrawn.map((each) => [`${each.kind}:${each.id}`, each.label]));
  const all = chosen(now, "without");
  return all.map((source) => ({ key: `without ${source}`, title: s.filters.chipTitles["without"] ?? "", glyph: "⊘", text: labels.get(source) ?? source.slice(source.indexOf(":") + 1), without: { lens: looking(now, "without", all.filter((each) => each !== source)) } }));
}
