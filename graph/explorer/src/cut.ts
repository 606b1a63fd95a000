// What is cut says so.

import { h } from "./dom";
import { s } from "./strings";

/** “30 of 43 events”, with a way to the rest, or to as many as may be had at once. */
export function cutLine(shown: number, total: number, what: string, more: (() => void) | null, most = total): HTMLElement | null {
  if (shown >= total) return null;
  return h("p", { class: "cut", "data-testid": "cut" }, s.cutAt(shown, total, what), more ? " · " : null, more ? h("button", { type: "button", class: "plain", on: { click: more } }, s.showRest(Math.min(total, most) - shown)) : null);
}
