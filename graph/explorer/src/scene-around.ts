// The picture around a name as plain values. Its shape is the server's, with positions in [-1, 1]; only its stretch
// follows the window. No physics, so a picture is the same tomorrow.

import { familyOf, labelIn } from "./kinds";
import { isolate, measure, NAME_FONT, struck, wrap } from "./letters";
import type { Point } from "./point";
import { clearOf, raysOf, type Name, type Ray, type Scene } from "./scene";
import { placeBadges } from "./scene-badges";
import type { Focus, GraphNode } from "./types";

const LABEL = { least: 104, most: 160, long: 230, share: 0.2, centre: 140, narrow: 96 };
const SHAPE = 44; // a node, and the gap between it and its name
const EDGE = 34; // from the outermost node to the end of the canvas
const ROW = 38; // a name of two lines
const LOW_ROW = 18; // a name of one line
const LARGER = 1.75; // times as large are names of one line where they take the place of two: only then are they shortened
const LOW = 8; // half of a shape in a low row
const TALL_ROW = 50; // a name of three
const LINE = 126; // the shortest line that carries a badge well
const BESIDE = 74; // half a node, a badge and its gaps
const STEP = 44; // between lines that join the same two names
const PAPER = { width: 1300, least: 420, row: 62 }; // rows of four lines
const CENTRE = 23; // half of the shape in the middle

export interface Room {
  width: number;
  height: number;
}

interface Names {
  width: number;
  rows: number;
}

/** The size at which everything has room, larger than the window when there is much to show, and whether in low rows. */
function roomFor(lines: number, window: Room): Room & { low: boolean } {
  const by = (row: number): number => Math.max(1, (2 * (LABEL.least + SHAPE + LINE)) / window.width, (rowsOf(lines) * row + 2 * EDGE) / window.height);
  const low = by(ROW) > LARGER * by(LOW_ROW);
  const times = by(low ? LOW_ROW : ROW);
  return { width: window.width * times, height: window.height * times, low };
}

/** Rows on one side of the picture; the server gives every line one. */
function rowsOf(lines: number): number {
  return Math.max(1, Math.ceil(lines / 2));
}

/** Lines that the server gives a row: in a picture of an answer one between two neighbours has two. */
function rowsGiven(focus: Focus): number {
  const ends = focus.bundles.flatMap((bundle) => [...new Set([bundle.source, bundle.target])]);
  return ends.filter((end) => end !== focus.entity.id).length;
}

export function aroundScene(focus: Focus, lang: string, window: Room): Scene {
  return sceneOf(focus, lang, window, Math.max(focus.bundles.length, rowsGiven(focus)));
}

/** On paper there is room for long names and for the words along the lines. */
export function savedScene(focus: Focus, lang: string): Scene {
  const lines = Math.max(focus.bundles.length, rowsGiven(focus));
  const height = Math.max(PAPER.least, rowsOf(lines) * PAPER.row + 2 * EDGE);
  return sceneOf(focus, lang, { width: PAPER.width, height }, lines);
}

/** The lines that a withdrawal fells, their badges struck through, and the names that stand only at their ends. */
export function fallenScene(focus: Focus, lang: string, window: Room): Scene {
  const standing = new Set(focus.bundles.flatMap((bundle) => [bundle.source, bundle.target]).concat(focus.entity.id));
  const all = sceneOf({ ...focus, bundles: focus.fallen }, lang, window, Math.max(focus.bundles.length, rowsGiven(focus)));
  return { ...all, lines: all.lines.map((line) => ({ ...line, badge: struck(line.badge) })), names: all.names.filter((name) => !standing.has(name.id)) };
}

function sceneOf(focus: Focus, lang: string, window: Room, lines: number): Scene {
  const room = roomFor(lines, window);
  const row = (room.height - 2 * EDGE) / rowsOf(lines);
  const width = Math.round(Math.max(LABEL.least, Math.min(room.low ? LABEL.long : LABEL.most, room.width * LABEL.share)));
  const half = { x: room.width / 2 - width - SHAPE, y: room.height / 2 - EDGE };
  const beside = { width, rows: room.low ? 1 : row < TALL_ROW ? 2 : row < PAPER.row ? 3 : 4 };
  // Beside the name in the middle a badge still fits.
  const middle = Math.round(Math.max(LABEL.narrow, Math.min(LABEL.centre, 2 * (half.x - BESIDE))));
  const ends = new Set(focus.bundles.flatMap((bundle) => [bundle.source, bundle.target]).concat(focus.entity.id));
  const names = focus.nodes.filter((node) => ends.has(node.id)).map((node) => {
    const place = { x: clamp(node.x) * half.x, y: clamp(node.y) * half.y };
    return node.id === focus.entity.id ? centreName(node, lang, place, middle) : nameOf(node, lang, place, beside);
  });
  const rays = raysOf(focus.bundles, new Map(names.map((name) => [name.id, name])), STEP, clearOf);
  return { names, lines: placeBadges(rays, names), crowded: false };
}

function clamp(n: number): number {
  return Number.isFinite(n) ? Math.max(-1, Math.min(1, n)) : 0;
}

function centreName(node: GraphNode, lang: string, place: Point, width: number): Name {
  const rows = wrap(labelIn(lang, node), width, 4).map(isolate);
  return { ...common(node, lang, rows), ...place, wide: CENTRE, tall: CENTRE, weight: 600, side: "below", centre: true };
}

function nameOf(node: GraphNode, lang: string, place: Point, names: Names): Name {
  const rows = wrap(labelIn(lang, node), names.width, names.rows);
  const [side, out] = place.x < 0 ? (["left", -1] as const) : (["right", 1] as const);
  const plain = { ...common(node, lang, rows.map(isolate)), weight: 400, centre: false };
  if (plain.family !== "value") {
    const half = names.rows === 1 ? LOW : Math.round(22 + Math.min(12, 4 * Math.log2(1 + Math.max(0, node.claims)))) / 2;
    return { ...plain, ...place, wide: half, tall: half, side };
  }
  // A value is written inside its shape, which starts where other shapes do and grows outwards.
  const wide = Math.max(40, ...rows.map((row) => measure(row) + 20)) / 2;
  const tall = names.rows === 1 ? LOW : 3 + 7 * rows.length;
  return { ...plain, x: place.x + (wide - 14) * out, y: place.y, wide, tall, side: "within", font: 12 };
}

function common(node: GraphNode, lang: string, rows: readonly string[]): Pick<Name, "id" | "kind" | "family" | "whole" | "claims" | "font" | "rows"> {
  return { id: node.id, kind: node.kind, family: familyOf(node.kind), whole: labelIn(lang, node), claims: node.claims, font: NAME_FONT, rows };
}

/** What is seen while some statuses are not shown: their lines, and the names that only they reach, are left out. */
export function without(scene: Scene, off: ReadonlySet<string>): Scene {
  const lines = scene.lines.filter((line) => !off.has(line.status));
  const reached = new Set(lines.flatMap((line: Ray) => [line.source, line.target]));
  return { ...scene, lines, names: scene.names.filter((name) => name.centre || reached.has(name)) };
}
