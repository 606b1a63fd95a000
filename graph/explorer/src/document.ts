// A document as read: our digest of each paragraph (or the attached original) beside its claims.

import * as api from "./api";
import { bdi, button, elementId, h } from "./dom";
import { link } from "./links";
import { paperFacts } from "./start";
import { CLOSED, go } from "./state";
import { chip } from "./status";
import { s } from "./strings";
import type { Claim, DocumentAnswer, Paragraph } from "./types";

const AT_ONCE = 4;

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
    h("p", { class: of.original ? "original-text" : "digest-text", dir: "auto" }, of.original ?? of.digest),
    of.original && of.digest ? h("p", { class: "digest-below", dir: "auto" }, h("span", { class: "kind" }, `${s.digest}: `), of.digest) : null,
  );
  const asked = reading.claim !== null && of.claims.includes(reading.claim);
  const claims = of.claims.map((id) => claimRow(id, reading));
  const beside = claims.length ? h("ul", { class: "paragraph-claims" }, ...claims) : h("p", { class: "muted none" }, s.noClaims);
  return h("li", { class: asked ? "asked" : null, id: elementId("paragraph", String(of.p)) }, text, beside);
}

function claimRow(id: string, reading: Reading): HTMLElement {
  const item = h("li", { class: id === reading.claim ? "asked" : null, "data-claim": id }, link({ ...CLOSED, claim: id }, {}, h("code", { class: "id" }, id)));
  enrich(item, id, reading);
  return item;
}

// ---- the words of each claim, asked for when the row comes into sight ----

const claims = new Map<string, Claim>();
const waiting: (() => Promise<void>)[] = [];
let running = 0;

const sight = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    sight.unobserve(entry.target);
    const job = jobs.get(entry.target);
    if (job) waiting.push(job);
  }
  next();
}, { rootMargin: "200px" });
const jobs = new WeakMap<Element, () => Promise<void>>();

function next(): void {
  while (running < AT_ONCE && waiting.length) {
    running++;
    void (waiting.shift() as () => Promise<void>)().finally(() => {
      running--;
      next();
    });
  }
}

function enrich(item: HTMLElement, id: string, reading: Reading): void {
  const known = claims.get(id);
  if (known) return fill(item, known, reading);
  jobs.set(item, async () => {
    try {
      if (!claims.has(id)) {
        const answer = await api.evidence("claim", id);
        for (const edge of answer.edges) for (const claim of edge.claims) claims.set(claim.claim, claim);
      }
      const found = claims.get(id);
      if (found) fill(item, found, reading);
    } catch {
      // the id stays a link that opens the evidence, which will say what is wrong
    }
  });
  sight.observe(item);
}

function fill(item: HTMLElement, claim: Claim, reading: Reading): void {
  const status = api.idOf(claim.drawn_status);
  if (reading.hidden.has(status)) return item.replaceChildren(h("span", { class: "muted" }, s.hiddenClaim));
  const who = claim.chain.at(-1)?.speaker.label;
  item.replaceChildren(
    link({ ...CLOSED, claim: claim.claim }, { class: "claim-link" }, chip(status), " ", bdi(claim.says)),
    who ? h("span", { class: "muted" }, " ", bdi(who)) : "",
  );
}
