// Where on its line each badge stands: where it hides nothing and nothing hides it. The same picture
// always gets the same places.

import { around, grown, lengthOf, overlap, spread, type Box, type Point } from "./point";
import { badgeRoom, lettersOf, shapeOf, type Name, type Ray } from "./scene";

interface Curve {
  line: Ray;
  /** At equal lengths from its source to its end. */
  points: readonly Point[];
  length: number;
  /** Does the line start in the middle of the picture? */
  outward: boolean;
  /** What the line lies within. */
  within: Box;
  /** The room of its badge, if that stood at the origin. */
  badge: Box;
}

const STEPS = 48;
const BEST = 0.6; // of the way from the middle: lines are apart there, and names are not yet
const SHARES = Array.from({ length: 73 }, (_, index) => 0.16 + index * 0.01).sort((a, b) => Math.abs(a - BEST) - Math.abs(b - BEST));
const GAP = 4;
const ROUNDS = 3; // a badge placed early may find a better place once the others stand
const MANY = 200; // of so many lines each is placed once
const HIDDEN = 1000;
const CROSSED = 20;

/** The same lines with their badges at a place of their own. */
export function placeBadges(lines: readonly Ray[], names: readonly Name[]): Ray[] {
  const fixed = names.flatMap((name) => [shapeOf(name), lettersOf(name)]);
  const curves = lines.map(curveOf);
  const taken = new Map<Curve, Box>();
  const offsets = new Map<Curve, number>();
  for (let round = 0; round < (lines.length > MANY ? 1 : ROUNDS); round++) for (const each of curves) offsets.set(each, place(each, curves, fixed, taken));
  return curves.map((each) => ({ ...each.line, badgeAt: offsets.get(each) as number }));
}

/** Give one badge the best place there is while the others stay where they are: how far from its line's start. */
function place(each: Curve, curves: readonly Curve[], fixed: readonly Box[], taken: Map<Curve, Box>): number {
  const others = curves.filter((other) => other !== each);
  const boxes = [...fixed, ...others.flatMap((other) => taken.get(other) ?? [])];
  let best = { cost: Infinity, offset: 0, box: each.badge };
  for (const share of SHARES) {
    if (best.cost <= Math.abs(share - BEST)) break; // what follows is further from the best place, and no freer
    const offset = each.length * (each.outward ? share : 1 - share);
    const box = moved(each.badge, at(each, each.outward ? share : 1 - share));
    const cost = costOf(box, boxes, others) + Math.abs(share - BEST);
    if (cost < best.cost) best = { cost, offset, box };
  }
  taken.set(each, best.box);
  return best.offset;
}

function curveOf(line: Ray): Curve {
  const length = lengthOf(line.points);
  const points = spread(line.points, STEPS);
  return {
    line,
    points,
    length,
    outward: line.source.centre,
    within: around(points),
    badge: grown(badgeRoom(line.badge, { x: 0, y: 0 }), GAP),
  };
}

/** The point at a share of a line's length. */
function at({ points }: Curve, share: number): Point {
  const step = Math.min(STEPS - 1, Math.floor(share * STEPS));
  const [from, to, part] = [points[step] as Point, points[step + 1] as Point, share * STEPS - step];
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function moved({ x1, y1, x2, y2 }: Box, { x, y }: Point): Box {
  return { x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y };
}

function costOf(box: Box, boxes: readonly Box[], others: readonly Curve[]): number {
  const tight = grown(box, -GAP);
  let [shared, hidden, crossed] = [0, 0, 0];
  for (const other of boxes) {
    const both = overlap(box, other);
    if (!both) continue;
    shared += both;
    hidden += overlap(tight, other);
  }
  for (const { within, points } of others) {
    if (within.x2 <= box.x1 || within.x1 >= box.x2 || within.y2 <= box.y1 || within.y1 >= box.y2) continue;
    if (points.some((p) => p.x > box.x1 && p.x < box.x2 && p.y > box.y1 && p.y < box.y2)) crossed++;
  }
  return (hidden ? 10 * (HIDDEN + hidden) : 0) + (shared ? HIDDEN + shared : 0) + CROSSED * crossed;
}
