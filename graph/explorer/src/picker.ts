// A field in which one of many sources or speakers is typed. What is both a speaker and the head of a side is never
// taken for one of the two: both are offered, the side first.

import { bdi, button, h, type Child } from "./dom";
import { s } from "./strings";
import type { FacetsAnswer } from "./types";

/** Something that can be typed and chosen. */
export interface Choice {
  id: string;
  /** How it is typed: where kinds of sources are mixed, with the kind. */
  label: string;
  /** How it is called. */
  name?: string;
  claims: number;
  /** Of a side: how many names it has. */
  members?: number;
  /** Of a speaker: the side that it is one of. */
  side?: string | null;
}

export interface Field {
  key: string;
  words: string;
  choices: readonly Choice[];
  now: string;
  /** Given an id, or nothing where the field was emptied. */
  choose(id: string | null): void;
  unknown(text: string): string;
  /** Where it is told that what was typed is nobody, or several. */
  tell(parts: Child[]): void;
}

export function picker({ key, words, choices, now, choose, unknown, tell }: Field): HTMLElement {
  const list = `choices-${key}`;
  const input = h("input", { class: "find", list, value: now, placeholder: s.compare.hint, autocomplete: "off", spellcheck: "false", "data-picker": key, "data-key": `picker ${key}`, "aria-label": words });
  input.addEventListener("change", () => {
    const text = input.value.trim();
    const found = text ? pick(choices, text) : null;
    if (found === null || typeof found === "string") {
      tell([]);
      return choose(found);
    }
    const offered = found.some((each) => each.members) ? found.slice(0, 6) : [];
    if (offered.length) tell([s.compare.mayBe(text), " ", ...offered.map((each) => button(bdi(told(each)), () => choose(each.id), { class: "act", "data-offer": each.id }))]);
    else tell([found.length ? s.compare.several(text, found.map((each) => each.label)) : unknown(text)]);
  });
  input.addEventListener("focus", () => input.select());
  const options = choices.map((each) => h("option", { value: each.label }, each.members || each.side ? `${told(each)} · ${s.claimsOf(each.claims)}` : s.claimsOf(each.claims)));
  return h("label", { class: "picker" }, h("span", { class: "muted" }, words), input, h("datalist", { id: list }, ...options));
}

/** How a side and a speaker are told apart. */
function told(of: Choice): string {
  const name = of.name ?? of.label;
  if (of.members) return s.compare.asSide(name, of.members);
  return of.side ? s.compare.alone(name) : of.label;
}

/** The press that takes the whole side in place of one of its speakers. */
export function wholeSide(side: Choice | undefined, take: (id: string) => void): HTMLElement | null {
  return side?.members ? button(bdi(s.compare.wholeSide(side.label, side.members)), () => take(side.id), { class: "act", "data-side": side.id }) : null;
}

/** The one that is meant by what was typed; the choices where none or several may be. Who is called so, or shortened so, comes before who has it in the name. */
function pick(choices: readonly Choice[], text: string): string | readonly Choice[] {
  const lower = text.toLocaleLowerCase();
  const exact = choices.find((each) => each.label === text || each.id === text);
  if (exact) return exact.id;
  const called = choices.filter((each) => [each.label, ...each.label.split(/[()]/)].some((name) => name.trim().toLocaleLowerCase() === lower));
  const near = called.length ? called : choices.filter((each) => each.label.toLocaleLowerCase().includes(lower));
  const sides = new Set(near.map((each) => each.side));
  const both = [...new Set([...choices.filter((each) => sides.has(each.id)), ...near])];
  return both.length === 1 ? both[0]!.id : both.sort((a, b) => Number(Boolean(b.members)) - Number(Boolean(a.members)));
}

/** What stands and can be set aside, by its kind and name, what most claims rest on first. */
export function sourcesOf(of: FacetsAnswer): Choice[] {
  const found = new Map<string, Choice>();
  for (const { values } of Object.values(of.facets)) {
    for (const { source, label, claims } of values) {
      if (source && claims > (found.get(source)?.claims ?? 0)) found.set(source, { id: source, label: named(source, label), name: label, claims });
    }
  }
  for (const side of of.sides) {
    const whole = found.get(`group:${side.id}`);
    if (!whole) continue;
    whole.members = side.members.length;
    for (const name of side.members) {
      const one = found.get(`speaker:${name}`);
      if (one) one.side = whole.id;
    }
  }
  return [...found.values()].sort((a, b) => b.claims - a.claims);
}

/** How each source that is set aside is called. */
export function goneOf(of: FacetsAnswer): Map<string, string> {
  return new Map(of.withdrawn.map((each) => [`${each.kind}:${each.id}`, named(`${each.kind}:${each.id}`, each.label)]));
}

/** The side of a speaker that is set aside, as it may be set aside in the speaker's place. */
export function sideOf(of: FacetsAnswer, source: string): Choice | undefined {
  const side = of.sides.find((each) => each.members.some((name) => source === `speaker:${name}`));
  return side && { id: `group:${side.id}`, label: side.label, claims: 0, members: side.members.length };
}

function named(source: string, label: string): string {
  return `${label} (${s.filters.sources[source.slice(0, source.indexOf(":"))] ?? ""})`;
}
