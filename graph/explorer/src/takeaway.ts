// What may leave the page: the picture with its legend, and what is in view as data; status and source on all of it.

import { announce, button, h } from "./dom";
import type { Drawn } from "./scene";
import { pictureOf, pngOf, svgText, type Citation } from "./picture";
import { address, lensQuery, state } from "./state";
import { s } from "./strings";

const FORMATS = ["csv", "jsonld", "trig", "graphml"] as const;
const NAMES: Record<(typeof FORMATS)[number], string> = { csv: "CSV", jsonld: "JSON-LD", trig: "TriG", graphml: "GraphML" };

export interface Taking {
  /** The picture in sight, if there is one. */
  picture(): { drawn: Drawn; title: string } | null;
  corpus(): string;
}

/** A menu: two pictures, four formats. */
export function takeAway(from: Taking): HTMLElement {
  const pictures = [button("SVG", () => void save("svg"), { class: "act", "data-take": "svg" }), button("PNG", () => void save("png"), { class: "act", "data-take": "png" })];
  const links = FORMATS.map((format) => h("a", { class: "act", "data-take": format, download: "" }, NAMES[format]));
  const none = h("span", { class: "muted" }, s.noPicture);
  const menu = h("div", { class: "take-menu" }, h("p", { class: "lead" }, s.takePicture), h("p", { class: "row" }, ...pictures, none), h("p", { class: "lead" }, s.takeData), h("p", { class: "row" }, ...links), h("p", { class: "hint" }, s.takeHint, " ", h("a", { href: "api/export/columns", target: "_blank", rel: "noopener", "data-take": "columns" }, s.takeColumns)));
  const details = h("details", { class: "take", "data-testid": "take-away" }, h("summary", { class: "act" }, s.takeAway), menu);
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    const now = state();
    const question = now.view === "questions" && now.asked && !now.lens.question ? `&question=${encodeURIComponent(now.asked)}` : "";
    for (const [index, format] of FORMATS.entries()) links[index]!.href = `api/export?format=${format}${format === "csv" ? "&bom=with" : ""}&${lensQuery(now, { hide: true, entity: true })}${question}`;
    const there = from.picture() !== null;
    for (const each of pictures) each.hidden = !there;
    none.hidden = there;
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
    event.stopPropagation();
    event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => {
    if (details.open && !details.contains(event.target as Node)) details.open = false;
  });

  const save = async (kind: "svg" | "png"): Promise<void> => {
    const shown = from.picture();
    if (!shown) return;
    const drawn = pictureOf(shown.drawn, citation(shown.title, from.corpus()));
    const blob = kind === "svg" ? new Blob([svgText(drawn)], { type: "image/svg+xml" }) : await pngOf(drawn);
    if (!blob) return announce(s.notSaved);
    const link = h("a", { href: URL.createObjectURL(blob), download: `${fileName(shown.title)}.${kind}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    announce(s.saved);
  };
  return details;
}

function citation(title: string, corpus: string): Citation {
  return { title, lines: [s.pictureNote, `${s.corpusShort} ${corpus.slice(0, 12)} · ${new URL(address({}), document.baseURI).search || "?"}`] };
}

function fileName(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "testimony";
}
