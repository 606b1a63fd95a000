// Figures as ranges over time: one picture for each thing that is counted, never a sum, never an average.

import { dayOf, grid, scaleOver, ticks } from "./axis";
import { h, svg } from "./dom";
import { openClaim, ring, statusFor, strokeAttributes } from "./drawing";
import { sign, statusWord } from "./status";
import { s } from "./strings";
import type { Answered, AskedAnswer, Given, Repeats } from "./pane-types";

const HEIGHT = 250;
const [TOP, BOTTOM] = [30, 212];
const OPEN = 22; // length of an open end
const STEP = 21; // between two marks of one day
const REPEATING = ["alike", "alike-number", "relays", "same-origin", "republishes", "updates"]; // what is drawn as a line between two marks
const LETTER = 6.6;

interface Mark {
  answer: Answered;
  given: Given;
  day: number;
}

interface Placed extends Mark {
  /** Where its day stands; the mark itself may stand beside it. */
  own: number;
  x: number;
  y: number;
  top: number;
  bottom: number;
}

export function figureCharts(of: AskedAnswer, width: number): HTMLElement[] {
  const groups = new Map<string, Answered[]>();
  for (const answer of of.answers) {
    if (!answer.figure || (answer.figure.low === null && answer.figure.high === null)) continue;
    const key = [answer.subject, answer.predicate, answer.figure.unit].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  if (!groups.size) return [];
  const drawn = [...groups.values()].filter((answers) => claimsOf(answers) > 1).sort((a, b) => claimsOf(b) - claimsOf(a));
  const alone = groups.size - drawn.length;
  const subjects = new Set(of.answers.map((answer) => answer.subject)).size;
  const room = Math.max(250, drawn.length > 1 && width > 760 ? (width - 62) / 2 : width - 38);
  return [
    h(
      "section",
      { class: "listed", "data-testid": "figures" },
      h("h2", {}, s.asked.figures),
      h("p", { class: "hint" }, s.asked.figuresNote),
      h("div", { class: "charts" }, ...drawn.map((answers) => chart(answers, of.links, Math.floor(room), subjects > 1))),
      alone ? h("p", { class: "hint" }, s.asked.alone(alone)) : null,
    ),
  ];
}

function claimsOf(answers: readonly Answered[]): number {
  return answers.reduce((sum, answer) => sum + answer.given.length, 0);
}

/** What is counted, as the label of the figure ends. */
function counted(of: Answered, withSubject: boolean): string {
  const found = /\((.+)\)$/.exec(of.object_label)?.[1] ?? of.figure?.unit ?? "";
  return withSubject ? `${of.subject_label} ${of.reading}: ${found}` : `${of.reading}: ${found}`;
}

function short(of: Answered): string {
  return of.object_label.replace(/\s*\(.+\)$/, "").replace(/ \d{4}-\d\d-\d\d.*$/, "");
}

function chart(answers: readonly Answered[], links: readonly Repeats[], width: number, withSubject: boolean): HTMLElement {
  const marks = answers.flatMap((answer) => answer.given.map((given) => ({ answer, given, day: dayOf(given.when, true) }))).sort((a, b) => a.day - b.day);
  const highest = Math.max(1, ...answers.flatMap((answer) => [Number(answer.figure?.low ?? 0), Number(answer.figure?.high ?? 0)]));
  const steps = rungs(highest);
  const left = 12 + Math.max(...steps.map((step) => String(step).length)) * 7;
  const right = width - 14;
  const scale = scaleOver(marks.map((mark) => mark.day), left + 12, right - 30);
  const most = Math.max(highest, steps.at(-1) ?? 1);
  const y = (value: number): number => BOTTOM - (value / most) * (BOTTOM - TOP - OPEN);
  const placed = place(marks, (day) => scale.x(day), y, right);
  const days = ticks(scale, left, right);
  const caption = h("p", { class: "chart-caption", "aria-hidden": "true" }, s.openEvidence);
  const picture = svg(
    "svg",
    { width, height: HEIGHT, role: "group", "aria-label": counted(answers[0]!, withSubject) },
    ...grid(days, TOP, BOTTOM),
    ...steps.flatMap((step) => [svg("line", { x1: left, x2: right, y1: y(step), y2: y(step), class: "grid-line" }), svg("text", { x: left - 6, y: y(step) + 4, "text-anchor": "end", class: "axis-text" }, step)]),
    svg("line", { x1: left, x2: right, y1: BOTTOM, y2: BOTTOM, class: "axis-line" }),
    ...days.map((tick) => svg("text", { x: tick.words, y: BOTTOM + 18, "text-anchor": "middle", class: tick.strong ? "axis-text strong" : "axis-text" }, tick.label)),
    ...placed.flatMap(leader),
    ...connections(placed, links),
    ...labels(placed, left, right),
    ...placed.map((mark) => drawMark(mark, caption)),
  );
  return h("figure", { class: "chart" }, h("figcaption", { dir: "auto" }, counted(answers[0]!, withSubject)), picture, caption, signs(placed, links), scale.squeezed ? h("p", { class: "hint" }, s.asked.squeezed) : null);
}

/** Even steps up to a number, at most five. */
export function rungs(highest: number): number[] {
  const raw = highest / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(raw, 1e-9)));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= raw) ?? raw;
  const found = [];
  for (let value = 0; value <= highest; value += step) found.push(Number(value.toPrecision(6)));
  return found;
}

