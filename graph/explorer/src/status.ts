// How a status looks: line, sign, word. The values come from the ontology through the server.

import { h, svg } from "./dom";
import { isDark } from "./theme";
import type { Status } from "./types";

const COLOUR = /^#[0-9a-f]{3,8}$/i;
const known = new Map<string, Status>();
let language = "en";

export function learnStatuses(statuses: Status[]): void {
  known.clear();
  for (const status of [...statuses].sort((a, b) => b.rank - a.rank)) known.set(status.id, status);
}

export function speak(lang: string): void {
  language = lang;
}

/** All statuses, the best supported first. */
export function statuses(): Status[] {
  return [...known.values()];
}

export function statusOf(id: string): Status | undefined {
  return known.get(id);
}

export function statusWord(id: string): string {
  const status = known.get(id);
  return status?.label[language] ?? status?.label["en"] ?? id;
}

export function colourOf(status: Status): string {
  const colour = isDark() ? status.colour_dark : status.colour;
  return COLOUR.test(colour) ? colour : isDark() ? "#ffffff" : "#000000";
}

export interface Stroke {
  dash: number[];
  double: boolean;
  round: boolean;
}

/** The stroke of a line style; a dash pattern wins over the name of the style. */
export function strokeOf(status: Status): Stroke {
  const dash = (status.dash ?? []).filter((n) => Number.isFinite(n) && n > 0);
  const dots = /dot/.test(status.line) && !/dash/.test(status.line);
  return {
    dash: dash.length ? dash : dots ? [1, 5] : /dash/.test(status.line) ? [8, 4] : [],
    double: /double|wave/.test(status.line),
    round: dots,
  };
}

function strokes(status: Status, ends: { x1: string; y1: string; x2: string; y2: string }, scale: number): SVGElement[] {
  const stroke = strokeOf(status);
  const width = Math.max(1, status.width * scale);
  const line = (colour: string, thick: number): SVGElement =>
    svg("line", {
      ...ends,
      stroke: colour,
      "stroke-width": thick,
      "stroke-linecap": stroke.round ? "round" : "butt",
      ...(stroke.dash.length ? { "stroke-dasharray": stroke.dash.join(" ") } : {}),
    });
  if (!stroke.double) return [line(colourOf(status), width)];
  const gap = line("none", width + 0.5);
  gap.setAttribute("class", "gap");
  return [line(colourOf(status), width + 3), gap];
}

/** A horizontal sample of the line, with its arrow. */
export function lineSample(status: Status, width = 46): SVGElement {
  const colour = colourOf(status);
  const tip = width - 1;
  return svg(
    "svg",
    { class: "sample", width, height: 14, viewBox: `0 0 ${width} 14`, "aria-hidden": "true" },
    ...strokes(status, { x1: "1", y1: "7", x2: String(width - 8), y2: "7" }, 1),
    svg("path", {
      d: `M${width - 9} 2.8 ${tip} 7 ${width - 9} 11.2Z`,
      fill: isHollow(status.arrow) ? "none" : colour,
      stroke: colour,
      "stroke-width": 1.2,
      "stroke-linejoin": "round",
    }),
  );
}

/** A vertical rail in the style of the line, for the edge of a card. */
export function rail(status: Status): SVGElement {
  return svg("svg", { class: "rail", width: 8, height: "100%", "aria-hidden": "true" }, ...strokes(status, { x1: "4", y1: "0", x2: "4", y2: "100%" }, 1.25));
}

export function isHollow(arrow: string): boolean {
  return /hollow|open|empty/.test(arrow);
}

/** The sign alone, in the colour of its line. */
export function sign(status: Status): HTMLElement {
  const glyph = h("span", { class: "glyph", "aria-hidden": "true" }, status.glyph);
  glyph.style.color = colourOf(status);
  return glyph;
}

/** Sign and word; the colour is never the only bearer. */
export function chip(id: string): HTMLElement {
  const status = known.get(id);
  if (!status) return h("span", { class: "chip" }, id);
  const element = h("span", { class: "chip", title: status.definition, "data-status": id }, sign(status), statusWord(id));
  element.style.borderColor = colourOf(status);
  const stroke = strokeOf(status);
  element.style.borderStyle = stroke.double ? "double" : stroke.dash.length ? (stroke.round ? "dotted" : "dashed") : "solid";
  if (stroke.double) element.style.borderWidth = "3px";
  return element;
}
