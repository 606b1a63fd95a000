// Whose word, and how it is drawn: numbers that narrow the whole page to their claims.

import * as api from "./api";
import { cutLine } from "./cut";
import { bdi, button, h, svg, type Child } from "./dom";
import { Drawing, edgeRow, statusFor } from "./drawing";
import { lineSample, sign, statuses, statusWord, colourOf } from "./status";
import { chosen, go, looking, state, type LensName, type State } from "./state";
import { s } from "./strings";
import type { MatrixAnswer, MatrixLine, Told } from "./pane-types";

const FIRST = 25;
const MOST = 500;
const BAR = 42; // length of the bar of the largest number
const LISTED = 60; // edges below the table, where so few are left
const BY: readonly LensName[] = ["said", "publisher", "origin", "document", "kind"];

interface Data {
  matrix: MatrixAnswer;
  edges: Told[] | null;
}

type Sort = { column: string; up: boolean };

export class Matrix extends Drawing<Data> {
  private by: LensName = "said";
  private limit = FIRST;
  private sort: Sort = { column: "claims", up: false };

  constructor() {
    super("matrix");
  }

  protected override also(): string {
    return `${this.by} ${this.limit}`;
  }

  protected async load(now: State): Promise<Data> {
    const matrix = await api.matrix(now, this.by, this.limit);
    const narrowed = chosen(now, this.by).length > 0;
    if (!narrowed || matrix.claims > LISTED) return { matrix, edges: null };
    const found = await api.edges(now, 0, LISTED);
    return { matrix, edges: found.edges.map((edge) => ({ ...edge, why: "", said: edge.speakers.map((each) => api.word(each)).join("; ") })) };
  }

  private again(): void {
    if (this.of) void this.show(this.of);
  }

  protected draw({ matrix, edges }: Data, now: State): Child[] {
    const narrowed = chosen(now, this.by).length > 0;
    const undo = narrowed ? button(s.matrix.widen, () => go({ lens: looking(now, this.by, ""), hide: null }), { class: "act" }) : null;
    const select = h("select", { class: "language", "data-testid": "matrix-by", on: { change: (event) => this.rowsBy((event.target as HTMLSelectElement).value) } }, ...BY.map((name) => h("option", { value: name, selected: name === this.by }, s.matrix.by[name] ?? name)));
    const head = h("div", { class: "band-head" }, h("label", { class: "by" }, `${s.matrix.rows} `, select), undo);
    if (!matrix.claims) return [head, h("p", { class: "notice" }, s.noneInView)];
    const empty = matrix.statuses.filter((_, at) => !matrix.totals[at]).map(statusWord);
    return [
      head,
      h("p", { class: "hint" }, s.matrix.caption),
      this.table(matrix, now),
      cutLine(matrix.lines.length, matrix.total, s.matrix.by[this.by]!.toLowerCase(), () => {
        this.limit = MOST;
        this.again();
      }),
      matrix.several ? h("p", { class: "hint" }, s.matrix.several) : null,
      empty.length ? h("p", { class: "hint" }, s.matrix.empty(empty.join("; "))) : null,
      edges ? h("section", { class: "listed" }, h("h2", {}, s.matrix.chosen), h("ul", { class: "edge-list", "data-testid": "matrix-edges" }, ...edges.map((edge) => edgeRow(edge, h("span", { class: "muted" }, bdi(edge.said))))) ) : null,
    ];
  }

  private rowsBy(value: string): void {
    this.by = BY.find((each) => each === value) ?? "said";
    this.limit = FIRST;
    this.sort = { column: "claims", up: false };
    this.again();
    this.element.querySelector<HTMLElement>("select")?.focus();
  }

