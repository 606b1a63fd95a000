// The whole graph as plain values: where every name and line lies, what lies under a point, which part is the largest.

import type { Drawn } from "./drawn";
import { isolate, measure, wrap } from "./graph-layout";
import type { Point } from "./graph-point";
import { familyOf, labelIn, type Family } from "./kinds";
import type { Bundle, GraphNode, WholeAnswer } from "./types";

export interface Name extends Point {
  id: string;
  kind: string;
  family: Family;
  /** As it is called, unwrapped. */
  whole: string;
  claims: number;
  /** Half of its shape, and the size of its letters: what is spoken of most can be read from afar. */
  wide: number;
  tall: number;
  font: number;
}

export interface Ray {
  /** The id of its bundle. */
  id: string;
  source: Name;
  target: Name;
  status: string;
  badge: string;
  text: string;
  /** From the border of one shape to the border of the other; the arrow stands at the end. */
  points: readonly Point[];
}

export interface Scene {
  /** The least spoken of first: others are drawn over them. */
  names: readonly Name[];
  lines: readonly Ray[];
}

export const NOTHING: Scene = { names: [], lines: [] };

export const NAME = 130; // the width at which names are wrapped
const APART = 92; // between two names that the layout puts one apart
const STEP = 36; // between lines that join the same two names
const BENDS = 10; // pieces of a bent line
const LOOP = { least: 16, more: 8, open: 0.9, points: 14 };

export function sceneOf(answer: WholeAnswer, lang: string): Scene {
  const ends = new Set(answer.bundles.flatMap((each) => [each.source, each.target]));
  const names = new Map(answer.nodes.filter((node) => ends.has(node.id)).map((node) => [node.id, nameOf(node, lang)]));
  const pairs = Map.groupBy(answer.bundles, (each) => [each.source, each.target].sort().join("~"));
  const lines = answer.bundles.flatMap((bundle) => {
    const held = pairs.get([bundle.source, bundle.target].sort().join("~")) as Bundle[];
    const [source, target] = [names.get(bundle.source), names.get(bundle.target)];
    return source && target ? [rayOf(bundle, source, target, held.indexOf(bundle), held.length)] : [];
  });
  return { names: [...names.values()].sort((a, b) => a.font - b.font), lines };
}

function nameOf(node: GraphNode, lang: string): Name {
  const family = familyOf(node.kind);
  const weight = Math.log2(1 + Math.max(0, node.claims));
  const half = Math.round(14 + Math.min(40, 6 * weight)) / 2;
  const [wide, tall] = family === "value" ? [9, 5] : [half, half];
  return { id: node.id, kind: node.kind, family, whole: labelIn(lang, node), claims: node.claims, x: node.x * APART, y: node.y * APART, wide, tall, font: Math.round(9 + 3.4 * weight) };
}

/** One of several lines between the same two names, the `index`th of `many`. */
function rayOf(bundle: Bundle, source: Name, target: Name, index: number, many: number): Ray {
  const points = source === target ? loop(source, index) : many > 1 ? bent(source, target, (index - (many - 1) / 2) * STEP) : [border(source, target), border(target, source)];
  return { id: bundle.id, source, target, status: bundle.status, badge: isolate(bundle.badge), text: bundle.text, points };
}

/** Where a line towards a point leaves the shape of a name. */
function border(of: Name, towards: Point): Point {
  const [dx, dy] = [towards.x - of.x, towards.y - of.y];
  const far = Math.hypot(dx, dy);
  const [ux, uy] = far ? [Math.abs(dx / far), Math.abs(dy / far)] : [1, 0];
  const boxed = Math.min(ux ? of.wide / ux : Infinity, uy ? of.tall / uy : Infinity);
  const out = of.family === "actor" || of.family === "group" ? of.wide : of.family === "event" || of.family === "hypothetical" ? of.wide / (ux + uy) : boxed;
  return far > out ? { x: of.x + (dx / far) * out, y: of.y + (dy / far) * out } : { x: of.x, y: of.y };
}

function bent(source: Name, target: Name, by: number): Point[] {
  // The same side of the pair is meant whichever way a line runs.
  const [first, second] = source.id < target.id ? [source, target] : [target, source];
  const far = Math.hypot(second.x - first.x, second.y - first.y) || 1;
  const bend = { x: (first.x + second.x) / 2 - ((second.y - first.y) / far) * by, y: (first.y + second.y) / 2 + ((second.x - first.x) / far) * by };
  const [from, to] = [border(source, bend), border(target, bend)];
  return Array.from({ length: BENDS + 1 }, (_, step) => {
    const [t, u] = [step / BENDS, 1 - step / BENDS];
    return { x: u * u * from.x + 2 * u * t * bend.x + t * t * to.x, y: u * u * from.y + 2 * u * t * bend.y + t * t * to.y };
  });
}

