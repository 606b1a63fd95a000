// The band at the top: what this is, how much of it is seen, in which language and light.

import { button, h } from "./dom";
import { drawerButton } from "./drawer";
import { openHelp } from "./help";
import { link } from "./links";
import { searchBox } from "./search";
import { START, go, state } from "./state";
import { s } from "./strings";
import { cycle, theme } from "./theme";
import type { Overview } from "./types";

const NAMES: Record<string, string> = { en: "English", ku: "Kurdî", ar: "العربية", tr: "Türkçe" };
const ICONS = { system: "◐", light: "☀", dark: "☾" };

const counter = h("p", { class: "counter", "data-testid": "counter", role: "status" });
const hash = h("code", { class: "hash", title: s.hash, "data-testid": "corpus-hash" });
const language = h("select", { class: "language", "aria-label": s.language, title: s.language, "data-testid": "language" });
const light = button("", () => paintTheme(cycle()), { class: "icon", "data-testid": "theme" });
const note = h("p", { class: "language-note muted", lang: "en", dir: "ltr", hidden: true, "data-testid": "language-note" }, s.languageNote);
const place = h("div", { class: "search-place" });

function paintTheme(now = theme()): void {
  light.textContent = ICONS[now];
  light.setAttribute("aria-label", s.theme[now]);
  light.title = s.theme[now];
}

export function header(overview: Overview): HTMLElement {
  paintTheme();
  hash.textContent = overview.corpus_hash.replace(/^sha256:/, "").slice(0, 12);
  hash.title = `${s.hash}\n${overview.corpus_hash}`;
  const languages = overview.languages.length ? overview.languages : ["en"];
  language.replaceChildren(...languages.map((code) => h("option", { value: code, lang: code }, NAMES[code] ?? code)));
  language.addEventListener("change", () => go({ lang: language.value }));
  const home = link(START, { class: "product", "aria-label": `${overview.product}: ${s.home}` }, overview.product);
  return h(
    "header",
    { class: "top" },
    h("div", { class: "brand" }, home, h("p", { class: "tagline" }, s.tagline)),
    place,
    h("div", { class: "facts-held" }, counter, hash, note),
    h("div", { class: "controls" }, drawerButton, language, light, button("?", () => openHelp(), { class: "icon", "aria-label": s.help, title: `${s.help} (?)`, "data-testid": "help" })),
  );
}

/** The search box lives in the header, except on the start page where it is the main thing. */
export function searchInHeader(): void {
  if (searchBox.parentElement !== place) place.replaceChildren(searchBox);
}

export function paintHeader(shown: number | null, held: number): void {
  language.value = state().lang;
  note.hidden = state().lang === "en";
  counter.textContent = shown === null ? s.held(held) : s.counter(shown, held);
}
