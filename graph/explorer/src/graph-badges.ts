// Where on its line each badge stands: where it hides nothing and nothing hides it. The same picture
// always gets the same places.

import type { BoundingBox12, Core, EdgeSingular } from "cytoscape";
import { pointsAlong } from "./graph-point";
import { BADGE_FONT } from "./graph-style";

interface Point {
  x: number;
  y: number;
}

interface Curve {
  edge: EdgeSingular;
  points: Point[];
  /** Length of the line from its source to each point. */
  lengths: number[];
  /** Does the line start in the middle of the picture? */
  outward: boolean;
  /** What the line lies within. */
  within: BoundingBox12;
}

const STEPS = 48;
const BEST = 0.6; // of the way from the middle: lines are apart there, and names are not yet
const SHARES = Array.from({ length: 73 }, (_, index) => 0.16 + index * 0.01).sort((a, b) => Math.abs(a - BEST) - Math.abs(b - BEST));
const GAP = 4;
const HALF_HEIGHT = BADGE_FONT * 0.6 + 4;
const LETTER = BADGE_FONT * 0.62;
const ROUNDS = 3; // a badge placed early may find a better place once the others stand
const HIDDEN = 1000;
const CROSSED = 20;

export function placeBadges(cy: Core): void {
  const names = cy.nodes().toArray().flatMap((node) => [body(node), name(node)]);
  const curves = (cy.edges().toArray() as EdgeSingular[]).map(curve);
  const taken = new Map<Curve, BoundingBox12>();
  const offsets = new Map<Curve, number>();
  for (let round = 0; round < ROUNDS; round++) for (const each of curves) offsets.set(each, place(each, curves, names, taken));
  cy.batch(() => offsets.forEach((offset, each) => void each.edge.data("offset", offset)));
}

/** Give one badge the best place there is while the others stay where they are: how far from its line's start. */
function place(each: Curve, curves: Curve[], names: BoundingBox12[], taken: Map<Curve, BoundingBox12>): number {
  const others = curves.filter((other) => other !== each);
  const boxes = [...names, ...others.flatMap((other) => taken.get(other) ?? [])];
  const half = halfWidth(each.edge);
  let best = { cost: Infinity, offset: 0, box: around({ x: 0, y: 0 }, half) };
  for (const share of SHARES) {
    if (best.cost <= Math.abs(share - BEST)) break; // what follows is further from the best place, and no freer
    const { point, offset } = at(each, each.outward ? share : 1 - share);
    const box = around(point, half);
    const cost = costOf(box, boxes, others) + Math.abs(share - BEST);
    if (cost < best.cost) best = { cost, offset, box };
  }
  taken.set(each, best.box);
  return Math.max(0, best.offset);
}

function body(of: { boundingBox(options: object): BoundingBox12 }): BoundingBox12 {
  return of.boundingBox({ includeLabels: false, includeOverlays: false, includeUnderlays: false });
}

function name(of: { boundingBox(options: object): BoundingBox12 }): BoundingBox12 {
  return of.boundingBox({ includeNodes: false, includeOverlays: false, includeUnderlays: false });
}

function curve(edge: EdgeSingular): Curve {
  const points = pointsAlong(edge, Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS));
  const lengths = [0];
  for (let step = 1; step <= STEPS; step++) {
    const [from, to] = [points[step - 1] as Point, points[step] as Point];
    lengths.push((lengths[step - 1] as number) + Math.hypot(to.x - from.x, to.y - from.y));
  }
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const within = { x1: Math.min(...xs), x2: Math.max(...xs), y1: Math.min(...ys), y2: Math.max(...ys) };
  return { edge, points, lengths, outward: edge.source().hasClass("centre"), within };
}

/** The point at a share of the line's length, and its distance from the source. */
function at(of: Curve, share: number): { point: Point; offset: number } {
  const offset = (of.lengths[STEPS] as number) * share;
  const step = Math.max(1, of.lengths.findIndex((length) => length >= offset));
  const [from, to] = [of.points[step - 1] as Point, of.points[step] as Point];
  const [start, end] = [of.lengths[step - 1] as number, of.lengths[step] as number];
  const part = end > start ? (offset - start) / (end - start) : 0;
  return { point: { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }, offset };
}

function halfWidth(edge: EdgeSingular): number {
  return (String(edge.data("badge")).length * LETTER) / 2 + 3;
}

function around(point: Point, half: number): BoundingBox12 {
  return { x1: point.x - half - GAP, x2: point.x + half + GAP, y1: point.y - HALF_HEIGHT - GAP, y2: point.y + HALF_HEIGHT + GAP };
}

function costOf(box: BoundingBox12, boxes: BoundingBox12[], others: Curve[]): number {
  const tight = { x1: box.x1 + GAP, x2: box.x2 - GAP, y1: box.y1 + GAP, y2: box.y2 - GAP };
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

/** The area that two boxes share. */
export function overlap(a: BoundingBox12, b: BoundingBox12): number {
  const wide = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const tall = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  return wide > 0 && tall > 0 ? wide * tall : 0;
}
