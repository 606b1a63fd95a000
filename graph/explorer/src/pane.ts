// What the middle of the page can show. Each view is a pane: it is handed the state and what is open in it.

import { h } from "./dom";
import type { Drawn } from "./scene";
import type { State, View } from "./state";
import type { Focus, Overview } from "./types";

export interface Shown {
  now: State;
  before: State | null;
  overview: Overview;
  /** The neighbourhood in the middle, where a name is open. */
  focus: Focus | null;
  /** The line whose evidence is open. */
  selected: string | null;
  hidden: ReadonlySet<string>;
  /** Whether what was asked for is still wanted: something newer may have been asked meanwhile. */
  current(): boolean;
}

export interface Pane {
  readonly element: HTMLElement;
  show(of: Shown): Promise<void> | void;
  /** The picture in it, where there is one that may be taken away. */
  picture?(): Drawn | null;
  /** The keyboard returns to where the evidence was opened. */
  focus?(): void;
}

/** An empty pane of a view, found by tests and styles under its name. */
export function paneElement(view: View): HTMLElement {
  return h("div", { class: `${view}-pane`, "data-testid": view });
}
