// What one says beside what another says; or what was known on a day beside what is known now.

import * as api from "./api";
import { bdi, button, h, type Child } from "./dom";
import { cutLine, Drawing, edgeRow } from "./drawing";
import { link } from "./links";
import { clashList } from "./questions";
import { chip } from "./status";
import { CLOSED, go, looking, state, type State } from "./state";
import { count, s } from "./strings";
import type { BesideAnswer, CompareColumn, Held, Known, Side, SinceAnswer } from "./pane-types";
import type { FacetValue } from "./types";

const FIRST = 30; // speakers offered without typing

interface Data {
  speakers: FacetValue[];
  beside: BesideAnswer | null;
  since: SinceAnswer | null;
}

export class Compare extends Drawing<Data> {
  private day = false;
  private told = "";

  constructor() {
    super("compare");
  }

  protected override also(now: State): string {
    return [now.from ?? "", now.to ?? "", this.byDay(now)].join(" ");
  }

  /** A day and now, where that is chosen, or a date is set and nobody is named. */
  private byDay(now: State): boolean {
    return !now.from && !now.to && (this.day || Boolean(now.lens["as-of"]));
  }

  protected async load(now: State): Promise<Data> {
    const speakers = (await api.facets(now)).facets["said"]?.values ?? [];
    const byDay = this.byDay(now);
    return {
      speakers,
      beside: !byDay && (now.from ?? now.to) ? await api.beside((now.from ?? now.to) as string, now.from && now.to ? now.to : "", now) : null,
      since: byDay && now.lens["as-of"] ? await api.since(now) : null,
    };
  }

  protected draw(data: Data, now: State): Child[] {
    const byDay = this.byDay(now);
    return [
      h("div", { class: "band-head", role: "group", "aria-label": s.compare.mode }, this.mode(s.compare.speakers, !byDay, false), this.mode(s.compare.date, byDay, true)),
      ...(byDay ? this.dated(data, now) : this.spoken(data, now)),
    ];
  }

  private mode(words: string, on: boolean, day: boolean): HTMLElement {
    const press = (): void => {
      this.day = day;
      if (!day && state().lens["as-of"] && !state().from) go({ ...CLOSED, lens: looking(state(), "as-of", "") });
      else if (day && (state().from || state().to)) go({ ...CLOSED, from: null, to: null });
      else if (this.of) void this.show(this.of);
    };
    return button(words, press, { class: "act", "aria-pressed": String(on), "data-mode": day ? "day" : "speakers" });
  }

  // ---- two speakers -----------------------------------------------------------------------

  private spoken({ speakers, beside }: Data, now: State): Child[] {
    const one = now.from ?? now.to;
    const other = now.from ? now.to : null;
    const swap = button("⇄", () => go({ ...CLOSED, from: other, to: one }), { class: "tool", title: s.compare.swap, "aria-label": s.compare.swap, disabled: !other });
    const alone = other ? button(s.compare.alone, () => go({ ...CLOSED, to: null }), { class: "act" }) : null;
    return [
      h("div", { class: "pickers" }, this.picker("from", s.compare.one, speakers, one), swap, one ? this.picker("to", s.compare.other, speakers, other) : null, alone),
      h("p", { class: "hint", role: "status", "data-testid": "told" }, this.told),
      ...(beside ? [] : [h("p", { class: "lead" }, s.compare.start(speakers.length)), speakerList(speakers.slice(0, FIRST))]),
      ...(beside ? besideParts(beside) : []),
    ];
  }

  private picker(end: "from" | "to", words: string, speakers: readonly FacetValue[], id: string | null): HTMLElement {
    const list = `speakers-${end}`;
    const named = new Map(speakers.map((each) => [each.label, each.id]));
    const now = speakers.find((each) => each.id === id)?.label ?? id ?? "";
    const input = h("input", { class: "find", list, value: now, placeholder: s.compare.hint, autocomplete: "off", spellcheck: "false", "data-picker": end, "aria-label": words });
    const choose = (): void => {
      const text = input.value.trim();
      const lower = text.toLocaleLowerCase();
      const near = speakers.filter((each) => each.label.toLocaleLowerCase().includes(lower));
      const found = named.get(text) ?? speakers.find((each) => each.id === text)?.id ?? (text && near.length === 1 ? near[0]!.id : undefined);
      if (text && !found) {
        this.told = s.compare.unknown(text);
        const line = this.element.querySelector("[data-testid=told]");
        if (line) line.textContent = this.told;
        return;
      }
      this.told = "";
      this.day = false;
      go({ ...CLOSED, from: state().from ?? state().to, to: state().from ? state().to : null, [end]: found ?? null });
    };
    input.addEventListener("change", choose);
    input.addEventListener("focus", () => input.select());
    const options = speakers.map((each) => h("option", { value: each.label }, s.claimsOf(each.claims)));
    return h("label", { class: "picker" }, h("span", { class: "muted" }, words), input, h("datalist", { id: list }, ...options));
  }

