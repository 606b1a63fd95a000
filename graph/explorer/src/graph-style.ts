// The look of the canvas: statuses give the lines, the sheet's tokens give everything else. No value is worked out by a
// function, because Cytoscape asks such a function for every element again.

import type { StylesheetJson } from "cytoscape";
import { SHAPES, type Family } from "./kinds";
import { colourOf, isHollow, statuses, strokeOf } from "./status";
import { token } from "./theme";

export const NODE_FONT = 13;
export const BADGE_FONT = 12;
export const FACE = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';
const ARROWS = new Set(["triangle", "triangle-tee", "triangle-cross", "triangle-backcurve", "circle-triangle", "vee", "tee", "square", "circle", "diamond", "chevron", "none"]);

export type Rules = StylesheetJson;

export function sheet(): Rules {
  const ink = token("--ink");
  const paper = token("--canvas");
  const muted = token("--muted");
  const accent = token("--accent");
  return [
    {
      selector: "node",
      style: {
        "background-color": token("--node"),
        "border-color": token("--node-line"),
        "border-width": 1.5,
        width: "data(size)",
        height: "data(size)",
        label: "data(label)",
        color: ink,
        "font-family": FACE,
        "font-size": NODE_FONT,
        "text-wrap": "wrap",
        "text-max-width": "1000px", // already wrapped by the layout
        "text-valign": "center",
        "text-halign": "right",
        "text-justification": "left",
        "text-margin-x": 6,
        "text-background-color": paper,
        "text-background-opacity": 0.86,
        "text-background-padding": "2px",
        "text-background-shape": "round-rectangle",
        "min-zoomed-font-size": 4,
        "overlay-opacity": 0,
        "z-index-compare": "manual",
        "z-index": 2,
      },
    },
    { selector: "node.left", style: { "text-halign": "left", "text-justification": "right", "text-margin-x": -6 } },
    ...families(),
    {
      selector: "node.value",
      style: {
        "background-color": paper,
        "border-color": muted,
        "border-width": 1,
        width: "data(wide)",
        height: "data(tall)",
        "corner-radius": "14px",
        "text-halign": "center",
        "text-justification": "center",
        "text-margin-x": 0,
        "font-size": 12,
        "text-background-opacity": 0,
      },
    },
    {
      selector: "node.centre",
      style: {
        width: 46,
        height: 46,
        "border-color": ink,
        "border-width": 3.5,
        "font-weight": 600,
        "text-halign": "center",
        "text-valign": "bottom",
        "text-justification": "center",
        "text-margin-x": 0,
        "text-margin-y": 3,
        "text-background-opacity": 0, // lines end here, and their arrows are seen
        "underlay-color": ink,
        "underlay-opacity": 0.07,
        "underlay-padding": 8,
        "underlay-shape": "ellipse",
      },
    },
    {
      selector: "edge",
      style: {
        "curve-style": "bezier",
        "control-point-step-size": 44,
        "loop-direction": "-45deg",
        "loop-sweep": "60deg",
        "arrow-scale": 1,
        // A line ends at a name that stands in its way, so that no arrow is hidden under it.
        "source-endpoint": "outside-to-node-or-label",
        "target-endpoint": "outside-to-node-or-label",
        "target-arrow-shape": "triangle",
        "source-label": "data(badge)",
        color: ink, // small figures need more contrast than a line; the border repeats its colour
        "source-text-offset": "data(offset)",
        "font-family": FACE,
        "font-size": BADGE_FONT,
        "font-weight": 600,
        "text-events": "yes",
        "text-background-color": paper,
        "text-background-opacity": 1,
        "text-background-padding": "3px",
        "text-background-shape": "round-rectangle",
        "text-border-width": 1,
        "text-border-opacity": 0.9,
        "min-zoomed-font-size": 4,
        "overlay-opacity": 0,
        "z-index-compare": "manual",
        "z-index": 1,
      },
    },
    // A value is wide: its line ends in the middle of the near side, where other shapes stand.
    ...(["source", "target"] as const).flatMap((end) => [
      { selector: `edge.${end}-left`, style: { [`${end}-endpoint`]: "50% 0%" } },
      { selector: `edge.${end}-right`, style: { [`${end}-endpoint`]: "-50% 0%" } },
    ]),
    ...lines(paper),
    { selector: "edge.quiet", style: { opacity: 0.22 } },
    { selector: "node.quiet", style: { opacity: 0.4 } },
    { selector: "edge.warm, edge.current", style: { "underlay-color": ink, "underlay-opacity": 0.1, "underlay-padding": 6, "z-index": 4 } },
    { selector: "edge.selected", style: { "underlay-color": accent, "underlay-opacity": 0.22, "underlay-padding": 8, "z-index": 5 } },
    { selector: "edge.current", style: { "underlay-color": accent, "underlay-opacity": 0.34, "underlay-padding": 9, "z-index": 9, "text-border-width": 2, "text-border-opacity": 1, "text-border-color": accent } },
    { selector: "node.warm", style: { "border-width": 2.5, "z-index": 9 } },
    { selector: ".ghost", style: { events: "no", opacity: 0.6, "z-index": 0 } },
    { selector: "node.ghost", style: { "border-style": "dotted", color: muted } },
    { selector: "edge.ghost", style: { "line-style": "dashed", "line-dash-pattern": [2, 5], "line-color": muted, "target-arrow-color": muted, "text-border-color": muted, color: muted, "text-border-opacity": 0.4 } },
    { selector: ".off", style: { display: "none" } },
  ] as Rules;
}

/** The shape and ground of each family of nodes. */
export function families(): Rules {
  return (Object.keys(SHAPES) as Family[]).map((family) => ({
    selector: `node.${family}`,
    style: {
      shape: SHAPES[family],
      "background-color": token(`--node-${family}`),
      ...(family === "hypothetical" ? { "border-style": "dashed", "border-dash-pattern": [4, 3], "background-opacity": 0.35 } : {}),
    },
  })) as Rules;
}

/** How a line of each status is drawn. */
export function lines(paper: string): Rules {
  return statuses().map((status) => {
    const colour = colourOf(status);
    const stroke = strokeOf(status);
    const shape = status.arrow.split(/[\s-]*(?:hollow|open|empty)[\s-]*/).find((part) => ARROWS.has(part)) ?? "triangle";
    return {
      selector: `edge[status = ${JSON.stringify(status.id)}]`,
      style: {
        width: stroke.double ? status.width + 0.5 : status.width,
        "line-color": stroke.double ? paper : colour,
        ...(stroke.double ? { "line-outline-width": 1.5, "line-outline-color": colour } : {}),
        "line-style": stroke.dash.length ? "dashed" : "solid",
        ...(stroke.dash.length ? { "line-dash-pattern": stroke.dash } : {}),
        "line-cap": stroke.round ? "round" : "butt",
        "target-arrow-shape": shape,
        "target-arrow-color": colour,
        "target-arrow-fill": isHollow(status.arrow) ? "hollow" : "filled",
        "text-border-color": colour,
      },
    };
  }) as Rules;
}
