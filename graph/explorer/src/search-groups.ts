// What a search found, in groups: names, what is said, documents, questions. Each leads somewhere.

import { bdi, h, type Child } from "./dom";
import { found } from "./drawer-strings";
import { familyOf, kindWord, shapeIcon } from "./kinds";
import { marked } from "./search-marks";
import { CLOSED, go, opening } from "./state";
import { chip } from "./status";
import type { ClaimResult, DocumentResult, Named, QuestionResult, SearchAnswer, SearchGroup, SearchResult } from "./types";

const FIRST = 5; // of each group, so that every group is in sight

export interface Option {
  element: HTMLElement;
  /** Go there, or, without an id, show more of the group. */
  open(): void;
}

type Made = { id: string; content: Child[]; open(): void };

function entity(result: SearchResult): Made {
  const other = result.matched && result.matched !== result.label ? h("span", { class: "matched" }, "“", bdi(result.matched), "”") : null;
  return {
    id: result.id,
    open: () => go(opening(result.id)),
    content: [shapeIcon(familyOf(result.kind)), h("span", { class: "name" }, bdi(result.label), " ", other), h("span", { class: "muted" }, `${kindWord(result.kind)} · ${found.claims(result.claims)}`)],
  };
}

function claim(result: ClaimResult): Made {
  return {
    id: result.claim,
    open: () => go({ ...CLOSED, claim: result.claim, focus: null, doc: null }),
    content: [
      h("span", { class: "name" }, h("bdi", {}, ...marked(result.says, result.marks)), h("span", { class: "whose muted" }, statusChip(result), " ", bdi(whose(result)), " · ", bdi(result.document.label), byName(result.named))),
    ],
  };
}

/** Whom the words name, where the sentence has another name for them or none. */
function byName(named: Named[]): HTMLElement | null {
  return named.length ? h("span", { "data-testid": "by-name" }, " · ", found.named, ...named.flatMap((one, at) => [at ? ", " : "", bdi(one.label)])) : null;
}

/** Who says it, and through whom when others relay it; the chain has the outermost first. */
function whose(result: ClaimResult): string {
  const hops = result.chain.split(" > ");
  return hops.length > 1 ? `${result.speaker.label} (${hops.join(" › ")})` : result.speaker.label;
}

/** The reported status: what the source gives the sentence. */
function statusChip(result: ClaimResult): HTMLElement {
  const element = chip(result.status.id);
  if (!element.dataset["status"]) element.replaceChildren(bdi(result.status.label));
  element.title = result.status.definition ?? "";
  return element;
}

function paper(result: DocumentResult): Made {
  const byTitle = result.field === "title";
  return {
    id: result.id,
    open: () => go({ ...CLOSED, doc: result.id }),
    content: [
      h(
        "span",
        { class: "name" },
        h("bdi", {}, ...(byTitle ? marked(result.text, result.marks) : [result.title])),
        byTitle ? null : h("span", { class: "whose muted" }, result.paragraph === null ? "" : `${found.paragraph(result.paragraph)}: `, h("bdi", {}, ...marked(result.text, result.marks))),
      ),
    ],
  };
}

function question(result: QuestionResult): Made {
  return {
    id: result.id,
    open: () => go({ ...CLOSED, focus: null, doc: null, view: "questions", asked: result.id }),
    content: [h("span", { class: "mark-q", "aria-hidden": "true" }, "Q"), h("span", { class: "name" }, h("bdi", {}, ...marked(result.text, result.marks))), result.claims ? h("span", { class: "muted", "data-testid": "answering" }, found.answering(result.claims)) : null],
  };
}

/** The groups as elements; the options are in the order of the arrows. */
export class Groups {
  readonly elements: HTMLElement[];
  options: Option[] = [];

  constructor(
    answer: SearchAnswer,
    private readonly choose: (option: Option) => void,
  ) {
    // In the order in which they are shown, since the arrows follow it: who asks wants to see what is asked here.
    const made: (() => HTMLElement | null)[] = [
      () => this.group("entities", answer, entity),
      () => this.group("claims", answer.claims, claim),
      () => this.group("documents", answer.documents, paper),
    ];
    const asked = (): HTMLElement | null => this.group("questions", answer.questions, question);
    const groups = answer.asks ? [asked, ...made] : [...made, asked];
    this.elements = groups.map((make) => make()).filter((each) => each !== null);
    this.number();
  }

  private option(id: string | null, name: string, open: Option["open"], content: Child[]): Option {
    const element = h("div", { role: "option", class: `result ${name}`, "aria-selected": "false", "data-id": id, on: { click: () => this.choose(option) } }, ...content);
    const option: Option = { element, open };
    return option;
  }

  private group<T>(name: keyof typeof found.groups, of: SearchGroup<T> | undefined, make: (result: T) => Made): HTMLElement | null {
    if (!of?.results.length) return null;
    const all = of.results.map(make).map(({ id, open, content }) => this.option(id, name, open, content));
    // One that would be left alone is shown.
    const first = all.length <= FIRST + 1 ? all.length : FIRST;
    const counts = h("span", { class: "muted", "data-testid": "counts" }, found.counts(first, of.total));
    const box = h(
      "div",
      { role: "group", "aria-labelledby": `results-${name}-title`, "data-testid": `results-${name}` },
      h("div", { class: "group-title", id: `results-${name}-title` }, found.groups[name], " ", counts),
      ...all.slice(0, first).map(({ element }) => element),
    );
    this.options.push(...all.slice(0, first));
    const rest = all.slice(first);
    if (!rest.length) return box;
    const unfold = (): void => {
      more.element.replaceWith(...rest.map(({ element }) => element));
      this.options.splice(this.options.indexOf(more), 1, ...rest);
      counts.textContent = found.counts(all.length, of.total);
      this.number();
    };
    const more = this.option(null, "more", unfold, [found.more(rest.length, all.length, of.total)]);
    box.append(more.element);
    this.options.push(more);
    return box;
  }

  private number(): void {
    for (const [at, { element }] of this.options.entries()) element.id = `result-${at}`;
  }
}
