// Ways from one name to another: a chain of words is never shown as a word about its ends.

import * as api from "./api";
import { bdi, h } from "./dom";
import { familyOf, kindWord, labelIn, shapeIcon } from "./kinds";
import { entityLink, link } from "./links";
import { namePicker } from "./names";
import { paneElement, type Pane, type Shown } from "./pane";
import { CLOSED, go, state } from "./state";
import { chip, lineSample, statusOf } from "./status";
import { count, s } from "./strings";
import type { Overview, Start, Way, WayStep, WaysAnswer } from "./types";

const OFFERED = 12;

export class Paths implements Pane {
  readonly element = paneElement("paths");
  private readonly from = namePicker(s.pathFrom, (id) => go({ ...CLOSED, from: id }));
  private readonly to = namePicker(s.pathTo, (id) => go({ ...CLOSED, to: id }));
  private readonly unreal = h("input", { type: "checkbox", "data-testid": "hypothetical", on: { change: () => go({ hypothetical: this.unreal.checked ? "with" : null }) } });
  private readonly found = h("div", { class: "ways", "aria-live": "polite", "data-testid": "ways" });

  constructor() {
    const ends = h("div", { class: "ends" }, this.from.element, h("span", { class: "muted", "aria-hidden": "true" }, "→"), this.to.element, h("label", { class: "check" }, this.unreal, s.withHypothetical));
    this.element.append(h("p", { class: "lead-in" }, s.pathsLead), ends, this.found);
  }

  async show({ now, overview, focus, current }: Shown): Promise<void> {
    const from = now.from ?? now.focus;
    this.unreal.checked = now.hypothetical !== null;
    this.from.set(from, focus && from === focus.entity.id ? focus.entity.label : null);
    this.to.set(now.to, null);
    if (!from || !now.to) {
      this.found.replaceChildren(h("p", { class: "notice" }, from || now.to ? s.pathsOther : s.pathsChoose), ...offered(overview, from, now.to));
      return;
    }
    this.found.setAttribute("aria-busy", "true");
    try {
      const answer = await api.ways(now, from, now.to);
      if (!current()) return;
      this.from.set(answer.from.id, answer.from.label);
      this.to.set(answer.to.id, answer.to.label);
      this.found.replaceChildren(...told(answer));
    } finally {
      this.found.removeAttribute("aria-busy");
    }
  }

  focus(): void {
    const { claim } = state();
    const found = claim ? this.found.querySelector<HTMLElement>(`[data-claim="${CSS.escape(claim)}"]`) : null;
    (found ?? this.found.querySelector<HTMLElement>("a"))?.focus();
  }
}

/** Names to begin with: those that most is said of. */
function offered(overview: Overview, from: string | null, to: string | null): HTMLElement[] {
  const end = from ? "to" : "from";
  const others = overview.starts.filter((start) => start.id !== from && start.id !== to);
  const most = [...others].sort((one, other) => other.claims - one.claims).slice(0, OFFERED);
  const entry = (start: Start): HTMLElement =>
    h("li", {}, link({ ...CLOSED, [end]: start.id }, { class: "entry", "data-id": start.id, title: `${kindWord(start.kind)}, ${count(start.claims, "claim")}` }, shapeIcon(familyOf(start.kind)), bdi(labelIn(state().lang, start))));
  return most.length ? [h("h3", { class: "small" }, end === "from" ? s.pathsBegin : s.pathsEnd), h("ul", { class: "offered", "data-testid": "offered" }, ...most.map(entry))] : [];
}

function told(answer: WaysAnswer): HTMLElement[] {
  if (!answer.ways.length) return [h("p", { class: "notice" }, s.noWay(answer.from.label, answer.to.label))];
  const cut = answer.ways.length < answer.total || answer.cut ? h("p", { class: "muted" }, s.waysCut(answer.ways.length, answer.total, answer.cut)) : null;
  return [...(cut ? [cut] : []), h("ol", { class: "way-list" }, ...answer.ways.map(way))];
}

function way(of: Way): HTMLElement {
  const direct = of.steps.length === 1;
  const joined = direct ? s.wayDirect : of.joined === "utterance" ? s.wayUtterance : of.joined === "speaker" ? s.waySpeaker : s.wayNobody;
  const who = of.by ? [" ", bdi(of.by.label), "."] : [];
  return h(
    "li",
    { class: `way ${direct ? "direct" : of.joined}`, "data-joined": of.joined },
    h("p", { class: "joined" }, joined, ...who),
    h("ol", { class: "steps" }, ...of.steps.map(step)),
    h("p", { class: "weakest" }, s.weakest, " ", chip(of.weakest), ` · ${s.fewest(of.origins)}`),
  );
}

/** The first few of many; the evidence names them all. */
function some(names: string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join("; ")} ${s.andMore(names.length - 3)}` : names.join("; ");
}

function step(of: WayStep): HTMLElement {
  const { edge } = of;
  const status = statusOf(edge.status);
  const ends = [entityLink({ id: edge.subject, label: edge.subject_label }), " ", h("span", { class: "reading" }, bdi(edge.reading)), " ", entityLink({ id: edge.object, label: edge.object_label })];
  const said = some(edge.speakers.map((each) => api.word(each)));
  return h(
    "li",
    { class: of.forward ? "step" : "step back" },
    status ? lineSample(status, 40) : null,
    h("div", {}, h("p", {}, ...ends), h("p", { class: "muted" }, chip(edge.status), " ", s.saidBy, " ", bdi(said), ` · ${some(edge.documents.map((each) => api.word(each)))} · `, link({ ...CLOSED, claim: of.claim }, { class: "open-claim", "data-claim": of.claim }, s.readEvidence), of.more ? ` · ${s.alsoBetween(of.more)}` : "")),
  );
}

