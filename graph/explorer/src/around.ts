// The picture around a name, and why there may be nothing in it.

import { h } from "./dom";
import type { Drawn } from "./scene";
import { Graph } from "./graph";
import { showAll } from "./legend";
import { FEW, moreLines } from "./lines";
import type { Pane, Shown } from "./pane";
import { hiddenNotice } from "./passage";
import { CLOSED, go, opening } from "./state";
import { s } from "./strings";
import type { Focus } from "./types";

export class Around implements Pane {
  private readonly graph = new Graph("graph", {
    openLine: (id) => go({ ...CLOSED, bundle: id }),
    openName: (id) => go(opening(id)),
    leave: () => go(CLOSED),
  }, moreLines(FEW.graph, "around-more"));
  private readonly notice = h("div", { class: "overlay" });
  readonly element = h("div", { class: "focus-pane" }, this.graph.element, this.notice);

  constructor() {
    window.testimony = { ...window.testimony, around: this.graph.told() };
  }

  show({ now, focus, selected, hidden: off }: Shown): void {
    if (!focus) return;
    this.graph.show({ focus, lang: now.lang, hidden: off, selected });
    this.notice.replaceChildren(...emptiness(focus, off));
  }

  picture(): Drawn | null {
    return this.graph.picture();
  }

  focus(): void {
    this.graph.focus();
  }
}

/** Why there is nothing to see, where there is nothing. */
function emptiness(focus: Focus, off: ReadonlySet<string>): HTMLElement[] {
  const all = focus.bundles.reduce((sum, bundle) => sum + bundle.claims, 0);
  if (!focus.bundles.length) return [h("p", { class: "notice" }, s.noLines)];
  if (focus.bundles.some((bundle) => !off.has(bundle.status))) return [];
  const notice = hiddenNotice({ all, hidden: all, showAll });
  return notice ? [notice] : [];
}
