// Withdrawal: a source is set aside and every edge is drawn again without it. Not a filter: a filter hides claims and
// changes no status.

import * as api from "./api";
import { MOST } from "./api";
import { cutLine } from "./cut";
import { bdi, button, h, type Child } from "./dom";
import { chip } from "./status";
import { link } from "./links";
import { picker, sideOf, sourcesOf, wholeSide } from "./picker";
import { chosen, CLOSED, go, looking, state, type State } from "./state";
import { count, s } from "./strings";
import type { FacetsAnswer, FacetValue, FallsAnswer, ToldEdge } from "./types";

const LISTED = 60;

export function withdraws(now: State): boolean {
  return Boolean(now.lens.without || now.lens.parties);
}

export function withdrawButton(facet: string, value: FacetValue): HTMLElement | null {
  const { source } = value;
  if (!source) return null;
  const gone = chosen(state(), "without");
  if (gone.includes(source)) {
    const title = s.filters.putBackTitle(value.label);
    return button(`↩ ${s.filters.putBack}`, () => putBack(source), { class: "plain withdraw", "aria-label": title, title, "data-key": `${facet} withdraw ${value.id}` });
  }
  const title = s.filters.withdrawTitle(value.label);
  const press = (): void => go({ lens: looking(state(), "without", [...chosen(state(), "without"), source]) });
  return button(h("span", {}, "⊘", h("span", { class: "act-word" }, ` ${s.filters.withdraw}`)), press, { class: "plain withdraw", "aria-label": title, title, "data-key": `${facet} withdraw ${value.id}` });
}

function take(sources: readonly string[]): void {
  go({ lens: looking(state(), "without", sources) });
}

function putBack(source: string): void {
  go({ lens: looking(state(), "without", chosen(state(), "without").filter((each) => each !== source)) });
}

export class Withdrawn {
  private readonly parties = h("input", { type: "checkbox", id: "set-aside-parties", "data-key": "parties", on: { change: () => go({ lens: looking(state(), "parties", this.parties.checked ? "without" : "") }) } });
  private readonly gone = h("ul", { class: "gone" });
  private readonly field = h("div", {});
  private readonly told = h("p", { class: "hint offers", role: "status", "data-testid": "withdraw-told" });
  private readonly named = h("ul", { class: "parties", "data-testid": "parties" });
  private readonly who = h("details", { class: "who", on: { toggle: () => void this.name() } }, h("summary", {}, s.filters.whichParties), this.named);
  /** Stands at the top of the panel: what a withdrawal does is not to be looked for. */
  readonly banner = h("p", { class: "banner", role: "status", "data-testid": "falls-banner" });
  readonly element = h(
    "section",
    { class: "block withdrawal", "aria-label": s.filters.withdrawal },
    h("h3", {}, s.filters.withdrawal),
    h("p", { class: "hint" }, s.filters.withdrawalHint),
    h("label", { class: "tick", for: "set-aside-parties" }, this.parties, s.filters.parties),
    this.who,
    this.field,
    this.told,
    this.gone,
  );
  private turn = 0;

  paint(facets: FacetsAnswer | null): void {
    const now = state();
    this.choose(facets);
    void this.name();
    const labels = new Map(facets?.withdrawn.map((each) => [`${each.kind}:${each.id}`, each.label]));
    this.parties.checked = Boolean(now.lens.parties);
    this.gone.replaceChildren(...chosen(now, "without").map((source) => this.row(source, labels.get(source) ?? source.slice(source.indexOf(":") + 1), facets)));
    void this.tell(now);
  }

  /** A field for any source; the keyboard stays in it when what is in view changes. */
  private choose(facets: FacetsAnswer | null): void {
    if (!facets || this.field.contains(document.activeElement)) return;
    const tell = (parts: Child[]): void => this.told.replaceChildren(...parts.filter((each) => each instanceof Node || typeof each === "string"));
    tell([]);
    const choose = (id: string | null): void => {
      if (!id) return;
      (document.activeElement as HTMLElement | null)?.blur();
      take([...chosen(state(), "without"), id]);
    };
    this.field.replaceChildren(picker({ key: "withdraw", words: s.filters.chooseSource, choices: sourcesOf(facets), now: "", choose, unknown: s.compare.noSource, tell }));
  }

  /** Who the parties are, once somebody wants to know. */
  private async name(): Promise<void> {
    if (!this.who.open) return;
    const found = await api.parties(state()).catch(() => null);
    if (found) this.named.replaceChildren(...found.parties.map((each) => h("li", {}, bdi(each.label))), ...(found.parties.length ? [] : [h("li", { class: "muted" }, s.filters.nothingFound)]));
  }

