// The address is the state: what is open, what is hidden, which language. Back works because every
// change is a new entry.

export type View = "graph" | "table";

export interface State {
  focus: string | null;
  bundle: string | null;
  claim: string | null;
  proposition: string | null;
  doc: string | null;
  view: View;
  lang: string;
  /** Hidden statuses; null leaves the choice to the page (withheld is off). */
  hide: ReadonlySet<string> | null;
}

const NAMES = ["focus", "bundle", "claim", "proposition", "doc"] as const;
const HIDDEN_AT_FIRST = ["withheld"];
const NOTHING = "none";

export function parse(search: string): State {
  const query = new URLSearchParams(search);
  const hide = query.get("hide");
  const names = Object.fromEntries(NAMES.map((name) => [name, query.get(name) || null]));
  return {
    ...(names as Pick<State, (typeof NAMES)[number]>),
    view: query.get("view") === "table" ? "table" : "graph",
    lang: /^[a-z]{2,3}$/.test(query.get("lang") ?? "") ? (query.get("lang") as string) : "en",
    hide: hide === null ? null : new Set(hide.split(",").filter((word) => word && word !== NOTHING)),
  };
}

export function format(state: State): string {
  const query = new URLSearchParams();
  for (const name of NAMES) if (state[name]) query.set(name, state[name]);
  if (state.hide) query.set("hide", [...state.hide].sort().join(",") || NOTHING);
  if (state.view !== "graph") query.set("view", state.view);
  if (state.lang !== "en") query.set("lang", state.lang);
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "?";
}

/** The statuses hidden now. */
export function hidden(state: State): ReadonlySet<string> {
  return state.hide ?? new Set(HIDDEN_AT_FIRST);
}

type Listener = (state: State, before: State | null) => void;

let current = parse(location.search);
let listener: Listener = () => undefined;

export function state(): State {
  return current;
}

/** The address `change` leads to, for links that also work in a new tab. */
export function address(change: Partial<State>): string {
  return format({ ...current, ...change });
}

export const CLOSED = { bundle: null, claim: null, proposition: null } satisfies Partial<State>;

/** What opening an entity changes; the filter, the view and the language stay. */
export function opening(entity: string): Partial<State> {
  return { ...CLOSED, focus: entity, doc: null };
}

export function go(change: Partial<State>, replace = false): void {
  const before = current;
  const next = { ...current, ...change };
  if (format(next) === format(before)) return;
  current = next;
  history[replace ? "replaceState" : "pushState"](null, "", format(next));
  listener(current, before);
}

export function follow(each: Listener): void {
  listener = each;
  addEventListener("popstate", () => {
    const before = current;
    current = parse(location.search);
    listener(current, before);
  });
  listener(current, null);
}
