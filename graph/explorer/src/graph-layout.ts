// From the server's stored positions in [-1, 1] to the canvas: the shape of the picture is the
// server's, only its stretch follows the window. No physics, so a picture is the same tomorrow.

import type { ElementDefinition, Position } from "cytoscape";
import { NODE_FONT } from "./graph-style";
import { familyOf, labelIn } from "./kinds";
import type { Bundle, Focus, GraphNode } from "./types";

const LABEL = { least: 104, most: 160, share: 0.2, centre: 140, narrow: 96 };
const SHAPE = 44; // a node, and the gap between it and its name
const EDGE = 34; // from the outermost node to the end of the canvas
const ROW = 46; // a name of two lines
const TALL_ROW = 54; // a name of three
const LINE = 126; // the shortest line that carries a badge well
const BESIDE = 74; // half a node, a badge and its gaps
const FACE = `${NODE_FONT}px system-ui, sans-serif`;

export interface Room {
  width: number;
  height: number;
}

/** The size at which everything has room; larger than the window when there is much to show. */
export function roomFor(lines: number, window: Room): Room {
  const wide = 2 * (LABEL.least + SHAPE + LINE);
  const tall = rows(lines) * ROW + 2 * EDGE;
  const by = Math.max(1, wide / window.width, tall / window.height);
  return { width: window.width * by, height: window.height * by };
}

/** Rows on one side of the picture; the server gives every line one. */
function rows(lines: number): number {
  return Math.max(1, Math.ceil(lines / 2));
}

let brush: CanvasRenderingContext2D | null = null;

/** The width of a text in the letters of a name. */
export function measure(text: string): number {
  brush ??= document.createElement("canvas").getContext("2d");
  if (!brush) return text.length * 7;
  brush.font = FACE;
  return brush.measureText(text).width;
}

/** Pieces no wider than `width`: words, and parts of words that are too long. */
function pieces(text: string, width: number): string[] {
  return text.split(/\s+/).flatMap((part) => {
    if (measure(part) <= width) return part ? [part] : [];
    const cut: string[] = [];
    for (const letter of part) {
      const grown = (cut.at(-1) ?? "") + letter;
      if (cut.length && measure(grown) <= width) cut[cut.length - 1] = grown;
      else cut.push(letter);
    }
    return cut;
  });
}

/** Wrapped at words into at most `rows` rows; the whole text stays in the table and on hover. */
export function wrap(text: string, width: number, rows: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces(text, width)) {
    const grown = lines.length ? `${lines.at(-1)} ${piece}` : piece;
    if (lines.length && measure(grown) <= width) lines[lines.length - 1] = grown;
    else lines.push(piece);
  }
  if (lines.length <= rows) return lines;
  return [...lines.slice(0, rows - 1), `${lines[rows - 1]}…`];
}

/** Every line keeps its own direction, whatever the direction of the page. */
export function isolate(line: string): string {
  const rightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u.test(line);
  return `${rightToLeft ? "\u2067" : "\u2066"}${line}\u2069`;
}

type Placed = ElementDefinition & { classes: string; data: { id: string } & Record<string, unknown> };

interface Names {
  width: number;
  rows: number;
}

/** Lines that the server gives a row: in a picture of an answer one between two neighbours has two. */
function rowsGiven(focus: Focus): number {
  const ends = focus.bundles.flatMap((bundle) => [...new Set([bundle.source, bundle.target])]);
  return ends.filter((end) => end !== focus.entity.id).length;
}

