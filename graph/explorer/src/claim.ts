// One claim on a card: nothing that weakens it is folded away.

import { idOf, word } from "./api";
import { chain, chainText, circumstances, isOrdinary, names, term } from "./chain";
import { announce, bdi, button, elementId, h, joined, type Child } from "./dom";
import { link } from "./links";
import { passage } from "./passage";
import { address } from "./state";
import { chip, rail, statusOf, statusWord } from "./status";
import { s } from "./strings";
import type { Claim, Word } from "./types";

export function cardId(claim: string): string {
  return elementId("claim", claim);
}

export function claimCard(claim: Claim, corpus: string): HTMLElement {
  const drawn = idOf(claim.drawn_status);
  const status = statusOf(drawn);
  return h(
    "article",
    { class: "card", id: cardId(claim.claim), tabindex: -1, "data-testid": "claim-card", "data-claim": claim.claim, "data-status": drawn },
    status ? rail(status) : null,
    claim.retracted ? h("p", { class: "notice bad" }, h("strong", {}, `${s.retracted}: `), bdi(claim.retracted)) : null,
    h("p", { class: "head" }, chip(drawn), axes(claim)),
    h("p", { class: "says", dir: "auto" }, claim.says),
    claim.condition ? h("p", { class: "notice" }, h("strong", {}, `${s.condition}: `), bdi(claim.condition)) : null,
    chain(claim),
    circumstances(claim),
    evidenceLine(claim),
    passage(claim.passage),
    facts(claim),
    folded(claim),
    actions(claim, corpus),
  );
}

function axesOf(claim: Claim): [string, Word][] {
  const all: [string, Word][] = [
    ["polarity", claim.polarity],
    ["force", claim.force],
    ["certainty", claim.certainty],
    ["mode", claim.mode],
    ["reading", claim.reading],
    ["position", claim.position],
  ];
  return all.filter(([, axis]) => word(axis));
}

/** How it is said, where that is not the ordinary way: denied, doubted, ironic, in a headline. */
function axes(claim: Claim): HTMLElement | null {
  const words = axesOf(claim).filter(([, axis]) => !isOrdinary(axis));
  return words.length ? h("span", { class: "axes" }, ...joined(words.map(([, axis]) => term(axis)), () => " · ")) : null;
}

function evidenceLine(claim: Claim): HTMLElement | null {
  const kinds = (claim.evidence_kinds ?? []).map((kind) => term(kind, "tag"));
  const parts: Child[] = kinds.length ? [h("span", { class: "lead" }, `${s.evidenceKind} `), ...joined(kinds, () => " ")] : [];
  if (!claim.discount && word(claim.origin)) {
    const group = word(claim.origin_group);
    const counted = group ? [h("span", { class: "lead" }, `, ${s.originGroup} `), bdi(group)] : [];
    parts.push(h("span", { class: "origin" }, h("span", { class: "lead" }, ` ${s.origin} `), bdi(word(claim.origin)), ...counted));
  }
  if (claim.discount) parts.push(" ", h("span", { class: "discount", "data-testid": "discount" }, `${s.addsNoOrigin}: `, bdi(claim.discount)));
  return parts.length ? h("p", { class: "kinds" }, ...parts) : null;
}

function facts(claim: Claim): HTMLElement | null {
  const rows: [string, Child[]][] = [];
  if (claim.addressee?.length) rows.push([s.to, names(claim.addressee)]);
  if (claim.about?.length) rows.push([s.about, names(claim.about)]);
  if (claim.could_also?.length) rows.push([s.couldAlso, joined(claim.could_also.map((item) => bdi(word(item))), () => "; ")]);
  if (claim.note) rows.push([s.note, [bdi(claim.note)]]);
  if (!rows.length) return null;
  return h("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, ...value)]));
}

/** Dates and wording in full, one click away. */
function folded(claim: Claim): HTMLElement | null {
  const known = (claim.clocks ?? []).filter((clock) => clock.value).map((clock): [string, string] => [clock.name, clock.value as string]);
  const axes = axesOf(claim).map(([name, axis]): [string, string] => [name, word(axis)]);
  const parts = [folding(s.clocks, known), folding(s.wording, axes)].filter((part) => part !== null);
  return parts.length ? h("div", { class: "folded" }, ...parts) : null;
}

function folding(title: string, rows: [string, string][]): HTMLElement | null {
  if (!rows.length) return null;
  const list = rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, bdi(value))]);
  return h("details", { class: "clocks" }, h("summary", {}, title), h("dl", {}, ...list));
}

/** The server's permalink where it stays on this page's origin, else our own. */
function permalink(claim: Claim): string {
  const own = new URL(address({ claim: claim.claim, bundle: null, proposition: null, doc: null }), document.baseURI);
  try {
    const given = new URL(claim.permalink ?? own, document.baseURI);
    return given.origin === location.origin ? given.href : own.href;
  } catch {
    return own.href;
  }
}

function actions(claim: Claim, corpus: string): HTMLElement {
  return h(
    "p",
    { class: "actions" },
    h("a", { href: permalink(claim), class: "act", "data-testid": "permalink" }, s.permalink),
    button(s.copy, (event) => void copy(event.currentTarget as HTMLButtonElement, sentence(claim, corpus)), { class: "act" }),
    link({ doc: claim.document.id, claim: claim.claim }, { class: "act" }, s.openDocument),
    h("code", { class: "id" }, claim.claim),
  );
}

/** What leaves the page keeps its status, its chain and its source. */
export function sentence(claim: Claim, corpus: string): string {
  const reported = word(claim.reported_status);
  const lines = [
    `${claim.says} [${statusWord(idOf(claim.drawn_status))}${reported ? `; reported as ${reported}` : ""}]`,
    chainText(claim),
    `paragraph ${claim.passage.paragraph}; claim ${claim.claim}; corpus ${corpus.slice(0, 12)}`,
    permalink(claim),
  ];
  if (claim.retracted) lines.splice(1, 0, `${s.retracted}: ${claim.retracted}`);
  return lines.join("\n");
}

async function copy(from: HTMLButtonElement, text: string): Promise<void> {
  let said: string = s.copied;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = s.notCopied;
  }
  from.textContent = said;
  announce(said);
  setTimeout(() => (from.textContent = s.copy), 1600);
}
