// When things are said to have happened, and when it was published: a row for every dated edge.

import * as api from "./api";
import { axisParts, dayOf, grid, isoDay, scaleOver, ticks, type Scale } from "./axis";
import { cutLine } from "./cut";
import { bdi, button, h, svg, type Child } from "./dom";
import { Drawing, openEdge, ring, sentence, spokenEdge, statusFor, strokeAttributes, twin } from "./drawing";
import { entityLink } from "./links";
import { chip } from "./status";
import { CLOSED, go, looking, type LensName, type State } from "./state";
import { s } from "./strings";
import type { Lane, TimelineAnswer, TimeMark, TimePaper } from "./pane-types";

const ROW = 27;
const EDGE = 12; // free on either side
const FIRST = 30;
const MOST = 500;
const LETTER = 6.8;

export class Timeline extends Drawing<TimelineAnswer> {
  private limit = FIRST;

  constructor() {
    super("timeline");
    this.element.addEventListener("keydown", (event) => this.zoomed(event));
  }

  protected override also(): string {
    return String(this.limit);
  }

  protected load(now: State): Promise<TimelineAnswer> {
    return api.timeline(now, this.limit);
  }

  protected draw(data: TimelineAnswer, now: State, width: number): Child[] {
    if (!data.claims_shown) return [h("p", { class: "notice" }, s.noneInView)];
    const narrow = width < 620;
    const room = Math.max(240, narrow ? width - 34 : width - 262);
    return [
      ...(data.lanes.length ? this.events(data, now, room) : [h("p", { class: "notice" }, s.timeline.nothing(data.claims_shown))]),
      ...this.papers(data, now, room),
    ];
  }

  private events(data: TimelineAnswer, now: State, room: number): Child[] {
    const ends = data.lanes.flatMap((lane) => lane.marks.flatMap((mark) => [dayOf(mark.from), dayOf(mark.until, true)]));
    const scale = scaleOver(ends, EDGE, room - EDGE, asked(now, "happened"));
    const rows = data.lanes.flatMap((lane) => lane.marks.map((of) => ({ of, cells: [bdi(of.subject_label), bdi(of.reading), bdi(of.object_label), chip(of.status), bdi(of.said), of.documents.join(", "), of.claims] })));
    return [
      this.band("happened", s.timeline.events, scale, now, room),
      h("ol", { class: "lanes", "data-testid": "lanes" }, behind(scale, room), ...data.lanes.map((lane) => laneRow(lane, scale, room))),
      cutLine(data.lanes.length, data.lane_total, s.timeline.lanes, () => this.more()),
      now.lens.happened && !now.lens.undated
        ? h("p", { class: "hint", "data-testid": "undated" }, s.timeline.undatedOut, " ", button(s.timeline.keepUndated, () => go({ lens: looking(now, "undated", "with") }), { class: "plain" }))
        : h("p", { class: "hint", "data-testid": "undated" }, s.timeline.undated(data.undated, data.claims_shown)),
      twin(s.timeline.columns, rows),
    ];
  }

  private papers(data: TimelineAnswer, now: State, room: number): Child[] {
    if (!data.papers.length) return [];
    const ends = data.papers.flatMap((paper) => [dayOf(paper.from), dayOf(paper.until, true)]);
    const scale = scaleOver(ends, EDGE, room - EDGE, asked(now, "published"));
    return [this.band("published", s.timeline.papers, scale, now, room), paperBand(data.papers, scale, room), cutLine(data.papers.length, data.paper_total, s.timeline.documents, null)];
  }

  private more(): void {
    this.limit = MOST;
    if (this.of) void this.show(this.of);
  }

  /** A heading, what zooms, and the axis that is also the brush. */
  private band(name: LensName, title: string, scale: Scale, now: State, room: number): HTMLElement {
    const marks = ticks(scale, EDGE, room - EDGE);
    const set = (from: number, until: number): void => go({ lens: looking(now, name, `${isoDay(from)}..${isoDay(until)}`) });
    const around = this.middle(name, scale, room);
    const narrow = (): void => set(scale.day(around - room / 4), Math.max(scale.day(around - room / 4) + 1, scale.day(around + room / 4)));
    const widen = (): void => {
      const half = Math.max(2, Math.round((scale.until - scale.from) / 2));
      set(scale.from - half, scale.until + half);
    };
    const tool = (id: string, sign: string, word: string, press: () => void, off = false): HTMLElement =>
      button(sign, press, { class: "tool", title: word, "aria-label": `${word}: ${title}`, "data-zoom": `${name} ${id}`, disabled: off });
    const clear = (): void => go({ lens: looking(now, name, "") });
    return h(
      "div",
      { class: "band", "data-band": name },
      h(
        "div",
        { class: "band-head" },
        h("h2", {}, title),
        h("span", { class: "period muted", title: s.timeline.period }, `${isoDay(scale.from)} – ${isoDay(scale.until)}`),
        h("span", { class: "tools" }, tool("in", "+", s.timeline.zoomIn, narrow), tool("out", "−", s.timeline.zoomOut, widen, !now.lens[name]), tool("all", s.timeline.allShort, s.timeline.all, clear, !now.lens[name])),
      ),
      scale.squeezed ? h("p", { class: "hint" }, s.timeline.squeezed) : null,
      h("div", { class: "axis-place" }, brush(scale, room, axisParts(marks, EDGE, room - EDGE, 26), set, s.timeline.axis(isoDay(scale.from), isoDay(scale.until)))),
    );
  }

