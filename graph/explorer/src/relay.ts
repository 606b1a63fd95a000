// How a word travelled: from what it is counted with, through who says and relays it, to the documents.
// Equal stations are one box, so that eleven documents that repeat one speaker are seen to be one origin.

import * as api from "./api";
import { bdi, h, svg } from "./dom";
import { isolate, wrap } from "./letters";
import { link } from "./links";
import { CLOSED } from "./state";
import { chip } from "./status";
import { count, s } from "./strings";
import type { BackStep, Claim, Evidence } from "./types";

interface Station {
  id: string;
  column: number;
  label: string;
  rows: number[];
  barren: boolean;
  /** Its height, in rows: the middle of its rows where no other box of the column stands. */
  at: number;
}

const BOX = { width: 158, height: 54, gap: 46, row: 62, top: 26, lines: 3 };
const MOST = 40;

/** A folded picture; drawn when it is opened. */
export function relayPicture(evidence: Evidence, claims: Claim[]): HTMLElement {
  const documents = new Set(claims.map((claim) => claim.document.id)).size;
  const publishers = new Set(claims.map((claim) => api.idOf(claim.document.publisher))).size;
  const origins = new Set(claims.filter((claim) => !claim.discount).map(counted)).size;
  const body = h("div", { class: "relay-body" });
  const summary = h("summary", {}, h("span", { class: "lead" }, `${s.travelled}: `), [count(documents, "document"), count(publishers, "publisher"), origins ? count(origins, "origin") : s.noOrigin].join(" ← "));
  const open = (): void => {
    if (!details.open || body.childElementCount) return;
    const shown = claims.slice(0, MOST);
    body.replaceChildren(h("div", { class: "relay-scroll", dir: "ltr", tabindex: 0, role: "group", "aria-label": s.travelled }, draw(shown)), twin(shown));
    if (shown.length < claims.length) body.prepend(h("p", { class: "muted" }, s.ofClaims(shown.length, claims.length)));
    void upstream(evidence).then((found) => found && body.append(found), () => undefined);
  };
  const details = h("details", { class: "relay", "data-testid": "relay" }, summary, body);
  details.addEventListener("toggle", open);
  return details;
}

function counted(claim: Claim): string {
  return api.word(claim.origin_group) || api.word(claim.origin);
}