export function elements(focus: Focus, lang: string, window: Room, lines = Math.max(focus.bundles.length, rowsGiven(focus))): ElementDefinition[] {
  const room = roomFor(lines, window);
  const width = Math.round(Math.max(LABEL.least, Math.min(LABEL.most, room.width * LABEL.share)));
  const half = { x: room.width / 2 - width - SHAPE, y: room.height / 2 - EDGE };
  const names = { width, rows: (2 * half.y) / rows(lines) < TALL_ROW ? 2 : 3 };
  // Beside the name in the middle a badge still fits.
  const middle = Math.round(Math.max(LABEL.narrow, Math.min(LABEL.centre, 2 * (half.x - BESIDE))));
  const ids = new Set(focus.nodes.map((node) => node.id));
  const ends = new Set(focus.bundles.flatMap((bundle) => [bundle.source, bundle.target]).concat(focus.entity.id));
  const nodes = focus.nodes.filter((node) => ends.has(node.id)).map((node) => {
    const place = { x: clamp(node.x) * half.x, y: clamp(node.y) * half.y };
    return node.id === focus.entity.id ? centreElement(node, lang, place, middle) : nodeElement(node, lang, place, names);
  });
  const values = new Map(nodes.filter((each) => each.classes.startsWith("value ")).map((each) => [each.data.id, each.data["side"] as string]));
  return [...nodes, ...focus.bundles.filter((bundle) => ids.has(bundle.source) && ids.has(bundle.target)).map((bundle) => edgeElement(bundle, values))];
}

/** The lines that a withdrawal fells, and the names that stand only at their ends. */
export function ghosts(focus: Focus, lang: string, window: Room): ElementDefinition[] {
  const standing = new Set(focus.bundles.flatMap((bundle) => [bundle.source, bundle.target]).concat(focus.entity.id));
  const all = elements({ ...focus, bundles: focus.fallen }, lang, window, Math.max(focus.bundles.length, rowsGiven(focus)));
  return all
    .filter((each) => each.group === "edges" || !standing.has(each.data.id as string))
    .map((each) => ({ ...each, classes: `${each.classes ?? ""} ghost`, data: { ...each.data, ...(each.group === "edges" ? { id: `ghost ${each.data["bundle"] as string}`, badge: struck(each.data["badge"] as string) } : {}) } }));
}

/** With a stroke through every sign. */
function struck(text: string): string {
  return [...text].map((sign) => (/[\s\u2066-\u2069]/.test(sign) ? sign : `${sign}\u0336`)).join("");
}

function clamp(n: number): number {
  return Number.isFinite(n) ? Math.max(-1, Math.min(1, n)) : 0;
}

function centreElement(node: GraphNode, lang: string, position: Position, width: number): Placed {
  const lines = wrap(labelIn(lang, node), width, 4);
  return { ...common(node, lang, lines, position), classes: `${familyOf(node.kind)} centre` };
}

function nodeElement(node: GraphNode, lang: string, place: Position, names: Names): Placed {
  const family = familyOf(node.kind);
  const lines = wrap(labelIn(lang, node), names.width, names.rows);
  const side = place.x < 0 ? "left" : "right";
  const wide = Math.max(40, ...lines.map((line) => measure(line) + 20));
  // A value is written inside its shape, which starts where other shapes do and grows outwards.
  const shift = family === "value" ? (wide / 2 - 14) * (side === "left" ? -1 : 1) : 0;
  const element = common(node, lang, lines, { x: place.x + shift, y: place.y });
  return { ...element, classes: `${family} ${side}`, data: { ...element.data, side, wide, tall: 10 + 14 * lines.length } };
}

function common(node: GraphNode, lang: string, lines: string[], position: Position): Omit<Placed, "classes"> {
  const size = Math.round(24 + Math.min(14, 4 * Math.log2(1 + Math.max(0, node.claims))));
  const data = { id: node.id, kind: node.kind, label: lines.map(isolate).join("\n"), whole: labelIn(lang, node), claims: node.claims, size };
  return { group: "nodes" as const, grabbable: false, position, data };
}

/** A line; at which side values stand decides where it ends. */
function edgeElement(bundle: Bundle, values: ReadonlyMap<string, string>): ElementDefinition {
  const ends = ["source", "target"] as const;
  return {
    group: "edges",
    classes: ends.flatMap((end) => (values.has(bundle[end]) ? [`${end}-${values.get(bundle[end])}`] : [])).join(" "),
    data: {
      id: `bundle ${bundle.id}`,
      bundle: bundle.id,
      source: bundle.source,
      target: bundle.target,
      status: bundle.status,
      badge: isolate(bundle.badge),
      text: bundle.text,
      offset: 40, // until the badges are placed
    },
  };
}
