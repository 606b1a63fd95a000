// A text with the parts that matched marked, made of text nodes: nothing in it is markup.

import { h, type Child } from "./dom";
import type { Marks } from "./types";

/** Marks are ranges of code points, ends exclusive; what cannot be a range is left out. */
export function marked(text: string, marks: Marks): Child[] {
  const points = [...text];
  const piece = (from: number, to: number): string => points.slice(from, to).join("");
  const pieces: Child[] = [];
  let at = 0;
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (!(from >= at && to > from && to <= points.length)) continue;
    pieces.push(piece(at, from), h("mark", {}, piece(from, to)));
    at = to;
  }
  return [...pieces, piece(at, points.length)];
}
