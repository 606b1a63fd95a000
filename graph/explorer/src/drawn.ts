// A picture as plain values, whoever has drawn it: what may be taken away.

import type { Core, EdgeSingular, NodeSingular } from "cytoscape";
import { pointsAlong, type Point } from "./graph-point";
import { familyIn, type Family } from "./kinds";

export interface DrawnLine {
  bundle: string;
  status: string;
  text: string;
  badge: string;
  /** From its start to the tip of its arrow. */
  points: readonly Point[];
  /** How far from its start the badge stands. */
  offset: number;
}

export interface DrawnName extends Point {
  family: Family;
  /** Half of its shape. */
  wide: number;
  tall: number;
  /** As it is wrapped. */
  rows: readonly string[];
  /** Where its letters stand. */
  side: "left" | "right" | "within" | "below";
}

export interface Drawn {
  lines: readonly DrawnLine[];
  names: readonly DrawnName[];
  box: { x1: number; y1: number; w: number; h: number };
}

const STEPS = 48;

/** The lines that stand, not what is hidden nor what a withdrawal has felled, with the names that they join. */
export function drawnBy(cy: Core): Drawn {
  const edges = cy.edges().not(".off, .ghost").toArray() as EdgeSingular[];
  const names = (cy.nodes().not(".off, .ghost").toArray() as NodeSingular[]).filter((node) => node.hasClass("centre") || node.connectedEdges().not(".off, .ghost").nonempty());
  const { x1, y1, w, h } = [...edges, ...names].reduce((all, each) => all.union(each), cy.collection()).boundingBox({});
  return { lines: edges.map(lineOf), names: names.map(nameOf), box: { x1, y1, w, h } };
}

function lineOf(edge: EdgeSingular): DrawnLine {
  const { bundle, status, text, badge, offset } = edge.data() as DrawnLine;
  return { bundle, status, text, badge, offset, points: pointsAlong(edge, Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS)) };
}

function nameOf(node: NodeSingular): DrawnName {
  const family = familyIn((name) => node.hasClass(name));
  const side = node.hasClass("centre") ? "below" : family === "value" ? "within" : node.data("side") === "left" ? "left" : "right";
  return { ...node.position(), family, wide: node.width() / 2, tall: node.height() / 2, rows: String(node.data("label")).split("\n"), side };
}
