// What the server sends. Every text in it is data from strangers: it is shown, never interpreted.

export type Labels = Partial<Record<string, string>>;

export interface Named {
  id: string;
  label: string;
}

export interface Term extends Named {
  definition?: string;
}

/** Some fields come as a bare word, others as a labelled thing. */
export type Word = string | Named | null | undefined;

export interface Status {
  id: string;
  iri: string;
  label: Labels;
  definition: string;
  rank: number;
  line: string;
  dash: number[];
  width: number;
  colour: string;
  colour_dark: string;
  glyph: string;
  arrow: string;
  claims: number;
}

export interface DocumentSummary {
  id: string;
  title: string;
  publisher: Word;
  kind?: Word;
  published?: string;
  leaning?: Word;
  claims?: number;
}

export interface Start {
  id: string;
  kind: string;
  label: string;
  labels?: Labels;
  claims: number;
}

export interface Question {
  id: string;
  label: string;
  claims: number;
  entity: string | null;
}

export interface Overview {
  product: string;
  corpus_hash: string;
  claims: number;
  propositions: number;
  documents: DocumentSummary[];
  statuses: Status[];
  starts: Start[];
  questions: Question[];
  languages: string[];
  /** Days on which something was published, as exactly as they are known. */
  days: string[];
  /** How many there are of what is listed here by its first: names by kind. */
  totals: { documents: number; questions: number; starts: Record<string, number> };
}

export interface SearchResult {
  id: string;
  kind: string;
  label: string;
  matched: string | null;
  claims: number;
  all_words: boolean;
}

/** A hit in a text, in code points, ends exclusive. */
export type Marks = [number, number][];

export interface ClaimResult {
  claim: string;
  claim_ids: string[];
  says: string;
  marks: Marks;
  status: Term;
  speaker: Named;
  chain: string;
  document: Named;
  /** Subject, object or speaker whose names hold the words that the sentence does not. */
  named: Named[];
  all_words: boolean;
}

export interface DocumentResult {
  id: string;
  title: string;
  paragraph: number | null;
  text: string;
  marks: Marks;
  field: string;
  all_words: boolean;
}

export interface QuestionResult extends Named {
  text: string;
  marks: Marks;
  all_words: boolean;
  /** How many of the claims that were found answer it, where a question was asked. */
  claims: number;
}

export interface SearchGroup<T> {
  total: number;
  results: T[];
}

export interface SearchAnswer extends SearchGroup<SearchResult> {
  query: string;
  /** It looks like a question: questions come first. */
  asks: boolean;
  /** Some of what stands here holds some of the words only; those with all of them come first. */
  partial: boolean;
  /** Which words were sought, left out and not found, as a sentence. */
  note: string | null;
  claims: SearchGroup<ClaimResult>;
  documents: SearchGroup<DocumentResult>;
  questions: SearchGroup<QuestionResult>;
}

export interface Alias {
  text: string;
  lang?: string;
  document?: string;
}

/** A question with how much answers it in view. */
export interface ListedQuestion {
  question: string;
  label: string;
  answers: number;
  claims: number;
  contested: boolean;
}

export interface Entity {
  id: string;
  kind: string;
  label: string;
  labels?: Labels;
  aliases?: Alias[];
  note?: string | null;
  /** Those that something in view about it answers, the first of `question_total`. */
  questions?: ListedQuestion[];
  question_total?: number;
}

export interface GraphNode {
  id: string;
  kind: string;
  label: string;
  labels?: Labels;
  x: number;
  y: number;
  claims: number;
}

export interface FocusEdge {
  proposition: string;
  subject: string;
  subject_label: string;
  predicate: string;
  reading: string;
  object: string;
  object_label: string;
  status: string;
  claims: number;
  origins: number;
  documents: Word[];
  speakers: Word[];
}

export interface Bundle {
  id: string;
  source: string;
  target: string;
  status: string;
  labels: string[];
  claims: number;
  origins: number;
  badge: string;
  text: string;
  claim_ids: string[];
  edges: FocusEdge[];
}

export interface Focus {
  entity: Entity;
  nodes: GraphNode[];
  bundles: Bundle[];
  shown: number;
  total: number;
  total_claims: number;
  /** Lines that the withdrawal fells. */
  fallen: Bundle[];
  /** How many have fallen; those given may be fewer. */
  fallen_total: number;
}

export interface Hop {
  speaker: Named;
  commitment: Word;
  cue?: string | null;
  circumstances?: Word[];
  held_by?: { label: string; basis?: string | null } | null;
  said_at?: string | null;
  basis?: Word;
  force?: Word;
  certainty?: Word;
  polarity?: Word;
}

export interface Passage {
  paragraph: number;
  digest: string;
  original: { before: string; quote: string; after: string } | null;
  state: string;
  start: number | null;
  end: number | null;
}

