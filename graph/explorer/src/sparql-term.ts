// One cell of an answer: ids of ours lead into the page, statuses show their sign, the rest is text.

import { bdi, h, type Child } from "./dom";
import { entityLink, link } from "./links";
import { CLOSED, type State } from "./state";
import { chip, statuses } from "./status";
import type { Row, Term } from "./sparql-ask";
import type { Vocabulary, Word } from "./sparql-words";

const SHORT = 12; // digits of a hash that are shown
const NUMERIC = /#(integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger|negativeInteger|nonPositiveInteger|unsigned\w+)$/;

/** What makes terms readable; before the vocabulary has come they are plain. */
export class Reader {
  private readonly ours: string;
  private readonly ids: string;
  private readonly names = new Map<string, Word>();
  /** Tokens and IRIs of every status, drawn and reported. */
  private readonly marked = new Map<string, Word>();

  constructor(vocabulary: Vocabulary | null) {
    this.ours = vocabulary?.prefixes["say"] ?? "";
    this.ids = vocabulary?.prefixes["id"] ?? "";
    for (const word of vocabulary?.terms ?? []) {
      this.names.set(word.name, word);
      if (word.status) for (const name of [this.ours + word.name, word.notation ?? "", word.label]) this.marked.set(name, word);
    }
  }

  /** Kind and id of one of our IRIs. */
  node(term: Term | null): { kind: string; id: string } | null {
    if (term?.type !== "uri" || typeof term.value !== "string" || !this.ids || !term.value.startsWith(this.ids)) return null;
    const [kind = "", id = ""] = term.value.slice(this.ids.length).split(/\/(.*)/s);
    return kind && id ? { kind, id } : null;
  }

  private status(term: Term): Word | null {
    return typeof term.value === "string" && !term["xml:lang"] ? (this.marked.get(term.value) ?? null) : null;
  }

  /** Whether some row says nothing of a status. */
  bare(rows: Row[]): boolean {
    return rows.some((row) => row.some(Boolean) && !row.some((term) => term && typeof term.value === "string" && this.marked.has(term.value)));
  }

  cell(term: Term | null): Child {
    if (!term) return "";
    if (typeof term.value !== "string") return h("code", {}, JSON.stringify(term.value));
    const status = this.status(term);
    if (status) return this.chip(status);
    const node = this.node(term);
    if (node) return this.link(node, term.value);
    if (term.type === "uri") return this.iri(term.value);
    if (term.type === "bnode") return h("code", {}, `_:${term.value}`);
    return h("bdi", { lang: term["xml:lang"] ?? null }, term.value);
  }

  private chip(word: Word): HTMLElement {
    const drawn = statuses().find((status) => status.id === word.notation && word.scheme === "DrawnStatus");
    return drawn ? chip(drawn.id) : h("span", { class: "chip", title: word.definition }, word.label);
  }

  private link(node: { kind: string; id: string }, iri: string): HTMLElement {
    const props = { class: "id", title: iri };
    const text = node.kind === "proposition" ? `${node.id.slice(0, SHORT)}…` : node.id;
    const change: Partial<State> | null =
      node.kind === "claim" || node.kind === "proposition" ? { ...CLOSED, focus: null, doc: null, [node.kind]: node.id } : node.kind === "document" ? { doc: node.id } : null;
    if (change) return link(change, props, text);
    if (node.kind === "entity") return entityLink({ id: node.id, label: node.id });
    return h("span", props, node.id);
  }

  private iri(iri: string): HTMLElement {
    const word = this.ours && iri.startsWith(this.ours) ? this.names.get(iri.slice(this.ours.length)) : undefined;
    return word ? h("span", { title: `${word.label}: ${word.definition}` }, word.name) : h("code", { title: iri }, bdi(iri));
  }
}

export function numberOf(term: Term | null): number | null {
  if (term?.type !== "literal" || typeof term.value !== "string" || !NUMERIC.test(term.datatype ?? "")) return null;
  const number = Number(term.value);
  return Number.isFinite(number) ? number : null;
}

export function textOf(term: Term | null, reader: Reader): string {
  if (!term) return "";
  return reader.node(term)?.id ?? (typeof term.value === "string" ? term.value : JSON.stringify(term.value));
}
