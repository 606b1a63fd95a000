// Keys that work everywhere on the page.

import { isTyping } from "./dom";
import { openHelp } from "./help";
import { focusSearch } from "./search";
import { go, state } from "./state";

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
    else if (event.key === "g" && state().focus) go({ view: "graph", doc: null });
    else if (event.key === "t" && state().focus) go({ view: "table", doc: null });
    else return;
    event.preventDefault();
  });
}