  /** Where zooming keeps its middle: the mark that has the keyboard, else the middle. */
  private middle(name: LensName, _scale: Scale, room: number): number {
    const at = document.activeElement?.closest<SVGElement>("[data-x]");
    return at && name === "happened" && this.element.contains(at) ? Math.max(room / 4, Math.min((room * 3) / 4, Number(at.dataset["x"]))) : room / 2;
  }

  private zoomed(event: KeyboardEvent): void {
    const id = { "+": "in", "=": "in", "-": "out", "−": "out", "0": "all" }[event.key];
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
    const band = (event.target as Element).closest("[data-papers]") ? "published" : "happened";
    event.preventDefault();
    event.stopPropagation();
    this.element.querySelector<HTMLElement>(`[data-zoom="${band} ${id}"]`)?.click();
  }
}

/** A period that the lens asks for, where both its ends are given. */
function asked(now: State, name: LensName): [number, number] | null {
  const [from, until] = (now.lens[name] ?? "").split("..");
  return from && until ? [dayOf(from), dayOf(until, true)] : null;
}

function brush(scale: Scale, room: number, parts: SVGElement[], set: (from: number, until: number) => void, label: string): SVGElement {
  const chosen = svg("rect", { class: "brush", y: 2, height: 28, x: 0, width: 0 });
  const picture = svg("svg", { class: "axis", width: room, height: 32, role: "img", "aria-label": label, "data-brush": true }, ...parts, chosen);
  let start: number | null = null;
  const at = (event: PointerEvent): number => Math.max(0, Math.min(room, event.clientX - picture.getBoundingClientRect().left));
  picture.addEventListener("pointerdown", (event) => {
    start = at(event);
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (start === null) return;
    const end = at(event);
    chosen.setAttribute("x", String(Math.min(start, end)));
    chosen.setAttribute("width", String(Math.abs(end - start)));
  });
  picture.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const [from, until] = [start, at(event)].sort((a, b) => a - b) as [number, number];
    start = null;
    chosen.setAttribute("width", "0");
    if (until - from > 6) set(Math.floor(scale.day(from)), Math.max(Math.floor(scale.day(from)), Math.ceil(scale.day(until)) - 1));
  });
  return picture;
}

/** The marks of the scale, behind all lanes. */
function behind(scale: Scale, room: number): HTMLElement {
  return h("li", { class: "behind", role: "presentation", "aria-hidden": "true" }, svg("svg", { width: room, height: "100%" }, ...grid(ticks(scale, EDGE, room - EDGE), "0", "100%")));
}

function laneRow(lane: Lane, scale: Scale, room: number): HTMLElement {
  const height = lane.marks.length * ROW + 4;
  return h(
    "li",
    { class: "lane", "data-event": lane.event.id },
    h("div", { class: "lane-name" }, entityLink(lane.event), " ", h("bdi", { class: "muted" }, s.claimsOf(lane.claims)), lane.differ ? h("span", { class: "tag differ" }, `⇄ ${s.timeline.differ}`) : null),
    svg(
      "svg",
      { class: "lane-picture", width: room, height, role: "group", "aria-label": lane.event.label },
      ...lane.marks.flatMap((mark, index) => markOf(mark, index * ROW + ROW / 2 + 2, scale, room)),
    ),
  );
}

