// Open questions with their competing answers: who gives which, and what can be compared with what.

import * as api from "./api";
import { cutLine } from "./cut";
import { bdi, button, h, type Child } from "./dom";
import { Drawing, edgeRow, openClaim, openEdge, sentence, spokenEdge } from "./drawing";
import { figureCharts } from "./figures";
import { labelIn } from "./kinds";
import { link } from "./links";
import { chip, sign, statusWord } from "./status";
import { statusFor } from "./drawing";
import { CLOSED, go, type State } from "./state";
import { s } from "./strings";
import type { Answered, AskedAnswer, Clash, Compared, Given, QuestionsAnswer, Repeats } from "./pane-types";
import type { ListedQuestion } from "./types";

const PAIRS = 40; // of one reason, the rest is counted
const FIRST = 300; // questions at once
const MOST = 1500;
const CLASHES = 6; // shown at once
const WAIT = 140; // milliseconds after the last letter

type Data = { list: QuestionsAnswer } | { asked: AskedAnswer };

export class Questions extends Drawing<Data> {
  private words = "";
  private contested = false;
  private most = FIRST;

  constructor() {
    super("questions");
  }

  protected override also(now: State): string {
    return `${now.asked ?? ""} ${this.most}`;
  }

  protected async load(now: State): Promise<Data> {
    return now.asked ? { asked: await api.asked(now.asked, now) } : { list: await api.questions(now, this.most) };
  }

  protected draw(data: Data, now: State, width: number): Child[] {
    return "list" in data ? this.list(data.list) : laidOut(data.asked, now, width);
  }

  private list(data: QuestionsAnswer): Child[] {
    if (!data.questions.length) return [h("p", { class: "notice" }, s.asked.none)];
    const list = h("ul", { class: "question-list", "data-testid": "question-list" });
    let held = data.questions;
    const fill = (): void => {
      const found = held.filter((each) => !this.contested || each.contested);
      list.replaceChildren(...(found.length ? found.map(questionRow) : [h("li", { class: "muted" }, s.asked.none)]));
      list.querySelector("[data-mark]")?.setAttribute("tabindex", "0");
    };
    const typed = h("input", { type: "search", class: "find", placeholder: s.asked.search, "aria-label": s.asked.search, value: this.words });
    // The server knows spellings and endings, and which claims answer what; what is typed last is what is shown.
    const seek = async (): Promise<void> => {
      const words = this.words.trim();
      const asked = words && this.of ? await api.questions(this.of.now, MOST, words).catch(() => null) : data;
      if (asked && words === this.words.trim()) {
        held = asked.questions;
        fill();
      }
    };
    let timer = 0;
    typed.addEventListener("input", () => {
      this.words = typed.value;
      clearTimeout(timer);
      timer = window.setTimeout(() => void seek(), WAIT);
    });
    const only = h("input", { type: "checkbox", checked: this.contested });
    only.addEventListener("change", () => {
      this.contested = only.checked;
      fill();
    });
    if (this.words.trim()) void seek();
    fill();
    return [h("p", { class: "lead" }, s.asked.lead), h("div", { class: "band-head" }, typed, h("label", { class: "by" }, only, ` ⇄ ${s.asked.onlyContested}`)), list, this.rest(data)];
  }

  /** What is looked through is what has been read: the rest comes on request. */
  private rest(data: QuestionsAnswer): Child {
    const more = (): void => {
      this.most = MOST;
      if (this.of) void this.show(this.of);
    };
    return cutLine(data.questions.length, data.total, s.questions.toLowerCase(), this.most < MOST ? more : null, MOST);
  }
}

function questionRow(of: ListedQuestion): HTMLElement {
  return h(
    "li",
    {},
    link({ ...CLOSED, asked: of.question }, { class: "question-row", tabindex: -1, "data-mark": of.question, "data-question": of.question }, h("span", { class: "name", dir: "auto" }, of.label), " ", of.contested ? chip("contested") : null, h("span", { class: "muted number" }, s.asked.answers(of.answers)), " ", h("span", { class: "muted number" }, s.claimsOf(of.claims))),
  );
}

function laidOut(of: AskedAnswer, now: State, width: number): Child[] {
  const claims = of.answers.reduce((sum, answer) => sum + answer.given.length, 0);
  const head = h(
    "header",
    { class: "asked-head" },
    button(`‹ ${s.asked.all}`, () => go({ ...CLOSED, asked: null }), { class: "plain", "data-testid": "all-questions" }),
    h("h2", { dir: "auto" }, labelIn(now.lang, of.question)),
    of.about ? narrowed(of.about, of.answers.length, claims) : null,
    h("p", { class: "muted" }, of.about ? "" : `${s.asked.answers(of.answers.length)}, ${s.claimsOf(claims)}. `, s.asked.behaviour, " ", h("strong", {}, of.behaviour.label), of.behaviour.definition ? ` (${of.behaviour.definition.replace(/\.$/, "")})` : "", "."),
    of.question.note ? h("p", { class: "hint", dir: "auto" }, of.question.note) : null,
    of.same_population.length ? h("details", { class: "reason" }, h("summary", {}, s.asked.same, h("span", { class: "muted" }, ` · ${s.asked.pairCount(of.same_population.length)}`)), ...of.same_population.map((same) => h("p", { class: "hint", dir: "auto" }, h("strong", {}, same.pair.join(" = ")), `: ${same.reason} (${same.by}, ${same.at})`))) : null,
  );
  if (!of.answers.length) return [head, h("p", { class: "notice" }, s.asked.unanswered)];
  return [
    head,
    ...figureCharts(of, width),
    answerList(of.answers, of.about ? s.asked.listAbout(of.about.label) : s.asked.list),
    of.clashes.length ? clashList(s.asked.clashes, of.clashes) : null,
    of.compared.length ? compared(of) : null,
    of.links.length ? repeats(of) : null,
  ];
}

