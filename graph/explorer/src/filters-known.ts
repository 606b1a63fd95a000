// “At least n independent origins”, and the graph as it could be known on a day.

import { button, h } from "./dom";
import { lastDay } from "./filters-days";
import { go, looking, state } from "./state";
import { s } from "./strings";
import { still } from "./theme";
import type { Overview } from "./types";

const MOST_ORIGINS = 5;
const PACE = 1100; // milliseconds a day is shown

export class Threshold {
  private readonly range = h("input", { type: "range", id: "least-origins", min: 0, max: MOST_ORIGINS, step: 1, "aria-describedby": "least-origins-means", on: { input: () => this.tell(), change: () => this.commit() } });
  private readonly number = h("output", { for: "least-origins" });
  private readonly means = h("p", { class: "hint", id: "least-origins-means" });
  readonly element = h("section", { class: "block threshold", "aria-label": s.filters.threshold }, h("h3", {}, h("label", { for: "least-origins" }, s.filters.threshold), this.number), this.range, this.means);

  paint(): void {
    this.range.value = state().lens.origins ?? "0";
    this.tell();
  }

  private tell(): void {
    const least = Number(this.range.value);
    this.number.textContent = `≥ ${state().lens.origins && least === MOST_ORIGINS ? Math.max(least, Number(state().lens.origins)) : least}`;
    this.means.textContent = s.filters.atLeast(least);
    this.range.setAttribute("aria-valuetext", s.filters.atLeast(least));
  }

  private commit(): void {
    const least = Number(this.range.value);
    go({ lens: looking(state(), "origins", least ? String(least) : "") });
  }
}

/** Days on which something was published, the end of what is there last. */
function days(overview: Overview): string[] {
  return [...new Set(overview.days.map(lastDay))].filter(Boolean).sort();
}

export class AsOf {
  private readonly input = h("input", { type: "date", "aria-label": s.filters.asOfDay, "data-key": "as-of day", on: { change: () => this.show(this.input.value) } });
  private readonly range = h("input", { type: "range", min: 0, step: 1, "aria-label": s.filters.asOfSlide, "data-testid": "as-of-range", on: { input: () => this.tell(), change: () => this.show(this.day(Number(this.range.value))) } });
  private readonly play = button("", () => (this.timer === null ? this.start() : this.pause()), { class: "act", "data-testid": "as-of-play" });
  private readonly note = h("p", { class: "hint" });
  private readonly back = button("‹", () => this.step(-1), { class: "act", "aria-label": s.filters.earlier, title: s.filters.earlier });
  private readonly on = button("›", () => this.step(1), { class: "act", "aria-label": s.filters.later, title: s.filters.later, "data-testid": "as-of-later" });
  readonly element = h(
    "section",
    { class: "block as-of", "aria-label": s.filters.asOf },
    h("h3", {}, s.filters.asOf),
    h("div", { class: "reel" }, this.input, this.back, this.play, this.on),
    this.range,
    this.note,
  );
  private known: string[] = [];
  private timer: number | null = null;

  constructor() {
    still.addEventListener("change", () => this.paintPlay());
  }

  paint(overview: Overview): void {
    this.known = days(overview);
    const now = state().lens["as-of"] ?? "";
    this.range.max = String(this.known.length);
    this.range.value = String(this.at());
    this.input.value = lastDay(now);
    this.tell();
    this.note.replaceChildren(now ? s.filters.asOfNow : s.filters.asOfHint, " ", now ? button(s.filters.clear, () => this.show(""), { class: "plain", "data-key": "as-of clear" }) : "");
    if (!now && this.timer !== null) this.pause();
    this.paintPlay();
  }

  /** The last day of publication shown; one past them all is everything held. */
  private at(): number {
    const now = lastDay(state().lens["as-of"] ?? "");
    if (!now) return this.known.length;
    return Math.max(0, this.known.filter((day) => day <= now).length - 1);
  }

  private day(index: number): string {
    return this.known[index] ?? "";
  }

  private tell(): void {
    this.range.setAttribute("aria-valuetext", this.day(Number(this.range.value)) || s.filters.everythingHeld);
  }

  private show(day: string, replace = false): void {
    go({ lens: looking(state(), "as-of", day) }, replace);
  }

  private step(by: number, replace = false): void {
    const to = Math.max(0, Math.min(this.known.length, this.at() + by));
    this.show(this.day(to), replace);
  }

  /** From the first day, or on from where it stands; one Back undoes the whole run. */
  private start(): void {
    this.step(state().lens["as-of"] ? 1 : -this.known.length);
    this.timer = window.setInterval(() => {
      if (this.at() >= this.known.length) this.pause();
      else this.step(1, true);
    }, PACE);
    this.paintPlay();
  }

  private pause(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.paintPlay();
  }

  private paintPlay(): void {
    this.play.hidden = still.matches;
    if (still.matches && this.timer !== null) this.pause();
    const running = this.timer !== null;
    this.play.textContent = running ? `❚❚ ${s.filters.pause}` : `▶ ${s.filters.play}`;
    this.play.title = running ? s.filters.pause : s.filters.playTitle;
  }
}
