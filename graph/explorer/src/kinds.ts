// Kinds of nodes, gathered into families that share a shape.

import { svg } from "./dom";
import type { Labels } from "./types";

export type Family = "actor" | "group" | "place" | "event" | "hypothetical" | "topic" | "thing" | "value";

const FAMILIES: Record<Family, string[]> = {
  actor: ["Actor", "State", "Organisation", "ArmedForce", "Media", "Person", "Role", "Collective"],
  group: ["Group"],
  place: ["Place", "Facility"],
  event: ["Event"],
  hypothetical: ["HypotheticalEvent"],
  topic: ["Topic"],
  thing: ["Item", "Statement", "Work", "Composite"],
  value: ["Figure", "Date", "Interval", "Truth"],
};

export const FAMILY_WORDS: Record<Family, string> = {
  actor: "actor",
  group: "group of people",
  place: "place",
  event: "event",
  hypothetical: "hypothetical event",
  topic: "topic",
  thing: "item, statement or work",
  value: "date, figure or yes/no",
};

/** The corners of the shapes that have straight sides, from the middle in halves of width and height. */
export const CORNERS: Partial<Record<Family, readonly (readonly [number, number])[]>> = {
  group: [[-0.5, -1], [0.5, -1], [1, 0], [0.5, 1], [-0.5, 1], [-1, 0]],
  place: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  event: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  hypothetical: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  topic: [[-1, -1], [0.4, -1], [1, 0], [0.4, 1], [-1, 1]],
};

const byKind = new Map<string, Family>(
  (Object.entries(FAMILIES) as [Family, string[]][]).flatMap(([family, kinds]) => kinds.map((kind) => [kind, family] as const)),
);

export function familyOf(kind: string): Family {
  return byKind.get(kind) ?? "thing";
}

/** “ArmedForce” → “armed force”. */
export function kindWord(kind: string): string {
  return kind.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

export function labelIn(lang: string, thing: { label: string; labels?: Labels }): string {
  return thing.labels?.[lang] || thing.labels?.["en"] || thing.label;
}

const OUTLINES: Record<Family, string> = {
  actor: "M8 2.5a5.5 5.5 0 1 0 .01 0Z",
  group: "M4.8 2.800h6.400L14.5 8l-3.3 5.200H4.800L1.5 8Z",
  place: "M2.5 3h11v10h-11Z",
  event: "M8 1.5 14.5 8 8 14.5 1.5 8Z",
  hypothetical: "M8 1.5 14.5 8 8 14.5 1.5 8Z",
  topic: "M2 4h8.500L14.5 8l-4 4H2Z",
  thing: "M4 3h8a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Z",
  value: "M4.5 5h7a3 3 0 0 1 0 6h-7a3 3 0 0 1 0-6Z",
};

/** A small drawing of the shape, as the graph draws it. */
export function shapeIcon(family: Family): SVGElement {
  const path = svg("path", { d: OUTLINES[family], class: `shape ${family}` });
  if (family === "hypothetical") path.setAttribute("stroke-dasharray", "2.5 2");
  return svg("svg", { class: "shape-icon", width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" }, path);
}
