// What the server sends for timeline, sources, questions and comparison.

import type { FocusEdge, Labels, ListedQuestion, Named, Term } from "./types";

interface Counted {
  claims_shown: number;
  claims_held: number;
}

/** An edge with why it is drawn so and whose word it is. */
export interface Told extends FocusEdge {
  why: string;
  said: string;
}

export interface TimeMark extends Told {
  from: string;
  until: string;
  opens: boolean;
  ends: boolean;
}

export interface Lane {
  event: Named;
  claims: number;
  differ: boolean;
  marks: TimeMark[];
}

export interface TimePaper {
  id: string;
  title: string;
  publisher: Named;
  from: string;
  until: string;
  claims: number;
}

export interface TimelineAnswer extends Counted {
  lanes: Lane[];
  lane_total: number;
  papers: TimePaper[];
  paper_total: number;
  dating: number;
  undated: number;
}

export interface MatrixLine extends Named {
  cells: number[];
  claims: number;
}

export interface MatrixAnswer extends Counted {
  by: string;
  statuses: string[];
  lines: MatrixLine[];
  total: number;
  totals: number[];
  claims: number;
  several: boolean;
}

export interface QuestionsAnswer extends Counted {
  questions: ListedQuestion[];
  total: number;
}

export interface Given {
  claim: string;
  says: string;
  how: string;
  denies: boolean;
  speaker: Named;
  relays: Named[];
  status: string;
  reported: Term;
  when: string;
  clock: "as-of" | "said" | "published";
  document: Named;
}

export interface FigureTold {
  low: string | null;
  high: string | null;
  comparator: Term;
  unit: string;
  of: string;
  as_of: string | null;
}

export interface Answered extends Told {
  figure: FigureTold | null;
  given: Given[];
}

export interface Compared {
  comparable: boolean;
  conflict: boolean;
  why: string;
  pairs: [number, number][];
}

export interface Clash {
  kind: Term;
  edge: Told;
  against: Told;
  claims: string[];
  opposed: string[];
  why: string;
}

export interface Repeats {
  source: string;
  target: string;
  kind: string;
  label: string;
  why: string;
}

export interface AskedAnswer extends Counted {
  question: Named & { labels: Labels; note: string | null };
  behaviour: Term;
  /** The name to which the view is narrowed, with how much answers the question without that; null where it is not. */
  about: (Named & { answers: number; claims: number }) | null;
  answers: Answered[];
  compared: Compared[];
  /** Pairs of compared answers that some claim of each is counted with one origin for. */
  one_origin: [number, number][];
  clashes: Clash[];
  links: Repeats[];
  same_population: { pair: string[]; by: string; at: string; reason: string }[];
}

export interface Side {
  how: string[];
  claims: number;
}

export interface Held extends Told {
  sides: { one: Side | null; other: Side | null };
  opposed: boolean;
}

export interface CompareColumn {
  edges: Held[];
  total: number;
  one: number;
  other: number;
}

/** Somebody whose word is in view; `members` of a side speak there, none of a speaker. */
export interface Speaker extends Named {
  claims: number;
  members: number;
  /** Of a speaker, the side with which others speak in view too; else empty. */
  side: string;
}

export interface SpeakersAnswer extends Counted {
  speakers: Speaker[];
  total: number;
}

export interface BesideAnswer extends Counted {
  one: Named;
  other: Named | null;
  clashes: Clash[];
  both: CompareColumn;
  only_one: CompareColumn;
  only_other: CompareColumn;
}

export interface Known extends Told {
  before: Term | null;
  after: Term | null;
}

export interface SinceAnswer extends Counted {
  new: Known[];
  restated: Known[];
  gone: Known[];
  totals: { new: number; restated: number; gone: number };
  same: number;
  claims_then: number;
  claims_now: number;
}

/** Edges in view on both sides or on one; `after` is missing where the withdrawal fells an edge. */
export interface Shifted {
  edges: Known[];
  total: number;
}

export interface WithoutAnswer extends Counted {
  both: Shifted;
  only_left: Shifted;
  only_right: Shifted;
  restated: number;
  claims_left: number;
  claims_right: number;
}