/** A line from a name to itself leaves and comes back at its upper left. */
function loop(of: Name, index: number): Point[] {
  const radius = LOOP.least + LOOP.more * index;
  const off = (of.wide + radius * 0.7) / Math.SQRT2;
  const turn = (step: number): number => Math.PI / 4 + LOOP.open + (step / LOOP.points) * (2 * Math.PI - 2 * LOOP.open);
  return Array.from({ length: LOOP.points + 1 }, (_, step) => ({ x: of.x - off + radius * Math.cos(turn(step)), y: of.y - off + radius * Math.sin(turn(step)) }));
}

/** The name at a point, else the nearest line no further than `reach` from it. */
export function under(scene: Scene, at: Point, reach: number): { name: Name } | { line: Ray } | null {
  const name = scene.names.findLast((each) => Math.abs(at.x - each.x) <= Math.max(each.wide, reach) && Math.abs(at.y - each.y) <= Math.max(each.tall, reach));
  if (name) return { name };
  let best: { line: Ray; far: number } | null = null;
  for (const line of scene.lines) {
    const far = distance(line.points, at, best?.far ?? reach);
    if (far <= (best?.far ?? reach)) best = { line, far };
  }
  return best && { line: best.line };
}

/** How far a point is from a line; Infinity where it is clearly more than `most`. */
function distance(points: readonly Point[], at: Point, most: number): number {
  let least = Infinity;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1] as Point, points[index] as Point];
    if (at.x < Math.min(from.x, to.x) - most || at.x > Math.max(from.x, to.x) + most || at.y < Math.min(from.y, to.y) - most || at.y > Math.max(from.y, to.y) + most) continue;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const t = Math.max(0, Math.min(1, ((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(at.x - from.x - t * dx, at.y - from.y - t * dy));
  }
  return least;
}

/** The names of the largest part that lines hold together. */
export function largestPart(scene: Scene): Name[] {
  const above = new Map<Name, Name>();
  const root = (of: Name): Name => {
    let top = of;
    for (let next = above.get(top); next; next = above.get(top)) top = next;
    if (top !== of) above.set(of, top);
    return top;
  };
  for (const { source, target } of scene.lines) {
    const [one, other] = [root(source), root(target)];
    if (one !== other) above.set(one, other);
  }
  const parts = Map.groupBy(scene.names, root);
  return [...parts.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

/** Clockwise from the top, seen from the middle: the order in which keys go. */
export function clockwise(lines: readonly Ray[]): Ray[] {
  const turn = ({ source, target }: Ray): number => (Math.atan2(source.x + target.x, -(source.y + target.y)) + 2 * Math.PI) % (2 * Math.PI);
  return lines.map((line) => ({ line, at: turn(line) })).sort((a, b) => a.at - b.at || (a.line.id < b.line.id ? -1 : 1)).map(({ line }) => line);
}

const wrapped = new WeakMap<Name, string[]>();

/** A name in lines of its own, worked out when it is first read. */
export function rows(name: Name): string[] {
  const found = wrapped.get(name) ?? wrap(name.whole, NAME, 3).map(isolate);
  wrapped.set(name, found);
  return found;
}

const MARGIN = 8;
const BADGE = 40; // from the start of its line

/** What may be taken away: everything, whatever part is in sight. */
export function drawnScene({ names, lines }: Scene): Drawn {
  const boxes = [
    ...names.map((name) => ({ left: name.x - name.wide, right: name.x + name.wide + MARGIN + Math.max(...rows(name).map(measure)), top: name.y - name.tall, bottom: name.y + name.tall })),
    ...lines.flatMap((line) => line.points.map(({ x, y }) => ({ left: x, right: x, top: y, bottom: y }))),
  ];
  const [x1, y1] = [Math.min(...boxes.map((each) => each.left)) - MARGIN, Math.min(...boxes.map((each) => each.top)) - MARGIN];
  const [x2, y2] = [Math.max(...boxes.map((each) => each.right)) + MARGIN, Math.max(...boxes.map((each) => each.bottom)) + MARGIN];
  return {
    lines: lines.map(({ id, status, text, badge, points }) => ({ bundle: id, status, text, badge, points, offset: BADGE })),
    names: names.map((name) => ({ x: name.x, y: name.y, family: name.family, wide: name.wide, tall: name.tall, rows: rows(name), side: "right" as const })),
    box: boxes.length ? { x1, y1, w: x2 - x1, h: y2 - y1 } : { x1: 0, y1: 0, w: 0, h: 0 },
  };
}
