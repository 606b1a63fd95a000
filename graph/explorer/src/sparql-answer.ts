// What came of a query: its state in words, what to mind, and three ways to look at it.

import { bdi, button, h } from "./dom";
import { d } from "./drawer-strings";
import { download, NoAnswer, type Answer, type FORMATS } from "./sparql-ask";
import { answerChart } from "./sparql-chart";
import { Picture } from "./sparql-picture";
import { answerTable } from "./sparql-table";
import { Reader } from "./sparql-term";

const VIEWS = ["table", "graph", "chart"] as const;
type AnswerView = (typeof VIEWS)[number];

export class AnswerPane {
  private readonly told = h("p", { class: "answer-state", role: "status", "data-testid": "answer-state" }, d.noAnswer);
  private readonly notices = h("div", { class: "answer-notices" });
  private readonly tabs = Object.fromEntries(VIEWS.map((view) => [view, this.tab(view)])) as Record<AnswerView, HTMLButtonElement>;
  private readonly tablist = h("div", { class: "tabs", role: "tablist", "aria-label": d.views, hidden: true }, ...VIEWS.map((view) => this.tabs[view]));
  private readonly files = h("div", { class: "answer-files", hidden: true });
  private readonly pane = h("div", { class: "answer-pane", id: "answer-pane", role: "tabpanel", "aria-labelledby": "answer-table-tab" });
  readonly element = h("div", { class: "answer", "data-testid": "answer" }, h("div", { class: "answer-bar" }, this.told, this.tablist, this.files), this.notices, this.pane);
  private readonly picture = new Picture();
  private view: AnswerView = "table";
  private answer: Answer | null = null;
  private reader = new Reader(null);
  private turn = 0;

  private tab(view: AnswerView): HTMLButtonElement {
    const turn = (event: KeyboardEvent): void => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length] as AnswerView;
      void this.turnTo(next);
      this.tabs[next].focus();
    };
    return h("button", { type: "button", role: "tab", id: `answer-${view}-tab`, "aria-controls": "answer-pane", "data-testid": `answer-${view}-tab`, on: { click: () => void this.turnTo(view), keydown: turn } }, d[view]);
  }

  busy(): void {
    this.told.textContent = d.running;
    this.element.setAttribute("aria-busy", "true");
  }

  private clear(line: string): void {
    this.turn++;
    this.answer = null;
    this.element.removeAttribute("aria-busy");
    this.told.className = "answer-state";
    this.told.textContent = line;
    this.tablist.hidden = this.files.hidden = true;
    this.notices.replaceChildren();
    this.pane.replaceChildren();
  }

  idle(line = d.noAnswer): void {
    this.clear(line);
  }

  fail(error: unknown, seconds: number): void {
    const told = error instanceof NoAnswer ? error : new NoAnswer(d.away, "");
    this.clear(told.state === "stopped" ? d.stopped(seconds) : (d.states[told.state] ?? ""));
    this.told.classList.add("bad");
    this.notices.replaceChildren(
      h(
        "div",
        { class: "notice bad", role: "alert", "data-testid": "answer-error" },
        h("p", {}, d.place(told.line, told.column), bdi(told.message)),
        told.fix ? h("p", {}, `${d.fix}: `, bdi(told.fix)) : null,
      ),
    );
  }

  show(answer: Answer, text: string, reader: Reader): void {
    this.clear("");
    this.answer = answer;
    this.reader = reader;
    const { body } = answer;
    const rows = body.kind === "triples" ? d.triples(answer.count) : d.rows(answer.count);
    const truth = body.kind === "truth";
    this.told.textContent = truth ? d.truth(body.truth) : answer.state === "truncated" ? d.truncated(rows) : d.complete(rows);
    this.told.classList.toggle("cut", answer.state === "truncated");
    const bare = answer.content && (body.kind !== "rows" || reader.bare(body.rows));
    const lines = [
      bare ? h("p", { class: "notice", "data-testid": "answer-bare" }, d.bare) : null,
      answer.warnings ? h("p", { class: "notice", "data-testid": "answer-warning" }, `${d.warning}: `, bdi(answer.warnings)) : null,
      body.kind === "rows" && !body.rows.length ? h("p", { class: "notice", "data-testid": "answer-empty" }, d.noRows) : null,
    ];
    this.notices.replaceChildren(...lines.filter((line) => line !== null));
    this.offer(body.kind === "triples" ? ["ttl"] : body.kind === "rows" ? ["csv", "tsv", "json"] : ["json"], text, bare);
    this.tablist.hidden = body.kind !== "rows";
    void this.turnTo(body.kind === "rows" ? this.view : "table");
  }

  private offer(formats: (keyof typeof FORMATS)[], text: string, bare: boolean): void {
    const name = bare ? `testimony-${d.allegedFile}` : "testimony-answer";
    const save = (format: keyof typeof FORMATS): void => {
      download(text, format, name).catch((error: unknown) => this.notices.append(h("p", { class: "notice bad", role: "alert" }, bdi(error instanceof NoAnswer ? error.message : d.away))));
    };
    this.files.replaceChildren(h("span", { class: "muted" }, d.download), ...formats.map((format) => button(format.toUpperCase(), () => save(format), { class: "act", "aria-label": `${d.download} ${format.toUpperCase()}`, "data-testid": `download-${format}` })));
    this.files.hidden = false;
  }

  /** Show the answer as a table, a graph or a chart, or say why it cannot be. */
  private async turnTo(view: AnswerView): Promise<void> {
    this.view = view;
    const mine = ++this.turn;
    for (const each of VIEWS) {
      this.tabs[each].setAttribute("aria-selected", String(each === view));
      this.tabs[each].tabIndex = each === view ? 0 : -1;
    }
    this.pane.setAttribute("aria-labelledby", `answer-${view}-tab`);
    const shown = await this.made(view);
    if (mine !== this.turn) return;
    this.pane.replaceChildren(typeof shown === "string" ? h("p", { class: "notice", "data-testid": "answer-why-not" }, shown) : shown);
    if (shown === this.picture.element) this.picture.paint();
  }

  private async made(view: AnswerView): Promise<HTMLElement | string> {
    const body = this.answer?.body;
    if (!body) return h("div", {});
    if (body.kind === "truth") return h("p", { class: "answer-truth", "data-testid": "answer-truth" }, d.truth(body.truth));
    if (body.kind === "triples") return h("pre", { class: "answer-text", tabindex: 0, dir: "ltr", "data-testid": "answer-text" }, body.text);
    if (view === "table") return body.rows.length ? answerTable(body.columns, body.rows, this.reader) : h("div", {});
    if (view === "chart") return answerChart(body.columns, body.rows, this.reader);
    this.pane.setAttribute("aria-busy", "true");
    const why = await this.picture.show(body.rows, this.reader);
    this.pane.removeAttribute("aria-busy");
    return why ?? this.picture.element;
  }

  /** Filters, language or light have changed. */
  paint(): void {
    if (!this.answer) return;
    if (this.view === "graph" && this.answer.body.kind === "rows") this.picture.paint();
    else void this.turnTo(this.view);
  }
}
