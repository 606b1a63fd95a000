// What one says beside what another says; a day beside now; everything beside what is left without a source.

import * as api from "./api";
import { besideParts, MOST, sinceParts, speakerList, withoutParts } from "./compare-parts";
import { cutLine } from "./cut";
import { bdi, button, h, type Child } from "./dom";
import { Drawing } from "./drawing";
import { CLOSED, chosen, go, looking, state, type State } from "./state";
import { goneOf, picker, sideOf, sourcesOf, wholeSide, type Choice } from "./picker";
import { s } from "./strings";
import type { BesideAnswer, SinceAnswer, SpeakersAnswer, WithoutAnswer } from "./pane-types";
import type { FacetsAnswer } from "./types";

const FIRST = 30; // names offered without typing
const EDGES = 60; // of a column at first

const KINDS = ["speakers", "day", "without"] as const;
type Kind = (typeof KINDS)[number];

interface Data {
  speakers: SpeakersAnswer | null;
  facets: FacetsAnswer | null;
  beside: BesideAnswer | null;
  since: SinceAnswer | null;
  without: WithoutAnswer | null;
  refused: string;
}

/** Which comparison is asked: what the address says, else what the lens already sets aside. */
function kindOf(now: State): Kind {
  if (now.from || now.to) return "speakers";
  const named = KINDS.find((each) => each === now.beside);
  return named ?? (now.lens["as-of"] ? "day" : withdraws(now) ? "without" : "speakers");
}

function withdraws(now: State): boolean {
  return Boolean(now.lens.without || now.lens.parties);
}

export class Compare extends Drawing<Data> {
  private told: Child[] = [];
  private edges = EDGES;
  private names = FIRST;
  private asked = "";

  constructor() {
    super("compare");
  }

  protected override also(now: State): string {
    const asked = [now.from ?? "", now.to ?? "", kindOf(now)].join(" ");
    if (asked !== this.asked) {
      this.edges = EDGES;
      this.told = [];
    }
    this.asked = asked;
    return `${asked} ${this.edges}`;
  }

  protected async load(now: State): Promise<Data> {
    const kind = kindOf(now);
    const found: Data = { speakers: null, facets: null, beside: null, since: null, without: null, refused: "" };
    if (kind === "speakers") found.speakers = await api.speakers(now);
    if (kind === "without") found.facets = await api.facets(now);
    try {
      const one = now.from ?? now.to;
      if (kind === "speakers" && one) found.beside = await api.beside(one, now.from && now.to ? now.to : "", now, this.edges);
      if (kind === "day" && now.lens["as-of"]) found.since = await api.since(now, this.edges);
      if (kind === "without" && withdraws(now)) found.without = await api.without(now, this.edges);
    } catch (error) {
      if (!(error instanceof api.Refusal) || ![400, 404].includes(error.status)) throw error;
      found.refused = error.message; // what was asked cannot be; the choice stays in sight
    }
    return found;
  }

  protected draw(data: Data, now: State): Child[] {
    const kind = kindOf(now);
    const parts = { speakers: () => this.spoken(data, now), day: () => this.dated(data, now), without: () => this.left(data, now) };
    return [h("div", { class: "band-head", role: "group", "aria-label": s.compare.mode }, ...KINDS.map((each) => this.mode(each, kind))), ...parts[kind]()];
  }

  private mode(kind: Kind, now: Kind): HTMLElement {
    return button(s.compare.kinds[kind], () => go({ ...CLOSED, from: null, to: null, beside: kind }), { class: "act", "aria-pressed": String(kind === now), "data-mode": kind });
  }

  /** More edges of every column, as many as the server gives at once. */
  private readonly more = (): void => {
    this.edges = MOST;
    if (this.of) void this.show(this.of);
  };

  private status(refused: string): HTMLElement {
    return h("p", { class: "hint", role: "status", "data-testid": "told" }, ...(this.told.length ? this.told : [refused]));
  }

  private tell(parts: Child[]): void {
    this.told = parts;
    this.element.querySelector("[data-testid=told]")?.replaceChildren(...parts.filter((each) => each instanceof Node || typeof each === "string"));
  }

  private picker(key: string, words: string, choices: readonly Choice[], now: string, choose: (id: string | null) => void, unknown: (text: string) => string): HTMLElement {
    return picker({ key, words, choices, now, choose, unknown, tell: (parts) => this.tell(parts) });
  }