/** Contradictions with both their sides; what the same edge stands against is gathered. */
export function clashList(title: string, clashes: readonly Clash[]): HTMLElement {
  const groups = new Map<string, Clash[]>();
  for (const clash of clashes) {
    const key = [clash.kind.id, clash.why, clash.against.proposition].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), clash]);
  }
  const boxes = [...groups.values()].map(clashBox);
  const rest = boxes.splice(CLASHES);
  const list = h("ol", {}, ...boxes);
  const more = rest.length ? button(s.more(rest.length), () => {
    list.append(...rest);
    more?.remove();
    rest[0]?.querySelector<HTMLElement>("[data-mark]")?.focus();
  }, { class: "plain" }) : null;
  return h("section", { class: "listed clashes", "data-testid": "clashes" }, h("h2", {}, title, h("span", { class: "muted" }, ` ${clashes.length}`)), list, more);
}

function clashBox(held: readonly Clash[]): HTMLElement {
  const { kind, why, against } = held[0]!;
  const side = (edge: Clash["edge"]): HTMLElement => edgeRow(edge, h("span", { class: "muted" }, bdi(edge.said), ` · ${s.claimsOf(edge.claims)}`));
  const itself = held.find((each) => each.edge.proposition === against.proposition);
  const others = held.filter((each) => each !== itself);
  return h(
    "li",
    { class: "clash", "data-clashes": held.length },
    h("p", { class: "clash-why" }, h("span", { "aria-hidden": "true" }, "⇄ "), h("strong", {}, kind.label), `: ${why}`),
    h("ul", { class: "edge-list" }, side(against)),
    others.length ? h("p", { class: "against" }, s.asked.against) : null,
    others.length ? h("ul", { class: "edge-list" }, ...others.map((each) => side(each.edge))) : null,
  );
}

/** A view of one name holds a part of the question: how much, and the way to the whole. */
function narrowed(about: NonNullable<AskedAnswer["about"]>, answers: number, claims: number): HTMLElement {
  const told = `${s.asked.about(about.label, answers, about.answers)}, ${s.asked.ofClaims(claims, about.claims)}. `;
  return h("p", { class: "notice lens-notice", "data-testid": "about-name" }, bdi(told), link({ ...CLOSED, focus: null }, { class: "act" }, s.asked.wholeQuestion(about.answers)));
}

function answerList(answers: readonly Answered[], title: string): HTMLElement {
  return h(
    "section",
    { class: "listed" },
    h("h2", { dir: "auto" }, title),
    h(
      "div",
      { class: "scroll" },
      h(
        "table",
        { class: "plain-table answers", "data-testid": "answers" },
        h("caption", { class: "sr-only" }, title),
        h("thead", {}, h("tr", {}, ...s.asked.columns.map((name) => h("th", { scope: "col" }, name)))),
        ...answers.map(answerRows),
      ),
    ),
  );
}

function answerRows(of: Answered): HTMLElement {
  return h(
    "tbody",
    { "data-answer": of.proposition },
    h(
      "tr",
      { class: "answer-head", tabindex: -1, "data-mark": "answer", "data-proposition": of.proposition, "data-status": of.status, "aria-label": spokenEdge(of), on: { click: () => openEdge(of.proposition) } },
      h("th", { scope: "rowgroup", colspan: s.asked.columns.length }, h("span", { class: "edge-says" }, bdi(sentence(of))), " ", chip(of.status), h("span", { class: "hint why" }, of.why)),
    ),
    ...of.given.map(givenRow),
  );
}

function givenRow(of: Given): HTMLElement {
  const relays = of.relays.map((each) => each.label).join("; ");
  const moment = `${s.asked.clocks[of.clock]} ${of.when}`;
  const told = `${of.speaker.label} ${of.how}${relays ? `, ${s.asked.via} ${relays}` : ""}; ${moment}; ${of.document.label}; ${statusWord(of.status)}`;
  return h(
    "tr",
    { tabindex: -1, "data-mark": "given", "data-claim": of.claim, "data-status": of.status, "aria-label": told, on: { click: () => openClaim(of.claim) } },
    h("td", { class: of.denies ? "denies" : null, "data-name": s.asked.columns[0] }, of.how),
    h("td", { "data-name": s.asked.columns[1] }, bdi(of.speaker.label), relays ? h("span", { class: "muted" }, ` ${s.asked.via} `, bdi(relays)) : null),
    h("td", { class: "number", "data-name": s.asked.columns[2] }, moment),
    h("td", { title: of.document.label, "data-name": s.asked.columns[3] }, bdi(of.says), h("span", { class: "muted" }, " ", bdi(of.document.id))),
    h("td", { "data-name": s.asked.columns[4] }, of.reported.label),
  );
}

