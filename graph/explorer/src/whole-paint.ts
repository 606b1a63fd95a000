// Paints the whole graph: every line in the dash, width, colour and sign of its status, at every zoom.

import type { BoundingBox12 } from "cytoscape";
import { overlap } from "./graph-badges";
import { pointOn, type Point } from "./graph-point";
import { FACE } from "./graph-style";
import type { Family } from "./kinds";
import { colourOf, isHollow, statuses, strokeOf, type Stroke } from "./status";
import { token } from "./theme";
import { NAME, rows, type Name, type Ray, type Scene } from "./whole-scene";

export interface Frame {
  /** Screen pixels for one unit of the scene, and where its origin stands. */
  zoom: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Pixels of the device for one of the screen. */
  ratio: number;
}

export interface Marks {
  selected: string | null;
  current: string | null;
  /** The name that is pointed at: what does not touch it steps back. */
  near: Name | null;
  /** Lines that a withdrawal has just felled, and how much of them is left to see. */
  falling: { lines: readonly Ray[]; opacity: number };
}

interface Line extends Stroke {
  id: string;
  colour: string;
  width: number;
  hollow: boolean;
  glyph: string;
}

export interface Look {
  ink: string;
  paper: string;
  border: string;
  muted: string;
  accent: string;
  fills: Record<Family, string>;
  lines: readonly Line[];
}

const FAMILIES: readonly Family[] = ["actor", "group", "place", "event", "hypothetical", "topic", "thing", "value"];
const LEAST_STROKE = 0.5; // lines, dashes and arrows shrink no further: a dash must be seen as one
const LEAST_NAME = 9; // pixels; smaller letters are left out
const MOST_NAME = 17;
const LETTER = 0.5; // the width of a letter, of its height
const LEAST_SIGN = 6;
const SIGN = 13;
const HEAD = 9;
const FALLING = [2, 5];

/** The colours and strokes of now; the sheet and the ontology decide them. */
export function look(): Look {
  const lines = statuses().map((status) => ({ ...strokeOf(status), id: status.id, colour: colourOf(status), width: status.width, hollow: isHollow(status.arrow), glyph: status.glyph }));
  const fills = Object.fromEntries(FAMILIES.map((family) => [family, token(family === "value" ? "--canvas" : `--node-${family}`)])) as Record<Family, string>;
  return { ink: token("--ink"), paper: token("--canvas"), border: token("--node-line"), muted: token("--muted"), accent: token("--accent"), fills, lines };
}

