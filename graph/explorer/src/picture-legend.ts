// The key of a picture that leaves the page: the lines, signs and shapes that occur in it, as they look in it.

import { svg } from "./dom";
import type { Drawn } from "./scene";
import { isolate } from "./letters";
import { CORNERS, FAMILY_WORDS, type Family } from "./kinds";
import { colourOf, isHollow, statuses, strokeOf, statusWord } from "./status";
import { s } from "./strings";
import type { Status } from "./types";

export const INK = "#211d2b";
export const GREY = "#625c70";
export const PAPER = "#ffffff";

const ROW = 20;
const HEAD = 22;
const STATUS = 370; // the longest word of a status with its line and number
const SHAPE = 200;
const FILLS: Record<Family, string> = { actor: "#e3e5f3", group: "#ece4f3", place: "#e2efe6", event: "#f7e8da", hypothetical: "#ffffff", topic: "#e9ebe4", thing: "#e9ebe4", value: "#ffffff" };

/** Rows of samples from a point downwards, and how tall they are. */
export function legendOf({ lines, names }: Drawn, left: number, top: number, wide: number): { parts: SVGElement[]; tall: number } {
  const used = statuses().filter((status) => lines.some((each) => each.status === status.id));
  const families = (Object.keys(FAMILY_WORDS) as Family[]).filter((family) => names.some((name) => name.family === family));
  const many = (status: Status): number => lines.filter((line) => line.status === status.id).length;
  const first = block(s.pictureStatus, used, STATUS, left, top, wide, (status, x, y) => lineRow(status, many(status), x, y));
  const second = block(s.pictureShapes, families, SHAPE, left, top + first.tall + 8, wide, shapeRow);
  return { parts: [...first.parts, ...second.parts], tall: first.tall + 8 + second.tall };
}

function block<T>(title: string, of: readonly T[], column: number, left: number, top: number, wide: number, row: (each: T, x: number, y: number) => SVGElement): { parts: SVGElement[]; tall: number } {
  if (!of.length) return { parts: [], tall: 0 };
  const columns = Math.max(1, Math.floor(wide / column));
  const head = svg("text", { x: left, y: top + 4, "font-size": 12, "font-weight": 600, fill: INK }, title);
  const rows = of.map((each, index) => row(each, left + (index % columns) * column, top + HEAD + Math.floor(index / columns) * ROW));
  return { parts: [head, ...rows], tall: HEAD + Math.ceil(of.length / columns) * ROW };
}

/** The light colour, even where the page is dark: what is printed is on paper. */
export function lightOf(status: Status): string {
  return /^#[0-9a-f]{3,8}$/i.test(status.colour) ? status.colour : colourOf(status);
}

/** A line in the style of its status, with its arrow at the last of its ends. */
export function strokeParts(status: Status, d: string, tip: { x: number; y: number; turn: number }): SVGElement[] {
  const { dash, double, round } = strokeOf(status);
  const colour = lightOf(status);
  const dashed = { "stroke-linecap": round ? "round" : "butt", ...(dash.length ? { "stroke-dasharray": dash.join(" ") } : {}) };
  return [
    svg("path", { d, fill: "none", stroke: colour, "stroke-width": double ? status.width + 3 : status.width, ...dashed }),
    ...(double ? [svg("path", { d, fill: "none", stroke: PAPER, "stroke-width": status.width + 0.5 })] : []),
    svg("path", { d: "M-9 -4.5 0 0 -9 4.5Z", transform: `translate(${tip.x.toFixed(1)} ${tip.y.toFixed(1)}) rotate(${tip.turn.toFixed(1)})`, fill: isHollow(status.arrow) ? PAPER : colour, stroke: colour }),
  ];
}

/** The shape of a family around a point, as everywhere (`kinds.ts`). */
export function outlineOf(family: Family, x: number, y: number, w: number, h: number, heavy = false): SVGElement {
  const look = { fill: FILLS[family], stroke: INK, "stroke-width": heavy ? 3 : 1.2, ...(family === "hypothetical" ? { "stroke-dasharray": "4 3" } : {}) };
  const corners = CORNERS[family];
  if (family === "actor") return svg("ellipse", { cx: x, cy: y, rx: w, ry: h, ...look });
  if (corners) return svg("path", { d: `M${corners.map(([dx, dy]) => `${(x + dx * w).toFixed(1)} ${(y + dy * h).toFixed(1)}`).join("L")}Z`, ...look });
  return svg("rect", { x: x - w, y: y - h, width: 2 * w, height: 2 * h, rx: family === "value" ? Math.min(14, h) : Math.min(7, h), ...look });
}

function lineRow(status: Status, many: number, x: number, y: number): SVGElement {
  return svg("g", { "data-legend": status.id }, ...strokeParts(status, `M${x} ${y}L${x + 40} ${y}`, { x: x + 44, y, turn: 0 }), svg("text", { x: x + 54, y: y + 4, "font-size": 12, fill: INK }, `${status.glyph} ${isolate(statusWord(status.id))}`, svg("tspan", { fill: GREY, dx: 6 }, isolate(s.lines(many)))));
}

function shapeRow(family: Family, x: number, y: number): SVGElement {
  const [wide, tall] = family === "value" ? [12, 6] : [8, 8];
  return svg("g", { "data-shape": family }, outlineOf(family, x + 12, y, wide, tall), svg("text", { x: x + 32, y: y + 4, "font-size": 12, fill: INK }, FAMILY_WORDS[family]));
}
