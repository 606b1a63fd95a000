// A picture by keyboard: one current line, moved by arrows in the order of the clock.

import type { Core, EdgeSingular } from "cytoscape";
import { s } from "./strings";

/** What keys need to know of a picture and its lines. */
export interface Walked<Line> {
  /** In the order in which keys go. */
  lines(): Line[];
  id(line: Line): string;
  /** This line is the current one; nothing is, without one. */
  mark(line: Line | undefined): void;
  /** Bring it in sight where it is not. */
  reveal(line: Line): void;
}

interface Handlers<Line> {
  arrive(line: Line, place: string): void;
  open(line: Line): void;
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

/** The lines of a picture that Cytoscape draws. */
export function edgesOf(cy: Core): Walked<EdgeSingular> {
  return {
    lines: () => clockwise(cy),
    id: (edge) => edge.data("bundle") as string,
    mark: (edge) => {
      cy.edges(".current").removeClass("current");
      edge?.addClass("current");
    },
    reveal: (edge) => {
      const box = edge.renderedBoundingBox();
      if (box.x2 < 0 || box.y2 < 0 || box.x1 > cy.width() || box.y1 > cy.height()) cy.center(edge);
    },
  };
}

export function walkLines<Line>(walked: Walked<Line>, handlers: Handlers<Line>) {
  let at: string | null = null;

  const move = (lines: Line[], index: number): void => {
    const line = lines[(index + lines.length) % lines.length];
    if (line === undefined) return;
    at = walked.id(line);
    walked.mark(line);
    walked.reveal(line);
    handlers.arrive(line, s.ofTotal(lines.indexOf(line) + 1, lines.length));
  };

  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const lines = walked.lines();
    const index = lines.findIndex((line) => walked.id(line) === at);
    const zoom = ZOOMS[event.key];
    if (event.key in STEPS) {
      const step = STEPS[event.key] as number;
      move(lines, index < 0 ? (step > 0 ? 0 : -1) : index + step);
    } else if (event.key === "Home") move(lines, 0);
    else if (event.key === "End") move(lines, -1);
    else if (event.key === "Enter" || event.key === " ") {
      const line = lines[index];
      if (line !== undefined) handlers.open(line);
      else move(lines, 0);
    } else if (event.key === "Escape") handlers.leave();
    else if (zoom !== undefined) handlers.zoom(zoom);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    press,
    /** Remember where a click or an address has led, so that arrows go on from there. */
    start: (line: string | null): void => {
      if (line) at = line;
    },
    /** The picture has the focus again: the kept place is current. */
    resume: (): void => walked.mark(walked.lines().find((line) => walked.id(line) === at)),
    /** The picture has lost the focus: nothing is current, but the place is kept. */
    rest: (): void => walked.mark(undefined),
  };
}
