// The canvas by keyboard: one current line, moved by arrows in the order of the clock.

import type { Core, EdgeSingular } from "cytoscape";
import { s } from "./strings";

interface Handlers {
  arrive(edge: EdgeSingular, place: string): void;
  open(edge: EdgeSingular): void;
  leave(): void;
  /** Zoom by a factor, or fit when it is 0. */
  zoom(by: number): void;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const ZOOMS: Record<string, number> = { "+": 1.3, "=": 1.3, "-": 1 / 1.3, "0": 0 };

/** Clockwise from the top, seen from the middle of the picture; lines of one pair stay together. */
function clockwise(cy: Core): EdgeSingular[] {
  const centre = cy.nodes(".centre");
  const middle = centre.nonempty() ? centre.first().position() : { x: 0, y: 0 };
  const angle = (edge: EdgeSingular): number => {
    const ends = [edge.source().position(), edge.target().position()];
    const [x, y] = [0, 1].map((axis) => ends.reduce((sum, end) => sum + (axis ? end.y - middle.y : end.x - middle.x), 0)) as [number, number];
    return (Math.atan2(x, -y) + 2 * Math.PI) % (2 * Math.PI);
  };
  const edges = cy.edges().not(".off, .ghost").toArray() as EdgeSingular[];
  return edges
    .map((edge) => ({ edge, turn: angle(edge) }))
    .sort((a, b) => a.turn - b.turn || (a.edge.id() < b.edge.id() ? -1 : 1))
    .map(({ edge }) => edge);
}

export function walkEdges(cy: Core, handlers: Handlers) {
  let at: string | null = null;

  const mark = (edge: EdgeSingular | undefined): void => {
    cy.edges(".current").removeClass("current");
    edge?.addClass("current");
  };

  const move = (edges: EdgeSingular[], index: number): void => {
    const edge = edges[(index + edges.length) % edges.length];
    if (!edge) return;
    at = edge.id();
    mark(edge);
    const box = edge.renderedBoundingBox();
    if (box.x2 < 0 || box.y2 < 0 || box.x1 > cy.width() || box.y1 > cy.height()) cy.center(edge);
    handlers.arrive(edge, s.ofTotal(edges.indexOf(edge) + 1, edges.length));
  };

  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const edges = clockwise(cy);
    const index = edges.findIndex((edge) => edge.id() === at);
    const zoom = ZOOMS[event.key];
    if (event.key in STEPS) {
      const step = STEPS[event.key] as number;
      move(edges, index < 0 ? (step > 0 ? 0 : -1) : index + step);
    } else if (event.key === "Home") move(edges, 0);
    else if (event.key === "End") move(edges, -1);
    else if (event.key === "Enter" || event.key === " ") {
      const edge = edges[index];
      if (edge) handlers.open(edge);
      else move(edges, 0);
    } else if (event.key === "Escape") handlers.leave();
    else if (zoom !== undefined) handlers.zoom(zoom);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    press,
    /** Remember where a click or an address has led, so that arrows go on from there. */
    start: (bundle: string | null): void => {
      if (bundle) at = `bundle ${bundle}`;
    },
    goTo: (edge: EdgeSingular): void => {
      at = edge.id();
    },
    /** The canvas has the focus again: the kept place is current. */
    resume: (): void => mark(clockwise(cy).find((edge) => edge.id() === at)),
    /** The canvas has lost the focus: nothing is current, but the place is kept. */
    rest: (): void => mark(undefined),
  };
}
