// A brush over months: bars for claims, two handles by mouse and by keyboard, two dates to type.

import { announce, button, h, svg } from "./dom";
import { drawnSpan, firstDay, lastDay, monthNumber, monthText, monthWords, spanText, type Span } from "./filters-days";
import { go, looking, state } from "./state";
import { count, s } from "./strings";
import type { Month } from "./types";

const WIDE = 236;
const TALL = 46;
const EDGE = 7; // half a handle, at either end
const KEYS: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 12, PageDown: -12 };

type Name = "happened" | "published";
type End = keyof Span;

export class Brush {
  private readonly picture: SVGElement;
  private readonly bars = svg("g");
  private readonly handles: Record<End, SVGElement>;
  private readonly inputs: Record<End, HTMLInputElement>;
  private readonly note = h("p", { class: "hint" });
  readonly element: HTMLElement;
  private months: Month[] = [];
  private undated = 0;
  private first = 0;
  private last = 0;
  /** Where the handles are while one is dragged. */
  private held: Span | null = null;
  /** Whether the handle has moved since it got the keyboard: then the entry is replaced, so that Back undoes it at once. */
  private moved = false;

  constructor(private readonly name: Name) {
    const title = s.filters.brushes[name];
    this.picture = svg("svg", { class: "brush", viewBox: `0 0 ${WIDE} ${TALL + 12}`, role: "group", "aria-label": title }, this.bars);
    this.handles = { from: this.handle("from"), to: this.handle("to") };
    this.picture.append(this.handles.from, this.handles.to);
    this.inputs = { from: this.input("from"), to: this.input("to") };
    const end = (of: End): HTMLElement => h("label", {}, h("span", {}, s.filters[of]), this.inputs[of]);
    this.element = h(
      "section",
      { class: "block dates", "data-brush": name, "aria-label": title },
      h("h3", {}, title),
      h("div", { class: "brush-box", dir: "ltr" }, this.picture),
      h("div", { class: "ends" }, end("from"), end("to")),
      this.note,
    );
  }

  private input(end: End): HTMLInputElement {
    return h("input", { type: "date", "data-key": `${this.name} ${end}`, on: { change: (event) => this.typed(end, (event.target as HTMLInputElement).value) } });
  }

  private get span(): Span {
    return this.held ?? drawnSpan(state().lens[this.name] ?? "");
  }

  /** `undated` are the claims without a date that meet everything else, kept or not. */
  paint(months: readonly Month[], undated: number): void {
    this.months = [...months];
    this.undated = undated;
    const asked = drawnSpan(state().lens[this.name] ?? "");
    const ends = [...months.map((each) => each.month), asked.from, asked.to].filter(Boolean).map(monthNumber);
    this.first = Math.min(...ends);
    this.last = Math.max(...ends);
    this.inputs.from.value = firstDay(asked.from);
    this.inputs.to.value = lastDay(asked.to);
    const clear = spanText(asked) ? button(s.filters.clear, () => this.commit({ from: "", to: "" }), { class: "plain", "data-key": `${this.name} clear` }) : "";
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.["key"];
    this.note.replaceChildren(...this.undatedNote(), clear);
    if (focused) this.note.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    this.draw();
  }

  /** What becomes of the claims without a date, and the way to the opposite. */
  private undatedNote(): (HTMLElement | string)[] {
    const [many, kept] = [this.undated, Boolean(state().lens.undated)];
    if (!many) return [];
    if (!spanText(this.span)) return [`${s.filters.undated(many)} `];
    const turn = (): void => {
      go({ lens: looking(state(), "undated", kept ? "" : "with") });
      announce(this.undatedTold());
    };
    return [`${this.undatedTold()} `, button(kept ? s.filters.dropUndated(many) : s.filters.keepUndated(many), turn, { class: "plain", "data-key": `${this.name} undated` }), " · "];
  }

  private undatedTold(): string {
    return state().lens.undated ? s.filters.undatedKept(this.undated) : s.filters.undatedOut(this.undated);
  }

  // ---- picture ------------------------------------------------------------------------------------

  private x(month: number): number {
    return EDGE + ((month - this.first) / (this.last - this.first + 1)) * (WIDE - 2 * EDGE);
  }

  /** The handles as months; an open end lies at the end of what there is. */
  private at(): Record<End, number> {
    const { from, to } = this.span;
    return { from: from ? monthNumber(from) : this.first, to: to ? monthNumber(to) : this.last };
  }

