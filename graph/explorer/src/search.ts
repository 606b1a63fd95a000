// The search box: a combobox over names with their spellings, and over what is said.

import "./search.css";
import * as api from "./api";
import { bdi, h } from "./dom";
import { found as words } from "./drawer-strings";
import { Groups, type Option } from "./search-groups";
import { s } from "./strings";
import type { SearchAnswer } from "./types";

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

let groups: Groups | null = null;
let active = -1;
let asked = 0;
let timer = 0;

export function startSearch(): void {
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT);
  });
  input.addEventListener("keydown", keys);
  input.addEventListener("focus", () => input.value.trim() && void ask());
  // The keyboard stays in the box while the list is pressed; coming back to it would ask again.
  panel.addEventListener("mousedown", (event) => event.preventDefault());
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
  groups = null;
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
  groups = null;
  options.replaceChildren();
  found.replaceChildren(bdi(line));
  input.setAttribute("aria-expanded", "false");
}

function list(answer: SearchAnswer, text: string): void {
  active = -1;
  input.removeAttribute("aria-activedescendant");
  const made = new Groups(answer, choose);
  if (!made.options.length) return say(words.empty(text));
  groups = made;
  options.replaceChildren(...made.elements);
  const total = words.total(answer.total + answer.claims.total + answer.documents.total + answer.questions.total);
  found.replaceChildren(...(answer.note ? [bdi(answer.note), " "] : []), total);
  panel.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

function choose(option: Option): void {
  if (option.element.dataset["id"] === undefined) {
    // More of a group: the list stays, and the arrows stand on the first of them.
    const at = groups?.options.indexOf(option) ?? 0;
    option.open();
    input.focus();
    return point(at);
  }
  clearSearch();
  input.blur();
  option.open();
}

function point(to: number): void {
  const all = groups?.options ?? [];
  if (!all.length) return;
  active = (to + all.length) % all.length;
  for (const [index, { element }] of all.entries()) element.setAttribute("aria-selected", String(index === active));
  input.setAttribute("aria-activedescendant", `result-${active}`);
  all[active]?.element.scrollIntoView({ block: "nearest" });
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
  if (!groups) await ask();
  const chosen = groups?.options[Math.max(0, active)];
  if (chosen) choose(chosen);
}