  private table(of: MatrixAnswer, now: State): HTMLElement {
    const columns = of.statuses.map((id, at) => ({ id, at })).filter(({ at }) => of.totals[at]);
    const lines = [...of.lines].sort((a, b) => this.order(a, b, of.statuses));
    const most = Math.max(1, ...of.lines.flatMap((line) => line.cells));
    return h(
      "div",
      { class: "scroll matrix-scroll" },
      h(
        "table",
        { class: "plain-table matrix-table" },
        h("caption", { class: "sr-only" }, s.matrix.caption),
        h("thead", {}, h("tr", {}, this.heading("name", s.matrix.by[this.by]!, s.matrix.sortName), ...columns.map(({ id }) => this.statusHeading(id)), this.heading("claims", s.matrix.all, s.matrix.sortTotal))),
        h("tbody", {}, ...lines.map((line, row) => this.line(line, row, columns, most, now))),
        h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, s.matrix.all), ...columns.map(({ at }) => h("td", { class: "number" }, of.totals[at]!)), h("td", { class: "number" }, of.claims))),
      ),
    );
  }

  private order(a: MatrixLine, b: MatrixLine, order: readonly string[]): number {
    const { column, up } = this.sort;
    const at = order.indexOf(column);
    const by = column === "name" ? a.label.localeCompare(b.label) : at >= 0 ? a.cells[at]! - b.cells[at]! : a.claims - b.claims;
    return (up ? by : -by) || b.claims - a.claims;
  }

  private sortBy(column: string): void {
    this.sort = { column, up: this.sort.column === column ? !this.sort.up : column === "name" };
    this.redraw();
    this.element.querySelector<HTMLElement>(`th button[data-sort="${column}"]`)?.focus();
  }

  private sorted(column: string): string | null {
    return this.sort.column === column ? (this.sort.up ? "ascending" : "descending") : null;
  }

  private arrow(column: string): string {
    return this.sort.column === column ? (this.sort.up ? " ↑" : " ↓") : "";
  }

  private heading(column: string, words: string, title: string): HTMLElement {
    return h("th", { scope: "col", "aria-sort": this.sorted(column) }, button(`${words}${this.arrow(column)}`, () => this.sortBy(column), { title, "data-sort": column }));
  }

  private statusHeading(id: string): HTMLElement {
    const status = statusFor(id);
    const word = statusWord(id);
    return h(
      "th",
      { scope: "col", class: "status-head", "aria-sort": this.sorted(id), "data-status": id },
      h("button", { type: "button", "data-sort": id, title: s.matrix.column(word), on: { click: () => this.sortBy(id) } }, h("span", { class: "upright", dir: "auto" }, `${word}${this.arrow(id)}`), status ? sign(status) : null, status ? lineSample(status, 30) : null),
    );
  }

  private line(line: MatrixLine, row: number, columns: { id: string; at: number }[], most: number, now: State): HTMLElement {
    const narrow = (): void => go({ lens: looking(state(), this.by, [line.id]) });
    return h(
      "tr",
      { "data-row": line.id },
      h("th", { scope: "row" }, h("button", { type: "button", class: "plain", tabindex: -1, "data-mark": "name", "data-at": `${row} -1`, title: s.matrix.row(line.label), on: { click: narrow } }, bdi(line.label))),
      ...columns.map(({ id, at }, column) => this.cell(line, id, line.cells[at]!, `${row} ${column}`, most, now)),
      h("td", { class: "number total" }, line.claims),
    );
  }

  private cell(line: MatrixLine, id: string, claims: number, at: string, most: number, now: State): HTMLElement {
    const status = statusFor(id);
    if (!claims || !status) return h("td", { class: "number none" }, h("span", { "aria-hidden": "true" }, "·"), h("span", { class: "sr-only" }, "0"));
    const press = (): void => go({ lens: looking(now, this.by, [line.id]), hide: new Set(statuses().map((each) => each.id).filter((each) => each !== id)) });
    const length = Math.max(1.5, (BAR * claims) / most);
    const bar = svg("svg", { class: "cell-bar", width: BAR, height: 5, "aria-hidden": "true" }, svg("rect", { x: (BAR - length) / 2, y: 0, width: length, height: 5, rx: 1, fill: colourOf(status) }));
    return h(
      "td",
      { class: "number" },
      h("button", { type: "button", class: "cell", tabindex: -1, "data-mark": "cell", "data-at": at, "data-row": line.id, "data-status": id, "data-claims": claims, "aria-label": s.matrix.cell(line.label, statusWord(id), s.claimsOf(claims)), title: s.matrix.cell(line.label, statusWord(id), s.claimsOf(claims)), on: { click: press } }, h("span", { class: "cell-number" }, claims), bar),
    );
  }

  /** Up and down stay in the column as far as it goes. */
  protected override step(key: string, mark: HTMLElement | SVGElement, marks: (HTMLElement | SVGElement)[]): HTMLElement | SVGElement | null {
    const way = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (way === undefined || mark.dataset["at"] === undefined) return super.step(key, mark, marks);
    const placeOf = (of: HTMLElement | SVGElement): number[] => (of.dataset["at"] ?? "").split(" ").map(Number);
    const [row, column] = placeOf(mark) as [number, number];
    const rest = marks.filter((each) => each.dataset["at"] !== undefined && (placeOf(each)[0]! - row) * way > 0);
    const near = rest.sort((a, b) => Math.abs(placeOf(a)[0]! - row) - Math.abs(placeOf(b)[0]! - row) || Math.abs(placeOf(a)[1]! - column) - Math.abs(placeOf(b)[1]! - column));
    return near[0] ?? super.step(key, mark, marks);
  }
}