  // ---- two speakers or sides --------------------------------------------------------------

  private spoken({ speakers, beside, refused }: Data, now: State): Child[] {
    const all = speakers?.speakers ?? [];
    const one = now.from ?? now.to;
    const other = now.from ? now.to : null;
    const label = (id: string | null): string => all.find((each) => each.id === id)?.label ?? id ?? "";
    const choose = (end: "from" | "to") => (id: string | null) => go({ ...CLOSED, from: state().from ?? state().to, to: state().from ? state().to : null, [end]: id });
    const swap = button("⇄", () => go({ ...CLOSED, from: other, to: one }), { class: "tool", title: s.compare.swap, "aria-label": s.compare.swap, disabled: !other });
    const alone = other ? button(s.compare.onlyThis, () => go({ ...CLOSED, to: null }), { class: "act" }) : null;
    const total = speakers?.total ?? 0;
    const whole = (id: string | null, end: "from" | "to"): HTMLElement | null => wholeSide(all.find((each) => each.id === all.find((one) => one.id === id)?.side), choose(end));
    return [
      h("div", { class: "pickers" }, this.picker("from", s.compare.one, all, label(one), choose("from"), s.compare.unknown), whole(one, "from"), swap, one ? this.picker("to", s.compare.other, all, label(other), choose("to"), s.compare.unknown) : null, whole(other, "to"), alone),
      this.status(refused),
      ...(one ? [] : [h("p", { class: "lead" }, s.compare.start(total)), speakerList(all.slice(0, this.names)), cutLine(Math.min(this.names, all.length), total, s.compare.names, this.names < all.length ? () => this.widen(all.length) : null, all.length)]),
      ...(beside ? besideParts(beside, this.more) : []),
    ];
  }

  private widen(names: number): void {
    this.names = names;
    this.redraw();
  }

  // ---- a day and now ----------------------------------------------------------------------

  private dated({ since, refused }: Data, now: State): Child[] {
    const input = h("input", { class: "find", value: now.lens["as-of"] ?? "", placeholder: s.compare.dayHint, autocomplete: "off", inputmode: "numeric", "aria-label": s.compare.day, "data-testid": "as-of" });
    const set = (): void => go({ ...CLOSED, beside: "day", lens: looking(state(), "as-of", input.value.trim()) });
    input.addEventListener("change", set);
    return [
      h("div", { class: "pickers" }, h("label", { class: "picker" }, h("span", { class: "muted" }, s.compare.day), input), button(s.compare.compareDay, set, { class: "act" })),
      h("p", { class: "hint" }, s.compare.dayLead),
      ...(refused ? [this.status(refused)] : []),
      ...(since ? sinceParts(since, now.lens["as-of"] ?? "", this.more) : []),
    ];
  }

  // ---- everything and what is left --------------------------------------------------------

  private left({ facets, without, refused }: Data, now: State): Child[] {
    const [sources, gone] = facets ? [sourcesOf(facets), goneOf(facets)] : [[], new Map<string, string>()];
    const set = (values: readonly string[]): void => go({ ...CLOSED, beside: "without", lens: looking(state(), "without", values) });
    const away = chosen(now, "without");
    const add = (id: string | null): void => (id ? set([...away, id]) : undefined);
    const put = away.map((each) => {
      const label = gone.get(each) ?? each;
      const title = s.filters.putBackTitle(label);
      return button(h("span", {}, "⊘ ", bdi(label), " ↩"), () => set(away.filter((one) => one !== each)), { class: "act", title, "aria-label": title, "data-back": each });
    });
    const sides = facets ? away.map((each) => [each, sideOf(facets, each)] as const) : [];
    const larger = sides.map(([each, side]) => (side && !away.includes(side.id) ? wholeSide(side, (id) => set([...away.filter((one) => one !== each), id])) : null));
    return [
      h("div", { class: "pickers" }, this.picker("without", s.compare.source, sources, "", add, s.compare.noSource), ...put, ...larger),
      this.status(refused),
      h("p", { class: "hint" }, s.compare.withoutLead),
      ...(without ? withoutParts(without, [...away.map((each) => gone.get(each) ?? each), ...(now.lens.parties ? [s.filters.partiesChip] : [])], this.more) : []),
    ];
  }
}