export interface Claim {
  claim: string;
  utterance: string;
  says: string;
  subject: Named;
  predicate: Named & { reading?: string };
  object: Named;
  reported_status: Term;
  drawn_status: Word;
  polarity?: Word;
  force?: Word;
  certainty?: Word;
  mode?: Word;
  reading?: Word;
  position?: Word;
  condition?: string | null;
  addressee?: Word[];
  chain: Hop[];
  evidence_kinds?: Term[];
  origin?: Word | { label: string };
  origin_group?: Word | { label: string };
  adds_origin?: boolean;
  /** Why the claim adds no origin; null when it adds one. */
  discount?: string | null;
  document: DocumentSummary;
  passage: Passage;
  clocks?: { name: string; value: string | null }[];
  about?: Word[];
  could_also?: Word[];
  note?: string | null;
  retracted?: string | null;
  permalink?: string;
}

export interface EvidenceEdge {
  proposition: string;
  reading: string;
  subject: Named;
  object: Named;
  drawn_status: Word;
  why: string;
  /** All of them; those given may be fewer. */
  claim_count: number;
  claims: Claim[];
}

export interface Evidence {
  id: string;
  title: string;
  sentence: string;
  source: Named;
  target: Named;
  claim_count: number;
  /** As many of them are given. */
  claims_shown: number;
  document_count: number;
  origin_count: number;
  disagreement: string | null;
  /** The questions that something on the line answers. */
  questions: Named[];
  edges: EvidenceEdge[];
  /** How many claims on the line the lens hides. */
  hidden_claims: number;
}

/** A claim in one line, status and speaker beside it. */
export interface ClaimLine {
  claim: string;
  says: string;
  status: string;
  speaker: Named;
  /** Whether a withdrawal or date sets it aside. */
  set_aside: boolean;
  /** Whether the lens shows it. */
  in_view: boolean;
  /** Where its words stand in the paragraph of the attached original: code points, the end exclusive. */
  span: [number, number] | null;
}

export interface Paragraph {
  p: number;
  digest: string;
  original: string | null;
  claims: ClaimLine[];
  /** What is printed where the text is too garbled to carry a claim, in our words. */
  garbled: string[];
}

export interface DocumentAnswer {
  document: DocumentSummary;
  paragraphs: Paragraph[];
}

export interface FacetValue extends Named {
  claims: number;
  chosen: boolean;
  /** What a withdrawal calls it, where it is a source. */
  source: string | null;
}

export interface Month {
  month: string;
  claims: number;
}

/** How much there is of everything, through the lens. */
export interface FacetsAnswer {
  claims_shown: number;
  claims_held: number;
  claims_standing: number;
  facets: Record<string, { total: number; values: FacetValue[] }>;
  happened: Month[];
  published: Month[];
  undated: number;
  /** Origin groups of several names, which can be set aside as a whole. */
  sides: { id: string; label: string; members: string[] }[];
  /** What is set aside, in words. */
  withdrawn: { kind: string; id: string; label: string }[];
}

export interface EdgesAnswer {
  edges: FocusEdge[];
  total: number;
  offset: number;
  truncated: boolean;
  claims_shown: number;
  claims_held: number;
}

export interface ToldEdge {
  proposition: string;
  says: string;
  status: string;
  why: string;
  said: string;
  origins: Named[];
  claims: string[];
  documents: string[];
}

/** What a withdrawal does: edges that fall, and edges drawn otherwise. */
export interface FallsAnswer {
  fallen: { before: ToldEdge; after: null; why: string }[];
  restated: { before: ToldEdge; after: ToldEdge; why: string }[];
  /** How many there are; those given may be fewer. */
  fallen_total: number;
  restated_total: number;
  /** The name that is open, and how many of the fallen have it at an end. */
  here: { label: string; fallen: number } | null;
}

/** Everything in view as one graph. */
export interface WholeAnswer {
  nodes: GraphNode[];
  bundles: Bundle[];
  fallen: Bundle[];
  /** How many have fallen; those given may be fewer. */
  fallen_total: number;
  shown: number;
  total: number;
  total_claims: number;
}

export interface WayStep {
  edge: FocusEdge;
  claim: string;
  forward: boolean;
  /** How many other edges there are between the same two names. */
  more: number;
}

export interface Way {
  /** Who joins the steps: one utterance, one speaker, or nobody. */
  joined: string;
  by: Named | null;
  weakest: string;
  origins: number;
  steps: WayStep[];
}

export interface WaysAnswer {
  from: Named;
  to: Named;
  ways: Way[];
  total: number;
  cut: boolean;
}

/** A step back to another claim, by a signed relation. */
export interface BackStep {
  claim: string;
  of: string;
  to: string;
  kind: Term;
  says: string | null;
  status: Term;
  speaker: Named;
  document: string;
  published: string;
  in_custody: boolean;
  reason: string;
  signer: Named;
  signed_at: string;
}
