// A picture that can be moved, zoomed, pointed at, pressed and walked by keys; what is in it is given as a scene.

import { announce, bdi, button, h, reachable } from "./dom";
import { followPointer } from "./hand";
import { kindWord } from "./kinds";
import { look, paint, type Falling, type Look, type Marks } from "./paint";
import type { Box, Point } from "./point";
import { badgeOf, clockwise, lettersOf, NOTHING, pointsOf, shapeOf, under, type Found, type Name, type Ray, type Scene } from "./scene";
import { chip } from "./status";
import { count, s } from "./strings";
import { onTheme, still } from "./theme";
import { BY, walkLines } from "./walk";

/** What a picture does and how it differs from others. */
export interface Ways {
  openLine(id: string): void;
  openName(id: string): void;
  leave(): void;
  /** The room that is brought in sight, and how far it may be enlarged for that. */
  frame(scene: Scene): Box;
  enlarged: number;
  zoom: { least: number; most: number };
  /** The window has another size now. */
  resized(): void;
}

const REACH = 4; // pixels
const FALL = 600; // milliseconds
const DROP = 70;
const NONE: Falling = { lines: [], names: [], opacity: 0, drop: 0 };

/** What tests and benchmarks may ask of a picture. */
export interface Told {
  lines(): readonly Ray[];
  names(): readonly Name[];
  fallen(): readonly Ray[];
  current(): string | null;
  /** Where on the screen a line or a name can be pressed; null when that is out of sight or something else is there. */
  point(id: string): Point | null;
  screen(at: Point): Point;
  /** What badges, letters of names and shapes take up, each with the id of its line or its name. */
  rooms(): Record<"badges" | "names" | "shapes", [string, Box][]>;
}

export class Scenery {
  private readonly canvas = h("canvas", { class: "scene", "aria-hidden": "true" });
  readonly host = h("div", { class: "canvas", role: "application", tabindex: 0, dir: "ltr" }, this.canvas);
  readonly caption = h("p", { class: "caption" });
  readonly drawn = h("p", { class: "drawn" });
  /** How much of it is drawn, and ways to more. */
  readonly cut = h("div", { class: "cut" }, this.drawn);
  readonly foot: HTMLElement;
  private scene: Scene = NOTHING;
  private view = { zoom: 1, x: 0, y: 0 };
  private marks: Marks = { selected: null, current: null, warm: null, near: null, falling: NONE };
  private look: Look | null = null;
  private frame = 0;
  private idleText = "";
  private readonly keys: ReturnType<typeof walkLines>;

  constructor(testid: string, private readonly ways: Ways) {
    this.host.dataset["testid"] = testid;
    const tool = (sign: string, name: string, press: () => void): HTMLElement => button(sign, press, { class: "tool", "aria-label": name, title: name });
    const tools = h("div", { class: "tools" }, tool("+", s.zoomIn, () => this.zoom(BY)), tool("−", s.zoomOut, () => this.zoom(1 / BY)), tool("⤢", s.fit, () => this.fit()));
    this.foot = h("div", { class: "graph-foot" }, this.caption, this.cut, tools);
    this.keys = walkLines(
      { lines: () => clockwise(this.scene), mark: (line) => this.mark({ current: line?.id ?? null }), reveal: (line) => this.reveal(line) },
      {
        arrive: (line, place) => {
          this.explain(line);
          announce(place + line.text);
        },
        open: (line) => ways.openLine(line.id),
        leave: () => ways.leave(),
        zoom: (by) => (by ? this.zoom(by) : this.fit()),
      },
    );
    this.listen();
  }

  private listen(): void {
    this.host.addEventListener("keydown", (event) => this.keys.press(event));
    this.host.addEventListener("focus", () => this.resume());
    this.host.addEventListener("blur", () => this.keys.rest());
    followPointer(this.host, { hover: (at) => this.hover(at), press: (at) => this.press(at), move: (by) => this.move(by), zoom: (by, at) => this.zoom(by, at), leave: () => this.hover(null) });
    onTheme(() => {
      this.look = null;
      if (this.scene !== NOTHING) this.paint(); // at once: paper does not wait for a frame
    });
    new ResizeObserver(() => {
      if (!this.sized()) return;
      this.ways.resized();
      this.resume();
    }).observe(this.host);
    this.followScreen();
  }