  private draw(): void {
    this.picture.toggleAttribute("hidden", !this.months.length);
    const { from, to } = this.at();
    const most = Math.max(...this.months.map((each) => each.claims));
    const bars = this.months.map(({ month, claims }) => {
      const number = monthNumber(month);
      const left = this.x(number);
      const tall = Math.max(1.5, (claims / Math.max(1, most)) * (TALL - 4));
      const on = number >= from && number <= to;
      return svg("rect", { class: on ? "bar" : "bar out", x: left.toFixed(2), y: (TALL - tall).toFixed(2), width: Math.max(1, this.x(number + 1) - left - 0.6).toFixed(2), height: tall.toFixed(2) }, svg("title", {}, `${monthWords(number)}: ${count(claims, "claim")}`));
    });
    const words = (month: number, x: number, anchor: string): SVGElement => svg("text", { x, y: TALL + 11, "text-anchor": anchor, class: "tick-text" }, monthText(month));
    if (!this.months.length) return this.bars.replaceChildren();
    this.bars.replaceChildren(
      svg("rect", { class: "chosen-span", x: this.x(from), y: 0, width: Math.max(0, this.x(to + 1) - this.x(from)), height: TALL }),
      ...bars,
      svg("line", { class: "base", x1: EDGE, x2: WIDE - EDGE, y1: TALL, y2: TALL }),
      words(this.first, EDGE, "start"),
      ...(this.last > this.first ? [words(this.last, WIDE - EDGE, "end")] : []),
    );
    this.place("from", from, this.x(from));
    this.place("to", to, this.x(to + 1));
  }

  /** The handles stay the same elements, so that the keyboard stays on them. */
  private place(end: End, month: number, x: number): void {
    const handle = this.handles[end];
    handle.setAttribute("transform", `translate(${x.toFixed(2)} 0)`);
    handle.setAttribute("aria-valuemin", String(this.first));
    handle.setAttribute("aria-valuemax", String(this.last));
    handle.setAttribute("aria-valuenow", String(month));
    handle.setAttribute("aria-valuetext", this.span[end] ? monthWords(month) : s.filters.openEnd(monthWords(month)));
  }

  private handle(end: End): SVGElement {
    const handle = svg(
      "g",
      { class: "handle", role: "slider", tabindex: 0, "data-end": end, "aria-label": end === "from" ? s.filters.from : s.filters.to },
      svg("line", { x1: 0, x2: 0, y1: 0, y2: TALL }),
      svg("rect", { x: -4, y: TALL / 2 - 9, width: 8, height: 18, rx: 3 }),
      svg("rect", { class: "grip", x: -9, y: 0, width: 18, height: TALL }),
    );
    handle.addEventListener("keydown", (event) => this.key(end, event));
    handle.addEventListener("blur", () => (this.moved = false));
    handle.addEventListener("pointerdown", (event) => this.drag(end, event));
    return handle;
  }

  // ---- hands --------------------------------------------------------------------------------------

  private key(end: End, event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const now = this.at()[end];
    const to = event.key === "Home" ? this.first : event.key === "End" ? this.last : event.key in KEYS ? now + (KEYS[event.key] as number) : null;
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.commit(this.moveTo(end, to), this.moved);
    this.moved = true;
  }

  private drag(end: End, event: PointerEvent): void {
    if (event.button) return;
    event.preventDefault();
    this.handles[end].focus();
    const box = this.picture.getBoundingClientRect();
    const month = (at: PointerEvent): number => {
      const x = ((at.clientX - box.left) / box.width) * WIDE;
      const share = (x - EDGE) / (WIDE - 2 * EDGE);
      const place = this.first + share * (this.last - this.first + 1);
      return end === "from" ? Math.round(place) : Math.round(place) - 1;
    };
    const move = (at: PointerEvent): void => {
      this.held = this.moveTo(end, month(at));
      this.draw();
    };
    const done = (): void => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", done);
      removeEventListener("pointercancel", done);
      const held = this.held;
      this.held = null;
      if (held) this.commit(held);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", done);
    addEventListener("pointercancel", done);
  }

  /** The span with one end in a month; at the end of what there is it is open, and the ends never cross. */
  private moveTo(end: End, month: number): Span {
    const now = this.at();
    const to = end === "from" ? Math.max(this.first, Math.min(month, now.to)) : Math.min(this.last, Math.max(month, now.from));
    const open = to === (end === "from" ? this.first : this.last);
    return { ...this.span, [end]: open ? "" : monthText(to) };
  }

  private typed(end: End, day: string): void {
    const next = { ...drawnSpan(state().lens[this.name] ?? ""), [end]: day };
    const crossed = next.from && next.to && firstDay(next.from) > lastDay(next.to);
    this.commit(crossed ? { from: day, to: day } : next);
  }

  private commit(span: Span, replace = false): void {
    const before = spanText(this.span);
    go({ lens: looking(state(), this.name, spanText(span)) }, replace);
    if (this.undated && spanText(span) && !before) announce(this.undatedTold()); // once: a run of keys is heard by its months
    this.draw();
  }
}
