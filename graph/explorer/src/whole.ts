// Everything in view as one graph, at places that no filter moves; cut openly, the most claimed first.

import * as api from "./api";
import { FEW, linesAsked, moreLines } from "./lines";
import { paneElement, type Pane, type Shown } from "./pane";
import { around, type Box } from "./point";
import { drawnScene, NAME, NOTHING, type Drawn, type Scene } from "./scene";
import { largestPart, wholeScene } from "./scene-whole";
import { Scenery } from "./scenery";
import { CLOSED, go, opening, type State } from "./state";
import { s } from "./strings";
import { still } from "./theme";
import type { WholeAnswer } from "./types";

const MOST_FALLING = 150; // more are taken away at once

/** What an address asks of the whole graph: as many lines as it says. */
export function wholeAnswer(now: State): Promise<WholeAnswer> {
  return api.whole(now, linesAsked(now, FEW.whole));
}

export class Whole implements Pane {
  readonly element = paneElement("whole");
  private readonly more = moreLines(FEW.whole, "whole-more");
  private readonly scenery = new Scenery("whole-graph", {
    openLine: (id) => go({ ...CLOSED, bundle: id }),
    openName: (id) => go({ ...opening(id), view: "graph", lines: null }),
    leave: () => go(CLOSED),
    frame: inMiddle,
    enlarged: 1.5,
    zoom: { least: 0.04, most: 4 },
    resized: () => this.fitOnce(),
  });
  private scene: Scene = NOTHING;
  private answer: WholeAnswer | null = null;
  private lang = "";
  private fitted = false;

  constructor() {
    this.scenery.drawn.dataset["testid"] = "whole-drawn";
    this.scenery.cut.append(this.more.element);
    this.element.append(this.scenery.host, this.scenery.foot);
    window.testimony = { ...window.testimony, whole: this.scenery.told() };
  }

  async show(of: Shown): Promise<void> {
    const answer = await wholeAnswer(of.now);
    if (!of.current()) return;
    if (answer !== this.answer || this.lang !== of.now.lang) this.lay(answer, of.now.lang);
    this.scenery.select(of.now.bundle, answer.total ? s.graphIdle : s.nothingInView);
    this.scenery.host.setAttribute("aria-label", s.wholeLabel(answer.shown));
    this.scenery.drawn.textContent = s.drawn(answer.shown, answer.total);
    this.more.show(answer.shown, answer.total);
  }

  /** Places never differ, so a filter or a withdrawal only takes lines away or brings some. */
  private lay(answer: WholeAnswer, lang: string): void {
    const before = this.answer && this.lang === lang ? this.scene.lines : [];
    this.answer = answer;
    this.lang = lang;
    this.scene = wholeScene(answer, lang);
    this.scenery.set(this.scene);
    this.fitOnce();
    const [left, gone] = [new Set(answer.bundles.map((each) => each.id)), new Set(answer.fallen.map((each) => each.id))];
    const falling = still.matches ? [] : before.filter((line) => gone.has(line.id) && !left.has(line.id)).slice(0, MOST_FALLING);
    const there = new Set(this.scene.names.map((name) => name.id));
    if (falling.length) this.scenery.fall(falling, [...new Set(falling.flatMap((line) => [line.source, line.target]))].filter((name) => !there.has(name.id)));
  }

  private fitOnce(): void {
    if (this.fitted || !this.scene.lines.length || !this.scenery.room()) return;
    this.fitted = true;
    this.scenery.fit();
  }

  picture(): Drawn {
    return drawnScene(this.scene, this.scenery.drawn.textContent);
  }

  focus(): void {
    this.scenery.focus();
  }
}

/** The largest part; the small ones below it are a scroll away. */
function inMiddle(scene: Scene): Box {
  const { x1, y1, x2, y2 } = around(largestPart(scene));
  return { x1: x1 - NAME, x2: x2 + NAME, y1: y1 - NAME / 2, y2: y2 + NAME / 2 };
}
