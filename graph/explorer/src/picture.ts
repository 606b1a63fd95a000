// A picture that may leave the page and is read alone: the lines as drawn, the words along them where they are few, a
// legend of what occurs, whose words they are, and how to cite it.

import { svg } from "./dom";
import type { Drawn, DrawnLine, DrawnName } from "./drawn";
import { pointOn, type Box } from "./point";
import { BADGE_FONT, isolate, measure, wrap } from "./letters";
import { GREY, INK, legendOf, lightOf, PAPER, shapeOf, strokeParts } from "./picture-legend";
import { wordsAlong, WORD_SIZE, type Written } from "./picture-words";
import { badgeRoom } from "./scene";
import { statusOf } from "./status";
import { s } from "./strings";

const FACE = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";
const EDGE = 24;
const READABLE = 1600; // wider pictures are seen smaller: their legend grows with them

export interface Citation {
  title: string;
  lines: string[];
}

/** The whole picture as an SVG document, light, whatever the page is. */
export function pictureOf(drawn: Drawn, citation: Citation): SVGSVGElement {
  const { lines, names, box, told } = drawn;
  const wide = Math.max(560, box.w + 2 * EDGE);
  const scale = Math.max(1, wide / READABLE);
  const room = wide / scale;
  const top = (EDGE + 30) * scale;
  const legend = legendOf(drawn, EDGE, 0, room - 2 * EDGE);
  const written = wordsAlong(lines, names, badgeBox, lettersBox);
  const reading = [...citation.lines.slice(0, 1), written.size ? s.pictureWords : s.pictureNoWords, names.some((name) => name.side === "below") ? s.pictureCentre : s.pictureSize];
  const short = written.size ? lines.filter((each) => written.get(each)?.words !== each.reading) : [];
  const whole = short.length ? [s.pictureShort, ...short.map((each) => each.text)] : [];
  const notes = [`${told}.`, ...reading, ...whole, ...citation.lines.slice(1)].flatMap((line) => wrap(line, room - 2 * EDGE, 12));
  const below = top + box.h + EDGE;
  const notesAt = legend.tall + 14;
  const [across, down] = [Math.ceil(wide), Math.ceil(below + (notesAt + notes.length * 16 + EDGE) * scale)];
  const text = (x: number, y: number, words: string, size: number, colour: string): SVGElement => svg("text", { x, y, "font-size": size, fill: colour }, isolate(words));
  return svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width: across, height: down, viewBox: `0 0 ${across} ${down}`, "font-family": FACE, role: "img" },
    svg("title", {}, citation.title),
    svg("desc", {}, lines.map((each) => each.text).join("\n")),
    svg("rect", { width: across, height: down, fill: PAPER }),
    svg("g", { transform: `scale(${scale.toFixed(3)})` }, text(EDGE, EDGE + 8, citation.title, 17, INK)),
    svg("g", { transform: `translate(${(wide - box.w) / 2 - box.x1} ${top - box.y1})` }, ...lines.map(line), ...lines.map((each) => along(each, written.get(each))), ...names.map(shape), ...lines.map(badge)),
    svg("g", { transform: `translate(0 ${below}) scale(${scale.toFixed(3)})` }, ...legend.parts, svg("g", { "data-notes": "" }, ...notes.map((words, index) => text(EDGE, notesAt + index * 16, words, 11, GREY)))),
  ) as SVGSVGElement;
}

function line({ bundle, status: id, text, points }: DrawnLine): SVGElement | null {
  const status = statusOf(id);
  if (!status) return null;
  const d = points.map((p, i) => `${i ? "L" : "M"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");
  const [from, to] = [points.at(-2)!, points.at(-1)!];
  const turn = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return svg("g", { "data-bundle": bundle, "data-status": status.id }, svg("title", {}, text), ...strokeParts(status, d, { ...to, turn }));
}

function along({ bundle }: DrawnLine, of: Written | undefined): SVGElement | null {
  if (!of) return null;
  return svg("text", { class: "reading", "data-reading": bundle, transform: `translate(${of.x.toFixed(1)} ${of.y.toFixed(1)}) rotate(${of.turn.toFixed(1)})`, y: WORD_SIZE / 3, "text-anchor": "middle", "font-size": WORD_SIZE, fill: INK, stroke: PAPER, "stroke-width": 2.5, "paint-order": "stroke" }, isolate(of.words));
}

function badgeBox({ badge: words, points, offset }: DrawnLine): Box {
  return badgeRoom(words, pointOn(points, offset));
}

function badge(of: DrawnLine): SVGElement {
  const { x1, x2, y1, y2 } = badgeBox(of);
  const status = statusOf(of.status);
  return svg("g", {}, svg("rect", { x: x1, y: y1, width: x2 - x1, height: y2 - y1, rx: 4, fill: PAPER, stroke: status ? lightOf(status) : GREY }), svg("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 2 + 4, "font-size": BADGE_FONT, "font-weight": 600, "text-anchor": "middle", fill: INK }, of.badge));
}

/** Where the letters of a name begin and end, and the first of their rows. */
function letters({ x, wide: w, tall: h, rows, side }: DrawnName): { x: number; anchor: string; y: number } {
  const [dx, anchor] = side === "left" ? [-w - 6, "end"] : side === "right" ? [w + 6, "start"] : [0, "middle"];
  return { x: x + dx, anchor, y: side === "below" ? h + 16 : -(rows.length - 1) * 7.5 + 4 };
}

function lettersBox(of: DrawnName): Box {
  const at = letters(of);
  const wide = Math.max(0, ...of.rows.map((row) => measure(row)));
  const x1 = at.anchor === "end" ? at.x - wide : at.anchor === "start" ? at.x : at.x - wide / 2;
  return { x1, x2: x1 + wide, y1: of.y + at.y - 12, y2: of.y + at.y + 15 * of.rows.length - 11 };
}

function shape(of: DrawnName): SVGElement {
  const { x, y, wide, tall, family, rows, side } = of;
  const at = letters(of);
  return svg("g", {}, shapeOf(family, x, y, wide, tall, side === "below"), ...rows.map((words, index) => svg("text", { x: at.x, y: y + at.y + index * 15, "text-anchor": at.anchor, "font-size": 12, fill: INK, stroke: PAPER, "stroke-width": 3, "paint-order": "stroke" }, words)));
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
