// Everything in view as one graph, at places that no filter moves; cut openly, the most claimed first.

import cytoscape, { type Core, type EdgeSingular, type ElementDefinition, type NodeSingular } from "cytoscape";
import * as api from "./api";
import { announce, bdi, button, h, reachable } from "./dom";
import { walkEdges } from "./graph-keys";
import { isolate, wrap } from "./graph-layout";
import { clickable } from "./graph-point";
import { familyOf, kindWord, labelIn } from "./kinds";
import { paneElement, type Pane, type Shown } from "./pane";
import { CLOSED, go, opening } from "./state";
import { chip } from "./status";
import { count, s } from "./strings";
import { onTheme } from "./theme";
import type { Bundle, GraphNode, WholeAnswer } from "./types";
import { wholeSheet } from "./whole-style";

const APART = 92; // pixels between two names that the layout puts one apart
const FEW = 400;
const MANY = 1500;
const NAME = 130;
const FALL = 600; // milliseconds
const MOST_FALLING = 150; // more are taken away at once
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Whole implements Pane {
  readonly element = paneElement("whole");
  readonly cy: Core;
  private readonly canvas = h("div", { class: "canvas", role: "application", tabindex: 0, dir: "ltr", "data-testid": "whole-graph" });
  private readonly caption = h("p", { class: "caption" });
  private readonly drawn = h("p", { class: "drawn", "data-testid": "whole-drawn" });
  private readonly more = button("", () => void this.turn(), { class: "plain", "data-testid": "whole-more" });
  private readonly keys: ReturnType<typeof walkEdges>;
  private limit = FEW;
  private last: Shown | null = null;
  private answer: WholeAnswer | null = null;
  private lang = "";

  constructor() {
    const tool = (sign: string, name: string, press: () => void): HTMLElement => button(sign, press, { class: "tool", "aria-label": name, title: name });
    const tools = h("div", { class: "tools" }, tool("+", s.zoomIn, () => this.zoom(1.3)), tool("−", s.zoomOut, () => this.zoom(1 / 1.3)), tool("⤢", s.fit, () => this.fit()));
    this.element.append(this.canvas, h("div", { class: "graph-foot" }, this.caption, h("div", { class: "cut" }, this.drawn, this.more), tools));
    this.cy = cytoscape({ container: this.canvas, style: [], layout: { name: "preset" }, minZoom: 0.04, maxZoom: 4, autoungrabify: true, boxSelectionEnabled: false, selectionType: "single", textureOnViewport: true, pixelRatio: Math.min(2, devicePixelRatio) });
    this.keys = walkEdges(this.cy, {
      arrive: (edge, place) => {
        this.explain(edge);
        announce(place + (edge.data("text") as string));
      },
      open: (edge) => go({ ...CLOSED, bundle: edge.data("bundle") as string }),
      leave: () => go(CLOSED),
      zoom: (by) => (by ? this.zoom(by) : this.fit()),
    });
    this.canvas.addEventListener("keydown", (event) => this.keys.press(event));
    this.canvas.addEventListener("focus", () => this.canvas.matches(":focus-visible") && this.keys.resume());
    this.canvas.addEventListener("blur", () => this.keys.rest());
    this.listen();
    onTheme(() => this.cy.elements().nonempty() && this.restyle());
    new ResizeObserver(() => this.canvas.clientWidth && this.cy.resize()).observe(this.canvas);
  }

  private listen(): void {
    this.cy.on("tap", "edge", (event) => {
      const edge = event.target as EdgeSingular;
      this.keys.goTo(edge);
      go({ ...CLOSED, bundle: edge.data("bundle") as string });
    });
    this.cy.on("tap", "node", (event) => {
      const node = event.target as NodeSingular;
      if (!node.hasClass("value")) go({ ...opening(node.id()), view: "graph" });
    });
    this.cy.on("mouseover", "edge", (event) => this.explain(event.target as EdgeSingular));
    this.cy.on("mouseover", "node", (event) => {
      const node = event.target as NodeSingular;
      this.cy.elements().not(node.closedNeighborhood()).addClass("quiet");
      this.caption.replaceChildren(bdi(node.data("whole") as string), ` · ${kindWord(node.data("kind") as string)} · ${count(node.data("claims") as number, "claim")}`);
      reachable(this.caption);
    });
    this.cy.on("mouseout", "node, edge", () => {
      this.cy.elements(".quiet").removeClass("quiet");
      this.caption.textContent = s.graphIdle;
    });
  }

  private explain(edge: EdgeSingular): void {
    this.caption.replaceChildren(chip(edge.data("status") as string), " ", bdi(edge.data("text") as string));
    reachable(this.caption);
  }

  async show(of: Shown): Promise<void> {
    this.last = of;
    const answer = await api.whole(of.now, this.limit);
    if (!of.current()) return;
    if (answer !== this.answer || this.lang !== of.now.lang) this.lay(answer, of.now.lang);
    this.cy.edges(".selected").removeClass("selected");
    if (of.now.bundle) this.cy.getElementById(`bundle ${of.now.bundle}`).addClass("selected");
    this.canvas.setAttribute("aria-label", s.wholeLabel(answer.shown));
    this.drawn.textContent = s.drawn(answer.shown, answer.total);
    this.more.hidden = answer.total <= FEW;
    this.more.textContent = this.limit === FEW ? s.drawMore(Math.min(MANY, answer.total)) : s.drawFewer(FEW);
    this.caption.textContent = answer.total ? s.graphIdle : s.nothingInView;
  }

  private async turn(): Promise<void> {
    this.limit = this.limit === FEW ? MANY : FEW;
    if (this.last) await this.show(this.last);
  }

  /** Only what differs is changed: places never do, so a filter or a withdrawal repaints little. */
  private lay(answer: WholeAnswer, lang: string): void {
    const first = this.answer === null;
    const fresh = first || this.lang !== lang;
    this.answer = answer;
    this.lang = lang;
    this.cy.elements(".falling").stop().remove();
    const ends = new Set(answer.bundles.flatMap((each) => [each.source, each.target]));
    const pairs = Map.groupBy(answer.bundles, (each) => [each.source, each.target].sort().join("~"));
    const edges = [...pairs.values()].flatMap((held) => held.map((each) => edgeElement(each, held.length > 1 || each.source === each.target)));
    const nodes = answer.nodes.filter((node) => ends.has(node.id)).map((node) => nodeElement(node, lang));
    const wanted = new Map([...nodes, ...edges].map((each) => [each.data.id as string, each]));
    const fell = new Set(answer.fallen.map((each) => `bundle ${each.id}`));
    const falling: EdgeSingular[] = [];
    this.cy.resize();
    if (fresh) this.restyle(); // before anything is added: elements are then styled once
    this.cy.batch(() => {
      for (const edge of this.cy.edges().toArray() as EdgeSingular[]) {
        if (wanted.has(edge.id())) continue;
        if (fell.has(edge.id()) && falling.length < MOST_FALLING && !still.matches) falling.push(edge);
        else edge.remove();
      }
      const kept = new Set(falling.flatMap((edge) => [edge.source().id(), edge.target().id()]));
      this.cy.nodes().filter((node) => !wanted.has(node.id()) && !kept.has(node.id())).remove();
      const added = [...wanted.values()].filter((each) => {
        const there = this.cy.getElementById(each.data.id as string);
        if (there.nonempty()) there.data(each.data).classes(each.classes as string);
        return there.empty();
      });
      this.cy.add(added);
    });
    if (first) this.fit();
    for (const edge of falling) {
      const loose = edge.connectedNodes();
      edge.addClass("falling").animate({ style: { opacity: 0 } }, { duration: FALL, complete: () => void (edge.remove(), loose.filter((node) => (node as NodeSingular).degree(false) === 0).remove()) });
    }
  }

  private restyle(): void {
    this.cy.style().fromJson(wholeSheet()).update();
  }

  /** The largest part in sight; the small ones below it are a scroll away. */
  private fit(): void {
    const [largest] = this.cy.elements().components().sort((a, b) => b.length - a.length);
    const places = (largest?.nodes().toArray() ?? []).map((node) => (node as NodeSingular).position());
    if (!places.length) return;
    const [xs, ys] = [places.map((each) => each.x), places.map((each) => each.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const zoom = Math.max(0.04, Math.min(1.5, this.cy.width() / (right - left + 2 * NAME), this.cy.height() / (bottom - top + NAME)));
    this.cy.viewport({ zoom, pan: { x: this.cy.width() / 2 - (zoom * (left + right)) / 2, y: this.cy.height() / 2 - (zoom * (top + bottom)) / 2 } });
  }

  private zoom(by: number): void {
    this.cy.zoom({ level: this.cy.zoom() * by, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  picture(): Core {
    return this.cy;
  }

  focus(): void {
    this.canvas.focus({ preventScroll: true });
  }

  edgePoint(bundle: string): { x: number; y: number } | null {
    return clickable(this.cy, this.cy.getElementById(`bundle ${bundle}`) as unknown as EdgeSingular);
  }
}

function nodeElement(node: GraphNode, lang: string): ElementDefinition {
  const family = familyOf(node.kind);
  const lines = wrap(labelIn(lang, node), NAME, 3);
  const weight = Math.log2(1 + Math.max(0, node.claims));
  const size = Math.round(14 + Math.min(40, 6 * weight));
  const font = Math.round(9 + 3.4 * weight); // what is spoken of most can be read from afar
  const data = { id: node.id, kind: node.kind, label: lines.map(isolate).join("\n"), whole: labelIn(lang, node), claims: node.claims, size, font, z: 2 + font };
  return { group: "nodes", grabbable: false, position: { x: node.x * APART, y: node.y * APART }, classes: family, data };
}

function edgeElement(bundle: Bundle, fan: boolean): ElementDefinition {
  const data = { id: `bundle ${bundle.id}`, bundle: bundle.id, source: bundle.source, target: bundle.target, status: bundle.status, badge: isolate(bundle.badge), text: bundle.text };
  return { group: "edges", classes: fan ? "fan" : "", data };
}
