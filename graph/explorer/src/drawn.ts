// A picture as plain values, whoever has drawn it: what may be taken away.

import type { Family } from "./kinds";
import type { Point } from "./point";

export interface DrawnLine {
  bundle: string;
  status: string;
  text: string;
  badge: string;
  /** What is said from its start to its tip, without the names. */
  reading: string;
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
  /** How much of what there is it shows. */
  told: string;
  lines: readonly DrawnLine[];
  names: readonly DrawnName[];
  box: { x1: number; y1: number; w: number; h: number };
}
