// The words behind a claim: the original with the passage marked where it is attached, else our digest.

import { h } from "./dom";
import { s } from "./strings";
import type { Passage } from "./types";

const SEVERITY: Record<string, string> = { verified: "good", moved: "warn", orphaned: "bad" };

export function passage(of: Passage): HTMLElement {
  const { original } = of;
  const place = [s.paragraph(of.paragraph), of.start !== null && of.end !== null ? `${of.start}–${of.end}` : ""].filter(Boolean).join(" · ");
  const head = h(
    "figcaption",
    {},
    h("span", {}, h("strong", { class: "kind" }, original ? s.original : s.digest), ` · ${place}`),
    stateBadge(of.state),
  );
  if (!original) return h("figure", { class: "passage digest", "data-testid": "passage" }, h("blockquote", { dir: "auto" }, of.digest), head);
  const quote = h("blockquote", { dir: "auto" }, h("span", { class: "around" }, original.before), h("mark", {}, original.quote), h("span", { class: "around" }, original.after));
  const digest = h("p", { class: "digest-below", dir: "auto" }, h("span", { class: "kind" }, `${s.digest}: `), of.digest);
  return h("figure", { class: "passage original", "data-testid": "passage" }, quote, head, of.digest ? digest : null);
}

export function stateBadge(state: string): HTMLElement {
  return h("span", { class: `state ${SEVERITY[state] ?? "plain"}`, "data-state": state }, s.states[state] ?? state);
}

export interface Hiding {
  all: number;
  hidden: number;
  showAll(): void;
}

/** “3 of 7 claims here are hidden by your filters: show all”. */
export function hiddenNotice(of: Hiding): HTMLElement | null {
  if (!of.hidden) return null;
  const text = of.hidden === of.all ? s.allHidden(of.all) : s.someHidden(of.hidden, of.all);
  return h("p", { class: "notice hidden-notice", role: "note", "data-testid": "hidden-notice" }, `${text} `, h("button", { type: "button", class: "plain", on: { click: of.showAll } }, s.showAll));
}

