// Everything in view as one graph, at places that no filter moves; cut openly, the most claimed first. It has a painter
// of its own, because a thousand lines are too many for Cytoscape's objects.

import * as api from "./api";
import { announce, bdi, button, h, reachable } from "./dom";
import type { Drawn } from "./drawn";
import { walkLines } from "./graph-keys";
import { pointOn, type Point } from "./graph-point";
import { followPointer } from "./hand";
import { kindWord } from "./kinds";
import { paneElement, type Pane, type Shown } from "./pane";
import { CLOSED, go, opening, type State } from "./state";
import { chip } from "./status";
import { count, s } from "./strings";
import { onTheme } from "./theme";
import type { WholeAnswer } from "./types";
import { look, paint, type Look } from "./whole-paint";
import { clockwise, drawnScene, largestPart, NAME, NOTHING, sceneOf, under, type Name, type Ray, type Scene } from "./whole-scene";

const FEW = 400;
const MANY = 1500;
const ZOOM = { least: 0.04, most: 4 };
const REACH = 4; // pixels
const FALL = 600; // milliseconds
const MOST_FALLING = 150; // more are taken away at once
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** What an address asks of the whole graph: as many lines as it says. */
export function wholeAnswer(now: State): Promise<WholeAnswer> {
  return api.whole(now, now.lines === "all" ? MANY : Math.min(MANY, Number(now.lines ?? FEW)));
}

export class Whole implements Pane {
  readonly element = paneElement("whole");
  private readonly canvas = h("canvas", { class: "scene", "aria-hidden": "true" });
  private readonly host = h("div", { class: "canvas", role: "application", tabindex: 0, dir: "ltr", "data-testid": "whole-graph" }, this.canvas);
  private readonly caption = h("p", { class: "caption" });
  private readonly drawn = h("p", { class: "drawn", "data-testid": "whole-drawn" });
  private readonly more = button("", () => go({ lines: this.all ? null : "all" }), { class: "plain", "data-testid": "whole-more" });
  private readonly keys = walkLines<Ray>(
    { lines: () => clockwise(this.scene.lines), id: (line) => line.id, mark: (line) => this.change({ current: line?.id ?? null }), reveal: (line) => this.reveal(line) },
    {
      arrive: (line, place) => {
        this.explain(line);
        announce(place + line.text);
      },
      open: (line) => go({ ...CLOSED, bundle: line.id }),
      leave: () => go(CLOSED),
      zoom: (by) => (by ? this.zoom(by) : this.fit()),
    },
  );
  private scene: Scene = NOTHING;
  private view = { zoom: 1, x: 0, y: 0 };
  private marks = { selected: null as string | null, current: null as string | null, near: null as Name | null, falling: { lines: [] as Ray[], opacity: 0 } };
  private look: Look | null = null;
  private answer: WholeAnswer | null = null;
  private lang = "";
  private all = false;
  private fitted = false;
  private frame = 0;

  constructor() {
    const tool = (sign: string, name: string, press: () => void): HTMLElement => button(sign, press, { class: "tool", "aria-label": name, title: name });
    const tools = h("div", { class: "tools" }, tool("+", s.zoomIn, () => this.zoom(1.3)), tool("−", s.zoomOut, () => this.zoom(1 / 1.3)), tool("⤢", s.fit, () => this.fit()));
    this.element.append(this.host, h("div", { class: "graph-foot" }, this.caption, h("div", { class: "cut" }, this.drawn, this.more), tools));
    this.host.addEventListener("keydown", (event) => this.keys.press(event));
    this.host.addEventListener("focus", () => this.host.matches(":focus-visible") && this.keys.resume());
    this.host.addEventListener("blur", () => this.keys.rest());
    followPointer(this.host, { hover: (at) => this.hover(at), press: (at) => this.press(at), move: (by) => this.move(by), zoom: (by, at) => this.zoom(by, at), leave: () => this.hover(null) });
    onTheme(() => {
      this.look = null;
      if (this.answer) this.paint(); // at once: paper does not wait for a frame
    });
    new ResizeObserver(() => this.resized()).observe(this.host);
    window.testimony = { ...window.testimony, whole: { lines: () => this.scene.lines, names: () => this.scene.names, point: (id) => this.pressable(id), screen: (at) => this.client(this.onScreen(at)) } };
  }

  async show(of: Shown): Promise<void> {
    const answer = await wholeAnswer(of.now);
    if (!of.current()) return;
    if (answer !== this.answer || this.lang !== of.now.lang) this.lay(answer, of.now.lang);
    this.change({ selected: of.now.bundle });
    this.keys.start(of.now.bundle);
    this.host.setAttribute("aria-label", s.wholeLabel(answer.shown));
    this.drawn.textContent = s.drawn(answer.shown, answer.total);
    const most = Math.min(MANY, answer.total);
    this.all = answer.shown >= most;
    this.more.hidden = answer.total <= FEW;
    this.more.textContent = this.all ? s.drawFewer(FEW) : s.drawMore(most);
    this.idle();
  }

  /** Places never differ, so a filter or a withdrawal only takes lines away or brings some. */
  private lay(answer: WholeAnswer, lang: string): void {
    const before = this.answer && this.lang === lang ? this.scene.lines : [];
    this.answer = answer;
    this.lang = lang;
    this.scene = sceneOf(answer, lang);
    this.marks.near = null;
    this.resized();
    const [left, gone] = [new Set(answer.bundles.map((each) => each.id)), new Set(answer.fallen.map((each) => each.id))];
    const falling = still.matches ? [] : before.filter((line) => gone.has(line.id) && !left.has(line.id)).slice(0, MOST_FALLING);
    this.marks.falling = { lines: falling, opacity: 1 };
    if (falling.length) this.fall(performance.now());
  }

