// Paints a picture: every line in the dash, width, colour and sign of its status, at every zoom.

import { CORNERS, type Family } from "./kinds";
import { BADGE_FONT, FACE, rowAt } from "./letters";
import { lengthOf, overlap, pointOn, type Box, type Point } from "./point";
import { anchor, badgeOf, NAME, rows, type Name, type Ray, type Scene } from "./scene";
import { colourOf, isHollow, statuses, strokeOf, type Stroke } from "./status";
import { token } from "./theme";

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
  /** The line that is pointed at. */
  warm: string | null;
  /** The name that is pointed at: what does not touch it steps back. */
  near: Name | null;
  /** What a withdrawal has felled, how much of it is left to see, and how far its names have dropped. */
  falling: Falling;
}

export interface Falling {
  lines: readonly Ray[];
  names: readonly Name[];
  opacity: number;
  drop: number;
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
const LEAST = { crowded: 9, placed: 4 }; // pixels; smaller letters of names are left out
const MOST_NAME = 17;
const TOLD = 12; // names that are told at every zoom where names crowd: those that most is said of, of what is in sight
const LETTER = 0.5; // the width of a letter, of its height
const LEAST_SIGN = 8; // pixels
const ROOM = 2.5; // signs go on a line at least
const SIGN = 13;
const HEAD = 9;
const FALLING = [2, 5];
const HALO = 8;

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
  const { near, falling } = marks;
  const [loud, quiet] = parted(lines, (line) => !near || near.centre || line.source === near || line.target === near);
  const beside = new Set(near && !near.centre ? [near, ...loud.flatMap((line) => [line.source, line.target])] : names);
  const [bright, dim] = parted(names, (name) => beside.has(name));
  const leading = new Set(scene.crowded ? names.slice(-TOLD) : []);
  const marked = lines.filter((line) => line.id === marks.selected || line.id === marks.current || line.id === marks.warm);

  for (const line of marked) glow(brush, line, look, marks);
  for (const [some, opacity] of [[quiet, 0.22], [loud, 1]] as const) {
    brush.globalAlpha = opacity;
    strokes(brush, some, look, zoom);
    signs(brush, some, look, frame);
    badges(brush, some, look, zoom, marks.current);
  }
  fallen(brush, falling, look, frame, scene.crowded);
  for (const [some, opacity] of [[dim, 0.4], [bright, 1]] as const) {
    brush.globalAlpha = opacity;
    bodies(brush, some, look, near);
    labels(brush, some, look, zoom, scene.crowded, leading);
  }
  for (const name of names) if (!scene.crowded && (name.centre || name === near) && !readable(name, zoom, false)) told(brush, name, look, LEAST.crowded / zoom);
  for (const line of marked) if (line.badgeAt === null) words(brush, [line.badge], pointOn(line.points), SIGN, look, "center", 600);
}

