// The picture: Cytoscape on its canvas renderer, because its WebGL renderer draws every line solid.

import cytoscape, { type Core, type EdgeSingular, type NodeSingular } from "cytoscape";
import { announce, bdi, button, h, reachable } from "./dom";
import { placeBadges } from "./graph-badges";
import { edgesOf, walkLines } from "./graph-keys";
import { fell } from "./graph-ghosts";
import { elements } from "./graph-layout";
import { clickable } from "./graph-point";
import { sheet } from "./graph-style";
import { kindWord, labelIn } from "./kinds";
import { chip } from "./status";
import { count, s } from "./strings";
import { onTheme } from "./theme";
import type { Focus } from "./types";

export interface Shown {
  focus: Focus;
  lang: string;
  hidden: ReadonlySet<string>;
  selected: string | null;
}

export interface GraphHandlers {
  openBundle(id: string): void;
  openEntity(id: string): void;
  leave(): void;
}

interface Renderer {
  invalidateContainerClientCoordsCache(): void;
  drawElements(context: CanvasRenderingContext2D, elements: unknown): void;
  drawLayeredElements(context: CanvasRenderingContext2D, elements: unknown): void;
}

export class Graph {
  readonly canvas = h("div", { class: "canvas", role: "application", tabindex: 0, dir: "ltr", "data-testid": "graph" });
  private readonly caption = h("p", { class: "caption", "data-testid": "edge-text" });
  private readonly drawn = h("p", { class: "drawn" });
  readonly element: HTMLElement;
  readonly cy: Core;
  private shown: Shown | null = null;
  private laidOut = "";
  private styled = false;
  private readonly keys: ReturnType<typeof walkLines>;

  constructor(private readonly handlers: GraphHandlers) {
    const tool = (sign: string, name: string, press: () => void): HTMLElement => button(sign, press, { class: "tool", "aria-label": name, title: name });
    const tools = h("div", { class: "tools" }, tool("+", s.zoomIn, () => this.zoom(1.3)), tool("−", s.zoomOut, () => this.zoom(1 / 1.3)), tool("⤢", s.fit, () => this.fit()));
    this.element = h("div", { class: "graph-pane" }, this.canvas, h("div", { class: "graph-foot" }, this.caption, this.drawn, tools));
    this.cy = cytoscape({
      container: this.canvas,
      style: [],
      layout: { name: "preset" },
      minZoom: 0.25,
      maxZoom: 4,
      autoungrabify: true,
      boxSelectionEnabled: false,
      selectionType: "single",
    });
    // Forty lines are drawn sooner than cut into textures, which pay only for hundreds.
    const renderer = this.renderer();
    renderer.drawLayeredElements = (context, elements) => renderer.drawElements(context, elements);
    this.keys = walkLines(edgesOf(this.cy), {
      arrive: (edge, place) => {
        this.explainEdge(edge);
        announce(place + (edge.data("text") as string));
      },
      open: (edge) => this.handlers.openBundle(edge.data("bundle") as string),
      leave: () => this.handlers.leave(),
      zoom: (by) => (by ? this.zoom(by) : this.fit()),
    });
    this.canvas.addEventListener("keydown", (event) => this.keys.press(event));
    this.canvas.addEventListener("focus", () => this.canvas.matches(":focus-visible") && this.keys.resume());
    this.canvas.addEventListener("blur", () => this.keys.rest());
    // The page may have scrolled, or what stands above may have grown, since the canvas was last asked where it is.
    for (const type of ["pointerenter", "pointerdown", "mousedown", "touchstart"]) this.canvas.addEventListener(type, () => this.moved(), true);
    addEventListener("scroll", () => this.moved(), { passive: true });
    this.listen();
    onTheme(() => this.styled && this.restyle());
    new ResizeObserver(() => this.resized()).observe(this.canvas);
  }

  private moved(): void {
    this.renderer().invalidateContainerClientCoordsCache();
  }

  private renderer(): Renderer {
    return (this.cy as unknown as { renderer(): Renderer }).renderer();
  }

