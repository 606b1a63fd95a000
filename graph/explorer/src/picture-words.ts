// Words along the lines of a picture that leaves the page: what is said, where it hides nothing.

import { distance, lengthOf, pointOn, type Box, type Point } from "./point";
import { badgeOf, lettersOf, shapeOf, type Name, type Ray } from "./scene";

export const FEW_LINES = 60; // with more, words would cover more than they tell
export const WORD_SIZE = 10;

const LETTER = 5.4; // the width of a letter of that size
const ASIDES = [7, -7, 0]; // from the line to the middle of its words: beside it, else upon it
const HALF = 6;
const MOST = 34; // letters
const LEAST = 5;
const PART = 0.8; // of a line that its words may take
const SHORTER = [1, 0.6]; // where they would hide something, of that
const SHARES = Array.from({ length: 33 }, (_, index) => 0.18 + index * 0.02).sort((a, b) => Math.abs(a - 0.5) - Math.abs(b - 0.5));
const COST = { name: 40, badge: 40, words: 25, line: 2, other: 30, apart: 3, upon: 8 };

export interface Written extends Point {
  /** Degrees, so that it is read from left to right. */
  turn: number;
  words: string;
}

/** Where the words of each line stand best; none for a line too short for them, and none at all among many lines. */
export function wordsAlong(lines: readonly Ray[], names: readonly Name[]): Map<Ray, Written> {
  const found = new Map<Ray, Written>();
  if (lines.length > FEW_LINES) return found;
  const held = { names: names.flatMap((name) => [shapeOf(name), lettersOf(name)]), badges: lines.flatMap((line) => badgeOf(line) ?? []), words: [] as Point[] };
  for (const line of lines) {
    const best = place(line, lines, held);
    if (!best) continue;
    found.set(line, best.written);
    held.words.push(...best.samples);
  }
  return found;
}

function place(line: Ray, lines: readonly Ray[], held: { names: Box[]; badges: Box[]; words: Point[] }): { written: Written; samples: Point[] } | null {
  const long = lengthOf(line.points);
  const others = lines.filter((each) => each !== line).map((each) => each.points);
  let best: { cost: number; written: Written; samples: Point[] } | null = null;
  for (const part of SHORTER) {
    const words = cut(line.reading, Math.min(Math.ceil(part * [...line.reading].length), MOST, Math.floor((long * PART) / LETTER)));
    if (!words || (best && best.cost < COST.words)) break;
    const half = ([...words].length * LETTER) / 2;
    for (const share of SHARES.filter((each) => Math.min(each, 1 - each) * long >= half)) {
      for (const aside of ASIDES) {
        const { written, samples } = beside(line.points, share * long, half, words, aside);
        const cost = (aside ? 0 : COST.upon) + COST.apart * Math.abs(share - 0.5) + samples.reduce((sum, at) => sum + costAt(at, held, others, Math.abs(aside)), 0);
        if (!best || cost < best.cost) best = { cost, written, samples };
      }
    }
  }
  return best;
}

/** Words whose middle stands at a length of the line, and points along them. */
function beside(points: readonly Point[], length: number, half: number, words: string, aside: number): { written: Written; samples: Point[] } {
  const [from, to] = [pointOn(points, length - half), pointOn(points, length + half)];
  const turned = to.x < from.x ? -1 : 1;
  const [dx, dy] = [turned * (to.x - from.x), turned * (to.y - from.y)];
  const far = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / far, dy / far];
  const on = pointOn(points, length);
  const at = { x: on.x + uy * aside, y: on.y - ux * aside };
  const many = Math.max(2, Math.ceil(half / 4));
  const samples = Array.from({ length: many + 1 }, (_, step) => ({ x: at.x + ux * half * (2 * (step / many) - 1), y: at.y + uy * half * (2 * (step / many) - 1) }));
  return { written: { ...at, turn: (Math.atan2(uy, ux) * 180) / Math.PI, words }, samples };
}

/** What words at a point would hide; above all they must not stand nearer to another line than to their own. */
function costAt(at: Point, held: { names: Box[]; badges: Box[]; words: Point[] }, others: readonly (readonly Point[])[], own: number): number {
  const close = (each: Point): boolean => Math.abs(each.x - at.x) < 2 * HALF && Math.abs(each.y - at.y) < 2 * HALF;
  const within = ({ x1, y1, x2, y2 }: Box): boolean => at.x > x1 - HALF && at.x < x2 + HALF && at.y > y1 - HALF && at.y < y2 + HALF;
  const crossed = others.filter((points) => distance(points, at, HALF) <= HALF).length;
  const nearer = own > 0 && others.some((points) => distance(points, at, own + 1) <= own + 1);
  return COST.name * held.names.filter(within).length + COST.badge * held.badges.filter(within).length + (held.words.some(close) ? COST.words : 0) + COST.line * crossed + (nearer ? COST.other : 0);
}

function cut(text: string, most: number): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  return most < LEAST ? "" : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}
