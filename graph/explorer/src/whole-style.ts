// The look of the whole graph: the same lines, shapes and colours as around a name, made for many of them. No value is
// worked out by a function, because Cytoscape asks such a function for every element again.

import { FACE, families, lines, type Rules } from "./graph-style";
import { statuses } from "./status";
import { token } from "./theme";

export function wholeSheet(): Rules {
  const [ink, paper, muted, accent] = [token("--ink"), token("--canvas"), token("--muted"), token("--accent")];
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
        "font-size": "data(font)",
        "text-wrap": "wrap",
        "text-max-width": "1000px", // already wrapped
        "text-valign": "center",
        "text-halign": "right",
        "text-justification": "left",
        "text-margin-x": 5,
        "text-outline-color": paper,
        "text-outline-width": 2,
        "min-zoomed-font-size": 9,
        "overlay-opacity": 0,
        "z-index-compare": "manual",
        "z-index": "data(z)",
      },
    },
    ...(families() as object[]),
    { selector: "node.value", style: { "background-color": paper, "border-color": muted, "border-width": 1, width: 18, height: 10 } },
    {
      selector: "edge",
      style: {
        "curve-style": "straight",
        "arrow-scale": 1,
        "target-arrow-shape": "triangle",
        "font-family": FACE,
        "font-size": 13,
        "font-weight": 600,
        color: ink,
        "text-outline-color": paper,
        "text-outline-width": 2,
        "min-zoomed-font-size": 6,
        "overlay-opacity": 0,
        "z-index-compare": "manual",
        "z-index": 1,
      },
    },
    { selector: "edge.fan", style: { "curve-style": "bezier", "control-point-step-size": 36 } }, // more than one line between the same two
    ...(lines(paper) as object[]),
    // the sign stands on every line, and the whole badge on the one that is looked at
    ...statuses().map((status) => ({ selector: `edge[status = ${JSON.stringify(status.id)}]`, style: { label: status.glyph } })),
    { selector: "edge.falling", style: { events: "no", "line-style": "dashed", "line-dash-pattern": [2, 5] } },
    { selector: "edge.quiet", style: { opacity: 0.22 } },
    { selector: "node.quiet", style: { opacity: 0.4 } },
    { selector: "edge.selected", style: { "underlay-color": accent, "underlay-opacity": 0.22, "underlay-padding": 8, "z-index": 50, label: "data(badge)" } },
    { selector: "edge.current", style: { "underlay-color": accent, "underlay-opacity": 0.34, "underlay-padding": 9, "z-index": 51, label: "data(badge)", "min-zoomed-font-size": 2 } },
  ] as Rules;
}