function markOf(of: TimeMark, y: number, scale: Scale, room: number): SVGElement[] {
  const status = statusFor(of.status);
  const from = scale.x(dayOf(of.from));
  const until = scale.x(dayOf(of.until, true) + 1);
  const middle = Math.max(EDGE + 2, Math.min(room - EDGE - 2, (from + until) / 2));
  const parts: SVGElement[] = [];
  if (status) {
    const stroke = strokeAttributes(status);
    const line = (x1: number, x2: number): SVGElement => svg("line", { x1, x2, y1: y, y2: y, ...stroke });
    if (until - from > 20) {
      parts.push(line(from, until), ...[from, until].map((x) => svg("line", { x1: x, x2: x, y1: y - 6, y2: y + 6, stroke: String(stroke["stroke"]), "stroke-width": 1.5 })));
    }
    if (of.opens) parts.push(line(middle, middle + 24), arrow(middle + 24, y, 1, String(stroke["stroke"])));
    if (of.ends) parts.push(line(middle - 24, middle), arrow(middle - 24, y, -1, String(stroke["stroke"])));
    parts.push(...ring(status, middle, y));
  }
  const right = Math.max(middle + (of.opens ? 36 : 15), until - from > 20 ? until + 7 : 0);
  const left = Math.min(middle - (of.ends ? 36 : 15), until - from > 20 ? from - 7 : room);
  const before = room - right < 200 && left > room - right;
  const text = clipped(`${of.object_label} · ${of.said.replace(/^said by /, "")}${of.claims > 1 ? ` · ${s.claimsOf(of.claims)}` : ""}`, (before ? left : room - right) - 4);
  const label = svg("text", { x: before ? left : right, y: y + 4, "text-anchor": before ? "end" : "start", class: "mark-text", direction: "ltr", "aria-hidden": "true" }, text);
  const end = before ? [Math.max(0, left - text.length * LETTER), middle + 14] : [middle - 14, Math.min(room, right + text.length * LETTER)];
  const group = svg(
    "g",
    { class: "mark", role: "button", tabindex: -1, "aria-label": spokenEdge(of), "data-mark": "date", "data-x": middle, "data-proposition": of.proposition, "data-status": of.status, "data-claims": of.claims, on: { click: () => openEdge(of.proposition) } },
    svg("title", {}, `${sentence(of)} (${spokenEdge(of)})`),
    svg("rect", { class: "hit", x: Math.min(end[0]!, from), y: y - ROW / 2 + 1, width: Math.max(28, Math.max(end[1]!, until) - Math.min(end[0]!, from)), height: ROW - 2, rx: 6 }),
    ...parts,
  );
  return [group, label];
}

function arrow(x: number, y: number, way: 1 | -1, colour: string): SVGElement {
  return svg("path", { d: `M${x} ${y - 4}L${x + 6 * way} ${y}L${x} ${y + 4}Z`, fill: colour });
}

/** A text that fits a length; whole in the list below and for those who hear it. */
export function clipped(text: string, room: number): string {
  const letters = Math.max(4, Math.floor(room / LETTER));
  return text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;
}

/** Documents as points, larger with more claims; an uncertain day is a line from the earliest to the latest. */
function paperBand(papers: TimePaper[], scale: Scale, room: number): HTMLElement {
  const ends: number[] = []; // by row, where it is taken to
  const most = Math.max(...papers.map((paper) => paper.claims));
  const placed = papers.map((paper) => {
    const from = scale.x(dayOf(paper.from));
    const until = scale.x(dayOf(paper.until, true) + 1);
    const middle = (from + until) / 2;
    const radius = 3.5 + 5 * Math.sqrt(paper.claims / most);
    const text = clipped(paper.publisher.label, 150);
    const long = until - from > 14;
    const length = text.length * LETTER;
    const last = long ? until : middle + radius;
    const before = last + 6 + length > room;
    const first = Math.min(from, before ? (long ? from : middle - radius) - 6 - length : middle - radius);
    const end = before ? last : last + 6 + length;
    let row = ends.findIndex((taken) => taken < first - 8);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = end;
    return { paper, from, until, middle, radius, text, long, before, row, first, end };
  });
  const height = ends.length * 24 + 6;
  const open = (paper: TimePaper) => (): void => go({ ...CLOSED, doc: paper.id });
  return h(
    "div",
    { class: "paper-band", "data-papers": true },
    svg(
      "svg",
      { width: room, height, role: "group", "aria-label": s.timeline.papers },
      ...grid(ticks(scale, EDGE, room - EDGE), "0", "100%"),
      ...placed.flatMap(({ paper, from, until, middle, radius, text, long, before, row, first, end }) => {
        const y = row * 24 + 14;
        const when = paper.from === paper.until ? paper.from : s.timeline.notBefore(paper.from, paper.until);
        const told = `${paper.title}, ${paper.publisher.label}, ${when}, ${s.claimsOf(paper.claims)}`;
        const group = svg(
          "g",
          { class: "mark paper-mark", role: "button", tabindex: -1, "data-mark": "paper", "data-doc": paper.id, "data-claims": paper.claims, "aria-label": told, on: { click: open(paper) } },
          svg("title", {}, told),
          svg("rect", { class: "hit", x: first - 3, y: y - 11, width: end - first + 6, height: 22, rx: 6 }),
          long ? svg("line", { x1: from, x2: until, y1: y, y2: y, class: "paper-span" }) : null,
          svg("circle", { cx: middle, cy: y, r: radius, class: "paper-dot" }),
        );
        return [group, svg("text", { x: before ? (long ? from : middle - radius) - 6 : (long ? until : middle + radius) + 6, y: y + 4, "text-anchor": before ? "end" : "start", class: "mark-text", direction: "ltr", "aria-hidden": "true" }, text)];
      }),
    ),
  );
}