  private fall(start: number): void {
    const { falling } = this.marks;
    const step = (now: number): void => {
      if (this.marks.falling !== falling) return; // something else falls
      falling.opacity = Math.max(0, 1 - (now - start) / FALL);
      if (!falling.opacity) falling.lines = [];
      else requestAnimationFrame(step);
      this.repaint();
    };
    requestAnimationFrame(step);
  }

  // ---- the picture ------------------------------------------------------------------------------

  private resized(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (!width || !height) return;
    const ratio = Math.min(2, devicePixelRatio);
    const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== tall) [this.canvas.width, this.canvas.height] = [wide, tall];
    if (!this.fitted && this.scene.lines.length) this.fit();
    this.repaint();
  }

  /** Paint with the next frame, however often this is asked. */
  private repaint(): void {
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const brush = this.canvas.getContext("2d", { alpha: false });
    const { clientWidth: width, clientHeight: height } = this.host;
    if (!brush || !width) return;
    this.look ??= look();
    paint(brush, this.scene, this.look, { ...this.view, width, height, ratio: this.canvas.width / width }, this.marks);
  }

  private change(marks: Partial<Whole["marks"]>): void {
    Object.assign(this.marks, marks);
    this.repaint();
  }

  /** The largest part in sight; the small ones below it are a scroll away. */
  private fit(): void {
    const names = largestPart(this.scene);
    const { clientWidth: width, clientHeight: height } = this.host;
    if (!names.length || !width) return;
    const [xs, ys] = [names.map((each) => each.x), names.map((each) => each.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const zoom = Math.max(ZOOM.least, Math.min(1.5, width / (right - left + 2 * NAME), height / (bottom - top + NAME)));
    this.view = { zoom, x: width / 2 - (zoom * (left + right)) / 2, y: height / 2 - (zoom * (top + bottom)) / 2 };
    this.fitted = true;
    this.repaint();
  }

  private zoom(by: number, at: Point = { x: this.host.clientWidth / 2, y: this.host.clientHeight / 2 }): void {
    const zoom = Math.max(ZOOM.least, Math.min(ZOOM.most, this.view.zoom * by));
    const grown = zoom / this.view.zoom;
    this.view = { zoom, x: at.x - (at.x - this.view.x) * grown, y: at.y - (at.y - this.view.y) * grown };
    this.repaint();
  }

  private move(by: Point): void {
    this.view = { ...this.view, x: this.view.x + by.x, y: this.view.y + by.y };
    this.repaint();
  }

  /** In the middle, where nothing of it is in sight. */
  private reveal(line: Ray): void {
    if (line.points.some((point) => this.inSight(this.onScreen(point)))) return;
    const at = this.onScreen(pointOn(line.points));
    this.move({ x: this.host.clientWidth / 2 - at.x, y: this.host.clientHeight / 2 - at.y });
  }

  private inSight({ x, y }: Point): boolean {
    return x >= 0 && y >= 0 && x < this.host.clientWidth && y < this.host.clientHeight;
  }

  private onScreen({ x, y }: Point): Point {
    return { x: x * this.view.zoom + this.view.x, y: y * this.view.zoom + this.view.y };
  }

  // ---- the hand ---------------------------------------------------------------------------------

  private at(point: Point): ReturnType<typeof under> {
    const { zoom, x, y } = this.view;
    return under(this.scene, { x: (point.x - x) / zoom, y: (point.y - y) / zoom }, REACH / zoom);
  }

  private hover(point: Point | null): void {
    const found = point && this.at(point);
    const name = found && "name" in found ? found.name : null;
    this.host.classList.toggle("pointing", found !== null && name?.family !== "value");
    if (name !== this.marks.near) this.change({ near: name });
    if (name) {
      this.caption.replaceChildren(bdi(name.whole), ` · ${kindWord(name.kind)} · ${count(name.claims, "claim")}`);
      reachable(this.caption);
    } else if (found && "line" in found) this.explain(found.line);
    else this.idle();
  }

  private press(point: Point): void {
    const found = this.at(point);
    if (found && "name" in found) {
      if (found.name.family !== "value") go({ ...opening(found.name.id), view: "graph" });
    } else if (found) {
      this.keys.start(found.line.id);
      go({ ...CLOSED, bundle: found.line.id });
    }
  }

  private explain(line: Ray): void {
    this.caption.replaceChildren(chip(line.status), " ", bdi(line.text));
    reachable(this.caption);
  }

  private idle(): void {
    this.caption.textContent = this.answer && !this.answer.total ? s.nothingInView : s.graphIdle;
  }

  /** Where on the screen a line or a name can be pressed; null when that is out of sight or something else is there. */
  private pressable(id: string): Point | null {
    const name = this.scene.names.find((each) => each.id === id);
    const points = name ? [name] : (this.scene.lines.find((each) => each.id === id)?.points ?? []);
    const mixed = points.slice(1).flatMap((to, index) => [0.5, 0.3, 0.7].map((t) => ({ x: points[index]!.x * (1 - t) + to.x * t, y: points[index]!.y * (1 - t) + to.y * t })));
    const free = (name ? points : mixed).map((point) => this.onScreen(point)).find((point) => {
      const found = this.inSight(point) && this.at(point);
      return found && ("name" in found ? found.name : found.line).id === id;
    });
    return free ? this.client(free) : null;
  }

  private client({ x, y }: Point): Point {
    const box = this.host.getBoundingClientRect();
    return { x: box.left + x, y: box.top + y };
  }

  picture(): Drawn {
    return drawnScene(this.scene);
  }

  focus(): void {
    this.host.focus({ preventScroll: true });
  }
}
