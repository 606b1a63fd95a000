// Who said it, through whom, and where it stands: innermost first, as one would tell it.

import { idOf, word } from "./api";
import { bdi, h, type Child } from "./dom";
import { entityLink, link } from "./links";
import { s } from "./strings";
import type { Claim, Hop, Named, Word } from "./types";

/** A concept's word with its definition at hand. */
export function term(of: Word, kind = "term"): HTMLElement {
  const definition = typeof of === "object" && of ? (of as { definition?: string }).definition : undefined;
  return h("span", { class: kind, dir: "auto", title: definition }, word(of));
}

/** What goes without saying; anything else stands beside the status. */
const ORDINARY = new Set(["asserts", "affirms", "certain", "actual", "clear", "body", "explicit", "own-voice"]);

export function isOrdinary(axis: Word): boolean {
  return ORDINARY.has((idOf(axis) || word(axis)).toLowerCase());
}

export function innermostFirst(claim: Claim): Hop[] {
  return [...claim.chain].reverse();
}

/** “speaker › relayed by › document”, each name a link, separators spoken as well. */
export function chain(claim: Claim): HTMLElement {
  const hops = innermostFirst(claim).map((hop, index) => {
    const lead = index ? `${s.relayedBy} ` : `${s.innermost} `;
    return h("li", {}, h("span", { class: "lead" }, lead), h("strong", {}, entityLink(hop.speaker)), index ? null : commitment(hop));
  });
  const paper = claim.document;
  const place = h(
    "li",
    {},
    h("span", { class: "lead" }, `${s.inDocument} `),
    link({ doc: paper.id, claim: claim.claim }, { class: "entity paper" }, bdi(paper.title)),
    h("span", { class: "lead" }, ` (${[word(paper.publisher), paper.published].filter(Boolean).join(", ")})`),
  );
  return h("ol", { class: "chain", "data-testid": "chain", "aria-label": "Who said it, through whom, where" }, ...withArrows([...hops, place]));
}

function commitment(hop: Hop): Child {
  const text = word(hop.commitment);
  return text && !isOrdinary(hop.commitment) ? h("span", { class: "lead" }, " (", term(hop.commitment), ")") : null;
}

function withArrows(items: HTMLLIElement[]): HTMLLIElement[] {
  for (const item of items.slice(0, -1)) item.append(h("span", { class: "then" }, " › "));
  return items;
}

/** What weighs on each hop: circumstances, custody, wording, moment, basis. Custody is never folded away. */
export function circumstances(claim: Claim): HTMLElement | null {
  const notes = innermostFirst(claim).map((hop, index, all) => hopNotes(hop, index, all.length > 1)).filter((note) => note !== null);
  return notes.length ? h("ul", { class: "hops" }, ...notes) : null;
}

function hopNotes(hop: Hop, index: number, named: boolean): HTMLLIElement | null {
  const heavy: Child[] = (hop.circumstances ?? []).map((item) => term(item, "circumstance"));
  if (hop.held_by) {
    const basis = hop.held_by.basis ? h("span", { class: "muted" }, ` (${s.basis}: `, bdi(hop.held_by.basis), ")") : null;
    heavy.push(h("span", { class: "circumstance custody" }, `${s.heldBy} `, bdi(hop.held_by.label), basis));
  }
  const light: Child[] = [];
  if (index && word(hop.commitment)) light.push(term(hop.commitment));
  // Of a single speaker the card's head has said this already.
  for (const axis of named ? [hop.force, hop.certainty, hop.polarity] : []) if (word(axis) && !isOrdinary(axis)) light.push(term(axis));
  if (hop.cue) light.push(h("span", {}, `${s.cue}: “`, bdi(hop.cue), "”"));
  if (hop.said_at) light.push(h("span", {}, `${s.said} `, bdi(hop.said_at)));
  if (word(hop.basis) && !isOrdinary(hop.basis)) light.push(h("span", {}, `${s.basis}: `, term(hop.basis)));
  if (!heavy.length && !light.length) return null;
  const dots = light.flatMap((item, at) => [at || named || heavy.length ? " · " : "", item]);
  return h("li", {}, named ? h("span", { class: "who" }, bdi(hop.speaker.label)) : null, ...heavy.flatMap((item) => [" ", item]), h("span", { class: "muted" }, ...dots));
}

/** The chain as one line of plain text, for copying. */
export function chainText(claim: Claim): string {
  const hops = innermostFirst(claim).map((hop, index) => (index ? `${s.relayedBy} ` : "") + hop.speaker.label);
  const held = claim.chain.flatMap((hop) => (hop.held_by ? [`${hop.speaker.label} ${s.heldBy} ${hop.held_by.label}`] : []));
  return [...hops, `${claim.document.title} (${claim.document.id})`].join(" › ") + (held.length ? ` [${held.join("; ")}]` : "");
}

/** Names as links, where they have ids. */
export function names(items: Word[]): Child[] {
  return items.flatMap((item, index) => {
    const named: Named = { id: idOf(item), label: word(item) };
    const shown = typeof item === "string" ? bdi(item) : entityLink(named);
    return index ? [", ", shown] : [shown];
  });
}
