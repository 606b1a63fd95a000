// What the drawn views share: loading once per lens, drawing anew for another width or theme, moving by keys.

import "./drawing.css";
import "./lists.css";
import "./matrix.css";
import "./questions.css";
import "./compare.css";
import "./narrow.css"; // last: it changes what the others lay out
import { bdi, h, svg, type Child } from "./dom";
import { paneElement, type Pane, type Shown } from "./pane";
import { CLOSED, go, lensQuery, state, type State, type View } from "./state";
import { chip, colourOf, statusOf, statusWord, strokeOf } from "./status";
import { s } from "./strings";
import { onTheme } from "./theme";
import type { Told } from "./pane-types";
import type { Status } from "./types";

export abstract class Drawing<Data> implements Pane {
  readonly element: HTMLElement;
  protected of: Shown | null = null;
  protected data: Data | null = null;
  private key: string | null = null;
  private width = 0;
  /** The mark that had the keyboard last, and which of several like it. */
  private last: { key: string; nth: number } | null = null;

  constructor(view: View) {
    this.element = paneElement(view);
    this.element.classList.add("drawing");
    this.element.addEventListener("keydown", (event) => this.pressed(event));
    this.element.addEventListener("focusin", (event) => this.entered(event));
    onTheme(() => this.redraw());
    new ResizeObserver(() => {
      if (this.element.clientWidth && Math.abs(this.element.clientWidth - this.width) > 8) this.redraw();
    }).observe(this.element);
  }

  protected abstract load(now: State): Promise<Data>;
  protected abstract draw(data: Data, now: State, width: number): Child[];

  /** What else than the lens decides what is loaded. */
  protected also(_now: State): string {
    return "";
  }

  async show(of: Shown): Promise<void> {
    const key = [lensQuery(of.now, { hide: true, entity: true }), of.now.lang, this.also(of.now)].join("|");
    this.of = of;
    if (key !== this.key) {
      this.element.setAttribute("aria-busy", "true");
      try {
        const data = await this.load(of.now);
        if (!of.current()) return;
        this.data = data;
        this.key = key;
        this.redraw();
      } finally {
        if (this.of === of) this.element.removeAttribute("aria-busy"); // also where something else was opened meanwhile
      }
    }
    this.element.removeAttribute("aria-busy");
    this.select(of.now);
  }

  protected redraw(): void {
    if (this.data === null || this.of === null) return;
    this.width = this.element.clientWidth || 700;
    const active = this.element.contains(document.activeElement) && keyOf(document.activeElement) !== null;
    this.element.replaceChildren(...this.draw(this.data, this.of.now, this.width).filter((each): each is Node => each instanceof Node));
    const marks = this.marks();
    const again = this.lastMark(marks);
    (again ?? marks[0])?.setAttribute("tabindex", "0");
    if (active) again?.focus();
    this.select(this.of.now);
  }

  private select(now: State): void {
    for (const mark of this.marks()) {
      const open = (now.proposition !== null && mark.dataset["proposition"] === now.proposition && !now.claim) || (now.claim !== null && mark.dataset["claim"] === now.claim);
      mark.classList.toggle("selected", open);
      if (open) mark.setAttribute("aria-current", "true");
      else mark.removeAttribute("aria-current");
    }
  }

  protected marks(): (HTMLElement | SVGElement)[] {
    return [...this.element.querySelectorAll<HTMLElement | SVGElement>("[data-mark]")].filter((mark) => !mark.closest("details:not([open])"));
  }

  private entered(event: FocusEvent): void {
    const mark = (event.target as Element).closest<HTMLElement | SVGElement>("[data-mark]");
    if (!mark) return;
    for (const each of this.element.querySelectorAll('[data-mark][tabindex="0"]')) each.setAttribute("tabindex", "-1");
    mark.setAttribute("tabindex", "0");
    const key = keyOf(mark);
    if (key !== null) this.last = { key, nth: this.marks().filter((each) => keyOf(each) === key).indexOf(mark) };
  }

  private lastMark(marks: readonly (HTMLElement | SVGElement)[]): HTMLElement | SVGElement | undefined {
    return this.last ? marks.filter((mark) => keyOf(mark) === this.last?.key)[this.last.nth] : undefined;
  }

