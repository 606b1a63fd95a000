// The picture around a name, or of an answer: every line and name has its own room, laid for the window.

import { h } from "./dom";
import { labelIn } from "./kinds";
import type { More } from "./lines";
import { grown } from "./point";
import { drawnScene, roomOf, type Drawn, type Scene } from "./scene";
import { aroundScene, fallenScene, savedScene, without, type Room } from "./scene-around";
import { Scenery, type Told, type Ways } from "./scenery";
import { s } from "./strings";
import { still } from "./theme";
import type { Bundle, Focus } from "./types";

export interface Shown {
  focus: Focus;
  lang: string;
  hidden: ReadonlySet<string>;
  selected: string | null;
}

const ZOOM = { least: 0.25, most: 4 };
const MARGIN = 14;

export class Graph {
  private readonly scenery: Scenery;
  readonly canvas: HTMLElement;
  readonly element: HTMLElement;
  private shown: Shown | null = null;
  private scene: Scene | null = null;
  private laidFor: Room = { width: 0, height: 0 };

  /** `more` draws the lines that are left out, where the address can ask for them. */
  constructor(testid: string, ways: Pick<Ways, "openLine" | "openName" | "leave">, private readonly more: More | null = null) {
    this.scenery = new Scenery(testid, { ...ways, frame: (scene) => grown(roomOf(scene), MARGIN), enlarged: 1, zoom: ZOOM, resized: () => this.resized() });
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
    this.see();
    if (still.matches || before?.focus !== shown.focus) this.fell(before?.focus ?? null);
    const { focus, hidden, lang } = shown;
    const lines = focus.bundles.filter((bundle) => !hidden.has(bundle.status)).length;
    this.canvas.setAttribute("aria-label", s.graphLabel(labelIn(lang, focus.entity), lines));
    this.canvas.dataset["focus"] = focus.entity.id;
    const cut = focus.fallen_total > focus.fallen.length ? `; ${s.fallenCut(focus.fallen.length, focus.fallen_total)}` : "";
    this.scenery.drawn.textContent = s.drawn(lines, Math.max(focus.total, focus.bundles.length)) + cut;
    this.more?.show(focus.shown, focus.total);
    this.scenery.select(shown.selected, s.graphIdle);
  }

  /** Lay what is shown for this window, and leave out the statuses that are not. */
  private see(): void {
    const room = this.scenery.room();
    if (!this.shown || !room) return;
    const fits = this.scene !== null && this.laidFor.width === room.width && this.laidFor.height === room.height;
    if (!fits) this.scene = aroundScene(this.shown.focus, this.shown.lang, room);
    this.laidFor = room;
    this.scenery.set(without(this.scene as Scene, this.shown.hidden));
    if (!fits) this.scenery.fit();
  }

  private resized(): void {
    this.see();
    this.fell(this.shown?.focus ?? null);
  }

  /**
   * What `focus` has lost against the picture of the same name before falls; an address opened anew shows no motion. Where
   * motion is not wanted, all that has fallen stays in sight.
   */
  private fell(before: Focus | null): void {
    const room = this.scenery.room();
    delete this.canvas.dataset["fallen"];
    if (!this.shown || !room) return;
    const { focus, lang, hidden } = this.shown;
    const stood = (line: Bundle): boolean => !before?.fallen.some((each) => each.id === line.id);
    const fallen = still.matches ? focus.fallen : before?.entity.id === focus.entity.id ? focus.fallen.filter(stood) : [];
    const drawn = fallen.filter((line) => !hidden.has(line.status));
    if (!drawn.length) return;
    const { lines, names } = fallenScene({ ...focus, fallen: drawn }, lang, room);
    this.scenery.fall(lines, names);
    this.canvas.dataset["fallen"] = String(lines.length);
  }

  picture(): Drawn | null {
    if (!this.shown) return null;
    const { focus, lang, hidden } = this.shown;
    return drawnScene(without(savedScene(focus, lang), hidden), this.scenery.drawn.textContent);
  }

  focus(): void {
    this.scenery.focus();
  }

  told(): Told {
    return this.scenery.told();
  }
}
