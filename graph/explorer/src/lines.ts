// How many lines a picture draws: few at first, as many as the address says, and a way between the two.

import { MOST } from "./api";
import { button } from "./dom";
import { go, type State } from "./state";
import { s } from "./strings";

export const FEW = { graph: 40, whole: 400 } as const;

/** As many as an address asks for. */
export function linesAsked(now: State, few: number): number {
  return now.lines === "all" ? MOST : Math.min(MOST, Number(now.lines ?? few));
}

export interface More {
  readonly element: HTMLElement;
  show(shown: number, total: number): void;
}

/** Draws the rest, or only the first again; not there where nothing is cut. */
export function moreLines(few: number, testid: string): More {
  let all = false;
  const element = button("", () => go({ lines: all ? null : "all" }), { class: "plain", "data-testid": testid });
  return {
    element,
    show(shown, total) {
      const most = Math.min(MOST, total);
      all = shown >= most;
      element.hidden = total <= few;
      element.textContent = all ? s.drawFewer(few) : s.drawMore(most);
    },
  };
}
