// Which evidence is open, and what happens around it: loading, failing, leaving.

import { evidenceOf, falls, MOST } from "./api";
import { markAsked, region, settle, showBusy, showEntity, showEvidence, showFailure, type Reading } from "./evidence";
import { fallsList } from "./filters-withdraw";
import { showAll } from "./legend";
import { CLOSED, format, go, hidden, lensQuery, state, type State } from "./state";
import { s } from "./strings";
import type { Entity, Evidence, Focus } from "./types";

function asks(now: State): boolean {
  return Boolean(now.bundle || now.claim || now.proposition);
}

function keysOf(now: State) {
  return [["bundle", now.bundle], ["claim", now.claim], ["proposition", now.proposition]] as const;
}

/** Whether an address still asks for the same; the drawer lies over the page and changes nothing in it. */
function stillAsked(now: State): boolean {
  return format({ ...now, sparql: null }) === format({ ...state(), sparql: null });
}

function sameEvidence(a: State, b: State | null): boolean {
  return b !== null && lensQuery(a) === lensQuery(b) && a.bundle === b.bundle && a.claim === b.claim && a.proposition === b.proposition;
}

export class EvidencePanel {
  readonly element = region;
  private open: Evidence | null = null;
  private failed: string | null = null;
  /** What was asked for has not come yet: whoever asks the same again must wait for it too. */
  private waiting = false;
  /** What was asked last: an answer to something older changes nothing. */
  private turn = 0;
  /** For which lens all that falls was asked for. */
  private allFalls = "";

  constructor(
    private readonly corpus: string,
    private readonly giveBack: () => void,
  ) {}

  isOpen(): boolean {
    return this.open !== null || state().falls !== null;
  }

  /** The entity a line starts from: a permalink without a picture opens there. */
  source(): string | null {
    return this.open?.source.id ?? null;
  }

  bundleIn(focus: Focus | null): string | null {
    if (!this.open || !focus) return null;
    const { bundle, claim, proposition } = state();
    const found = focus.bundles.find((each) => each.id === bundle) ?? focus.bundles.find((each) => claim && each.claim_ids.includes(claim));
    return (found ?? focus.bundles.find((each) => each.edges.some((edge) => edge.proposition === proposition)))?.id ?? this.open.id;
  }

  /** Load and show what the address asks for. False when something newer has been asked meanwhile. */
  async follow(now: State, before: State | null, current: () => boolean): Promise<boolean> {
    this.turn++;
    const same = sameEvidence(now, before) && this.failed === null && !this.waiting;
    if (!asks(now)) {
      this.waiting = false;
      this.open = null;
      this.failed = null;
      region.removeAttribute("aria-busy"); // what was being fetched is not asked for any more
      return true;
    }
    if (!same) {
      showBusy();
      this.waiting = true;
      try {
        const found = await evidenceOf(now, keysOf(now));
        if (!current()) return false;
        this.open = found;
        this.failed = null;
      } catch (error) {
        if (!current()) return false;
        this.open = null;
        this.failed = error instanceof Error ? error.message : s.away;
      }
      this.waiting = false;
    }
    this.draw(now);
    if (!same && this.open) settle(before !== null && (!now.doc || now.doc === before.doc));
    return true;
  }

  private reading(now: State): Reading {
    return {
      hidden: hidden(now),
      corpus: this.corpus,
      showAll,
      more: () => void this.readMore(now),
      close: () => this.close(),
      retry: () => void this.follow(now, null, () => stillAsked(now)),
    };
  }

  /** All claims of the line that is open, or as many as may be had. */
  private async readMore(now: State): Promise<void> {
    const mine = ++this.turn;
    const wanted = (): boolean => mine === this.turn && stillAsked(now);
    showBusy();
    try {
      const found = await evidenceOf(now, keysOf(now), MOST);
      if (!wanted()) return;
      this.open = found;
      this.draw(now);
      region.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    } catch (error) {
      if (wanted()) showFailure(error instanceof Error ? error.message : s.away, this.reading(now));
    }
  }

  private draw(now: State): void {
    if (this.failed !== null) showFailure(this.failed, this.reading(now));
    else if (this.open) showEvidence(this.open, this.reading(now));
    markAsked(now.claim, now.proposition);
  }

  /** With nothing chosen, the region introduces the entity in the middle. */
  about(entity: Entity | null, now: State): void {
    if (this.open || this.failed !== null) return;
    if (now.falls) void this.showFalls(now);
    else if (entity) showEntity(entity, now.lang);
    else region.replaceChildren();
  }

  /** What the withdrawal fells, where nothing is chosen. */
  private async showFalls(now: State): Promise<void> {
    const mine = ++this.turn;
    const wanted = (): boolean => mine === this.turn && stillAsked(now) && !this.open;
    const fresh = !region.querySelector("[data-testid=close-falls]");
    const lens = lensQuery(now);
    const all = (): void => {
      this.allFalls = lens;
      void this.showFalls(now);
    };
    showBusy();
    try {
      const found = await falls(now, this.allFalls === lens ? MOST : undefined);
      if (!wanted()) return;
      delete region.dataset["evidence"];
      region.replaceChildren(...fallsList(found, () => go({ falls: null }), all));
      region.removeAttribute("aria-busy");
      if (fresh) region.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    } catch (error) {
      if (wanted()) showFailure(error instanceof Error ? error.message : s.away, this.reading(now));
    }
  }

  private close(): void {
    this.giveBack();
    go(CLOSED);
  }

  /** Escape: first back to the line, then, from there, close. */
  leave(): void {
    if (region.contains(document.activeElement)) this.giveBack();
    else if (this.open) return go(CLOSED);
    if (!this.open) go({ falls: null });
  }
}
