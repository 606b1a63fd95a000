// The region “Evidence”: what stands behind a line, filtered as everything else on the page.

import { idOf, MOST, word } from "./api";
import { cardId, claimCard } from "./claim";
import { cutLine } from "./cut";
import { bdi, button, elementId, h, joined } from "./dom";
import { entityLink, link } from "./links";
import { relayPicture } from "./relay";
import { kindWord, labelIn, familyOf, shapeIcon } from "./kinds";
import { hiddenNotice } from "./passage";
import { chip } from "./status";
import { CLOSED } from "./state";
import { count, s } from "./strings";
import type { Alias, Claim, Entity, Evidence, EvidenceEdge } from "./types";

export const region = h("section", { class: "evidence", role: "region", "aria-label": s.evidence, "data-testid": "evidence" });

const FIRST = 6; // questions at once
const MARGIN = 80; // of a card that must be seen for it to be found without a button

export interface Reading {
  hidden: ReadonlySet<string>;
  corpus: string;
  showAll(): void;
  /** Have as many claims of the line as may be had at once. */
  more(): void;
  close(): void;
  retry?(): void;
}

function claimsOf(evidence: Evidence): Claim[] {
  return evidence.edges.flatMap((edge) => edge.claims);
}

export function showEvidence(evidence: Evidence, reading: Reading): void {
  const all = claimsOf(evidence);
  const visible = all.filter((claim) => !reading.hidden.has(idOf(claim.drawn_status)));
  const notice = hiddenNotice({ all: all.length, hidden: all.length - visible.length, showAll: reading.showAll });
  region.dataset["evidence"] = evidence.id;
  region.replaceChildren(
    button("✕", reading.close, { class: "icon close-evidence", "aria-label": s.closeEvidence, title: s.closeEvidence, "data-testid": "close-evidence" }),
    h("h2", { tabindex: -1, dir: "auto", class: "title" }, evidence.title),
    h("p", { class: "sentence", dir: "auto" }, evidence.sentence),
    ...(evidence.disagreement ? [h("p", { class: "notice disagreement", role: "note", "data-testid": "disagreement" }, h("span", { "aria-hidden": "true" }, "⇄ "), bdi(evidence.disagreement))] : []),
    ...answersTo(evidence.questions),
    ...(notice ? [notice] : []),
    ...(evidence.hidden_claims ? [h("p", { class: "notice", "data-testid": "lens-notice" }, s.lensHides(evidence.hidden_claims), " ", link({ lens: {} }, { class: "plain" }, s.clearLens))] : []),
    ...(visible.length ? [relayPicture(evidence, visible)] : []),
    ...cutOf(evidence, reading),
    ...evidence.edges.map((edge) => edgeSection(edge, reading)).filter((section) => section !== null),
  );
  region.removeAttribute("aria-busy");
}

/** A line of more claims than anybody reads is cut, and says so. */
function cutOf({ claims_shown: shown, claim_count: total }: Evidence, reading: Reading): HTMLElement[] {
  const line = cutLine(shown, total, s.claimsWord, shown < MOST ? reading.more : null, MOST);
  return line ? [line] : [];
}

/** Which questions it bears on: each leads to all answers, side by side. */
function answersTo(questions: readonly { id: string; label: string }[]): HTMLElement[] {
  if (!questions.length) return [];
  const one = (of: { id: string; label: string }): HTMLElement => link({ ...CLOSED, doc: null, view: "questions", asked: of.id }, { class: "entity", "data-question": of.id }, bdi(of.label));
  return [h("p", { class: "answers-to", "data-testid": "answers-to" }, h("span", { class: "lead" }, `${s.answersTo} `), ...joined(questions.map(one), () => " · "))];
}

export function edgeId(proposition: string): string {
  return elementId("edge", proposition);
}

function edgeSection(edge: EvidenceEdge, reading: Reading): HTMLElement | null {
  const claims = edge.claims.filter((claim) => !reading.hidden.has(idOf(claim.drawn_status)));
  if (!claims.length) return null;
  const groups = Map.groupBy(claims, (claim) => idOf(claim.reported_status));
  return h(
    "section",
    { class: "edge", id: edgeId(edge.proposition), tabindex: -1 },
    h("h3", {}, entityLink(edge.subject), " ", h("span", { class: "reading" }, bdi(edge.reading)), ...(edge.object.id === "truth" ? [] : [" ", entityLink(edge.object)])),
    h("p", { class: "why" }, chip(idOf(edge.drawn_status)), " ", h("span", { class: "lead" }, `${s.whyDrawn}: `), bdi(edge.why)),
    ...[...groups.values()].flatMap((group) => [groupHeading(group), ...group.map((claim) => claimCard(claim, reading.corpus))]),
    edge.claims.length < edge.claim_count ? h("p", { class: "hint" }, s.cutAt(edge.claims.length, edge.claim_count, s.claimsWord)) : null,
  );
}

