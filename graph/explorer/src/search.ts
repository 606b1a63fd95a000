// The search box: a combobox over the names and their sourced spellings.

import * as api from "./api";
import { bdi, h } from "./dom";
import { familyOf, kindWord, shapeIcon } from "./kinds";
import { count, s } from "./strings";
import type { SearchAnswer, SearchResult } from "./types";

const WAIT = 140;

const input = h("input", {
  type: "search",
  id: "search",
  class: "search-input",
  role: "combobox",
  placeholder: s.search,
  title: s.searchHint,
  "aria-label": s.search,
  "aria-expanded": "false",
  "aria-controls": "results",
  "aria-autocomplete": "list",
  autocomplete: "off",
  spellcheck: "false",
  dir: "auto",
  "data-testid": "search",
});
const found = h("p", { class: "found", role: "status" });
const options = h("div", { role: "listbox", id: "results", "aria-label": s.search });
const panel = h("div", { class: "results", "data-testid": "results", hidden: true }, options, found);
const slash = h("kbd", { class: "slash", "aria-hidden": "true" }, "/");

export const searchBox = h("div", { class: "search", role: "search" }, input, slash, panel);

let open: (id: string) => void = () => undefined;
let active = -1;
let asked = 0;
let timer = 0;

export function startSearch(opener: (id: string) => void): void {
  open = opener;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT);
  });
  input.addEventListener("keydown", keys);
  input.addEventListener("focus", () => input.value.trim() && void ask());
  document.addEventListener("pointerdown", (event) => {
    if (!searchBox.contains(event.target as Node)) fold();
  });
  searchBox.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !searchBox.contains(event.relatedTarget as Node)) fold();
  });
}

export function focusSearch(): void {
  input.focus();
  input.select();
}

export function clearSearch(): void {
  input.value = "";
  fold();
}

function fold(): void {
  clearTimeout(timer);
  asked++;
  active = -1;
  panel.hidden = true;
  options.replaceChildren();
  found.textContent = "";
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

async function ask(): Promise<void> {
  const text = input.value.trim();
  if (!text) return fold();
  const mine = ++asked;
  try {
    const answer = await api.search(text);
    if (mine === asked) list(answer, text);
  } catch (error) {
    if (mine === asked) say(error instanceof Error ? error.message : s.away);
  }
}

function say(line: string): void {
  panel.hidden = false;
  options.replaceChildren();
  found.replaceChildren(bdi(line));
  input.setAttribute("aria-expanded", "false");
}

function list(answer: SearchAnswer, text: string): void {
  active = -1;
  input.removeAttribute("aria-activedescendant");
  if (!answer.results.length) return say(s.noResult(text));
  options.replaceChildren(...answer.results.map(option));
  found.textContent = s.results(answer.results.length, answer.total);
  panel.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

function option(result: SearchResult, index: number): HTMLElement {
  const other = result.matched && result.matched !== result.label ? h("span", { class: "matched" }, "“", bdi(result.matched), "”") : null;
  return h(
    "div",
    { role: "option", id: `result-${index}`, class: "result", "aria-selected": "false", "data-id": result.id, on: { click: () => choose(result.id) } },
    shapeIcon(familyOf(result.kind)),
    h("span", { class: "name" }, bdi(result.label), " ", other),
    h("span", { class: "muted" }, `${kindWord(result.kind)} · ${count(result.claims, "claim")}`),
  );
}

function choose(id: string): void {
  clearSearch();
  input.blur();
  open(id);
}

function point(to: number): void {
  const all = [...options.children] as HTMLElement[];
  if (!all.length) return;
  active = (to + all.length) % all.length;
  for (const [index, each] of all.entries()) each.setAttribute("aria-selected", String(index === active));
  input.setAttribute("aria-activedescendant", `result-${active}`);
  all[active]?.scrollIntoView({ block: "nearest" });
}

function keys(event: KeyboardEvent): void {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") point(active + 1);
  else if (event.key === "ArrowUp") point(active < 0 ? -1 : active - 1);
  else if (event.key === "Enter") void enter();
  else if (event.key === "Escape") {
    if (input.value) clearSearch();
    else input.blur();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

async function enter(): Promise<void> {
  clearTimeout(timer);
  if (!options.children.length) await ask();
  const chosen = (options.children[Math.max(0, active)] as HTMLElement | undefined)?.dataset["id"];
  if (chosen) choose(chosen);
}
