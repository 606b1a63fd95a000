// The picture around a name, or of an answer: every line and name has its own room, laid for the window.

import { h } from "./dom";
import type { Drawn } from "./drawn";
import { labelIn } from "./kinds";
import type { More } from "./lines";
import { roomOf, type Scene } from "./scene";
import { aroundScene, fallenScene, without } from "./scene-around";
import { Scenery, type Told, type Ways } from "./scenery";
import { s } from "./strings";
import type { Bundle, Focus } from "./types";

export interface Shown {
  focus: Focus;
  lang: string;
  hidden: ReadonlySet<string>;
  selected: string | null;
}

const ZOOM = { least: 0.25, most: 4 };
const MARGIN = 14;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Graph {
  private readonly scenery: Scenery;
  readonly canvas: HTMLElement;
  readonly element: HTMLElement;
  private shown: Shown | null = null;
  private scene: Scene | null = null;

  /** `more` draws the lines that are left out, where the address can ask for them. */
  constructor(testid: string, ways: Pick<Ways, "openLine" | "openName" | "leave">, private readonly more: More | null = null) {
    this.scenery = new Scenery(testid, { ...ways, frame: around, enlarged: 1, zoom: ZOOM, resized: () => this.resized() });
    this.canvas = this.scenery.host;
    this.scenery.caption.dataset["testid"] = "edge-text";
    this.scenery.drawn.setAttribute("role", "status");
    if (more) this.scenery.cut.append(more.element);
    this.element = h("div", { class: "graph-pane" }, this.canvas, this.scenery.foot);
  }

  show(shown: Shown): void {
    const before = this.shown;
    const same = before?.focus === shown.focus && before.lang === shown.lang;
    this.shown = shown;
    if (!same) this.scene = null;
    this.see(!same);
    if (!same && before?.focus !== shown.focus) this.fell(before?.focus ?? null);
    const { focus, hidden, lang } = shown;
    const lines = focus.bundles.filter((bundle) => !hidden.has(bundle.status)).length;
    this.canvas.setAttribute("aria-label", s.graphLabel(labelIn(lang, focus.entity), lines));
    this.canvas.dataset["focus"] = focus.entity.id;
    this.scenery.drawn.textContent = s.drawn(lines, Math.max(focus.total, focus.bundles.length));
    this.more?.show(focus.shown, focus.total);
    this.scenery.select(shown.selected, s.graphIdle);
  }

  /** Lay what is shown for this window, and leave out the statuses that are not. */
  private see(fit: boolean): void {
    const room = this.scenery.room();
    if (!this.shown || !room) return;
    this.scene ??= aroundScene(this.shown.focus, this.shown.lang, room);
    this.scenery.set(without(this.scene, this.shown.hidden));
    if (fit) this.scenery.fit();
  }

  private resized(): void {
    this.scene = null;
    this.see(true);
    this.fell(this.shown?.focus ?? null);
  }

  /** What `focus` has lost against the picture of the same name before falls; an address opened anew shows no motion. */
  private fell(before: Focus | null): void {
    const room = this.scenery.room();
    if (!this.shown || !room) return;
    const { focus, lang } = this.shown;
    const stood = (line: Bundle): boolean => !before?.fallen.some((each) => each.id === line.id);
    const drawn = still.matches ? focus.fallen : before?.entity.id === focus.entity.id ? focus.fallen.filter(stood) : [];
    if (!drawn.length) return;
    const { lines, names } = fallenScene({ ...focus, fallen: drawn }, lang, room);
    this.scenery.fall(lines, names);
    this.canvas.dataset["fallen"] = String(lines.length);
  }

  picture(): Drawn {
    return this.scenery.picture();
  }

  focus(): void {
    this.scenery.focus();
  }

  told(): Told {
    return this.scenery.told();
  }
}

function around(scene: Scene): { x1: number; y1: number; x2: number; y2: number } {
  const { x1, y1, x2, y2 } = roomOf(scene);
  return { x1: x1 - MARGIN, y1: y1 - MARGIN, x2: x2 + MARGIN, y2: y2 + MARGIN };
}