function groupHeading(group: Claim[]): HTMLElement {
  const status = group[0]?.reported_status;
  return h("h4", { title: status?.definition }, bdi(word(status)), h("span", { class: "muted" }, ` · ${count(group.length, "claim")}`));
}

/** Before anything is chosen: who this is, and how the documents call it. */
export function showEntity(entity: Entity, lang: string): void {
  delete region.dataset["evidence"];
  region.replaceChildren(
    h("p", { class: "kicker" }, shapeIcon(familyOf(entity.kind)), ` ${kindWord(entity.kind)}`),
    h("h2", { class: "title", dir: "auto", tabindex: -1 }, labelIn(lang, entity)),
    ...(entity.note ? [h("p", { class: "sentence", dir: "auto" }, entity.note)] : []),
    h("p", { class: "hint" }, s.pickLine),
    ...concerning(entity),
    ...alsoCalled(entity.aliases ?? []),
  );
  region.removeAttribute("aria-busy");
}

/** Each wording once, with the documents that use it. */
function alsoCalled(aliases: readonly Alias[]): HTMLElement[] {
  if (!aliases.length) return [];
  const wordings = Map.groupBy(aliases, ({ text, lang }) => `${lang ?? ""} ${text}`);
  const rows = [...wordings.values()].map((same) => {
    const { text, lang } = same[0] as Alias;
    const documents = [...new Set(same.flatMap((alias) => alias.document ?? []))].map((id) => link({ doc: id }, { "data-document": id }, id));
    return h("li", {}, h("span", { class: "wording" }, "“", bdi(text), "”"), h("span", { class: "muted" }, lang ? ` ${lang}` : "", documents.length ? " " : "", ...joined(documents, () => ", ")));
  });
  return [h("h3", { class: "small" }, s.alsoKnown), h("ul", { class: "aliases" }, ...rows)];
}

/** The questions that something in view about it answers, those with most claims first. */
function concerning(entity: Entity): HTMLElement[] {
  const { questions = [], question_total: total = 0 } = entity;
  if (!questions.length) return [];
  const rows = questions.map((of) => h("li", {}, link({ ...CLOSED, view: "questions", asked: of.question }, { class: "entity", "data-question": of.question }, bdi(of.label)), " ", of.contested ? chip("contested") : null, h("span", { class: "muted" }, ` ${s.claimsOf(of.claims)}`)));
  const rest = rows.splice(FIRST);
  const list = h("ul", { class: "concerning", "data-testid": "concerning" }, ...rows);
  const more = rest.length ? button(s.more(rest.length), () => {
    list.append(...rest);
    more?.remove();
    rest[0]?.querySelector<HTMLElement>("a")?.focus();
  }, { class: "plain" }) : null;
  const all = total > questions.length ? [h("p", { class: "hint" }, `${s.cutAt(questions.length, total, s.questions.toLowerCase())} · `, link({ view: "questions", asked: null }, { class: "plain" }, s.asked.all))] : [];
  return [h("h3", { class: "small" }, s.concerning), list, ...(more ? [more] : []), ...all];
}

export function showBusy(): void {
  region.setAttribute("aria-busy", "true");
}

export function showFailure(message: string, reading: Reading): void {
  delete region.dataset["evidence"];
  region.removeAttribute("aria-busy");
  region.replaceChildren(h("p", { class: "notice", role: "alert" }, message, " ", h("button", { type: "button", class: "plain", on: { click: () => reading.retry?.() } }, s.retry)));
}

/** Mark the claim that the address names; a button leads to it, or to the edge that is named, where it lies further down. */
export function markAsked(claim: string | null, proposition: string | null): void {
  for (const old of region.querySelectorAll(".asked")) old.classList.remove("asked");
  region.querySelector(".to-asked")?.remove();
  const card = claim ? document.getElementById(cardId(claim)) : null;
  card?.classList.add("asked");
  const target = card ?? (proposition ? document.getElementById(edgeId(proposition)) : null);
  const top = region.querySelector("h2");
  if (!target || !top || target.getBoundingClientRect().top - top.getBoundingClientRect().top < Math.min(region.clientHeight, innerHeight) - MARGIN) return;
  const jump = (): void => {
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  };
  (region.querySelector(".disagreement") ?? region.querySelector(".sentence"))?.after(h("p", { class: "to-asked" }, button(`↓ ${card ? s.toAskedClaim : s.toAskedEdge}`, jump, { class: "act", "data-testid": "to-asked" })));
}

/** The top is in sight, with what disagrees: nobody reads a claim before what contests it. */
export function settle(takeFocus: boolean): void {
  const heading = region.querySelector<HTMLElement>("h2");
  region.scrollTop = 0;
  if (takeFocus && region.getBoundingClientRect().top > innerHeight * 0.7) heading?.scrollIntoView({ block: "start" });
  if (takeFocus) heading?.focus({ preventScroll: true });
}
