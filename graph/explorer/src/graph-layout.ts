// From the server's stored positions in [-1, 1] to the canvas: the shape of the picture is the
// server's, only its stretch follows the window. No physics, so a picture is the same tomorrow.

import type { ElementDefinition } from "cytoscape";
import { NODE_FONT } from "./graph-style";
import { familyOf, labelIn } from "./kinds";
import type { Bundle, Focus, GraphNode } from "./types";

const MARGIN = { x: 92, y: 66 };
const LEAST = { x: 300, y: 360 };
const FACE = `${NODE_FONT}px system-ui, sans-serif`;
const ROWS = 3;
const EACH = 22_000; // square pixels a node with its label and badge wants

export interface Room {
  width: number;
  height: number;
}

/** The size at which everything has room; larger than the window when there is much to show. */
export function roomFor(nodes: number, window: Room): Room {
  const grow = Math.sqrt((EACH * nodes) / (window.width * window.height));
  const by = Math.max(1, Math.min(2.2, grow), LEAST.x / window.width, LEAST.y / window.height);
  return { width: window.width * by, height: window.height * by };
}

let brush: CanvasRenderingContext2D | null = null;

function measure(text: string): number {
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
export function wrap(text: string, width: number, rows = ROWS): string[] {
  const lines: string[] = [];
  for (const piece of pieces(text, width)) {
    const grown = lines.length ? `${lines.at(-1)} ${piece}` : piece;
    if (lines.length && measure(grown) <= width) lines[lines.length - 1] = grown;
    else lines.push(piece);
  }
  if (lines.length <= rows) return lines;
  return [...lines.slice(0, rows - 1), `${lines[rows - 1]}…`];
}

/** The canvas draws from left to right; a row that starts in Arabic keeps its own direction. */
function isolate(line: string): string {
  return /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u.test(line) ? `\u2067${line}\u2069` : line;
}

interface Point {
  x: number;
  y: number;
}

export function elements(focus: Focus, lang: string, window: Room): ElementDefinition[] {
  const room = roomFor(focus.nodes.length, window);
  const half = { x: room.width / 2 - MARGIN.x, y: room.height / 2 - MARGIN.y };
  const width = spacing(focus.nodes, half);
  const places = new Map<string, Point>(focus.nodes.map((node) => [node.id, { x: clamp(node.x) * half.x, y: clamp(node.y) * half.y }]));
  const known = focus.bundles.filter((bundle) => places.has(bundle.source) && places.has(bundle.target));
  return [
    ...focus.nodes.map((node) => nodeElement(node, focus.entity.id, lang, places.get(node.id) as Point, width(node))),
    ...known.map((bundle, index) => edgeElement(bundle, index, focus, places)),
  ];
}

/** How wide a label may be: what its ring leaves for each node on it. */
function spacing(nodes: GraphNode[], half: Point): (node: GraphNode) => number {
  const ring = (node: GraphNode): number => Math.round(Math.hypot(node.x, node.y) * 8) / 8;
  const sizes = Map.groupBy(nodes, ring);
  return (node) => {
    const share = (Math.PI * (half.x + half.y) * ring(node)) / Math.max(4, sizes.get(ring(node))?.length ?? 1);
    return Math.round(Math.min(150, Math.max(72, share * 0.86)));
  };
}

function clamp(n: number): number {
  return Number.isFinite(n) ? Math.max(-1, Math.min(1, n)) : 0;
}

function nodeElement(node: GraphNode, centre: string, lang: string, position: Point, width: number): ElementDefinition {
  const family = familyOf(node.kind);
  const whole = labelIn(lang, node);
  const room = node.id === centre ? Math.max(width, 150) : family === "value" ? Math.max(width, 110) : width;
  const lines = wrap(whole, room, family === "value" ? 2 : ROWS);
  return {
    group: "nodes",
    classes: `${family}${node.id === centre ? " centre" : ""}`,
    position,
    grabbable: false,
    data: {
      id: node.id,
      kind: node.kind,
      label: lines.map(isolate).join("\n"),
      whole,
      claims: node.claims,
      above: position.y < -8,
      size: Math.round(node.id === centre ? 46 : 24 + Math.min(14, 4 * Math.log2(1 + Math.max(0, node.claims)))),
      wide: Math.max(40, ...lines.map((line) => measure(line) + 24)),
      tall: lines.length > 1 ? 44 : 28,
    },
  };
}

function edgeElement(bundle: Bundle, index: number, focus: Focus, places: Map<string, Point>): ElementDefinition {
  const from = places.get(bundle.source) as Point;
  const to = places.get(bundle.target) as Point;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  // Near the centre lines are close together: the badge sits further out, and neighbours take turns.
  const centre = focus.entity.id;
  const other = focus.nodes.find((node) => node.id === (bundle.source === centre ? bundle.target : bundle.source));
  const outward = other && familyOf(other.kind) === "value" ? 0.48 : 0.56 + 0.11 * (index % 2);
  const share = bundle.source === centre ? outward : bundle.target === centre ? 1 - outward : 0.5;
  return {
    group: "edges",
    data: {
      id: `bundle ${bundle.id}`,
      bundle: bundle.id,
      source: bundle.source,
      target: bundle.target,
      status: bundle.status,
      badge: bundle.badge,
      text: bundle.text,
      offset: Math.max(8, length * share - 22),
    },
  };
}
