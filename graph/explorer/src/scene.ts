// A picture as plain values: where every name, its letters, every line and its badge lie, and what lies under a point.

import { BADGE_FONT, heightOf, isolate, measure, NAME_FONT, wrap } from "./letters";
import type { Family } from "./kinds";
import { around, distance, entry, grown, lengthOf, pointOn, union, within, type Box, type Point } from "./point";
import type { Bundle } from "./types";

export type Side = "left" | "right" | "within" | "below";

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
  weight: number;
  /** Where its letters stand. */
  side: Side;
  /** As it is wrapped, where that is decided beforehand. */
  rows: readonly string[] | null;
  /** The name that the picture is around: it is always there. */
  centre: boolean;
}

export interface Ray {
  /** The id of its bundle. */
  id: string;
  source: Name;
  target: Name;
  status: string;
  badge: string;
  text: string;
  /** What is said from its source to its target, without the names. */
  reading: string;
  /** From the border of one shape to the border of the other; the arrow stands at the end. */
  points: readonly Point[];
  /** How far from its start its badge stands; null where only the sign of its status stands, in its middle. */
  badgeAt: number | null;
}

export interface Scene {
  /** Names drawn first come first: others are drawn over them. */
  names: readonly Name[];
  lines: readonly Ray[];
  /** Names have no room kept for their letters: these are written where they cover no others. */
  crowded: boolean;
}

/** A picture that may be taken away: all that stands, whatever part is in sight. */
export interface Drawn extends Pick<Scene, "names" | "lines"> {
  /** How much of what there is it shows. */
  told: string;
  box: Box;
}

export const NOTHING: Scene = { names: [], lines: [], crowded: false };

export const NAME = 130; // the width at which names are wrapped, where nothing else is decided
const BENDS = 24; // pieces of a bent line
const LOOP = { least: 16, more: 8, open: 0.9, points: 14 };
const APART = 6; // between a shape and its letters
const CLEAR = 5; // between the tip of an arrow and letters
const BADGE = { wide: 3, tall: 4 }; // around the letters of a badge
const MARGIN = 8;
const BADGE_OFF = 40; // from the start of its line, where nothing else is decided

// ---- letters ------------------------------------------------------------------------------------

const wrapped = new WeakMap<Name, readonly string[]>();

/** A name in rows, worked out when it is first read. */
export function rows(name: Name): readonly string[] {
  const found = name.rows ?? wrapped.get(name) ?? wrap(name.whole, NAME, 3).map(isolate);
  wrapped.set(name, found);
  return found;
}

/** Where the letters of a name begin, end or have their middle, and the middle of their rows. */
export function anchor(name: Name, size: number): Point {
  const { x, y, wide, tall, side } = name;
  if (side === "within") return { x, y };
  if (side === "below") return { x, y: y + tall + 3 + heightOf(rows(name).length, size) / 2 };
  return { x: side === "right" ? x + wide + APART : x - wide - APART, y };
}

const measured = new WeakMap<Name, Box>();

/** The room of the letters of a name. */
export function lettersOf(name: Name): Box {
  const found = measured.get(name) ?? roomOfLetters(name);
  measured.set(name, found);
  return found;
}

function roomOfLetters(name: Name): Box {
  const lines = rows(name);
  const [wide, tall] = [Math.max(0, ...lines.map((line) => measure(line, name.font, name.weight))), heightOf(lines.length, name.font)];
  const { x, y } = anchor(name, name.font);
  const x1 = name.side === "right" ? x : name.side === "left" ? x - wide : x - wide / 2;
  return { x1, x2: x1 + wide, y1: y - tall / 2, y2: y + tall / 2 };
}

export function shapeOf({ x, y, wide, tall }: Name): Box {
  return { x1: x - wide, x2: x + wide, y1: y - tall, y2: y + tall };
}

/** The room of a badge that stands at a point. */
export function badgeRoom(badge: string, { x, y }: Point): Box {
  const [wide, tall] = [measure(badge, BADGE_FONT, 600) / 2 + BADGE.wide, BADGE_FONT * 0.6 + BADGE.tall];
  return { x1: x - wide, x2: x + wide, y1: y - tall, y2: y + tall };
}

export function badgeOf(line: Ray): Box | null {
  return line.badgeAt === null ? null : badgeRoom(line.badge, pointOn(line.points, line.badgeAt));
}

// ---- lines --------------------------------------------------------------------------------------

/** Lines between names; those that join the same two bend away from each other by `step`. */
export function raysOf(bundles: readonly Bundle[], names: ReadonlyMap<string, Name>, step: number, end: (of: Name, towards: Point) => Point): Ray[] {
  const pairs = Map.groupBy(bundles, (each) => [each.source, each.target].sort().join("~"));
  return bundles.flatMap((bundle) => {
    const held = pairs.get([bundle.source, bundle.target].sort().join("~")) as Bundle[];
    const [source, target] = [names.get(bundle.source), names.get(bundle.target)];
    if (!source || !target) return [];
    const [index, many] = [held.indexOf(bundle), held.length];
    const points = source === target ? loop(source, index) : many > 1 ? bent(source, target, (index - (many - 1) / 2) * step, end) : [end(source, target), end(target, source)];
    return [{ id: bundle.id, source, target, status: bundle.status, badge: isolate(bundle.badge), text: bundle.text, reading: bundle.labels.join(", "), points, badgeAt: null }];
  });
}