/** Marks that would hide each other stand beside each other; a thin line then leads to the day of each. */
function place(marks: readonly Mark[], x: (day: number) => number, y: (value: number) => number, right: number): Placed[] {
  const found: Placed[] = [];
  for (const mark of marks) {
    const { low, high } = mark.answer.figure!;
    const [bottom, top] = [y(Number(low ?? high ?? 0)), y(Number(high ?? low ?? 0))];
    const middle = low === null ? top : high === null ? bottom : (bottom + top) / 2;
    let at = x(mark.day);
    while (found.some((other) => Math.abs(other.x - at) < STEP - 1 && other.top - OPEN < bottom + 12 && other.bottom + 12 > top - OPEN)) at += STEP;
    if (at > right - 10) {
      at = x(mark.day);
      while (found.some((other) => Math.abs(other.x - at) < STEP - 1 && other.top - OPEN < bottom + 12 && other.bottom + 12 > top - OPEN) && at > 60) at -= STEP;
    }
    found.push({ ...mark, own: x(mark.day), x: at, y: middle, top, bottom });
  }
  return found;
}

/** What each sign means that this picture uses, and none that it does not. */
function signs(placed: readonly Placed[], links: readonly Repeats[]): HTMLElement {
  const shown = new Set(placed.map((mark) => mark.given.claim));
  const joins = links.filter((each) => shown.has(each.source) && shown.has(each.target) && REPEATING.includes(each.kind));
  const words = s.asked.signs;
  const used: [string, string, boolean][] = [
    ["bar", words.bar, placed.some((mark) => mark.bottom - mark.top > 4)],
    ["open", words.open, placed.some((mark) => mark.answer.figure!.low === null || mark.answer.figure!.high === null)],
    ["denied", words.denied, placed.some((mark) => mark.given.denies)],
    ["joined", words.joined, joins.some((each) => !(each.kind in s.asked.alike))],
    ["alike", words.alike, joins.some((each) => each.kind in s.asked.alike)],
    ["aside", words.aside, placed.some((mark) => leader(mark).length > 0)],
  ];
  const statuses = [...new Set(placed.map((mark) => mark.given.status))].flatMap((id) => statusFor(id) ?? []);
  return h(
    "p",
    { class: "hint chart-signs", "data-testid": "signs" },
    ...statuses.map((each) => h("span", { "data-sign": each.id }, sign(each), ` ${statusWord(each.id)}`)),
    ...used.filter(([, , is]) => is).map(([id, told]) => h("span", { "data-sign": id }, told)),
  );
}

/** From a mark that had to step aside down to its own day. */
function leader(of: Placed): SVGElement[] {
  if (Math.abs(of.x - of.own) < 2) return [];
  const foot = Math.min(BOTTOM - 8, Math.max(of.bottom, of.y) + 11);
  return [svg("path", { d: `M${of.x} ${foot}L${of.x} ${Math.max(foot, BOTTOM - 8)}L${of.own} ${BOTTOM}`, class: "leader", fill: "none", "data-leader": of.given.claim }), svg("circle", { cx: of.own, cy: BOTTOM, r: 2, class: "leader-foot" })];
}

function connections(placed: readonly Placed[], links: readonly Repeats[]): SVGElement[] {
  const where = new Map(placed.map((mark) => [mark.given.claim, mark]));
  return links.flatMap((each) => {
    const [one, other] = [where.get(each.source), where.get(each.target)];
    if (!one || !other || !REPEATING.includes(each.kind)) return [];
    const bend = Math.max(14, Math.abs(one.x - other.x) / 6);
    return [svg("path", { d: `M${one.x} ${one.y}Q${(one.x + other.x) / 2} ${Math.min(one.y, other.y) - bend} ${other.x} ${other.y}`, class: each.kind in s.asked.alike ? "repeat alike" : "repeat", "data-link": `${each.source} ${each.target}` })];
  });
}

