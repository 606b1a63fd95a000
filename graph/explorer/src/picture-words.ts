// Words along the lines of a picture that leaves the page: what is said, where it hides nothing.

import { lengthOf, pointOn, spread, type Box, type Point } from "./point";
import type { DrawnLine, DrawnName } from "./drawn";

export const FEW_LINES = 60; // with more, words would cover more than they tell
export const WORD_SIZE = 10;

const LETTER = 5.4; // the width of a letter of that size
const ASIDE = 7; // from the line to the middle of the words beside it
const HALF = 6;
const MOST = 34; // letters
const LEAST = 5;
const STEPS = 48;
const PART = 0.8; // of a line that its words may take
const SHARES = Array.from({ length: 33 }, (_, index) => 0.18 + index * 0.02).sort((a, b) => Math.abs(a - 0.5) - Math.abs(b - 0.5));
const COST = { name: 40, badge: 40, words: 25, line: 2, apart: 3 };

export interface Written extends Point {
  /** Degrees, so that it is read from left to right. */
  turn: number;
  words: string;
}

/** Where the words of each line stand best; none for a line too short for them, and none at all among many lines. */
export function wordsAlong(lines: readonly DrawnLine[], names: readonly DrawnName[], badge: (line: DrawnLine) => Box, letters: (name: DrawnName) => Box): Map<DrawnLine, Written> {
  const found = new Map<DrawnLine, Written>();
  if (lines.length > FEW_LINES) return found;
  const held = { names: names.flatMap((name) => [shapeBox(name), letters(name)]), badges: lines.map(badge), words: [] as Point[] };
  const crossing = new Map(lines.map((line) => [line, spread(line.points, STEPS)]));
  for (const line of lines) {
    const best = place(line, crossing, held);
    if (!best) continue;
    found.set(line, best.written);
    held.words.push(...best.samples);
  }
  return found;
}

function place(line: DrawnLine, crossing: ReadonlyMap<DrawnLine, Point[]>, held: { names: Box[]; badges: Box[]; words: Point[] }): { written: Written; samples: Point[] } | null {
  const long = lengthOf(line.points);
  const words = cut(line.reading, Math.min(MOST, Math.floor((long * PART) / LETTER)));
  if (!words) return null;
  const others = [...crossing].flatMap(([each, points]) => (each === line ? [] : [points]));
  let best: { cost: number; written: Written; samples: Point[] } | null = null;
  for (const share of SHARES) {
    const half = ([...words].length * LETTER) / 2;
    if (share * long < half || (1 - share) * long < half) continue;
    const { written, samples } = beside(line.points, share * long, half, words);
    const cost = COST.apart * Math.abs(share - 0.5) + samples.reduce((sum, at) => sum + costAt(at, held, others), 0);
    if (!best || cost < best.cost) best = { cost, written, samples };
  }
  return best;
}

/** Words whose middle stands at a length of the line, and points along them. */
function beside(points: readonly Point[], length: number, half: number, words: string): { written: Written; samples: Point[] } {
  const [from, to] = [pointOn(points, length - half), pointOn(points, length + half)];
  const turned = to.x < from.x ? -1 : 1;
  const [dx, dy] = [turned * (to.x - from.x), turned * (to.y - from.y)];
  const far = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / far, dy / far];
  const on = pointOn(points, length);
  const at = { x: on.x + uy * ASIDE, y: on.y - ux * ASIDE };
  const many = Math.max(2, Math.ceil(half / 4));
  const samples = Array.from({ length: many + 1 }, (_, step) => ({ x: at.x + ux * half * (2 * (step / many) - 1), y: at.y + uy * half * (2 * (step / many) - 1) }));
  return { written: { ...at, turn: (Math.atan2(uy, ux) * 180) / Math.PI, words }, samples };
}

function costAt(at: Point, held: { names: Box[]; badges: Box[]; words: Point[] }, others: readonly (readonly Point[])[]): number {
  const near = (each: Point): boolean => Math.abs(each.x - at.x) < HALF && Math.abs(each.y - at.y) < HALF;
  const close = (each: Point): boolean => Math.abs(each.x - at.x) < 2 * HALF && Math.abs(each.y - at.y) < 2 * HALF;
  const within = ({ x1, y1, x2, y2 }: Box): boolean => at.x > x1 - HALF && at.x < x2 + HALF && at.y > y1 - HALF && at.y < y2 + HALF;
  const crossed = others.filter((points) => points.some(near)).length;
  return COST.name * held.names.filter(within).length + COST.badge * held.badges.filter(within).length + (held.words.some(close) ? COST.words : 0) + COST.line * crossed;
}

function shapeBox({ x, y, wide, tall }: DrawnName): Box {
  return { x1: x - wide, y1: y - tall, x2: x + wide, y2: y + tall };
}

function cut(text: string, most: number): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  return most < LEAST ? "" : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}
