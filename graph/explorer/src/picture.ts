// A picture that may leave the page: the lines as drawn, with a legend, whose words they are, and how to cite it.

import { svg } from "./dom";
import type { Drawn, DrawnLine, DrawnName } from "./drawn";
import { pointOn } from "./point";
import { isolate, wrap } from "./letters";
import type { Family } from "./kinds";
import { colourOf, isHollow, statuses, statusOf, strokeOf, statusWord } from "./status";
import type { Status } from "./types";

const FACE = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";
const EDGE = 24;
const ROW = 20;
const LETTER = 6.2;
const LEGEND = 370; // the longest word of a status with its line
const INK = "#211d2b";
const GREY = "#625c70";
const PAPER = "#ffffff";

export interface Citation {
  title: string;
  lines: string[];
}

/** The whole picture as an SVG document, light, whatever the page is. */
export function pictureOf({ lines, names, box }: Drawn, citation: Citation): SVGSVGElement {
  const wide = Math.max(560, box.w + 2 * EDGE);
  const used = statuses().filter((status) => lines.some((each) => each.status === status.id));
  const columns = Math.max(1, Math.floor((wide - 2 * EDGE) / LEGEND));
  const notes = citation.lines.flatMap((line) => wrap(line, wide - 2 * EDGE, 6));
  const top = EDGE + 30;
  const legendAt = top + box.h + EDGE;
  const notesAt = legendAt + Math.ceil(used.length / columns) * ROW + 14;
  const tall = notesAt + notes.length * 16 + EDGE;
  const shift = `translate(${(wide - box.w) / 2 - box.x1} ${top - box.y1})`;
  const text = (x: number, y: number, words: string, size = 12, colour = INK, anchor = "start"): SVGElement => svg("text", { x, y, "font-size": size, fill: colour, "text-anchor": anchor }, isolate(words));
  return svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width: Math.ceil(wide), height: Math.ceil(tall), viewBox: `0 0 ${Math.ceil(wide)} ${Math.ceil(tall)}`, "font-family": FACE, role: "img" },
    svg("title", {}, citation.title),
    svg("desc", {}, lines.map((each) => each.text).join("\n")),
    svg("rect", { width: Math.ceil(wide), height: Math.ceil(tall), fill: PAPER }),
    text(EDGE, EDGE + 8, citation.title, 17),
    svg("g", { transform: shift }, ...lines.map(line), ...names.map(shape), ...lines.map(badge)),
    ...used.map((status, index) => sample(status, EDGE + (index % columns) * LEGEND, legendAt + Math.floor(index / columns) * ROW)),
    ...notes.map((words, index) => text(EDGE, notesAt + index * 16, words, 11, GREY)),
  ) as SVGSVGElement;
}

function line({ bundle, status: id, text, points }: DrawnLine): SVGElement | null {
  const status = statusOf(id);
  if (!status) return null;
  const d = points.map((p, i) => `${i ? "L" : "M"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");
  const { colour, dash, double } = { colour: lightOf(status), ...strokeOf(status) };
  const [from, to] = [points.at(-2)!, points.at(-1)!];
  const turn = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return svg(
    "g",
    { "data-bundle": bundle, "data-status": status.id },
    svg("title", {}, text),
    svg("path", { d, fill: "none", stroke: colour, "stroke-width": double ? status.width + 3 : status.width, ...(dash.length ? { "stroke-dasharray": dash.join(" ") } : {}) }),
    ...(double ? [svg("path", { d, fill: "none", stroke: PAPER, "stroke-width": status.width + 0.5 })] : []),
    svg("path", { d: "M-9 -4.5 0 0 -9 4.5Z", transform: `translate(${to.x.toFixed(1)} ${to.y.toFixed(1)}) rotate(${turn.toFixed(1)})`, fill: isHollow(status.arrow) ? PAPER : colour, stroke: colour }),
  );
}

/** The light colour, even where the page is dark: what is printed is on paper. */
function lightOf(status: Status): string {
  return /^#[0-9a-f]{3,8}$/i.test(status.colour) ? status.colour : colourOf(status);
}

function badge({ status: id, badge: words, points, offset }: DrawnLine): SVGElement {
  const at = pointOn(points, offset);
  const half = (words.length * LETTER) / 2 + 3;
  const status = statusOf(id);
  return svg("g", {}, svg("rect", { x: at.x - half, y: at.y - 9, width: 2 * half, height: 18, rx: 4, fill: PAPER, stroke: status ? lightOf(status) : GREY }), svg("text", { x: at.x, y: at.y + 4, "font-size": 11, "font-weight": 600, "text-anchor": "middle", fill: INK }, words));
}

const FILLS: Record<Family, string> = { actor: "#e3e5f3", group: "#ece4f3", place: "#e2efe6", event: "#f7e8da", hypothetical: "#ffffff", topic: "#e9ebe4", thing: "#e9ebe4", value: "#ffffff" };

function shape({ x, y, wide: w, tall: h, family, rows, side }: DrawnName): SVGElement {
  const look = { fill: FILLS[family], stroke: INK, "stroke-width": side === "below" ? 3 : 1.2, ...(family === "hypothetical" ? { "stroke-dasharray": "4 3" } : {}) };
  const outline =
    family === "actor"
      ? svg("ellipse", { cx: x, cy: y, rx: w, ry: h, ...look })
      : family === "event" || family === "hypothetical"
        ? svg("path", { d: `M${x} ${y - h} ${x + w} ${y} ${x} ${y + h} ${x - w} ${y}Z`, ...look })
        : svg("rect", { x: x - w, y: y - h, width: 2 * w, height: 2 * h, rx: family === "place" ? 0 : 7, ...look });
  const [dx, anchor] = side === "left" ? [-w - 6, "end"] : side === "right" ? [w + 6, "start"] : [0, "middle"];
  const under = side === "below" ? h + 16 : -(rows.length - 1) * 7.5 + 4;
  return svg("g", {}, outline, ...rows.map((words, index) => svg("text", { x: x + dx, y: y + under + index * 15, "text-anchor": anchor, "font-size": 12, fill: INK, stroke: PAPER, "stroke-width": 3, "paint-order": "stroke" }, words)));
}

function sample(status: Status, x: number, y: number): SVGElement {
  const { dash, double } = strokeOf(status);
  const colour = lightOf(status);
  return svg(
    "g",
    { "data-legend": status.id },
    svg("line", { x1: x, y1: y, x2: x + 40, y2: y, stroke: colour, "stroke-width": double ? status.width + 3 : status.width, ...(dash.length ? { "stroke-dasharray": dash.join(" ") } : {}) }),
    ...(double ? [svg("line", { x1: x, y1: y, x2: x + 40, y2: y, stroke: PAPER, "stroke-width": status.width + 0.5 })] : []),
    svg("text", { x: x + 50, y: y + 4, "font-size": 12, fill: INK }, `${status.glyph} ${statusWord(status.id)}`),
  );
}

export function svgText(picture: SVGSVGElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`;
}

/** The same as pixels, twice as fine; null where the browser cannot. */
export async function pngOf(picture: SVGSVGElement): Promise<Blob | null> {
  const [width, height] = [Number(picture.getAttribute("width")), Number(picture.getAttribute("height"))];
  const scale = Math.min(2, 8000 / Math.max(width, height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(picture))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const brush = canvas.getContext("2d");
  if (!brush) return null;
  brush.scale(scale, scale);
  brush.drawImage(image, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
