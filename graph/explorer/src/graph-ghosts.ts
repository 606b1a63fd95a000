// Lines that a withdrawal fells are seen falling: they fade and drop out of the picture. Where motion is not wanted
// they are struck through at once, and stay so.

import type { Core, EdgeSingular, NodeSingular } from "cytoscape";
import { ghosts, type Room } from "./graph-layout";
import type { Focus } from "./types";

const FALL = 600; // milliseconds
const DROP = 70;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Show what `focus` has lost against the picture of the same name before; an address opened anew shows no motion. */
export function fell(cy: Core, focus: Focus, lang: string, before: Focus | null, window: Room): void {
  cy.elements(".ghost").stop().remove();
  const gone = before?.entity.id === focus.entity.id ? focus.fallen.filter((line) => !before.fallen.some((each) => each.id === line.id)) : [];
  const drawn = still.matches ? focus.fallen : gone;
  if (!drawn.length || !window.width) return;
  const added = cy.add(ghosts({ ...focus, fallen: drawn }, lang, window).filter((each) => each.group === "edges" || cy.getElementById(each.data.id as string).empty()));
  cy.container()?.setAttribute("data-fallen", String(drawn.length));
  if (still.matches) return;
  added.edges().forEach((edge: EdgeSingular) => void edge.animate({ style: { opacity: 0 } }, { duration: FALL, complete: () => void edge.remove() }));
  added.nodes().forEach((node: NodeSingular) => {
    const { x, y } = node.position();
    node.animate({ position: { x, y: y + DROP }, style: { opacity: 0 } }, { duration: FALL, complete: () => void node.remove() });
  });
}
