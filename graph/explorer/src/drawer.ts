// The drawer at the bottom: only its frame. What is in it is loaded when it is first opened.

import "./drawer.css";
import { button, h } from "./dom";
import { d } from "./drawer-strings";
import { go, state, type State } from "./state";
import type { Workbench } from "./sparql";

let loading: Promise<Workbench> | null = null;
/** A text to show that has not been run: the address has only what was run. */
let shown: string | null = null;
/** What the address held when the drawer was closed. */
let last = "";

const content = h("div", { class: "drawer-content" });
const size = button("⇕", () => resize(), { class: "icon small", "aria-label": d.taller, title: d.taller, "aria-pressed": "false" });
export const drawer = h(
  "section",
  { class: "drawer", id: "drawer", "aria-labelledby": "drawer-title", hidden: true, "data-testid": "drawer", on: { keydown: leave } },
  h("div", { class: "drawer-head" }, h("h2", { id: "drawer-title" }, d.drawer), size, button("✕", () => close(), { class: "icon small", "aria-label": d.close, title: d.close, "data-testid": "drawer-close" })),
  content,
);
export const drawerButton = button("SPARQL", () => toggleDrawer(), {
  class: "icon drawer-button",
  "aria-expanded": "false",
  "aria-controls": "drawer",
  title: d.drawerTitle,
  "data-testid": "drawer-button",
});

function resize(): void {
  const tall = drawer.classList.toggle("tall");
  size.setAttribute("aria-pressed", String(tall));
}

function leave(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  event.stopPropagation();
  close();
}

function close(): void {
  go({ sparql: null });
  drawerButton.focus();
}

export function toggleDrawer(): void {
  if (state().sparql !== null) return close();
  go({ sparql: last });
  void bench().then((made) => made?.focus());
}

/** Open the drawer with a query to read and change; it is not run. */
export function showSparql(text: string): void {
  shown = text;
  if (state().sparql === "") void fill(state());
  else go({ sparql: "" });
  void bench().then((made) => made?.focus());
}

async function bench(): Promise<Workbench | null> {
  loading ??= import("./sparql").then(({ Workbench }) => new Workbench());
  if (!content.firstChild) content.replaceChildren(h("p", { class: "drawer-wait", role: "status", "aria-busy": "true" }, d.loading));
  try {
    const made = await loading;
    if (content.firstChild !== made.element) content.replaceChildren(made.element);
    return made;
  } catch {
    loading = null;
    content.replaceChildren(h("p", { class: "drawer-wait", role: "alert" }, d.away));
    return null;
  }
}

async function fill(now: State): Promise<void> {
  const made = await bench();
  if (!made || state() !== now) return;
  const text = shown;
  shown = null;
  if (text !== null) made.write(text);
  else made.follow(now);
}

/** What the address says of the drawer. */
export function followDrawer(now: State): void {
  const open = now.sparql !== null;
  drawer.hidden = !open;
  drawerButton.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("with-drawer", open);
  if (now.sparql === null) return;
  last = now.sparql;
  void fill(now);
}
