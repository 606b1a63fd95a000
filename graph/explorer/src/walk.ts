// A picture by keyboard: one current line, moved by arrows in the order of the clock.

import type { Ray } from "./scene";
import { s } from "./strings";

/** What keys need to know of a picture and its lines. */
export interface Walked {
  /** In the order in which keys go. */
  lines(): Ray[];
  /** This line is the current one; nothing is, without one. */
  mark(line: Ray | undefined): void;
  /** Bring it in sight where it is not. */
  reveal(line: Ray): void;
}

interface Handlers {
  arrive(line: Ray, place: string): void;
  open(line: Ray): void;
  leave(): void;
  /** Zoom by a factor, or fit when it is 0. */
  zoom(by: number): void;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
/** How much one step enlarges. */
export const BY = 1.3;
const ZOOMS: Record<string, number> = { "+": BY, "=": BY, "-": 1 / BY, "0": 0 };

export function walkLines(walked: Walked, handlers: Handlers) {
  let at: string | null = null;

  const move = (lines: Ray[], index: number): void => {
    const line = lines[(index + lines.length) % lines.length];
    if (line === undefined) return;
    at = line.id;
    walked.mark(line);
    walked.reveal(line);
    handlers.arrive(line, s.ofTotal(lines.indexOf(line) + 1, lines.length));
  };

  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const lines = walked.lines();
    const index = lines.findIndex((line) => line.id === at);
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
    resume: (): void => walked.mark(walked.lines().find((line) => line.id === at)),
    /** The picture has lost the focus: nothing is current, but the place is kept. */
    rest: (): void => walked.mark(undefined),
  };
}
