// An answer as bars: a column of names and a column of numbers, with the same as a table below.

import { bdi, h, svg } from "./dom";
import { d } from "./drawer-strings";
import type { Row } from "./sparql-ask";
import { numberOf, textOf, type Reader } from "./sparql-term";

const MOST = 40;
const WIDE = 640;
const NAME = 220;
const ROW = 24;
const FIGURE = 64;
const LETTERS = 32;
const HEAD = 22; // what the axes are called
const FOOT = 24; // the scale
const STEPS = 5;

interface Bar {
  name: string;
  value: number;
}

/** Columns of numbers, and the first that is none. */
function split(columns: string[], rows: Row[]): { numbers: number[]; name: number } {
  const isNumber = columns.map((_, at) => rows.some((row) => row[at]) && rows.every((row) => !row[at] || numberOf(row[at] ?? null) !== null));
  const labels = columns.flatMap((_, at) => (isNumber[at] || !rows.some((row) => row[at]) ? [] : [at]));
  // A name for people before a token: it carries a language.
  const spoken = labels.find((at) => rows.some((row) => row[at]?.["xml:lang"]));
  return { numbers: columns.flatMap((_, at) => (isNumber[at] ? [at] : [])), name: spoken ?? labels[0] ?? -1 };
}

/** The chart, or why there is none. */
export function answerChart(columns: string[], rows: Row[], reader: Reader): HTMLElement | string {
  const { numbers, name } = split(columns, rows);
  if (!rows.length) return d.noChartRows;
  if (!numbers.length) return d.noChartNumbers(columns);
  if (name < 0) return d.noChartNames(columns);
  const place = h("div", {});
  const draw = (number: number): void => place.replaceChildren(...figure(columns, rows, name, number, reader));
  const choice = h(
    "select",
    { on: { change: (event) => draw(Number((event.target as HTMLSelectElement).value)) } },
    ...numbers.map((at) => h("option", { value: at }, columns[at])),
  );
  draw(numbers[0] as number);
  return h("div", { class: "answer-chart answer-scroll", tabindex: 0, role: "region", "aria-label": d.chart, "data-testid": "answer-chart" }, numbers.length > 1 ? h("label", { class: "field" }, `${d.number} `, choice) : null, place);
}

function figure(columns: string[], rows: Row[], name: number, number: number, reader: Reader): HTMLElement[] {
  const all = rows.flatMap((row): Bar[] => {
    const value = numberOf(row[number] ?? null);
    return value === null ? [] : [{ name: textOf(row[name] ?? null, reader), value }];
  });
  const bars = all.slice(0, MOST);
  const title = d.chartOf(columns[number] ?? "", columns[name] ?? "");
  const twin = h(
    "details",
    {},
    h("summary", {}, d.chartTwin),
    h(
      "table",
      { class: "answer-table", "data-testid": "chart-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, bdi(columns[name] ?? "")), h("th", { scope: "col" }, bdi(columns[number] ?? "")))),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, h("td", {}, reader.cell(row[name] ?? null)), h("td", { class: "number" }, reader.cell(row[number] ?? null))))),
    ),
  );
  return [h("figure", {}, h("figcaption", {}, bdi(title), bars.length < all.length ? ` · ${d.chartShown(bars.length, all.length)}` : ""), drawing(bars, columns[name] ?? "", columns[number] ?? "")), twin];
}

/** Round values from the least to the most that bars reach, five or so. */
export function roundSteps(least: number, most: number): number[] {
  const rough = (most - least || 1) / STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const first = Math.ceil(least / step - 1e-9);
  return Array.from({ length: Math.floor(most / step + 1e-9) - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** What fits; of an address its end, which tells it from others. */
function short(text: string, letters: number): string {
  const all = [...text];
  const cut = text.includes("://") ? `…${all.slice(1 - letters).join("")}` : `${all.slice(0, letters - 1).join("")}…`;
  return `\u2068${all.length > letters ? cut : text}\u2069`;
}

function drawing(bars: Bar[], names: string, number: string): SVGElement {
  const values = bars.map((bar) => bar.value);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = WIDE - NAME - FIGURE;
  const x = (value: number): number => NAME + 8 + ((value - least) / (most - least || 1)) * (room - 8);
  const end = HEAD + bars.length * ROW;
  const rows = bars.flatMap((bar, at) => {
    const y = HEAD + at * ROW;
    const [from, to] = [x(Math.min(0, bar.value)), x(Math.max(0, bar.value))];
    return [
      svg("text", { x: NAME, y: y + 16, class: "bar-name" }, svg("title", {}, bar.name), short(bar.name, LETTERS)),
      svg("rect", { x: from, y: y + 4, width: Math.max(1, to - from), height: ROW - 8, rx: 2, class: "bar-body" }, svg("title", {}, `${bar.name}: ${bar.value}`)),
      svg("text", { x: to + 6, y: y + 16, class: "bar-figure" }, bar.value),
    ];
  });
  const scale = roundSteps(least, most).flatMap((value) => [
    svg("line", { x1: x(value), x2: x(value), y1: HEAD, y2: end + 4, class: value ? "bar-grid" : "bar-base" }),
    svg("text", { x: x(value), y: end + 18, class: "bar-tick" }, value),
  ]);
  const titles = [
    svg("text", { x: NAME, y: 14, class: "bar-axis bar-name", "data-axis": "names" }, svg("title", {}, names), short(names, LETTERS)),
    svg("text", { x: NAME + 8, y: 14, class: "bar-axis", "data-axis": "numbers" }, svg("title", {}, number), short(number, 2 * LETTERS)),
  ];
  return svg("svg", { class: "bars", viewBox: `0 0 ${WIDE} ${end + FOOT}`, role: "img", "aria-label": d.chartOf(number, names), direction: "ltr" }, ...titles, ...scale, ...rows);
}