  // ---- a day and now ----------------------------------------------------------------------

  private dated({ since }: Data, now: State): Child[] {
    const input = h("input", { class: "find", value: now.lens["as-of"] ?? "", placeholder: s.compare.dayHint, autocomplete: "off", inputmode: "numeric", "aria-label": s.compare.day, "data-testid": "as-of" });
    const set = (): void => {
      this.day = true;
      go({ ...CLOSED, lens: looking(state(), "as-of", input.value.trim()) });
    };
    input.addEventListener("change", set);
    return [
      h("div", { class: "pickers" }, h("label", { class: "picker" }, h("span", { class: "muted" }, s.compare.day), input), button(s.compare.compareDay, set, { class: "act" })),
      h("p", { class: "hint" }, s.compare.dayLead),
      ...(since ? sinceParts(since, now.lens["as-of"] ?? "") : []),
    ];
  }
}

/** Those whose word most claims in view are. */
function speakerList(speakers: readonly FacetValue[]): HTMLElement {
  return h(
    "ul",
    { class: "speakers", "data-testid": "speakers" },
    ...speakers.map((each) => h("li", {}, link({ ...CLOSED, from: each.id }, { class: "speaker-row", tabindex: -1, "data-mark": each.id, "data-speaker": each.id }, bdi(each.label), " ", h("span", { class: "muted number" }, s.claimsOf(each.claims))))),
  );
}

function besideParts(of: BesideAnswer): Child[] {
  const [one, other] = [of.one.label, of.other?.label ?? ""];
  const columns = [...(of.other ? [column("both", s.compare.both, of.both, one, other)] : []), column("only-one", s.compare.only(one), of.only_one, one, ""), ...(of.other ? [column("only-other", s.compare.only(other), of.only_other, "", other)] : [])];
  return [
    of.other ? (of.clashes.length ? clashList(s.compare.clashes, of.clashes) : h("p", { class: "hint" }, s.compare.noClash)) : null,
    h("div", { class: of.other ? "columns three" : "columns" }, ...columns),
  ];
}

function column(id: string, title: string, of: CompareColumn, one: string, other: string): HTMLElement {
  return h(
    "section",
    { class: "column", "data-column": id, "data-claims": of.one + of.other },
    h("h2", {}, bdi(title)),
    h("p", { class: "muted" }, s.compare.counts(count(of.total, "edge"), s.claimsOf(of.one + of.other))),
    of.edges.length ? h("ul", { class: "edge-list" }, ...of.edges.map((edge) => edgeRow(edge, ...sides(edge, one, other)))) : h("p", { class: "hint" }, s.compare.nothing),
    cutLine(of.edges.length, of.total, "edges", null),
  );
}

function sides(of: Held, one: string, other: string): Child[] {
  const side = (who: string, what: Side | null): HTMLElement | null => (what ? h("span", { class: what.how.includes("denies") ? "side denies" : "side", dir: "auto" }, bdi(who), ` ${what.how.join(", ")}`, h("span", { class: "muted" }, ` · ${s.claimsOf(what.claims)}`)) : null);
  return [of.opposed ? h("span", { class: "tag" }, "⇄") : null, side(one, of.sides.one), side(other, of.sides.other)];
}

function sinceParts(of: SinceAnswer, day: string): Child[] {
  return [
    h("p", { class: "lead" }, s.compare.thenNow(of.claims_then, of.claims_now), " ", s.compare.same(of.same)),
    h("div", { class: "columns three" }, changes("restated", s.compare.restated, of.restated, of.totals.restated), changes("new", `${s.compare.fresh} ${day}`, of.new, of.totals.new), changes("gone", s.compare.gone, of.gone, of.totals.gone)),
  ];
}

function changes(id: string, title: string, listed: readonly Known[], total: number): HTMLElement {
  return h(
    "section",
    { class: "column", "data-column": id, "data-total": total },
    h("h2", {}, title),
    h("p", { class: "muted" }, count(total, "edge")),
    listed.length ? h("ul", { class: "edge-list" }, ...listed.map((edge) => edgeRow(edge, edge.before && edge.after ? h("span", { class: "was" }, `${s.compare.was}: `, chip(edge.before.id)) : null, h("span", { class: "muted" }, bdi(edge.said))))) : h("p", { class: "hint" }, s.compare.nothing),
    cutLine(listed.length, total, "edges", null),
  );
}
