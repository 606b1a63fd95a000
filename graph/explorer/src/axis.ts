// A line of days: where a day stands, which day stands there, and where marks of the scale fit.

import { svg } from "./dom";

const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const EVEN = 62; // days up to which a scale is even
const ROOM = 52; // between two labels

/** The first or last day of a date of any precision, counted from 1970. */
export function dayOf(text: string, last = false): number {
  const [year = 1970, month, day] = text.split("-").map(Number);
  const of = (y: number, m: number, d: number): number => {
    const date = new Date(0);
    date.setUTCFullYear(y, m, d);
    return Math.round(date.getTime() / DAY);
  };
  if (!last || day) return of(year, (month ?? 1) - 1, day ?? 1);
  return month ? of(year, month, 0) : of(year, 11, 31);
}

export function isoDay(day: number): string {
  const date = new Date(Math.round(day) * DAY);
  return `${String(date.getUTCFullYear()).padStart(4, "0")}-${String(date.getUTCMonth() + 1).padStart(2, "0")}-${String(date.getUTCDate()).padStart(2, "0")}`;
}

export interface Scale {
  readonly from: number;
  readonly until: number;
  readonly squeezed: boolean;
  x(day: number): number;
  day(x: number): number;
}

/** A scale over some days: even when they are few, else long stretches without an end in them are shorter. */
export function scaleOver(ends: readonly number[], left: number, right: number, asked: readonly [number, number] | null = null): Scale {
  const from = asked ? asked[0] : Math.min(...ends) - 1;
  const until = asked ? asked[1] + 1 : Math.max(...ends) + 2;
  const squeezed = until - from > EVEN;
  const inner = squeezed ? ends.filter((end) => end > from && end < until) : [];
  const stops = [...new Set([from, ...inner, until])].sort((a, b) => a - b);
  const weights = stops.slice(1).map((stop, index) => weight(stop - stops[index]!, squeezed));
  const all = weights.reduce((sum, each) => sum + each, 0) || 1;
  const places = [left];
  for (const each of weights) places.push(places.at(-1)! + (each / all) * (right - left));
  return {
    from,
    until,
    squeezed,
    x: (day) => between(day, stops, places),
    day: (x) => between(x, places, stops),
  };
}

function weight(days: number, squeezed: boolean): number {
  return squeezed ? 1 + Math.log2(Math.max(1, days)) / 2 : days;
}

function between(value: number, from: readonly number[], to: readonly number[]): number {
  if (value <= from[0]!) return to[0]!;
  for (let at = 1; at < from.length; at++) {
    const [low, high] = [from[at - 1]!, from[at]!];
    if (value <= high) return to[at - 1]! + ((value - low) / (high - low || 1)) * (to[at]! - to[at - 1]!);
  }
  return to.at(-1)!;
}

export interface Tick {
  x: number;
  /** Where its words have room. */
  words: number;
  label: string;
  strong: boolean;
}

/** Years first, then months, then days, each where there is room. */
export function ticks(scale: Scale, left: number, right: number): Tick[] {
  const found: Tick[] = [];
  const put = (day: number, label: string, strong: boolean): void => {
    if (day < scale.from || day > scale.until) return;
    const x = Math.min(right - 18, Math.max(left + 18, scale.x(day)));
    if (scale.x(day) < left || scale.x(day) > right || found.some((tick) => Math.abs(tick.words - x) < ROOM)) return;
    found.push({ x: scale.x(day), words: x, label, strong });
  };
  const first = new Date(scale.from * DAY).getUTCFullYear();
  const last = new Date(scale.until * DAY).getUTCFullYear();
  if (last - first <= 400) {
    for (let year = first; year <= last; year++) put(dayOf(String(year)), String(year), true);
    for (let year = first; year <= last; year++) {
      for (const month of [7, 4, 10, 2, 3, 5, 6, 8, 9, 11, 12]) put(dayOf(`${year}-${String(month).padStart(2, "0")}`), `${MONTHS[month - 1]} ${year}`, false);
    }
  }
  if (scale.until - scale.from < 4000) {
    for (const each of [[15], [8, 22], null]) {
      for (let day = scale.from; day <= scale.until; day++) {
        const date = new Date(day * DAY);
        if (each === null || each.includes(date.getUTCDate())) put(day, `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`, false);
      }
    }
  }
  return found.sort((a, b) => a.x - b.x);
}

/** The scale as a picture: a line, its marks and their words. */
export function axisParts(marks: readonly Tick[], left: number, right: number, y: number): SVGElement[] {
  return [
    svg("line", { x1: left, x2: right, y1: y, y2: y, class: "axis-line" }),
    ...marks.flatMap((tick) => [
      svg("line", { x1: tick.x, x2: tick.x, y1: y - 4, y2: y, class: "axis-line" }),
      svg("text", { x: tick.words, y: y - 8, "text-anchor": "middle", class: tick.strong ? "axis-text strong" : "axis-text" }, tick.label),
    ]),
  ];
}

export function grid(marks: readonly Tick[], top: number | string, bottom: number | string): SVGElement[] {
  return marks.map((tick) => svg("line", { x1: tick.x, x2: tick.x, y1: top, y2: bottom, class: "grid-line" }));
}