  private row(source: string, label: string, facets: FacetsAnswer | null): HTMLElement {
    const away = chosen(state(), "without");
    const side = facets ? sideOf(facets, source) : undefined;
    const kind = s.filters.sources[source.slice(0, source.indexOf(":"))] ?? "";
    return h(
      "li",
      { "data-withdrawn": source },
      h("span", { class: "what" }, h("span", { "aria-hidden": "true" }, "⊘ "), h("span", { class: "muted" }, `${kind} `), bdi(label)),
      button(`↩ ${s.filters.putBack}`, () => putBack(source), { class: "plain", "aria-label": s.filters.putBackTitle(label), title: s.filters.putBackTitle(label), "data-key": `back ${source}` }),
      side && !away.includes(side.id) ? wholeSide(side, (id) => take([...away.filter((each) => each !== source), id])) : null,
    );
  }

  /** “3 edges fall, 2 are drawn otherwise”. */
  private async tell(now: State): Promise<void> {
    const mine = ++this.turn;
    if (!withdraws(now)) return this.banner.replaceChildren();
    const found = await api.falls(now).catch(() => null);
    if (mine !== this.turn) return;
    if (!found) return this.banner.replaceChildren();
    const text = fallsText(found);
    this.banner.replaceChildren(button(text, () => go({ ...CLOSED, falls: "list", doc: null, ...(now.focus || now.view !== "graph" ? {} : { view: "whole" }) }), { class: "act", "data-testid": "open-falls" }));
  }
}

/** How many fall in all, and how many of them around the name that is open. */
function fallsText(found: FallsAnswer): string {
  const all = s.filters.falls(found.fallen_total, found.restated_total);
  return found.here ? `${all}; ${s.filters.fallsHere(found.here.fallen, found.here.label)}` : all;
}

// ---- the list, in the region “Evidence” -----------------------------------------------------------

/** Each edge that falls or is drawn otherwise: status before and after, whose word, and why. */
export function fallsList(found: FallsAnswer, close: () => void, all: () => void): HTMLElement[] {
  return [
    button("✕", close, { class: "icon close-evidence", "aria-label": s.filters.closeFalls, title: s.filters.closeFalls, "data-testid": "close-falls" }),
    h("h2", { class: "title", tabindex: -1 }, bdi(fallsText(found))),
    h("p", { class: "sentence" }, s.filters.fallsLead),
    ...part(s.filters.fallen, found.fallen, found.fallen_total, all),
    ...part(s.filters.restated, found.restated, found.restated_total, all),
  ];
}

function part(title: string, changes: readonly Changed[], total: number, all: () => void): HTMLElement[] {
  if (!changes.length) return [];
  const rows = byReason(changes);
  const list = h("ul", { class: "falls" }, ...rows.slice(0, LISTED));
  const left = rows.length - LISTED;
  const more = left > 0 ? [button(s.more(left), (event) => {
    list.append(...rows.slice(LISTED));
    (event.target as HTMLElement).remove();
  }, { class: "plain" })] : [];
  const cut = cutLine(changes.length, total, s.edgesWord, changes.length < MOST ? all : null, MOST);
  return [h("h3", {}, `${title} · ${total}`), list, ...more, ...(cut ? [cut] : [])];
}

type Changed = { before: ToldEdge; after: ToldEdge | null; why: string };

/** A row for each edge; a reason that several share is told once, with how many, and stands before them. */
function byReason(changes: readonly Changed[]): HTMLElement[] {
  const groups = Map.groupBy(changes, (each) => each.why);
  return [...groups].flatMap(([why, held]) => {
    if (held.length === 1) return held.map((each) => changed(each, why));
    const [first, ...rest] = held.map((each) => changed(each, ""));
    first?.prepend(h("p", { class: "reason shared", dir: "auto", "data-shared": held.length }, `${why} · `, h("strong", {}, count(held.length, "edge"))));
    return [first!, ...rest];
  });
}

function changed({ before, after }: Changed, why: string): HTMLElement {
  const says = after ? link({ ...CLOSED, proposition: after.proposition }, { class: "entity" }, bdi(before.says)) : h("s", {}, bdi(before.says));
  const origins = before.origins.map((origin) => origin.label).join("; ");
  return h(
    "li",
    { "data-proposition": before.proposition, "data-falls": after ? null : "" },
    h("p", {}, says),
    h("p", { class: "from-to" }, chip(before.status), h("span", { "aria-hidden": "true" }, " → "), h("span", { class: "sr-only" }, s.filters.thenDrawn), after ? chip(after.status) : h("span", { class: "chip fallen" }, h("span", { "aria-hidden": "true" }, "⊘ "), s.filters.fallsChip)),
    h("p", { class: "whose", dir: "auto" }, bdi(before.said), h("span", { class: "muted" }, ` · ${[before.documents.join(", "), count(before.claims.length, "claim"), origins].filter(Boolean).join(" · ")}`)),
    why ? h("p", { class: "reason muted", dir: "auto" }, why) : null,
  );
}