/** Reasons with their pairs, what cannot both hold first. */
function compared(of: AskedAnswer): HTMLElement {
  const pairs = (which: (one: Compared) => boolean): number => of.compared.filter(which).reduce((sum, one) => sum + one.pairs.length, 0);
  const told = s.asked.pairsTold(pairs((one) => one.conflict), pairs((one) => one.comparable && !one.conflict), pairs((one) => !one.comparable));
  return h(
    "section",
    { class: "listed", "data-testid": "compared" },
    h("h2", {}, s.asked.pairs),
    h("p", { class: "lead" }, `${told} ${s.asked.oneOrigin(of.one_origin.length)}`),
    h("details", { class: "reason" }, h("summary", {}, s.asked.allPairs(pairs(() => true))), ...of.compared.map((one) => reason(one, of.answers))),
  );
}

function reason(of: Compared, answers: readonly Answered[]): HTMLElement {
  const verdict = of.conflict ? s.asked.conflict : of.comparable ? s.asked.comparable : s.asked.incomparable;
  const short = (at: number): Child[] => {
    const answer = answers[at]!;
    const status = statusFor(answer.status);
    return [status ? sign(status) : null, h("span", { class: "sr-only" }, `${statusWord(answer.status)}: `), h("button", { type: "button", class: "plain", title: `${sentence(answer)} (${spokenEdge(answer)})`, on: { click: () => openEdge(answer.proposition) } }, bdi(answer.object_label)), h("span", { class: "muted" }, " ", bdi(answer.said))];
  };
  const rest = of.pairs.length - PAIRS;
  return h(
    "details",
    { class: "reason", open: of.conflict && of.pairs.length <= 8, "data-verdict": of.conflict ? "conflict" : of.comparable ? "comparable" : "incomparable" },
    h("summary", {}, h("strong", {}, verdict), `: ${of.why} `, h("span", { class: "muted" }, `· ${s.asked.pairCount(of.pairs.length)}`)),
    h("ul", { class: "pairs" }, ...of.pairs.slice(0, PAIRS).map(([one, other]) => h("li", {}, h("span", {}, ...short(one)), h("span", { class: "muted", "aria-hidden": "true" }, of.conflict ? "⇄" : "—"), h("span", {}, ...short(other))))),
    rest > 0 ? h("p", { class: "hint" }, s.asked.more(rest)) : null,
  );
}

/** Signed relations row by row; what says the same without one gathered around the first to say it. */
function repeats(of: AskedAnswer): HTMLElement {
  const given = new Map(of.answers.flatMap((answer) => answer.given.map((each) => [each.claim, { answer, each }] as const)));
  const end = (claim: string): Child[] => {
    const found = given.get(claim);
    if (!found) return [claim];
    const status = statusFor(found.each.status);
    const told = `${found.each.speaker.label} ${found.each.how}: ${found.answer.object_label}`;
    return [status ? sign(status) : null, h("span", { class: "sr-only" }, `${statusWord(found.each.status)}: `), h("button", { type: "button", class: "plain", on: { click: () => openClaim(claim) } }, bdi(told)), h("span", { class: "muted" }, " ", bdi(found.each.document.label))];
  };
  const why = (each: Repeats): Child => (each.why ? h("span", { class: "hint" }, bdi(each.why)) : null);
  const signed = of.links.filter((each) => !(each.kind in s.asked.alike));
  const alike = Map.groupBy(of.links.filter((each) => each.kind in s.asked.alike), (each) => `${each.kind} ${each.target}`);
  return h(
    "details",
    { class: "listed reason", "data-testid": "links" },
    h("summary", {}, h("strong", {}, s.asked.links), h("span", { class: "muted" }, ` · ${[signed.length ? s.asked.signed(signed.length) : "", alike.size ? s.asked.alikeCount(of.links.length - signed.length) : ""].filter(Boolean).join(", ")}`)),
    h("ul", { class: "pairs" }, ...signed.map((each) => h("li", { "data-link-kind": each.kind }, h("span", {}, ...end(each.source)), h("em", {}, each.label), h("span", {}, ...end(each.target)), why(each)))),
    ...[...alike.values()].flatMap((held) => [
      h("p", { class: "hint" }, s.asked.alike[held[0]!.kind]!),
      h("ul", { class: "pairs alike", "data-alike": held[0]!.target }, h("li", {}, h("span", {}, ...end(held[0]!.target)), h("span", { class: "hint" }, s.asked.first)), ...held.map((each) => h("li", { "data-link-kind": each.kind }, h("span", {}, ...end(each.source)), why(each)))),
    ]),
  );
}