function ordered(claims: Claim[]): Claim[] {
  const key = (claim: Claim): string => [claim.discount ? `1 ${claim.discount}` : "0", counted(claim), ...[...claim.chain].reverse().map((hop) => hop.speaker.label), claim.document.id, claim.claim].join("\u0000");
  return [...claims].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function draw(claims: Claim[]): SVGElement {
  const rows = ordered(claims);
  const hops = Math.max(...rows.map((claim) => claim.chain.length));
  const columns = hops + 2;
  const stations = new Map<string, Station>();
  const ways = rows.map((claim, row) => {
    const inner = [...claim.chain].reverse();
    const head = claim.discount ? s.countedWithNone(claim.discount) : counted(claim); // claims that add no origin for one reason share a box
    const own = [
      at(stations, 0, head, head, row, Boolean(claim.discount)),
      ...inner.map((hop, index) => at(stations, index + 1, hop.speaker.id + (hop.held_by ? ` ${hop.held_by.label}` : ""), hop.held_by ? `${hop.speaker.label} (${s.heldBy} ${hop.held_by.label})` : hop.speaker.label, row, false)),
      at(stations, columns - 1, claim.document.id, claim.document.id, row, false),
    ];
    return { claim, own };
  });
  for (let column = 0; column < columns; column++) settle([...stations.values()].filter((each) => each.column === column), rows.length);
  const width = columns * BOX.width + (columns - 1) * BOX.gap + 4;
  const height = BOX.top + rows.length * BOX.row + 6;
  const heads = [s.countedWith, s.saidByHead, ...Array.from({ length: hops - 1 }, () => s.relayedBy), s.inDocument];
  return svg(
    "svg",
    { class: "relay-svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": s.travelledLabel(rows.length), direction: "ltr" },
    ...heads.map((head, column) => svg("text", { x: x(column) + BOX.width / 2, y: 14, "text-anchor": "middle", class: "relay-head" }, head)),
    ...ways.flatMap(({ claim, own }) => own.slice(1).map((station, index) => thread(own[index]!, station, Boolean(claim.discount)))),
    ...[...stations.values()].map(box),
  );
}

function at(stations: Map<string, Station>, column: number, id: string, label: string, row: number, barren: boolean): Station {
  const key = `${column} ${id}`;
  const found = stations.get(key) ?? { id, column, label, rows: [], barren, at: 0 };
  found.rows.push(row);
  stations.set(key, found);
  return found;
}

function x(column: number): number {
  return 2 + column * (BOX.width + BOX.gap);
}

/** Boxes of one column at the middle of their rows, moved apart where two would overlap. */
function settle(column: Station[], rows: number): void {
  for (const each of column) each.at = each.rows.reduce((sum, row) => sum + row, 0) / each.rows.length;
  column.sort((a, b) => a.at - b.at);
  let least = 0;
  for (const each of column) least = (each.at = Math.max(each.at, least)) + 1;
  let most = rows - 1;
  for (const each of [...column].reverse()) most = (each.at = Math.min(each.at, most)) - 1;
}

function middle(of: Station): number {
  return BOX.top + (of.at + 0.5) * BOX.row;
}

function thread(from: Station, to: Station, barren: boolean): SVGElement {
  const [x1, y1, x2, y2] = [x(from.column) + BOX.width, middle(from), x(to.column), middle(to)];
  const bend = (x2 - x1) / 2;
  return svg("path", { class: barren ? "thread barren" : "thread", d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, fill: "none", ...(barren ? { "stroke-dasharray": "3 4" } : {}) });
}

function box(of: Station): SVGElement {
  const top = middle(of) - BOX.height / 2;
  const lines = wrap(of.label, BOX.width - 16, BOX.lines);
  const words = lines.map((line, index) => svg("text", { x: x(of.column) + BOX.width / 2, y: middle(of) + (index - (lines.length - 1) / 2) * 15 + 4, "text-anchor": "middle" }, isolate(line)));
  return svg("g", { class: of.barren ? "station barren" : "station" }, svg("title", {}, of.label), svg("rect", { x: x(of.column), y: top, width: BOX.width, height: BOX.height, rx: 8, ...(of.barren ? { "stroke-dasharray": "3 3" } : {}) }), ...words);
}

/** The same as a list, for those who would rather read it. */
function twin(claims: Claim[]): HTMLElement {
  const row = (claim: Claim): HTMLElement => {
    const way = [...claim.chain].reverse().map((hop, index) => (index ? `${s.relayedBy} ` : "") + hop.speaker.label);
    const from = claim.discount ? `${s.addsNoOrigin}: ${claim.discount}` : `${s.countedWith} ${counted(claim)}`;
    return h("li", {}, chip(api.idOf(claim.drawn_status)), " ", bdi([...way, claim.document.id].join(" › ")), h("span", { class: "muted" }, " · ", bdi(from)));
  };
  return h("details", { class: "relay-twin" }, h("summary", {}, s.asList), h("ul", {}, ...ordered(claims).map(row)));
}

/** What the claims go back to by signed judgement: shown, never counted. */
async function upstream(evidence: Evidence): Promise<HTMLElement | null> {
  const found = new Map<string, BackStep>();
  for (const edge of evidence.edges.slice(0, 6)) {
    for (const each of await api.origins(edge.proposition)) for (const step of each.upstream) found.set(`${step.claim} ${step.to}`, step);
  }
  if (!found.size) return null;
  const row = (step: BackStep): HTMLElement =>
    h("li", {}, h("code", {}, step.of), ` ${step.kind.label} `, link({ ...CLOSED, claim: step.to }, {}, h("code", {}, step.to)), ": ", step.status.label, step.says ? [", ", step.says].join("") : "", h("span", { class: "muted" }, ` (${step.speaker.label}, ${step.published}${step.in_custody ? `, ${s.custodial}` : ""}; ${s.signedBy(step.signer.label, step.signed_at)}: ${step.reason})`));
  return h("div", { class: "upstream" }, h("p", { class: "lead" }, s.goesBack), h("ul", {}, ...[...found.values()].map(row)));
}