/** Where a line towards a point leaves the shape of a name. */
export function border(of: Name, towards: Point): Point {
  const [dx, dy] = [towards.x - of.x, towards.y - of.y];
  const far = Math.hypot(dx, dy);
  const [ux, uy] = far ? [Math.abs(dx / far), Math.abs(dy / far)] : [1, 0];
  const boxed = Math.min(ux ? of.wide / ux : Infinity, uy ? of.tall / uy : Infinity);
  const out = of.family === "actor" || of.family === "group" ? of.wide : of.family === "event" || of.family === "hypothetical" ? of.wide / (ux + uy) : boxed;
  return far > out ? { x: of.x + (dx / far) * out, y: of.y + (dy / far) * out } : { x: of.x, y: of.y };
}

/** The same, but before the letters of the name where they stand in the way, so that no arrow is hidden under them. */
export function clearOf(of: Name, towards: Point): Point {
  const tip = border(of, towards);
  if (of.side === "within") return { x: of.x + Math.sign(towards.x - of.x || 1) * of.wide, y: of.y };
  const share = entry(towards, tip, grown(lettersOf(of), CLEAR));
  return share === null ? tip : { x: towards.x + (tip.x - towards.x) * share, y: towards.y + (tip.y - towards.y) * share };
}

function bent(source: Name, target: Name, by: number, end: (of: Name, towards: Point) => Point): Point[] {
  // The same side of the pair is meant whichever way a line runs.
  const [first, second] = source.id < target.id ? [source, target] : [target, source];
  const far = Math.hypot(second.x - first.x, second.y - first.y) || 1;
  const bend = { x: (first.x + second.x) / 2 - ((second.y - first.y) / far) * by, y: (first.y + second.y) / 2 + ((second.x - first.x) / far) * by };
  const [from, to] = [end(source, bend), end(target, bend)];
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

// ---- finding ------------------------------------------------------------------------------------

export type Found = { name: Name } | { line: Ray };

/** The name at a point, else the line whose badge is there, else the nearest line no further than `reach` from it. */
export function under(scene: Scene, at: Point, reach: number): Found | null {
  const name = scene.names.findLast((each) => (Math.abs(at.x - each.x) <= Math.max(each.wide, reach) && Math.abs(at.y - each.y) <= Math.max(each.tall, reach)) || (!scene.crowded && within(at, lettersOf(each))));
  if (name) return { name };
  const badged = scene.lines.findLast((each) => each.badgeAt !== null && within(at, badgeOf(each) as Box));
  if (badged) return { line: badged };
  let best: { line: Ray; far: number } | null = null;
  for (const line of scene.lines) {
    const far = distance(line.points, at, best?.far ?? reach);
    if (far <= (best?.far ?? reach)) best = { line, far };
  }
  return best && { line: best.line };
}

/** Clockwise from the top, seen from the middle: the order in which keys go. */
export function clockwise({ names, lines }: Scene): Ray[] {
  const middle = names.find((name) => name.centre) ?? { x: 0, y: 0 };
  const turn = ({ source, target }: Ray): number => (Math.atan2(source.x + target.x - 2 * middle.x, 2 * middle.y - source.y - target.y) + 2 * Math.PI) % (2 * Math.PI);
  return lines.map((line) => ({ line, at: turn(line) })).sort((a, b) => a.at - b.at || (a.line.id < b.line.id ? -1 : 1)).map(({ line }) => line);
}

/** Points of a line, from its middle outwards: one of them is likely to be free to be pressed. */
export function pointsOf(line: Ray): Point[] {
  const long = lengthOf(line.points);
  return [0.5, 0.4, 0.6, 0.3, 0.7, 0.45, 0.55, 0.35, 0.65, 0.25, 0.75, 0.2, 0.8, 0.15, 0.85].map((share) => pointOn(line.points, share * long));
}

// ---- taking away --------------------------------------------------------------------------------

/** What a name, its letters, a line and its badge take up. */
export function roomOf({ names, lines }: Pick<Scene, "names" | "lines">): Box {
  return union([
    ...names.flatMap((name) => [shapeOf(name), lettersOf(name)]),
    ...lines.map((line) => around(line.points)),
    ...lines.flatMap((line) => badgeOf(line) ?? []),
  ]);
}

/** Names in letters of one size, and every badge at a place. */
export function drawnScene(scene: Scene, told: string): Drawn {
  const names = scene.names.map((name) => ({ ...name, font: NAME_FONT, rows: rows(name) }));
  const lines = scene.lines.map((line) => ({ ...line, badgeAt: line.badgeAt ?? BADGE_OFF }));
  return { told, names, lines, box: grown(roomOf({ names, lines }), MARGIN) };
}