  /** A window that goes to a finer screen keeps its size: only its pixels are others. */
  private followScreen(): void {
    const changed = (): void => {
      this.sized();
      this.followScreen();
    };
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", changed, { once: true });
  }

  // ---- what is in it ----------------------------------------------------------------------------

  /** The room there is; null while the picture stands nowhere. */
  room(): { width: number; height: number } | null {
    const { clientWidth: width, clientHeight: height } = this.host;
    return width && height ? { width, height } : null;
  }

  /** Show a scene from where the last was seen. */
  set(scene: Scene): void {
    this.scene = scene;
    const { near, warm } = this.marks;
    this.mark({ near: scene.names.find((name) => name.id === near?.id) ?? null, warm: scene.lines.some((line) => line.id === warm) ? warm : null, falling: NONE });
    this.sized();
  }

  /** Say which line is open, and what stands below the picture while nothing is pointed at. */
  select(line: string | null, idle: string): void {
    this.idleText = idle;
    this.mark({ selected: line });
    this.keys.start(line);
    this.idle();
  }

  /** Let lines and names fall out of sight; where motion is not wanted they stay as fallen. */
  fall(lines: readonly Ray[], names: readonly Name[] = []): void {
    const falling: Falling = { lines, names, opacity: still.matches ? 0.6 : 1, drop: 0 };
    this.mark({ falling });
    if (still.matches || !lines.length) return;
    const start = performance.now();
    const step = (now: number): void => {
      if (this.marks.falling !== falling) return; // something else falls
      const share = Math.min(1, Math.max(0, (now - start) / FALL));
      falling.opacity = 1 - share;
      falling.drop = DROP * share;
      if (share < 1) requestAnimationFrame(step);
      else this.marks.falling = NONE;
      this.repaint();
    };
    requestAnimationFrame(step);
  }

  // ---- painting ---------------------------------------------------------------------------------

  /** Bring the canvas to the size of its room; whether it has changed. */
  private sized(): boolean {
    const room = this.room();
    if (!room) return false;
    const ratio = Math.min(2, devicePixelRatio);
    const [wide, tall] = [Math.round(room.width * ratio), Math.round(room.height * ratio)];
    const changed = this.canvas.width !== wide || this.canvas.height !== tall;
    if (changed) [this.canvas.width, this.canvas.height] = [wide, tall];
    this.repaint();
    return changed;
  }

  /** Paint with the next frame, however often this is asked. */
  private repaint(): void {
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const [brush, room] = [this.canvas.getContext("2d", { alpha: false }), this.room()];
    if (!brush || !room) return;
    this.look ??= look();
    paint(brush, this.scene, this.look, { ...this.view, ...room, ratio: this.canvas.width / room.width }, this.marks);
  }

  private mark(marks: Partial<Marks>): void {
    Object.assign(this.marks, marks);
    this.repaint();
  }

  fit(): void {
    const room = this.room();
    const { x1, y1, x2, y2 } = this.ways.frame(this.scene);
    if (!room || x2 <= x1) return;
    const zoom = Math.max(this.ways.zoom.least, Math.min(this.ways.enlarged, room.width / (x2 - x1), room.height / (y2 - y1)));
    this.view = { zoom, x: room.width / 2 - (zoom * (x1 + x2)) / 2, y: room.height / 2 - (zoom * (y1 + y2)) / 2 };
    this.repaint();
  }

  private zoom(by: number, at: Point = { x: this.host.clientWidth / 2, y: this.host.clientHeight / 2 }): void {
    const zoom = Math.max(this.ways.zoom.least, Math.min(this.ways.zoom.most, this.view.zoom * by));
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
    const points = pointsOf(line).map((point) => this.onScreen(point));
    if (points.some((point) => this.inSight(point))) return;
    const at = points[0] as Point;
    this.move({ x: this.host.clientWidth / 2 - at.x, y: this.host.clientHeight / 2 - at.y });
  }

