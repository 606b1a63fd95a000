// Puts the page together: the address decides what is open, one filtered set feeds every panel.

import "./tokens.css";
import "./base.css";
import "./layout.css";
import "./legend.css";
import "./start.css";
import "./graph.css";
import "./evidence.css";
import "./document.css";
import "./paths.css";
import "./relay.css";
import "./filters.css";
import "./print.css";
import * as api from "./api";
import { h, liveRegion } from "./dom";
import { drawer, followDrawer } from "./drawer";
import { header, paintHeader, searchInHeader } from "./header";
import { startKeys } from "./keys";
import { legend, paintLegend, startLegend } from "./legend";
import { paintLensLine } from "./lens-line";
import { filters, paintFilters } from "./filters";
import { EvidencePanel } from "./panel";
import { clearSearch, startSearch } from "./search";
import { follow, format, go, hidden, state, type State } from "./state";
import { FEW, linesAsked } from "./lines";
import { learnStatuses, speak } from "./status";
import { s } from "./strings";
import { startView } from "./start";
import { onTheme, startTheme } from "./theme";
import type { FacetsAnswer, Overview } from "./types";
import { Centre, failure } from "./centre";
import { wholeAnswer } from "./whole";

const root = document.documentElement;
const body = h("div", { class: "body" });

/** What the address will need is asked for at once, beside the overview and not after it; whoever needs it tells of a failure. */
function ahead(now: State): void {
  const asked: Promise<unknown>[] = [];
  if (now.focus) asked.push(api.focus(now.focus, now, linesAsked(now, FEW.graph)));
  if (now.view === "whole" && !now.doc) asked.push(wholeAnswer(now));
  for (const each of asked) each.catch(() => undefined);
}

async function begin(): Promise<void> {
  let overview: Overview;
  ahead(state());
  try {
    overview = await api.overview();
  } catch (error) {
    document.body.replaceChildren(failure(error, () => location.reload()));
    return;
  }
  learnStatuses(overview.statuses);
  new Page(overview);
}

/** When what stands in the page has been painted; at once where nobody sees it. */
function painted(): Promise<void> {
  return new Promise((done) => (document.hidden ? done() : requestAnimationFrame(() => setTimeout(done))));
}

/** Whether a name or a line is open. */
function open_(now: State): boolean {
  return Boolean(now.focus || now.bundle || now.claim || now.proposition);
}

class Page {
  private readonly main = h("main", { id: "content", tabindex: -1 });
  private readonly evidence: EvidencePanel;
  private readonly centre: Centre;
  private facets: FacetsAnswer | null = null;
  private turn = 0;

  constructor(private readonly overview: Overview) {
    this.centre = new Centre(overview.corpus_hash);
    this.evidence = new EvidencePanel(overview.corpus_hash, () => this.centre.focus());
    legend.append(filters);
    body.append(this.main, this.evidence.element, legend); // in the order of Tab: what is shown, then what narrows it
    document.body.replaceChildren(h("a", { class: "skip", href: "#content", on: { click: (event) => this.skip(event) } }, s.skip), header(overview), body, drawer, liveRegion());
    startLegend();
    startSearch();
    startKeys(() => this.evidence.isOpen(), () => this.evidence.leave());
    onTheme(() => this.paint());
    follow((now, before) => {
      const drawerOnly = before !== null && format({ ...now, sparql: null }) === format({ ...before, sparql: null });
      if (!drawerOnly) void this.turnTo(now, before);
      followDrawer(now);
    });
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.main.focus();
  }

  private async turnTo(now: State, before: State | null): Promise<void> {
    const mine = ++this.turn;
    const current = (): boolean => mine === this.turn;
    speak(now.lang);
    root.dir = now.lang === "ar" ? "rtl" : "ltr";
    const layout = open_(now) || now.falls || (now.view !== "graph" && !now.doc) ? "focus" : now.doc ? "document" : "start";
    document.body.dataset["layout"] = layout;
    if (layout === "start") {
      this.main.removeAttribute("aria-busy");
      this.title(null);
      this.paint();
      this.main.replaceChildren(startView(this.overview, now.lang));
      void this.count(now, current);
      if (before) scrollTo(0, 0);
      return;
    }
    searchInHeader();
    if (before && before.focus !== now.focus) clearSearch();
    if (!(await this.evidence.follow(now, before, current)) || !current()) return;
    try {
      const name = now.focus ?? this.evidence.source();
      if (!now.focus && name && !now.doc && now.view === "graph") return go({ focus: name }, true);
      if (now.falls && !open_(now) && now.view === "graph" && !now.doc) return go({ view: "whole" }, true);
      const fresh = !before || now.focus !== before.focus || now.view !== before.view || !this.main.contains(this.centre.element);
      if (fresh || (now.doc && now.doc !== before?.doc)) this.main.setAttribute("aria-busy", "true");
      if (!this.main.firstChild) this.main.append(h("p", { class: "coming", role: "status" }, s.coming));
      const focus = now.focus ? await api.focus(now.focus, now, linesAsked(now, FEW.graph)) : null;
      const paper = now.doc ? await api.document_(now.doc, now) : null;
      if (!current()) return;
      if (this.main.firstChild !== this.centre.element) this.main.replaceChildren(this.centre.element);
      this.evidence.about(focus?.entity ?? null, now);
      const selected = this.evidence.bundleIn(focus);
      paintLensLine(this.facets); // before the picture is fitted into what it leaves; names follow with the counts
      await this.centre.show({ now, before, overview: this.overview, focus, selected, hidden: hidden(now), current }, paper);
      if (!current()) return;
      this.keepFocus(now, before);
      this.title(paper?.document.title ?? focus?.entity.label ?? null);
    } catch (error) {
      if (!current()) return;
      this.main.replaceChildren(failure(error, () => void this.turnTo(state(), null)));
      this.evidence.about(null, now);
    } finally {
      if (current()) this.main.removeAttribute("aria-busy");
    }
    await this.count(now, current);
  }

  /** What there is through this lens: the filters, the legend and the counter tell the same numbers. */
  private async count(now: State, current: () => boolean): Promise<void> {
    try {
      const asked = api.facets(now);
      await painted(); // the picture is seen first
      const found = await asked;
      if (current()) this.facets = found;
    } catch {
      if (current()) this.facets = null;
    }
    if (current()) this.paint();
  }

  /** Opening a name removes what had the keyboard (a list, a result): the picture takes it, so that arrows work. */
  private keepFocus(now: State, before: State | null): void {
    const opened = before !== null && now.focus !== before.focus && !now.doc;
    if (opened && document.activeElement === document.body) this.centre.focus();
  }

  private title(of: string | null): void {
    document.title = of ? `${of} · ${this.overview.product}` : this.overview.product;
  }

  /** What hangs on the filtered set: counts and counter. */
  private paint(): void {
    const drawn = this.facets?.facets["drawn"]?.values;
    paintLegend(drawn ? new Map(drawn.map((each) => [each.id, each.claims])) : null);
    paintHeader(this.facets?.claims_shown ?? null, this.facets?.claims_held ?? this.overview.claims);
    paintFilters(this.facets, this.overview);
    paintLensLine(this.facets);
  }
}

startTheme();
void begin();
