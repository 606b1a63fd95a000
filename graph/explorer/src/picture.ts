// A picture that may leave the page and is read alone: the lines as drawn, the words along them where they are few, a
// legend of what occurs, whose words they are, and how to cite it.

import { svg } from "./dom";
import { BADGE_FONT, FACE, isolate, rowAt, wrap } from "./letters";
import { GREY, INK, legendOf, lightOf, outlineOf, PAPER, strokeParts } from "./picture-legend";
import { wordsAlong, WORD_SIZE, type Written } from "./picture-words";
import { anchor, badgeOf, rows, type Drawn, type Name, type Ray } from "./scene";
import { statusOf } from "./status";
import { s } from "./strings";

const EDGE = 24;
const READABLE = 1600; // wider pictures are seen smaller: their legend grows with them

export interface Citation {
  title: string;
  lines: string[];
}

/** The whole picture as an SVG document, light, whatever the page is. */
export function pictureOf(drawn: Drawn, citation: Citation): SVGSVGElement {
  const { lines, names, box, told } = drawn;
  const [broad, high] = [box.x2 - box.x1, box.y2 - box.y1];
  const wide = Math.max(560, broad + 2 * EDGE);
  const scale = Math.max(1, wide / READABLE);
  const room = wide / scale;
  const top = (EDGE + 30) * scale;
  const legend = legendOf(drawn, EDGE, 0, room - 2 * EDGE);
  const written = wordsAlong(lines, names);
  const reading = [...citation.lines.slice(0, 1), written.size ? s.pictureWords : s.pictureNoWords, names.some((name) => name.centre) ? s.pictureCentre : s.pictureSize];
  const short = written.size ? lines.filter((each) => written.get(each)?.words !== each.reading) : [];
  const whole = short.length ? [s.pictureShort, ...short.map((each) => each.text)] : [];
  const notes = [`${told}.`, ...reading, ...whole, ...citation.lines.slice(1)].flatMap((line) => wrap(line, room - 2 * EDGE, 12));
  const below = top + high + EDGE;
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
    svg("g", { transform: `translate(${(wide - broad) / 2 - box.x1} ${top - box.y1})` }, ...lines.map(line), ...lines.map((each) => along(each, written.get(each))), ...names.map(shape), ...lines.map(badge)),
    svg("g", { transform: `translate(0 ${below}) scale(${scale.toFixed(3)})` }, ...legend.parts, svg("g", { "data-notes": "" }, ...notes.map((words, index) => text(EDGE, notesAt + index * 16, words, 11, GREY)))),
  ) as SVGSVGElement;
}

function line({ id: bundle, status: id, text, points }: Ray): SVGElement | null {
  const status = statusOf(id);
  if (!status) return null;
  const d = points.map((p, i) => `${i ? "L" : "M"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");
  const [from, to] = [points.at(-2)!, points.at(-1)!];
  const turn = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return svg("g", { "data-bundle": bundle, "data-status": status.id }, svg("title", {}, text), ...strokeParts(status, d, { ...to, turn }));
}

function along({ id: bundle }: Ray, of: Written | undefined): SVGElement | null {
  if (!of) return null;
  return svg("text", { class: "reading", "data-reading": bundle, transform: `translate(${of.x.toFixed(1)} ${of.y.toFixed(1)}) rotate(${of.turn.toFixed(1)})`, y: WORD_SIZE / 3, "text-anchor": "middle", "font-size": WORD_SIZE, fill: INK, stroke: PAPER, "stroke-width": 4, "paint-order": "stroke" }, isolate(of.words));
}

function badge(of: Ray): SVGElement | null {
  const [box, status] = [badgeOf(of), statusOf(of.status)];
  if (!box || !status) return null;
  return svg("g", {}, svg("rect", { x: box.x1, y: box.y1, width: box.x2 - box.x1, height: box.y2 - box.y1, rx: 4, fill: PAPER, stroke: lightOf(status) }), svg("text", { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 + 4, "font-size": BADGE_FONT, "font-weight": 600, "text-anchor": "middle", fill: INK }, of.badge));
}

function shape(of: Name): SVGElement {
  const [lines, at] = [rows(of), anchor(of, of.font)];
  const side = { left: "end", right: "start", within: "middle", below: "middle" }[of.side];
  const look = { "text-anchor": side, "font-size": of.font, "font-weight": of.weight, fill: INK, stroke: PAPER, "stroke-width": 3, "paint-order": "stroke" };
  return svg("g", {}, outlineOf(of.family, of.x, of.y, of.wide, of.tall, of.centre), ...lines.map((words, index) => svg("text", { x: at.x, y: at.y + rowAt(index, lines.length, of.font) + of.font / 3, ...look }, words)));
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
