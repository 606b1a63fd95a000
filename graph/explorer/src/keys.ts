// Keys that work everywhere on the page.

import { isTyping } from "./dom";
import { toggleDrawer } from "./drawer";
import { openHelp } from "./help";
import { focusFilters } from "./filters";
import { focusSearch } from "./search";
import { go, state, type View } from "./state";

const VIEW_KEYS: Record<string, View> = { g: "graph", w: "whole", l: "timeline", m: "matrix", q: "questions", t: "table", p: "paths", c: "compare" };

export function startKeys(evidenceOpen: () => boolean, leaveEvidence: () => void): void {
  const by = (input: string) => (): void => void (document.documentElement.dataset["input"] = input);
  addEventListener("pointerdown", by("pointer"), true);
  addEventListener("keydown", by("keys"), true);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (state().doc) go({ doc: null });
      else if (evidenceOpen()) leaveEvidence();
      else return;
    } else if (isTyping(event.target)) return;
    else if (event.key === "/") focusSearch();
    else if (event.key === "?") openHelp();
    else if (event.key === "s") toggleDrawer();
    else if (event.key === "f") focusFilters();
    else if (event.key in VIEW_KEYS && (state().focus || event.key !== "g")) go({ view: VIEW_KEYS[event.key]!, doc: null });
    else return;
    event.preventDefault();
  });
}
