// The whole graph as plain values, and which part of it is the largest.

import { familyOf, labelIn } from "./kinds";
import { border, raysOf, type Name, type Scene } from "./scene";
import type { GraphNode, WholeAnswer } from "./types";

const APART = 92; // between two names that the layout puts one apart
const STEP = 36; // between lines that join the same two names

export function wholeScene(answer: WholeAnswer, lang: string): Scene {
  const ends = new Set(answer.bundles.flatMap((each) => [each.source, each.target]));
  const names = new Map(answer.nodes.filter((node) => ends.has(node.id)).map((node) => [node.id, nameOf(node, lang)]));
  // The least spoken of first: others are drawn over them.
  return { names: [...names.values()].sort((a, b) => a.font - b.font), lines: raysOf(answer.bundles, names, STEP, border), crowded: true };
}

function nameOf(node: GraphNode, lang: string): Name {
  const family = familyOf(node.kind);
  const weight = Math.log2(1 + Math.max(0, node.claims));
  const half = Math.round(14 + Math.min(40, 6 * weight)) / 2;
  const [wide, tall] = family === "value" ? [9, 5] : [half, half];
  const font = Math.round(9 + 3.4 * weight);
  return { id: node.id, kind: node.kind, family, whole: labelIn(lang, node), claims: node.claims, x: node.x * APART, y: node.y * APART, wide, tall, font, weight: 400, side: "right", rows: null, centre: false };
}

/** The names of the largest part that lines hold together. */
export function largestPart(scene: Scene): Name[] {
  const above = new Map<Name, Name>();
  const root = (of: Name): Name => {
    let top = of;
    for (let next = above.get(top); next; next = above.get(top)) top = next;
    if (top !== of) above.set(of, top);
    return top;
  };
  for (const { source, target } of scene.lines) {
    const [one, other] = [root(source), root(target)];
    if (one !== other) above.set(one, other);
  }
  const parts = Map.groupBy(scene.names, root);
  return [...parts.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}
