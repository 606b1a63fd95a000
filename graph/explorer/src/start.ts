// The start: a search box, and what there is to open. Never the whole graph at once.

import { word } from "./api";
import { bdi, button, h, joined, type Child } from "./dom";
import { cutLine } from "./cut";
import { familyOf, kindWord, labelIn, shapeIcon } from "./kinds";
import { link } from "./links";
import { searchBox } from "./search";
import { opening, state, VIEWS } from "./state";
import { count, s } from "./strings";
import type { DocumentSummary, Overview, Question, Start } from "./types";

const FIRST = 9;

export function startView(overview: Overview, lang: string): HTMLElement {
  const of = (families: string[]): Start[] => overview.starts.filter((start) => families.includes(familyOf(start.kind)));
  const names = (title: string, families: string[]): HTMLElement => column(title, of(families).map((start) => entry(start, lang)), totalOf(overview, families));
  return h(
    "div",
    { class: "start" },
    h("div", { class: "hero" }, h("h1", {}, s.tagline), h("p", { class: "lead-in" }, s.startLead), searchBox, ways(), ...lensNotice(), h("p", { class: "muted" }, h("a", { href: "#papers", on: { click: toPapers } }, s.leaningsBelow(overview.totals.documents)))),
    h(
      "div",
      { class: "start-lists", "data-testid": "start-list" },
      h("div", {}, names(s.events, ["event", "hypothetical"]), overview.questions.length ? column(s.questions, overview.questions.map(question), overview.totals.questions) : null),
      names(s.actors, ["actor"]),
      names(s.others, ["place", "group", "topic", "thing", "value"]),
    ),
    h("section", { class: "papers", id: "papers", tabindex: -1 }, h("h2", {}, s.documents), h("ul", {}, ...overview.documents.map(paper)), cutLine(overview.documents.length, overview.totals.documents, s.timeline.documents, null)),
  );
}

/** How many names of some families claims are about. */
function totalOf(overview: Overview, families: string[]): number {
  return Object.entries(overview.totals.starts).reduce((sum, [kind, number]) => sum + (families.includes(familyOf(kind)) ? number : 0), 0);
}

/** Numbers on this page count everything; where a lens is on, it says so. */
function lensNotice(): HTMLElement[] {
  if (!Object.keys(state().lens).length) return [];
  return [h("p", { class: "notice", "data-testid": "start-lens" }, s.startLens, " ", link({ view: "whole" }, {}, s.startLensSee), " · ", link({ lens: {} }, {}, s.clearLens))];
}

/** The views of everything: the same claims, looked at in other ways. */
function ways(): HTMLElement {
  const views = VIEWS.filter((view) => view !== "graph");
  return h("nav", { class: "start-views", "aria-label": s.views }, h("span", { class: "lead" }, `${s.seeAll} `), ...joined(views.map((view) => link({ view }, { title: s.viewTitles[view], "data-view": view }, s.viewNames[view])), () => " · "));
}

function toPapers(event: MouseEvent): void {
  event.preventDefault();
  const papers = document.getElementById("papers");
  papers?.scrollIntoView({ block: "start" });
  papers?.focus({ preventScroll: true });
}

/** The first of a list, more on request; of what is not sent here, search finds all. */
function column(title: string, items: HTMLElement[], total: number): HTMLElement {
  const rest = items.slice(FIRST);
  const list = h("ul", {}, ...items.slice(0, FIRST));
  const more = button(s.more(rest.length), () => {
    list.append(...rest);
    more.remove();
    rest[0]?.querySelector<HTMLElement>("a")?.focus();
  }, { class: "plain" });
  return h("section", {}, h("h2", {}, title), items.length ? list : h("p", { class: "muted" }, s.none), rest.length ? more : null, cutLine(items.length, total, title.toLowerCase(), null));
}

function row(icon: Child, name: string, claims: number, about: string): Child[] {
  return [icon, h("span", { class: "name", dir: "auto" }, name), h("span", { class: "muted", title: about }, claims)];
}

function entry(start: Start, lang: string): HTMLElement {
  const about = `${kindWord(start.kind)}, ${count(start.claims, "claim")}`;
  return h("li", {}, link(opening(start.id), { class: "entry", "data-id": start.id }, ...row(shapeIcon(familyOf(start.kind)), labelIn(lang, start), start.claims, about)));
}

function question(of: Question): HTMLElement {
  const content = row(h("span", { class: "mark", "aria-hidden": "true" }, "Q"), of.label, of.claims, count(of.claims, "claim"));
  return h("li", {}, link({ view: "questions", asked: of.id }, { class: "entry", "data-id": of.id }, ...content));
}

/** A document with its leaning in the open. */
export function paperFacts(of: DocumentSummary): Child[] {
  const facts = [word(of.publisher), word(of.kind), of.published].filter(Boolean).join(" · ");
  const leaning = word(of.leaning);
  return [h("span", { class: "muted", dir: "auto" }, facts), leaning ? h("span", { class: "leaning", dir: "auto" }, h("span", { class: "lead" }, `${s.leaning}: `), leaning) : null];
}

function paper(of: DocumentSummary): HTMLElement {
  return h("li", {}, link({ doc: of.id }, { class: "paper-title" }, bdi(of.title)), ...paperFacts(of), of.claims === undefined ? null : h("span", { class: "muted" }, count(of.claims, "claim")));
}