/** The wording beside a mark, where nothing else stands. */
function labels(placed: readonly Placed[], left: number, right: number): SVGElement[] {
  const taken = placed.map((mark) => ({ x1: mark.x - 11, x2: mark.x + 11, y1: Math.min(mark.top, mark.answer.figure!.high === null ? mark.y - OPEN - 8 : mark.y - 11), y2: Math.max(mark.bottom, mark.answer.figure!.low === null ? mark.y + OPEN + 8 : mark.y + 11) }));
  return placed.flatMap((mark) => {
    const text = mark.given.denies ? s.asked.denied(short(mark.answer)) : short(mark.answer);
    const length = text.length * LETTER;
    const beside = Math.min(mark.y, BOTTOM - 8); // a mark on the axis has its words just above it
    const above = mark.answer.figure!.high === null ? mark.y - OPEN - 17 : mark.y - 19;
    const spots = [
      { x1: mark.x + 13, x2: mark.x + 13 + length, y: beside, anchor: "start" },
      { x1: mark.x - 13 - length, x2: mark.x - 13, y: beside, anchor: "end" },
      { x1: mark.x - length / 2, x2: mark.x + length / 2, y: mark.y + 21, anchor: "middle" },
      ...[0, 15, 30].map((higher) => ({ x1: mark.x - length / 2, x2: mark.x + length / 2, y: above - higher, anchor: "middle" })),
    ];
    const free = spots.find((spot) => spot.x1 > left + 2 && spot.x2 < right + 12 && !taken.some((other) => spot.x1 < other.x2 && spot.x2 > other.x1 && spot.y - 7 < other.y2 && spot.y + 7 > other.y1) && spot.y < BOTTOM - 6);
    if (!free) return [];
    taken.push({ x1: free.x1, x2: free.x2, y1: free.y - 7, y2: free.y + 7 });
    const raised = free.y < above; // its words stand over those of another mark: a line leads down
    return [...(raised ? [svg("line", { x1: mark.x, x2: mark.x, y1: free.y + 7, y2: mark.y - 10, class: "words-line" })] : []), svg("text", { "data-of": mark.given.claim, x: free.anchor === "start" ? free.x1 : free.anchor === "end" ? free.x2 : mark.x, y: free.y + 4, "text-anchor": free.anchor, class: "mark-text", direction: "ltr" }, text)];
  });
}

function drawMark(of: Placed, caption: HTMLElement): SVGElement {
  const { answer, given, x, top, bottom } = of;
  const status = statusFor(given.status);
  const moment = `${s.asked.clocks[given.clock]} ${given.when}`;
  const told = `${statusWord(given.status)}: ${given.speaker.label} ${given.how}: ${answer.object_label}; ${moment}; ${given.document.label}`;
  const { low, high } = answer.figure!;
  const parts: SVGElement[] = [];
  if (status) {
    const stroke = strokeAttributes(status);
    const colour = String(stroke["stroke"]);
    const line = (y1: number, y2: number): SVGElement => svg("line", { x1: x, x2: x, y1, y2, ...stroke });
    const cap = (y: number): SVGElement => svg("line", { x1: x - 6, x2: x + 6, y1: y, y2: y, stroke: colour, "stroke-width": 1.5 });
    const tip = (y: number, way: 1 | -1): SVGElement => svg("path", { d: `M${x - 4.5} ${y}L${x} ${y + 7 * way}L${x + 4.5} ${y}Z`, fill: colour });
    if (low !== null && high !== null && bottom - top > 4) parts.push(line(top, bottom), cap(top), cap(bottom));
    if (high === null) parts.push(line(bottom - OPEN, bottom), tip(bottom - OPEN, -1));
    if (low === null) parts.push(line(top, Math.min(BOTTOM - 8, top + OPEN)), tip(Math.min(BOTTOM - 8, top + OPEN), 1));
    parts.push(...ring(status, x, of.y, 8.5));
    if (given.denies) parts.push(svg("path", { d: `M${x - 11} ${of.y - 11}L${x + 11} ${of.y + 11}M${x + 11} ${of.y - 11}L${x - 11} ${of.y + 11}`, stroke: colour, "stroke-width": 1.8, fill: "none", class: "denied" }));
  }
  const say = (): void => {
    caption.textContent = told;
  };
  return svg(
    "g",
    { class: "mark figure-mark", role: "button", tabindex: -1, "data-mark": "figure", "data-claim": given.claim, "data-status": given.status, "data-low": low ?? "", "data-high": high ?? "", "aria-label": told, on: { click: () => openClaim(given.claim), focus: say, pointerenter: say } },
    svg("title", {}, told),
    svg("rect", { class: "hit", x: x - 12, y: Math.min(top, of.y) - 12, width: 24, height: Math.max(bottom, of.y) - Math.min(top, of.y) + 24, rx: 6 }),
    ...parts,
  );
}
