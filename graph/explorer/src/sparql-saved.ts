// Queries of one's own, kept in this browser alone; a browser that keeps nothing is no failure.

export interface Saved {
  name: string;
  /** As the address keeps it: a query, or a named one with its parameters. */
  text: string;
}

const KEY = "testimony-queries";
const MOST = 100;

function isSaved(item: unknown): item is Saved {
  const { name, text } = (item ?? {}) as Partial<Saved>;
  return typeof name === "string" && name !== "" && typeof text === "string";
}

export function saved(): Saved[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? read.filter(isSaved).map(({ name, text }) => ({ name, text })) : [];
  } catch {
    return [];
  }
}

function keep(list: Saved[]): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(list.slice(-MOST)));
    return true;
  } catch {
    return false;
  }
}

/** Keep a query under a name, in the place of one that had it. False when the browser refuses. */
export function save(name: string, text: string): boolean {
  return keep([...saved().filter((each) => each.name !== name), { name, text }]);
}

export function forget(name: string): boolean {
  return keep(saved().filter((each) => each.name !== name));
}