/** Lines that have fallen are dotted and grey, and their names drop. */
function fallen(brush: CanvasRenderingContext2D, { lines, names, opacity, drop }: Falling, look: Look, frame: Frame, crowded: boolean): void {
  if (!lines.length) return;
  brush.globalAlpha = opacity;
  strokes(brush, lines, look, frame.zoom, FALLING);
  badges(brush, lines, look, frame.zoom, null, look.muted);
  brush.save();
  brush.translate(0, drop);
  bodies(brush, names, look, null, FALLING);
  if (!crowded) labels(brush, names, { ...look, ink: look.muted }, frame.zoom, crowded);
  brush.restore();
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

/** A name's letters stand beside it. */
function inSight(name: Name, { left, top, right, bottom }: Sight, zoom: number): boolean {
  const [wide, tall] = readable(name, zoom, false) ? [2 * NAME + name.font * 12, 5 * name.font] : [0, 0];
  return name.x + name.wide + wide >= left && name.x - name.wide - (name.side === "right" ? 0 : wide) <= right && name.y + name.tall + tall >= top && name.y - name.tall - tall <= bottom;
}

function readable(name: Name, zoom: number, crowded: boolean): boolean {
  return name.font * zoom >= (crowded ? LEAST.crowded : LEAST.placed);
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
    const colour = dash ? look.muted : line.colour;
    brush.strokeStyle = colour;
    brush.lineWidth = (line.double ? line.width + 3.5 : line.width) * by;
    brush.stroke(path);
    brush.setLineDash([]);
    if (line.double) {
      brush.strokeStyle = look.paper;
      brush.lineWidth = (line.width + 0.5) * by;
      brush.stroke(path);
      brush.strokeStyle = colour;
    }
    brush.lineWidth = 1.2 * by;
    brush.fillStyle = line.hollow ? look.paper : colour;
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

/** What is open, where the keyboard is and what is pointed at lie on a band of light. */
function glow(brush: CanvasRenderingContext2D, line: Ray, look: Look, { selected, current }: Marks): void {
  const [opacity, colour] = line.id === current ? [0.34, look.accent] : line.id === selected ? [0.22, look.accent] : [0.1, look.ink];
  brush.globalAlpha = opacity;
  brush.strokeStyle = colour;
  brush.lineWidth = 18;
  brush.lineCap = "round";
  const path = new Path2D();
  trace(line.points, 0, path, new Path2D());
  brush.stroke(path);
  brush.globalAlpha = 1;
}

/** Badges that have a place: the letters in ink, framed in the colour of their line. */
function badges(brush: CanvasRenderingContext2D, some: readonly Ray[], look: Look, zoom: number, current: string | null, colour?: string): void {
  if (BADGE_FONT * zoom < LEAST.placed) return;
  const opacity = brush.globalAlpha;
  const colours = new Map(look.lines.map((line) => [line.id, line.colour]));
  brush.font = `600 ${BADGE_FONT}px ${FACE}`;
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  for (const line of some) {
    const box = badgeOf(line);
    if (!box) continue;
    brush.fillStyle = look.paper;
    brush.strokeStyle = line.id === current ? look.accent : (colour ?? colours.get(line.status) ?? look.ink);
    brush.lineWidth = line.id === current ? 2 : 1;
    brush.beginPath();
    brush.roundRect(box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1, 4);
    brush.fill();
    brush.globalAlpha = line.id === current ? opacity : 0.9 * opacity;
    brush.stroke();
    brush.globalAlpha = opacity;
    brush.fillStyle = colour ?? look.ink; // small figures need more contrast than a line; the frame repeats its colour
    brush.fillText(line.badge, (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2 + 0.5);
  }
}

const stamps = new Map<string, HTMLCanvasElement>();

/**
 * The sign of each line without a badge to be read, in its middle, never smaller than can be told; a line shorter than its
 * sign has none. A sign is drawn once for a size and then stamped.
 */
function signs(brush: CanvasRenderingContext2D, some: readonly Ray[], look: Look, frame: Frame): void {
  const size = Math.max(LEAST_SIGN, SIGN * frame.zoom);
  const badged = BADGE_FONT * frame.zoom >= LEAST.placed;
  if (stamps.size > 200) stamps.clear();
  const glyphs = new Map(look.lines.map((line) => [line.id, line.glyph]));
  for (const line of some) {
    const glyph = line.badgeAt !== null && badged ? "" : glyphs.get(line.status);
    if (!glyph || lengthOf(line.points) * frame.zoom < ROOM * size) continue;
    const key = `${glyph} ${size * frame.ratio} ${look.ink} ${look.paper}`;
    const stamp = stamps.get(key) ?? stampOf(glyph, size * frame.ratio, look);
    stamps.set(key, stamp);
    const at = pointOn(line.points, line.badgeAt ?? undefined);
    const half = stamp.width / (2 * frame.zoom * frame.ratio);
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

function bodies(brush: CanvasRenderingContext2D, some: readonly Name[], look: Look, near: Name | null, dash: number[] = []): void {
  const opacity = brush.globalAlpha;
  for (const family of FAMILIES) {
    const held = some.filter((name) => name.family === family);
    if (!held.length) continue;
    brush.setLineDash(family === "hypothetical" ? [4, 3] : dash);
    for (const name of held) if (name.centre) halo(brush, name, look);
    brush.fillStyle = look.fills[family];
    brush.globalAlpha = family === "hypothetical" ? 0.35 * opacity : opacity;
    brush.fill(outlines(held));
    brush.globalAlpha = opacity;
    const [strong, plain] = parted(held, (name) => name.centre || name === near);
    brush.strokeStyle = family === "value" ? look.muted : look.border;
    brush.lineWidth = family === "value" ? 1 : 1.5;
    brush.stroke(outlines(plain));
    for (const name of strong) {
      brush.strokeStyle = name.centre ? look.ink : brush.strokeStyle;
      brush.lineWidth = name.centre ? 3.5 : 2.5;
      brush.stroke(outlines([name]));
    }
  }
  brush.setLineDash([]);
}

/** Around the name in the middle. */
function halo(brush: CanvasRenderingContext2D, { x, y, wide, tall }: Name, look: Look): void {
  const opacity = brush.globalAlpha;
  brush.globalAlpha = 0.07 * opacity;
  brush.fillStyle = look.ink;
  brush.beginPath();
  brush.ellipse(x, y, wide + HALO, tall + HALO, 0, 0, 2 * Math.PI);
  brush.fill();
  brush.globalAlpha = opacity;
}

function outlines(names: readonly Name[]): Path2D {
  const path = new Path2D();
  for (const name of names) outline(path, name);
  return path;
}

/** The shape of a family, as everywhere (`kinds.ts`). */
function outline(path: Path2D, { family, x, y, wide, tall }: Name): void {
  const corners = CORNERS[family];
  if (family === "actor") {
    path.moveTo(x + wide, y);
    path.ellipse(x, y, wide, tall, 0, 0, 2 * Math.PI);
  } else if (corners) {
    corners.forEach(([dx, dy], index) => (index ? path.lineTo(x + dx * wide, y + dy * tall) : path.moveTo(x + dx * wide, y + dy * tall)));
    path.closePath();
  } else path.roundRect(x - wide, y - tall, 2 * wide, 2 * tall, Math.min(7, tall));
}

/**
 * Where names have no room of their own they grow with the picture up to a size; of two that would cover each other, the one
 * that more is said of is written.
 */
function labels(brush: CanvasRenderingContext2D, some: readonly Name[], look: Look, zoom: number, crowded: boolean, leading: ReadonlySet<Name> = new Set()): void {
  const taken: Box[] = [];
  const held = some.filter((name) => leading.has(name) || readable(name, zoom, crowded));
  for (const name of crowded ? held.sort((one, other) => other.font - one.font) : held) {
    const size = crowded ? Math.max(Math.min(name.font, MOST_NAME / zoom), LEAST.crowded / zoom) : name.font;
    if (crowded) {
      const [lines, at] = [rows(name), anchor(name, size)];
      const [wide, half] = [Math.max(...lines.map((line) => line.length)) * size * LETTER, (lines.length * size) / 2];
      const box = { x1: at.x, x2: at.x + wide, y1: at.y - half, y2: at.y + half };
      if (taken.some((each) => overlap(each, box))) continue;
      taken.push(box);
    }
    told(brush, name, look, size);
  }
}

/** The letters of one name, in a size. */
function told(brush: CanvasRenderingContext2D, name: Name, look: Look, size: number): void {
  words(brush, rows(name), anchor(name, size), size, look, name.side === "left" ? "right" : name.side === "right" ? "left" : "center", name.weight);
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
  const place = (index: number): number => at.y + rowAt(index, lines.length, size);
  lines.forEach((line, index) => brush.strokeText(line, at.x, place(index))); // all rims first: none covers letters
  lines.forEach((line, index) => brush.fillText(line, at.x, place(index)));
}