  private inSight({ x, y }: Point): boolean {
    return x >= 0 && y >= 0 && x < this.host.clientWidth && y < this.host.clientHeight;
  }

  private onScreen({ x, y }: Point): Point {
    return { x: x * this.view.zoom + this.view.x, y: y * this.view.zoom + this.view.y };
  }

  // ---- the hand ---------------------------------------------------------------------------------

  private at(point: Point): Found | null {
    const { zoom, x, y } = this.view;
    return under(this.scene, { x: (point.x - x) / zoom, y: (point.y - y) / zoom }, REACH / zoom);
  }

  private hover(point: Point | null): void {
    const found = point && this.at(point);
    const name = found && "name" in found ? found.name : null;
    const line = found && "line" in found ? found.line : null;
    this.host.classList.toggle("pointing", line !== null || (name !== null && opens(name)));
    const warm = line?.id ?? null;
    if (name !== this.marks.near || warm !== this.marks.warm) this.mark({ near: name, warm });
    if (name) {
      this.caption.replaceChildren(bdi(name.whole), ` · ${kindWord(name.kind)} · ${count(name.claims, "claim")}`);
      reachable(this.caption);
    } else if (line) this.explain(line);
    else this.idle();
  }

  private press(point: Point): void {
    const found = this.at(point);
    if (!found) return;
    if ("line" in found) {
      this.keys.start(found.line.id);
      this.ways.openLine(found.line.id);
    } else if (opens(found.name)) this.ways.openName(found.name.id);
  }

  private explain(line: Ray): void {
    this.caption.replaceChildren(chip(line.status), " ", bdi(line.text));
    reachable(this.caption);
  }

  private idle(): void {
    const { current, selected } = this.marks;
    const [line] = [current, selected].flatMap((id) => this.scene.lines.find((each) => each.id === id) ?? []);
    if (line) this.explain(line);
    else this.caption.textContent = this.idleText;
  }

  focus(): void {
    this.host.focus({ preventScroll: true });
  }

  /** The keyboard is here: the kept place is current. */
  private resume(): void {
    if (this.host.matches(":focus-visible")) this.keys.resume();
  }

  /** Client coordinates of a point that opens a line or a name when pressed. */
  private pressable(id: string): Point | null {
    const name = this.scene.names.find((each) => each.id === id);
    const line = name ? null : this.scene.lines.find((each) => each.id === id);
    const free = (name ? [name] : line ? pointsOf(line) : []).map((point) => this.onScreen(point)).find((point) => {
      const found = this.inSight(point) && this.at(point);
      const top = document.elementFromPoint(this.client(point).x, this.client(point).y);
      return found && ("name" in found ? found.name : found.line).id === id && (!top || this.host.contains(top));
    });
    return free ? this.client(free) : null;
  }

  private client({ x, y }: Point): Point {
    const box = this.host.getBoundingClientRect();
    return { x: box.left + x, y: box.top + y };
  }

  told(): Told {
    return {
      lines: () => this.scene.lines,
      names: () => this.scene.names,
      fallen: () => this.marks.falling.lines,
      current: () => this.marks.current,
      point: (id) => this.pressable(id),
      screen: (at) => this.client(this.onScreen(at)),
      rooms: () => ({
        badges: this.scene.lines.flatMap((line) => ((room) => (room ? [[line.id, room] as [string, Box]] : []))(badgeOf(line))),
        names: this.scene.names.map((name) => [name.whole, lettersOf(name)]),
        shapes: this.scene.names.map((name) => [name.whole, shapeOf(name)]),
      }),
    };
  }
}

/** A value has no picture of its own, and the name in the middle is open already. */
function opens(name: Name): boolean {
  return name.family !== "value" && !name.centre;
}