export function paint(brush: CanvasRenderingContext2D, scene: Scene, look: Look, frame: Frame, marks: Marks): void {
  const { zoom, ratio, x, y, width, height } = frame;
  brush.setTransform(1, 0, 0, 1, 0, 0);
  brush.globalAlpha = 1;
  brush.fillStyle = look.paper;
  brush.fillRect(0, 0, width * ratio, height * ratio);
  brush.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
  const sight: Sight = { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
  const lines = scene.lines.filter((line) => seen(line.points, sight));
  const names = scene.names.filter((name) => inSight(name, sight, zoom));
  const [loud, quiet] = parted(lines, (line) => !marks.near || line.source === marks.near || line.target === marks.near);
  const beside = new Set(marks.near ? [marks.near, ...loud.flatMap((line) => [line.source, line.target])] : names);
  const marked = lines.filter((line) => line.id === marks.selected || line.id === marks.current);
  const felled = marks.falling.lines.filter((line) => seen(line.points, sight));

  for (const line of marked) glow(brush, line, look, line.id === marks.current ? 0.34 : 0.22);
  for (const [some, opacity] of [[quiet, 0.22], [loud, 1]] as const) {
    brush.globalAlpha = opacity;
    strokes(brush, some, look, zoom);
    signs(brush, some, look, frame);
  }
  brush.globalAlpha = marks.falling.opacity;
  strokes(brush, felled, look, zoom, FALLING);
  bodies(brush, felled.flatMap((line) => [line.source, line.target]).filter((name) => !scene.names.includes(name)), look);
  const [bright, dim] = parted(names, (name) => beside.has(name));
  for (const [some, opacity] of [[dim, 0.4], [bright, 1]] as const) {
    brush.globalAlpha = opacity;
    bodies(brush, some, look);
    labels(brush, some, look, zoom);
  }
  for (const line of marked) words(brush, [line.badge], pointOn(line.points), SIGN, look, "center", 600);
}

interface Sight {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function parted<T>(all: readonly T[], which: (each: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const each of all) (which(each) ? yes : no).push(each);
  return [yes, no];
}

function seen(points: readonly Point[], { left, top, right, bottom }: Sight): boolean {
  return !(points.every((p) => p.x < left) || points.every((p) => p.x > right) || points.every((p) => p.y < top) || points.every((p) => p.y > bottom));
}

/** A name's letters stand at its right. */
function inSight(name: Name, { left, top, right, bottom }: Sight, zoom: number): boolean {
  const letters = readable(name, zoom);
  const [wide, tall] = letters ? [2 * NAME + name.font * 12, 3 * name.font] : [0, 0];
  return name.x + name.wide + wide >= left && name.x - name.wide <= right && name.y + name.tall + tall >= top && name.y - name.tall - tall <= bottom;
}

function readable(name: Name, zoom: number): boolean {
  return name.font * zoom >= LEAST_NAME;
}

/** How much lines are enlarged against the scene, so that they are never drawn thinner than can be told apart. */
function enlarged(zoom: number): number {
  return Math.max(1, LEAST_STROKE / zoom);
}

/** All lines of a status at once: one path, one stroke. */
function strokes(brush: CanvasRenderingContext2D, some: readonly Ray[], look: Look, zoom: number, dash?: number[]): void {
  const by = enlarged(zoom);
  const held = Map.groupBy(some, (line) => line.status);
  for (const line of look.lines) {
    const rays = held.get(line.id);
    if (!rays) continue;
    const [path, heads] = [new Path2D(), new Path2D()];
    for (const ray of rays) trace(ray.points, HEAD * by, path, heads);
    brush.lineCap = line.round ? "round" : "butt";
    brush.setLineDash((dash ?? line.dash).map((n) => n * by));
    brush.strokeStyle = line.colour;
    brush.lineWidth = (line.double ? line.width + 3.5 : line.width) * by;
    brush.stroke(path);
    brush.setLineDash([]);
    if (line.double) {
      brush.strokeStyle = look.paper;
      brush.lineWidth = (line.width + 0.5) * by;
      brush.stroke(path);
      brush.strokeStyle = line.colour;
    }
    brush.lineWidth = 1.2 * by;
    brush.fillStyle = line.hollow ? look.paper : line.colour;
    brush.fill(heads);
    if (line.hollow) brush.stroke(heads);
  }
}

/** The line up to its head, and the head. */
function trace(points: readonly Point[], head: number, path: Path2D, heads: Path2D): void {
  const [before, tip] = [points.at(-2) as Point, points.at(-1) as Point];
  const far = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [ux, uy] = [(tip.x - before.x) / far, (tip.y - before.y) / far];
  const back = { x: tip.x - ux * head, y: tip.y - uy * head };
  const first = points[0] as Point;
  path.moveTo(first.x, first.y);
  for (let index = 1; index < points.length - 1; index++) path.lineTo((points[index] as Point).x, (points[index] as Point).y);
  if (far > head) path.lineTo(back.x, back.y);
  heads.moveTo(tip.x, tip.y);
  heads.lineTo(back.x - (uy * head) / 2, back.y + (ux * head) / 2);
  heads.lineTo(back.x + (uy * head) / 2, back.y - (ux * head) / 2);
  heads.closePath();
}

function glow(brush: CanvasRenderingContext2D, line: Ray, look: Look, opacity: number): void {
  brush.globalAlpha = opacity;
  brush.strokeStyle = look.accent;
  brush.lineWidth = 18;
  brush.lineCap = "round";
  const path = new Path2D();
  trace(line.points, 0, path, new Path2D());
  brush.stroke(path);
  brush.globalAlpha = 1;
}

const stamps = new Map<string, HTMLCanvasElement>();

/** The sign of each line in its middle; a sign is drawn once for a size and then stamped. */
function signs(brush: CanvasRenderingContext2D, some: readonly Ray[], look: Look, frame: Frame): void {
  if (SIGN * frame.zoom < LEAST_SIGN) return;
  const size = SIGN * frame.zoom * frame.ratio;
  if (stamps.size > 200) stamps.clear();
  const glyphs = new Map(look.lines.map((line) => [line.id, line.glyph]));
  for (const line of some) {
    const glyph = glyphs.get(line.status);
    if (!glyph) continue;
    const key = `${glyph} ${size} ${look.ink} ${look.paper}`;
    const stamp = stamps.get(key) ?? stampOf(glyph, size, look);
    stamps.set(key, stamp);
    const [at, half] = [pointOn(line.points), stamp.width / (2 * frame.zoom * frame.ratio)];
    brush.drawImage(stamp, at.x - half, at.y - half, 2 * half, 2 * half);
  }
}

function stampOf(glyph: string, size: number, look: Look): HTMLCanvasElement {
  const stamp = document.createElement("canvas");
  stamp.width = stamp.height = Math.ceil(size * 2);
  const brush = stamp.getContext("2d");
  if (!brush) return stamp;
  brush.scale(size / SIGN, size / SIGN);
  const middle = stamp.width / (2 * (size / SIGN));
  words(brush, [glyph], { x: middle, y: middle }, SIGN, look, "center", 600);
  return stamp;
}

function bodies(brush: CanvasRenderingContext2D, some: readonly Name[], look: Look): void {
  for (const family of FAMILIES) {
    const path = new Path2D();
    for (const name of some) if (name.family === family) outline(path, name);
    brush.fillStyle = look.fills[family];
    brush.strokeStyle = family === "value" ? look.muted : look.border;
    brush.lineWidth = family === "value" ? 1 : 1.5;
    brush.setLineDash(family === "hypothetical" ? [4, 3] : []);
    const opacity = brush.globalAlpha;
    brush.globalAlpha = family === "hypothetical" ? 0.35 * opacity : opacity;
    brush.fill(path);
    brush.globalAlpha = opacity;
    brush.stroke(path);
  }
  brush.setLineDash([]);
}

/** The shape of a family, as everywhere (`kinds.ts`). */
function outline(path: Path2D, { family, x, y, wide, tall }: Name): void {
  const corners = (...at: [number, number][]): void => {
    at.forEach(([dx, dy], index) => (index ? path.lineTo(x + dx * wide, y + dy * tall) : path.moveTo(x + dx * wide, y + dy * tall)));
    path.closePath();
  };
  if (family === "actor") {
    path.moveTo(x + wide, y);
    path.ellipse(x, y, wide, tall, 0, 0, 2 * Math.PI);
  } else if (family === "group") corners([-0.5, -1], [0.5, -1], [1, 0], [0.5, 1], [-0.5, 1], [-1, 0]);
  else if (family === "event" || family === "hypothetical") corners([0, -1], [1, 0], [0, 1], [-1, 0]);
  else if (family === "topic") corners([-1, -1], [0.4, -1], [1, 0], [0.4, 1], [-1, 1]);
  else if (family === "place") path.rect(x - wide, y - tall, 2 * wide, 2 * tall);
  else path.roundRect(x - wide, y - tall, 2 * wide, 2 * tall, Math.min(7, tall));
}

/** Names grow with the picture up to a size; of two that would cover each other, the one that more is said of is written. */
function labels(brush: CanvasRenderingContext2D, some: readonly Name[], look: Look, zoom: number): void {
  const taken: BoundingBox12[] = [];
  for (const name of [...some].sort((one, other) => other.font - one.font)) {
    if (!readable(name, zoom)) continue;
    const size = Math.min(name.font, MOST_NAME / zoom);
    const lines = rows(name);
    const at = { x: name.x + name.wide + 5, y: name.y };
    const [wide, half] = [Math.max(...lines.map((line) => line.length)) * size * LETTER, (lines.length * size) / 2];
    const box = { x1: at.x, x2: at.x + wide, y1: at.y - half, y2: at.y + half };
    if (taken.some((each) => overlap(each, box))) continue;
    taken.push(box);
    words(brush, lines, at, size, look, "left", 400);
  }
}

/** Letters with a rim of the ground, so that lines behind them do not disturb. */
function words(brush: CanvasRenderingContext2D, lines: readonly string[], at: Point, size: number, look: Look, align: CanvasTextAlign, weight: number): void {
  brush.font = `${weight} ${size}px ${FACE}`;
  brush.textAlign = align;
  brush.textBaseline = "middle";
  brush.lineJoin = "round";
  brush.lineWidth = size / 3.5;
  brush.strokeStyle = look.paper;
  brush.fillStyle = look.ink;
  const place = (index: number): number => at.y + (index - (lines.length - 1) / 2) * size * 1.1;
  lines.forEach((line, index) => brush.strokeText(line, at.x, place(index))); // all rims first: none covers letters
  lines.forEach((line, index) => brush.fillText(line, at.x, place(index)));
}
