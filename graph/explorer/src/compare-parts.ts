// The columns of a comparison.

import { cutLine } from "./cut";
import { bdi, h, type Child } from "./dom";
import { edgeRow, openRow, sentence } from "./drawing";
import { link } from "./links";
import { clashList } from "./questions";
import { chip } from "./status";
import { CLOSED } from "./state";
import { count, s } from "./strings";
import type { BesideAnswer, CompareColumn, Held, Known, Shifted, Side, SinceAnswer, Speaker, WithoutAnswer } from "./pane-types";

export const MOST = 500; // edges of a column that the server gives at once

type More = () => void;

/** Those whose word most claims in view are. */
export function speakerList(speakers: readonly Speaker[]): HTMLElement {
  const side = (of: Speaker): Child => (of.members ? h("span", { class: "tag" }, s.compare.side(of.members)) : null);
  return h(
    "ul",
    { class: "speakers", "data-testid": "speakers" },
    ...speakers.map((each) => h("li", {}, link({ ...CLOSED, from: each.id }, { class: "speaker-row", tabindex: -1, "data-mark": each.id, "data-speaker": each.id }, h("span", {}, bdi(each.label), " ", side(each)), " ", h("span", { class: "muted number" }, s.claimsOf(each.claims))))),
  );
}

function column(id: string, title: Child, told: string, rows: readonly HTMLElement[], total: number, more: More, data: Record<string, number>): HTMLElement {
  return h(
    "section",
    { class: "column", "data-column": id, ...Object.fromEntries(Object.entries(data).map(([name, value]) => [`data-${name}`, value])) },
    h("h2", {}, title),
    h("p", { class: "muted" }, told),
    rows.length ? h("ul", { class: "edge-list" }, ...rows) : h("p", { class: "hint" }, s.compare.nothing),
    cutLine(rows.length, total, "edges", rows.length < MOST ? more : null, MOST),
  );
}

// ---- two speakers or sides ------------------------------------------------------------------------

export function besideParts(of: BesideAnswer, more: More): Child[] {
  const [one, other] = [of.one.label, of.other?.label ?? ""];
  const held = (id: string, title: string, each: CompareColumn): HTMLElement =>
    column(id, bdi(title), s.compare.counts(count(each.total, "edge"), s.claimsOf(each.one + each.other)), each.edges.map((edge) => edgeRow(edge, ...sides(edge, one, other))), each.total, more, { claims: each.one + each.other });
  const columns = of.other ? [held("both", s.compare.both, of.both), held("only-one", s.compare.only(one), of.only_one), held("only-other", s.compare.only(other), of.only_other)] : [held("only-one", s.compare.only(one), of.only_one)];
  return [
    of.other ? (of.clashes.length ? clashList(s.compare.clashes, of.clashes) : h("p", { class: "hint" }, s.compare.noClash)) : null,
    h("div", { class: of.other ? "columns three" : "columns" }, ...columns),
  ];
}

function sides(of: Held, one: string, other: string): Child[] {
  const side = (who: string, what: Side | null): HTMLElement | null => (what ? h("span", { class: what.how.includes("denies") ? "side denies" : "side", dir: "auto" }, bdi(who), ` ${what.how.join(", ")}`, h("span", { class: "muted" }, ` · ${s.claimsOf(what.claims)}`)) : null);
  return [of.opposed ? h("span", { class: "tag" }, "⇄") : null, side(one, of.sides.one), side(other, of.sides.other)];
}

// ---- a day and now ----------------------------------------------------------------------------------

export function sinceParts(of: SinceAnswer, day: string, more: More): Child[] {
  const changes = (id: string, title: string, listed: readonly Known[], total: number): HTMLElement => column(id, title, count(total, "edge"), listed.map(knownRow), total, more, { total });
  return [
    h("p", { class: "lead" }, s.compare.thenNow(of.claims_then, of.claims_now), " ", s.compare.same(of.same)),
    h("div", { class: "columns three" }, changes("restated", s.compare.restated, of.restated, of.totals.restated), changes("new", `${s.compare.fresh} ${day}`, of.new, of.totals.new), changes("gone", s.compare.gone, of.gone, of.totals.gone)),
  ];
}

function knownRow(edge: Known): HTMLElement {
  return edgeRow(edge, edge.before && edge.after ? h("span", { class: "was" }, `${s.compare.was}: `, chip(edge.before.id)) : null, h("span", { class: "muted" }, bdi(edge.said)));
}

// ---- everything and what is left --------------------------------------------------------------------

export function withoutParts(of: WithoutAnswer, gone: readonly string[], more: More): Child[] {
  const part = (id: string, title: string, held: Shifted, told = ""): HTMLElement => column(id, bdi(title), count(held.total, "edge") + told, held.edges.map(shiftedRow), held.total, more, { total: held.total });
  return [
    h("p", { class: "lead" }, s.compare.leftRight(of.claims_left, of.claims_right), " ⊘ ", bdi(gone.join("; "))),
    h("div", { class: "columns three" }, part("both", s.compare.inBoth, of.both, `, ${s.compare.otherwise(of.restated)}`), part("only-left", s.compare.onlyLeft, of.only_left), part("only-right", s.compare.onlyRight, of.only_right)),
  ];
}

/** An edge with its status before and after; what falls has no evidence left to open. */
function shiftedRow(edge: Known): HTMLElement {
  const after = edge.after ? chip(edge.after.id) : h("span", { class: "chip fallen" }, h("span", { "aria-hidden": "true" }, "⊘ "), s.filters.fallsChip);
  const arrow = [h("span", { "aria-hidden": "true" }, "→"), h("span", { class: "sr-only" }, s.filters.thenDrawn)];
  const shift = h("span", { class: "from-to" }, edge.before ? chip(edge.before.id) : null, " ", ...arrow, " ", after);
  const whose = h("span", { class: "muted" }, bdi(edge.said), ` · ${edge.documents.join(", ")}`);
  if (edge.after) return openRow(edge, shift, whose);
  return h("li", { class: "edge-row fell", "data-fell": edge.proposition, "data-status": edge.before?.id }, h("s", { class: "edge-says" }, bdi(sentence(edge))), h("span", { class: "edge-facts" }, shift, whose));
}
