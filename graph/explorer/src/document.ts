// A document as read: our digest of each paragraph (or the attached original) beside its claims.

import { bdi, button, elementId, h, type Child } from "./dom";
import { link } from "./links";
import { paperFacts } from "./start";
import { CLOSED, go } from "./state";
import { chip } from "./status";
import { s } from "./strings";
import type { ClaimLine, DocumentAnswer, Paragraph } from "./types";

interface Reading {
  hidden: ReadonlySet<string>;
  claim: string | null;
}

export function documentView(answer: DocumentAnswer, reading: Reading): HTMLElement {
  const { document: paper } = answer;
  const close = button(`‹ ${s.closeDocument}`, () => go({ doc: null }), { class: "act close-document", "data-testid": "close-document" });
  return h(
    "article",
    { class: "document", "data-testid": "document", "data-document": paper.id },
    close,
    h("h2", { tabindex: -1, dir: "auto" }, paper.title),
    h("p", { class: "paper-facts" }, ...paperFacts(paper), h("code", { class: "id" }, paper.id)),
    h("ol", { class: "paragraphs" }, ...answer.paragraphs.map((paragraph) => paragraphRow(paragraph, reading))),
  );
}

function paragraphRow(of: Paragraph, reading: Reading): HTMLElement {
  const text = h(
    "div",
    { class: "paragraph-text" },
    h("p", { class: "kind" }, `${s.paragraph(of.p)} · ${of.original ? s.original : s.digest}`),
    h("p", { class: of.original ? "original-text" : "digest-text", dir: "auto" }, ...(of.original ? marked(of.original, of.claims, reading) : [of.digest])),
    of.original && of.digest ? h("p", { class: "digest-below", dir: "auto" }, h("span", { class: "kind" }, `${s.digest}: `), of.digest) : null,
  );
  const asked = of.claims.some((line) => line.claim === reading.claim);
  const rows = [...groups(of.claims).map((group) => claimRow(group, reading)), ...of.garbled.map(garbledRow)];
  const beside = rows.length ? h("ul", { class: "paragraph-claims" }, ...rows) : h("p", { class: "muted none" }, s.noClaims);
  return h("li", { class: asked ? "asked" : null, id: elementId("paragraph", String(of.p)) }, text, beside);
}

/** The words of the original, those that claims rest on marked; the asked-for claim's own stand out. */
function marked(original: string, claims: ClaimLine[], reading: Reading): Child[] {
  const letters = Array.from(original); // offsets count code points
  const spans = claims.filter((line) => line.span && line.in_view && !reading.hidden.has(line.status));
  const cuts = [...new Set([0, letters.length, ...spans.flatMap((line) => line.span ?? [])])].filter((at) => at >= 0 && at <= letters.length).sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] as number;
    const text = letters.slice(start, end).join("");
    const on = spans.filter((line) => line.span![0] <= start && line.span![1] >= end);
    if (!on.length) return text;
    return h("mark", { class: on.some((line) => line.claim === reading.claim) ? "asked" : null, title: on.map((line) => line.claim).join(", ") }, text);
  });
}

/** Claims coded from one clause say the same words: one line with a link for each. */
function groups(lines: ClaimLine[]): ClaimLine[][] {
  return [...Map.groupBy(lines, (line) => `${line.says}\n${line.status}`).values()];
}

function claimRow(group: ClaimLine[], reading: Reading): HTMLElement {
  const [first, ...others] = group as [ClaimLine, ...ClaimLine[]];
  if (first.set_aside) return h("li", {}, h("span", { class: "muted" }, s.setAside));
  if (reading.hidden.has(first.status) || !group.some((line) => line.in_view)) return h("li", {}, h("span", { class: "muted" }, s.hiddenClaim));
  const asked = group.some((line) => line.claim === reading.claim);
  return h(
    "li",
    { class: asked ? "asked" : null, "data-claim": first.claim },
    link({ ...CLOSED, claim: first.claim }, { class: "claim-link" }, chip(first.status), " ", bdi(first.says)),
    h("span", { class: "muted" }, " ", bdi(first.speaker.label), " "),
    ...[first, ...others].flatMap((line) => [link({ ...CLOSED, claim: line.claim }, { class: "claim-id" }, h("code", { class: "id" }, line.claim)), " "]),
  );
}

function garbledRow(printed: string): HTMLElement {
  return h("li", { class: "garbled" }, h("strong", {}, `${s.garbled}: `), bdi(printed));
}
