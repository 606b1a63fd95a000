// Facets: what there is by document, publisher, whose word and so on, with counts. A tick narrows the view; a
// withdrawal, beside it, draws everything again without the source.

import { button, elementId, h } from "./dom";
import { withdrawButton } from "./filters-withdraw";
import { chosen, go, looking, state, type LensName } from "./state";
import { s } from "./strings";
import type { FacetsAnswer, FacetValue } from "./types";

export const FACETS = ["document", "publisher", "said", "relay", "origin", "kind", "family", "question", "reported"] as const;
export type FacetName = (typeof FACETS)[number];

const FIRST = 6;
const LONG = 12;
const MOST = 60;
const BLANK = { total: 0, values: [] };

export class Facet {
  private readonly list = h("ul", { class: "values" });
  private readonly tail = h("div", { class: "tail" });
  private readonly tally = h("span", { class: "tally muted", dir: "auto" });
  private readonly finder: HTMLInputElement;
  readonly element: HTMLDetailsElement;
  private answer: FacetsAnswer["facets"][string] = BLANK;
  private whole = false;

  constructor(private readonly name: FacetName) {
    const title = s.filters.facets[name];
    this.finder = h("input", { type: "search", class: "finder", placeholder: s.filters.find, "aria-label": s.filters.findIn(title), autocomplete: "off", on: { input: () => this.draw() } });
    this.element = h(
      "details",
      { class: "facet", "data-facet": name, on: { toggle: () => this.draw() } },
      h("summary", {}, h("span", { class: "facet-title" }, title), this.tally),
      this.finder,
      this.list,
      this.tail,
    );
  }

  paint(facets: FacetsAnswer | null): void {
    this.answer = facets?.facets[this.name] ?? BLANK;
    if (chosen(state(), this.name).length) this.element.open = true;
    this.draw();
  }

  private draw(): void {
    const now = state();
    const ticked = new Set(chosen(now, this.name));
    const there = this.answer.values.filter((each) => each.claims).length;
    this.tally.textContent = ticked.size ? s.filters.chosenOf(ticked.size, there) : String(there);
    if (!this.element.open) return;
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.["key"];
    const words = this.finder.value.trim().toLocaleLowerCase();
    this.finder.hidden = this.answer.total <= LONG;
    const all = [...this.answer.values].sort((a, b) => Number(ticked.has(b.id)) - Number(ticked.has(a.id)));
    const found = words ? all.filter((each) => `${each.label} ${each.id}`.toLocaleLowerCase().includes(words)) : all;
    const least = Math.max(FIRST, ticked.size);
    const shown = found.slice(0, words || this.whole ? MOST : least);
    this.list.replaceChildren(...shown.map((value) => this.row(value, ticked)));
    this.foot(found.length - shown.length, words !== "", ticked.size);
    if (focused) this.element.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  private foot(left: number, searching: boolean, ticked: number): void {
    const turn = (whole: boolean) => (): void => {
      this.whole = whole;
      this.draw();
    };
    const more = left && !searching && !this.whole ? button(s.more(left), turn(true), { class: "plain", "aria-expanded": "false", "data-key": `${this.name} more` }) : null;
    const fewer = this.whole && !searching ? button(s.filters.fewer, turn(false), { class: "plain", "aria-expanded": "true", "data-key": `${this.name} more` }) : null;
    const rest = left && (searching || this.whole) ? h("span", { class: "muted" }, s.filters.narrower(left)) : null;
    const none = searching && !this.list.childElementCount ? h("span", { class: "muted" }, s.filters.nothingFound) : null;
    const clear = ticked ? button(s.filters.clear, () => this.set([]), { class: "plain", "data-key": `${this.name} clear` }) : null;
    this.tail.replaceChildren(...[more, fewer, rest, none, clear].filter((each) => each !== null));
  }

  private row(value: FacetValue, ticked: ReadonlySet<string>): HTMLElement {
    const id = elementId(`facet-${this.name}`, value.id);
    const box = h("input", { type: "checkbox", id, checked: ticked.has(value.id), "data-key": `${this.name} ${value.id}`, on: { change: () => this.toggle(value.id, box.checked) } });
    const only = button(s.only, () => this.set([value.id]), { class: "plain", "aria-label": s.onlyTitle(value.label), title: s.onlyTitle(value.label), "data-key": `${this.name} only ${value.id}` });
    return h(
      "li",
      { class: value.claims ? null : "empty", "data-value": value.id },
      h("label", { for: id, title: value.label }, box, h("span", { class: "word", dir: "auto" }, value.label), h("span", { class: "number" }, value.claims)),
      h("span", { class: "acts" }, only, withdrawButton(this.name, value)),
    );
  }

  private toggle(id: string, on: boolean): void {
    const others = chosen(state(), this.name).filter((each) => each !== id);
    this.set(on ? [...others, id] : others);
  }

  private set(values: string[]): void {
    go({ lens: looking(state(), this.name as LensName, values) });
  }
}
