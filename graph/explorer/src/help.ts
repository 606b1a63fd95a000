// The help: how to read a line, what each status means, which keys there are.

import { button, h } from "./dom";
import { lineSample, sign, statuses, statusWord } from "./status";
import { s } from "./strings";

const dialog = h("dialog", { class: "help", "aria-labelledby": "help-title", "data-testid": "help-dialog" });

export function openHelp(): void {
  if (dialog.open) return;
  if (!dialog.isConnected) document.body.append(dialog);
  const keys = s.keys.flatMap(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)]);
  const lines = statuses().flatMap((status) => [
    h("dt", {}, lineSample(status), sign(status), h("span", { class: "word", dir: "auto" }, statusWord(status.id))),
    h("dd", { dir: "auto" }, status.definition),
  ]);
  dialog.replaceChildren(
    button("✕", () => dialog.close(), { class: "icon close", "aria-label": s.close }),
    h("h2", { id: "help-title" }, s.helpTitle),
    h("p", {}, s.helpLead),
    h("dl", { class: "meanings" }, ...lines),
    h("h3", {}, s.keysTitle),
    h("dl", { class: "keys" }, ...keys),
  );
  dialog.showModal();
}

dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
