// A box in which a name is typed and chosen: what is found comes from the server's search.

import * as api from "./api";
import { h } from "./dom";
import { kindWord } from "./kinds";
import { count, s } from "./strings";
import type { SearchResult } from "./types";

export interface NamePicker {
  readonly element: HTMLElement;
  set(id: string | null, label: string | null): void;
}

let number = 0;
const WAIT = 140;

export function namePicker(title: string, choose: (id: string) => void): NamePicker {
  const listId = `names-${++number}`;
  let found: SearchResult[] = [];
  let at = -1;
  let chosenLabel = "";
  let chosenId: string | null = null;
  let timer = 0;
  const list = h("ul", { class: "name-list", role: "listbox", id: listId, hidden: true, "aria-label": title });
  const input = h("input", {
    type: "text",
    role: "combobox",
    class: "name-input",
    "aria-label": title,
    placeholder: title,
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": listId,
    on: { input: () => later(), keydown: (event) => press(event), blur: () => setTimeout(close, 150) },
  });

  const close = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    if (document.activeElement !== input) input.value = chosenLabel;
  };
  const take = (one: SearchResult): void => {
    chosenLabel = one.label;
    chosenId = one.id;
    input.value = one.label;
    close();
    choose(one.id);
  };
  const mark = (index: number): void => {
    at = index;
    [...list.children].forEach((each, i) => each.setAttribute("aria-selected", String(i === at)));
    const id = list.children[at]?.id;
    if (id) input.setAttribute("aria-activedescendant", id);
  };
  const paint = (): void => {
    const rows = found.map((one, index) =>
      h("li", { role: "option", id: `${listId}-${index}`, "aria-selected": "false", on: { mousedown: (event) => event.preventDefault(), click: () => take(one) } }, h("span", { dir: "auto" }, one.label), h("span", { class: "muted" }, ` ${kindWord(one.kind)}, ${count(one.claims, "claim")}`)),
    );
    list.replaceChildren(...(rows.length ? rows : [h("li", { class: "muted" }, s.none)]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(rows.length ? 0 : -1);
  };
  const later = (): void => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (!text) return close();
    timer = window.setTimeout(() => {
      void api.search(text).then((answer) => {
        if (input.value.trim() !== text) return;
        found = answer.results.slice(0, 8);
        paint();
      }, close);
    }, WAIT);
  };
  const press = (event: KeyboardEvent): void => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark((at + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") mark((at - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter" && found[at]) take(found[at]!);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const element = h("div", { class: "name-picker" }, h("span", { class: "lead" }, title), input, list);
  return {
    element,
    set: (id, label) => {
      if (!id || label || id !== chosenId) chosenLabel = id ? (label ?? id) : "";
      chosenId = id;
      if (document.activeElement !== input) input.value = chosenLabel;
    },
  };
}

