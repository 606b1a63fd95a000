// The workbench in the drawer: a query, its run, its answer. Loaded when the drawer is first opened.

import "./sparql.css";
import { button, h } from "./dom";
import { d } from "./drawer-strings";
import { address, format, go, state, type State } from "./state";
import { AnswerPane } from "./sparql-answer";
import { ask, NoAnswer } from "./sparql-ask";
import { Editor } from "./sparql-editor";
import { Menu } from "./sparql-menu";
import { Reader } from "./sparql-term";
import { vocabulary } from "./sparql-words";
import { onTheme } from "./theme";

export class Workbench {
  private readonly pane = new AnswerPane();
  private readonly runButton = button(d.run, () => this.run(), { class: "act run", "data-testid": "run", "aria-keyshortcuts": "Control+Enter" });
  private readonly stopButton = button(d.stop, () => this.stop(), { class: "act", hidden: true, "data-testid": "stop" });
  private readonly told = h("span", { class: "bench-told", role: "status", "data-testid": "bench-told" });
  private readonly editor = new Editor({ run: () => this.run(), leave: () => this.runButton.focus(), change: () => this.changed() });
  private readonly menu = new Menu({
    write: (text) => this.put(text),
    text: () => this.menu.asked(this.editor.text),
    run: () => this.run(),
    link: (text) => new URL(address({ sparql: text }), location.href).href,
    tell: (line) => void (this.told.textContent = line),
  });
  readonly element: HTMLElement;
  private running: AbortController | null = null;
  private shown: string | null = null;
  private painted = "";

  constructor() {
    this.element = h(
      "div",
      { class: "bench" },
      h(
        "div",
        { class: "bench-ask" },
        this.menu.element,
        this.editor.element,
        h("div", { class: "bench-run" }, this.runButton, this.stopButton, this.told, h("p", { class: "hint" }, d.editorHint)),
      ),
      this.pane.element,
    );
    void this.menu.load().catch(() => undefined);
    onTheme(() => this.pane.paint());
  }

  focus(): void {
    this.editor.focus();
  }

  /** A query to read and change, not run. */
  write(text: string): void {
    void this.menu.open(text);
    this.pane.idle();
    this.shown = null;
  }

  private put(text: string): void {
    this.editor.text = text;
    this.editor.clear();
  }

  private changed(): void {
    this.told.textContent = "";
    this.menu.changed(this.editor.text);
  }

  /** The address is the state: what it holds is in the editor and has been run. */
  follow(now: State): void {
    const look = format({ ...now, sparql: null });
    if (now.sparql === this.shown || !now.sparql) {
      if (!now.sparql && this.shown) {
        this.stop();
        this.shown = null;
        this.pane.idle();
      }
      if (this.painted !== look) this.pane.paint();
      this.painted = look;
      return;
    }
    this.painted = look;
    void this.open(now.sparql);
  }

  private async open(text: string): Promise<void> {
    this.shown = text;
    if (this.menu.asked(this.editor.text) !== text) await this.menu.open(text);
    if (this.shown === text) await this.answer(text);
  }

  private run(): void {
    const { text } = this.editor;
    if (!text.trim()) return this.editor.focus();
    if (!this.menu.ready(text)) return;
    const asked = this.menu.asked(text);
    if (state().sparql === asked) void this.open(asked);
    else go({ sparql: asked });
  }

  private stop(): void {
    this.running?.abort();
  }

  private async answer(text: string): Promise<void> {
    this.stop();
    const mine = new AbortController();
    this.running = mine;
    const began = performance.now();
    const seconds = (): number => Math.round((performance.now() - began) / 100) / 10;
    this.pane.busy();
    this.editor.clear();
    this.stopButton.hidden = false;
    try {
      const [answer, words] = await Promise.all([ask(text, mine.signal), vocabulary().catch(() => null)]);
      if (this.running === mine) this.pane.show(answer, text, new Reader(words));
    } catch (error) {
      if (this.running !== mine) return;
      if (mine.signal.aborted) this.pane.idle(d.stoppedWaiting);
      else this.pane.fail(error, seconds());
      if (error instanceof NoAnswer) this.editor.complain(error.message, error.line, error.column);
    } finally {
      if (this.running === mine) {
        this.running = null;
        this.stopButton.hidden = true;
      }
    }
  }
}
