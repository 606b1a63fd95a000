// A point at which a line can really be clicked: on the line, and not under a node or another line.

import type { Core, EdgeSingular, NodeSingular } from "cytoscape";

export interface Point {
  x: number;
  y: number;
}

interface Hit {
  findNearestElement(x: number, y: number, interactive: boolean, touch: boolean): NodeSingular | EdgeSingular | null;
}

const STEPS = [0.6, 0.5, 0.7, 0.4, 0.66, 0.45, 0.76, 0.34, 0.82, 0.28, 0.56, 0.88, 0.22, 0.16];

/** Points at shares of the curve; its ends are asked for once, since each asking may draw the line anew. */
export function pointsAlong(edge: EdgeSingular, shares: readonly number[]): Point[] {
  const from = edge.sourceEndpoint();
  const to = edge.targetEndpoint();
  const bends = edge.controlPoints() as Point[] | undefined;
  const bend = bends?.[Math.floor((bends.length - 1) / 2)];
  return shares.map((t) => {
    if (!bend) return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
    const u = 1 - t;
    return { x: u * u * from.x + 2 * u * t * bend.x + t * t * to.x, y: u * u * from.y + 2 * u * t * bend.y + t * t * to.y };
  });
}

/** The point at a length along a broken line; the middle of the line when none is given. */
export function pointOn(points: readonly Point[], length?: number): Point {
  const pieces = points.slice(1).map((to, index) => {
    const from = points[index] as Point;
    return { from, to, long: Math.hypot(to.x - from.x, to.y - from.y) };
  });
  let left = length ?? pieces.reduce((sum, each) => sum + each.long, 0) / 2;
  for (const { from, to, long } of pieces) {
    if (left <= long && long) return { x: from.x + ((to.x - from.x) * left) / long, y: from.y + ((to.y - from.y) * left) / long };
    left -= long;
  }
  return points.at(-1) as Point;
}

/** Client coordinates for a click on the edge; null when it is not drawn. */
export function clickable(cy: Core, edge: EdgeSingular): Point | null {
  const container = cy.container();
  if (!container || edge.empty() || !edge.visible()) return null;
  const box = container.getBoundingClientRect();
  const renderer = (cy as unknown as { renderer(): Hit }).renderer();
  const client = (p: Point): Point => ({
    x: box.left + p.x * cy.zoom() + cy.pan().x,
    y: box.top + p.y * cy.zoom() + cy.pan().y,
  });
  const free = (p: Point): boolean => {
    const at = client(p);
    const top = document.elementFromPoint(at.x, at.y);
    return (top === null || container.contains(top)) && renderer.findNearestElement(p.x, p.y, true, false)?.id() === edge.id();
  };
  const points = pointsAlong(edge, STEPS);
  return client(points.find(free) ?? (points[1] as Point));
}