  private listen(): void {
    this.cy.on("tap", "edge", (event) => {
      const edge = event.target as EdgeSingular;
      this.keys.start(edge.data("bundle") as string);
      this.handlers.openBundle(edge.data("bundle") as string);
    });
    this.cy.on("tap", "node", (event) => {
      const node = event.target as NodeSingular;
      if (!node.hasClass("value") && !node.hasClass("centre")) this.handlers.openEntity(node.id());
    });
    this.cy.on("mouseover", "edge", (event) => {
      const edge = event.target as EdgeSingular;
      edge.addClass("warm");
      this.canvas.classList.add("pointing");
      this.explainEdge(edge);
    });
    this.cy.on("mouseover", "node", (event) => {
      const node = event.target as NodeSingular;
      const near = node.closedNeighborhood();
      if (!node.hasClass("centre")) this.cy.elements().not(near).addClass("quiet");
      node.addClass("warm");
      this.canvas.classList.toggle("pointing", !node.hasClass("value") && !node.hasClass("centre"));
      this.caption.replaceChildren(bdi(node.data("whole") as string), ` · ${kindWord(node.data("kind") as string)} · ${count(node.data("claims") as number, "claim")}`);
      reachable(this.caption);
    });
    this.cy.on("mouseout", "node, edge", () => {
      this.cy.elements().removeClass("quiet warm");
      this.canvas.classList.remove("pointing");
      this.idle();
    });
  }

  private explainEdge(edge: EdgeSingular): void {
    this.caption.replaceChildren(chip(edge.data("status") as string), " ", bdi(edge.data("text") as string));
    reachable(this.caption);
  }

  private idle(): void {
    const current = this.cy.edges(".current");
    const edge = current.nonempty() ? current : this.cy.edges(".selected").not(".off");
    if (edge.nonempty()) this.explainEdge(edge.first() as EdgeSingular);
    else this.caption.textContent = s.graphIdle;
  }

  show(shown: Shown): void {
    const before = this.shown?.focus;
    const same = before === shown.focus && this.shown?.lang === shown.lang;
    this.shown = shown;
    if (!same) this.lay();
    this.cy.batch(() => {
      this.cy.edges().not(".ghost").forEach((edge) => {
        edge.toggleClass("off", shown.hidden.has(edge.data("status") as string));
        edge.toggleClass("selected", edge.data("bundle") === shown.selected);
      });
      this.cy.nodes().not(".ghost").forEach((node) => {
        node.toggleClass("off", !node.hasClass("centre") && node.connectedEdges().not(".off").empty());
      });
    });
    if (!same && before !== shown.focus) fell(this.cy, shown.focus, shown.lang, before ?? null, { width: this.canvas.clientWidth, height: this.canvas.clientHeight });
    const lines = this.cy.edges().not(".off, .ghost").length;
    const name = labelIn(shown.lang, shown.focus.entity);
    this.canvas.setAttribute("aria-label", s.graphLabel(name, lines));
    this.canvas.dataset["focus"] = shown.focus.entity.id;
    this.drawn.textContent = s.drawn(lines, Math.max(shown.focus.total, shown.focus.bundles.length));
    this.keys.start(shown.selected);
    this.idle();
  }

  private lay(): void {
    const shown = this.shown;
    const window = { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
    if (!shown || !window.width || !window.height) return;
    this.cy.resize();
    this.laidOut = `${window.width}×${window.height}`;
    this.cy.elements().remove();
    if (!this.styled) this.restyle(); // before anything is added: elements are then styled once
    this.cy.add(elements(shown.focus, shown.lang, window));
    placeBadges(this.cy);
    this.fit();
  }

  private restyle(): void {
    this.styled = true;
    this.cy.style().fromJson(sheet()).update();
  }

  private resized(): void {
    const now = `${this.canvas.clientWidth}×${this.canvas.clientHeight}`;
    if (!this.canvas.clientWidth || now === this.laidOut) return;
    this.lay();
    if (this.shown) this.show(this.shown);
    if (this.canvas.matches(":focus-visible")) this.keys.resume();
  }

  private zoom(by: number): void {
    this.cy.zoom({ level: this.cy.zoom() * by, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  /** Everything in sight, at its own size where there is room for it. */
  fit(): void {
    this.cy.fit(undefined, 14);
    if (this.cy.zoom() > 1) {
      this.cy.zoom(1);
      this.cy.center();
    }
  }

  focus(): void {
    this.canvas.focus({ preventScroll: true });
  }

  /** Client coordinates of a point that opens the bundle when clicked. */
  edgePoint(bundle: string): { x: number; y: number } | null {
    return clickable(this.cy, this.cy.getElementById(`bundle ${bundle}`) as unknown as EdgeSingular);
  }
}