  /** Where a key leads from a mark; null leaves the key to others. */
  protected step(key: string, mark: HTMLElement | SVGElement, marks: (HTMLElement | SVGElement)[]): HTMLElement | SVGElement | null {
    const at = marks.indexOf(mark);
    const turned = document.documentElement.dir === "rtl" ? -1 : 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, ArrowRight: at + turned, ArrowLeft: at - turned, Home: 0, End: marks.length - 1 }[key];
    return to === undefined ? null : (marks[Math.max(0, Math.min(marks.length - 1, to))] ?? null);
  }

  private pressed(event: KeyboardEvent): void {
    const mark = (event.target as Element).closest<HTMLElement | SVGElement>("[data-mark]");
    if (!mark || event.target !== mark || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") mark.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    else {
      const next = this.step(event.key, mark, this.marks());
      if (!next) return;
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    event.preventDefault();
    event.stopPropagation();
  }

  focus(): void {
    const { claim, proposition } = state();
    const marks = this.marks();
    const open = (mark: HTMLElement | SVGElement): boolean => (claim ? mark.dataset["claim"] === claim : mark.dataset["proposition"] === proposition);
    const before = this.lastMark(marks);
    const found = before && open(before) ? before : marks.find(open);
    (found ?? marks.find((mark) => mark.getAttribute("tabindex") === "0") ?? marks[0])?.focus();
  }
}

function keyOf(of: Element | null): string | null {
  const mark = of?.closest<HTMLElement | SVGElement>("[data-mark]");
  return mark ? `${mark.tagName} ${mark.dataset["proposition"] ?? ""} ${mark.dataset["claim"] ?? ""} ${mark.dataset["mark"] ?? ""}` : null;
}

export function openEdge(proposition: string): void {
  go({ ...CLOSED, proposition });
}

export function openClaim(claim: string): void {
  go({ ...CLOSED, claim });
}

/** An edge in words; its status and source stand beside it wherever it is shown. */
export function sentence(of: Told): string {
  return [of.subject_label, of.reading, of.object === "truth" ? "" : of.object_label].filter(Boolean).join(" ");
}

/** The same for those who hear it: status, sentence, whose word, how much. */
export function spokenEdge(of: Told): string {
  return `${statusWord(of.status)}: ${sentence(of)}; ${of.said}; ${s.claimsOf(of.claims)}`;
}

/** The attributes of a stroke in the style of a status. */
export function strokeAttributes(status: Status, most = 4): Record<string, string | number> {
  const stroke = strokeOf(status);
  return {
    stroke: colourOf(status),
    "stroke-width": Math.min(most, Math.max(1.4, status.width)),
    "stroke-linecap": stroke.round ? "round" : "butt",
    ...(stroke.dash.length ? { "stroke-dasharray": stroke.dash.join(" ") } : {}),
  };
}

/** The sign of a status in a small ring that bears its line style. */
export function ring(status: Status, x: number, y: number, radius = 9): SVGElement[] {
  return [
    svg("circle", { cx: x, cy: y, r: radius, class: "ground", ...strokeAttributes(status, 2) }),
    svg("text", { x, y: y + 4, "text-anchor": "middle", class: "sign-text", fill: colourOf(status), "aria-hidden": "true" }, status.glyph),
  ];
}

/** A row that opens an edge: its words, sign and source. */
export function edgeRow(of: Told, ...more: Child[]): HTMLElement {
  return openRow(of, chip(of.status), ...more);
}

/** A row that opens an edge; its status is among the facts. */
export function openRow(of: Told, ...facts: Child[]): HTMLElement {
  return h(
    "li",
    {},
    h(
      "div",
      { class: "edge-row", role: "button", tabindex: -1, "data-mark": "row", "data-proposition": of.proposition, "data-status": of.status, on: { click: () => openEdge(of.proposition) } },
      h("span", { class: "edge-says" }, bdi(sentence(of))),
      h("span", { class: "edge-facts" }, ...facts),
    ),
  );
}

/** A folded table with the same content as a picture; each row opens its edge. */
export function twin(columns: readonly string[], rows: readonly { of: Told; cells: Child[] }[], title: string = s.asList): HTMLElement {
  return h(
    "details",
    { class: "twin" },
    h("summary", {}, title),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": title },
      h(
        "table",
        { class: "plain-table" },
        h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...rows.map(({ of, cells }) => h("tr", { tabindex: -1, "data-mark": "twin", "data-proposition": of.proposition, "data-status": of.status, "aria-label": spokenEdge(of), on: { click: () => openEdge(of.proposition) } }, ...cells.map((cell) => h("td", {}, cell))))),
      ),
    ),
  );
}

export function statusFor(id: string): Status | null {
  return statusOf(id) ?? null;
}
