// The address is the state: what is open, through which lens, in which language. Back works because
// every change is a new entry.

export const VIEWS = ["graph", "whole", "timeline", "matrix", "questions", "table", "paths", "compare"] as const;
export type View = (typeof VIEWS)[number];

/** What is asked of each claim, by the names that the server knows; a missing name asks nothing. */
export const LENS = ["document", "publisher", "said", "relay", "origin", "kind", "family", "question", "reported", "relation", "happened", "undated", "published", "origins", "without", "parties", "as-of", "recorded"] as const;
export type LensName = (typeof LENS)[number];
export type Lens = Readonly<Partial<Record<LensName, string>>>;

export interface State {
  focus: string | null;
  bundle: string | null;
  claim: string | null;
  proposition: string | null;
  doc: string | null;
  /** The question whose answers are laid out. */
  asked: string | null;
  /** Two ends of a path, or two speakers beside each other. */
  from: string | null;
  to: string | null;
  /** What is compared with what: speakers, a day with now, everything with what is left without a source. */
  beside: string | null;
  /** Hypothetical edges too, where paths are sought. */
  hypothetical: string | null;
  /** The list of what a withdrawal fells, beside the picture. */
  falls: string | null;
  /** How many lines a picture draws, around a name or of everything: all, a number, or (null) what the page draws at first. */
  lines: string | null;
  view: View;
  lang: string;
  lens: Lens;
  /** Hidden statuses; null leaves the choice to the page (withheld is off). */
  hide: ReadonlySet<string> | null;
  /** The SPARQL drawer: null when closed, else what was run, or nothing yet. */
  sparql: string | null;
}

const NAMES = ["focus", "bundle", "claim", "proposition", "doc", "asked", "from", "to", "beside", "hypothetical", "falls"] as const;
const SO_MANY = /^(?:all|[1-9]\d{0,5})$/;
const HIDDEN_AT_FIRST = ["withheld"];
const NOTHING = "none";

export function parse(search: string): State {
  const query = new URLSearchParams(search);
  const hide = query.get("hide");
  const view = query.get("view") as View;
  const names = Object.fromEntries(NAMES.map((name) => [name, query.get(name) || null]));
  return {
    ...(names as Pick<State, (typeof NAMES)[number]>),
    lines: SO_MANY.test(query.get("lines") ?? "") ? query.get("lines") : null,
    view: VIEWS.includes(view) ? view : "graph",
    lang: /^[a-z]{2,3}$/.test(query.get("lang") ?? "") ? (query.get("lang") as string) : "en",
    lens: Object.fromEntries(LENS.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : []))) as Lens,
    hide: hide === null ? null : new Set(hide.split(",").filter((word) => word && word !== NOTHING)),
    sparql: query.get("sparql"),
  };
}

export function format(state: State): string {
  const query = new URLSearchParams();
  for (const name of NAMES) if (state[name]) query.set(name, state[name]);
  if (state.hide) query.set("hide", [...state.hide].sort().join(",") || NOTHING);
  for (const name of LENS) if (state.lens[name]) query.set(name, state.lens[name]);
  if (state.view !== "graph") query.set("view", state.view);
  if (state.lines) query.set("lines", state.lines);
  if (state.lang !== "en") query.set("lang", state.lang);
  if (state.sparql !== null) query.set("sparql", state.sparql);
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "?";
}

/** The statuses hidden now. */
export function hidden(state: State): ReadonlySet<string> {
  return state.hide ?? new Set(HIDDEN_AT_FIRST);
}

/** What the server is asked through: the lens, the hidden statuses, and the name in the middle where one is open. */
export function lensQuery(of: State, also: { hide?: boolean; entity?: boolean } = {}): string {
  const query = new URLSearchParams();
  for (const name of LENS) if (of.lens[name]) query.set(name, of.lens[name]);
  const off = hidden(of);
  if (also.hide && off.size) query.set("hide", [...off].sort().join(","));
  if (also.entity && of.focus) query.set("entity", of.focus);
  return query.toString();
}

/** The chosen values of a facet. */
export function chosen(of: State, name: LensName): string[] {
  return (of.lens[name] ?? "").split(",").filter(Boolean);
}

/** A lens with one name set to something else, or to nothing. */
export function looking(of: State, name: LensName, values: readonly string[] | string): Lens {
  const text = typeof values === "string" ? values : [...new Set(values)].sort().join(",");
  const alone = name === "happened" && !text ? { undated: "" } : {}; // what is kept beside a span goes with it
  return Object.fromEntries(Object.entries({ ...of.lens, ...alone, [name]: text }).filter(([, value]) => value)) as Lens;
}

type Listener = (state: State, before: State | null) => void;

let current = parse(location.search);
const listeners: Listener[] = [];

export function state(): State {
  return current;
}

/** The address `change` leads to, for links that also work in a new tab. */
export function address(change: Partial<State>): string {
  return format({ ...current, ...change });
}

export const CLOSED = { bundle: null, claim: null, proposition: null } satisfies Partial<State>;

/** The start: nothing open, and nothing asked. */
export const START = { ...CLOSED, focus: null, doc: null, asked: null, from: null, to: null, beside: null, hypothetical: null, falls: null, lines: null, sparql: null, view: "graph", lens: {} } satisfies Partial<State>;

/** What opening an entity changes; the filter, the view and the language stay. */
export function opening(entity: string): Partial<State> {
  const view = current.view === "paths" || current.view === "compare" ? "graph" : current.view;
  return { ...CLOSED, focus: entity, doc: null, view, lines: view === "whole" ? current.lines : null };
}

export function go(change: Partial<State>, replace = false): void {
  const before = current;
  const next = { ...current, ...change };
  if (format(next) === format(before)) return;
  current = next;
  history[replace ? "replaceState" : "pushState"](null, "", format(next));
  for (const each of listeners) each(current, before);
}

/** Called with every change, and once now. */
export function follow(each: Listener): void {
  if (!listeners.length) {
    addEventListener("popstate", () => {
      const before = current;
      current = parse(location.search);
      for (const one of listeners) one(current, before);
    });
  }
  listeners.push(each);
  each(current, null);
}
