// Asking the endpoint: a query as it stands, or a named one whose parameters the server binds.

import { d } from "./drawer-strings";

export interface Term {
  type: string;
  value: string | object;
  "xml:lang"?: string;
  datatype?: string;
}

export type Row = (Term | null)[];
export type Body = { kind: "rows"; columns: string[]; rows: Row[] } | { kind: "truth"; truth: boolean } | { kind: "triples"; text: string };

export interface Answer {
  state: string;
  count: number;
  warnings: string;
  /** Whether the query looks inside propositions. */
  content: boolean;
  body: Body;
}

/** An answer that is none: refused, wrong, stopped, busy. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    readonly state: string,
    readonly fix = "",
    readonly line = 0,
    readonly column = 0,
  ) {
    super(message);
  }
}

const JSON_RESULTS = "application/sparql-results+json";
const NAMED = "query:";

/** What the address keeps of a named query: its name and parameters. */
export function namedText(name: string, given: Record<string, string>): string {
  const parameters = new URLSearchParams(given).toString();
  return `${NAMED}${encodeURIComponent(name)}${parameters ? `?${parameters}` : ""}`;
}

export function readNamed(text: string): { name: string; given: Record<string, string> } | null {
  if (!text.startsWith(NAMED)) return null;
  const [name = "", parameters = ""] = text.slice(NAMED.length).split(/\?(.*)/s);
  try {
    return { name: decodeURIComponent(name), given: Object.fromEntries(new URLSearchParams(parameters)) };
  } catch {
    return null;
  }
}

function request(text: string, accept: string, signal: AbortSignal): Promise<Response> {
  const named = readNamed(text);
  const headers = { accept };
  if (named) return fetch(`api/query/${encodeURIComponent(named.name)}?${new URLSearchParams(named.given)}`, { headers, signal });
  return fetch("sparql", { method: "POST", headers: { ...headers, "content-type": "application/sparql-query" }, body: text, signal });
}

async function asked(text: string, accept: string, signal: AbortSignal): Promise<Response> {
  const answer = await request(text, accept, signal).catch((error: unknown) => {
    throw signal.aborted ? error : new NoAnswer(d.away, "");
  });
  if (answer.ok) return answer;
  const told = ((await answer.json().catch(() => null)) ?? {}) as Record<string, unknown>;
  const word = (name: string): string => (typeof told[name] === "string" ? told[name] : "");
  const number = (name: string): number => (typeof told[name] === "number" ? told[name] : 0);
  throw new NoAnswer(word("error") || `${d.away} (${answer.status})`, word("state"), word("fix"), number("line"), number("column"));
}

export async function ask(text: string, signal: AbortSignal): Promise<Answer> {
  const answer = await asked(text, `${JSON_RESULTS}, text/turtle;q=0.9`, signal);
  const header = (name: string): string => answer.headers.get(`testimony-${name}`) ?? "";
  const body = await bodyOf(answer);
  const known = header("rows");
  return { state: header("answer"), count: known ? Number(known) : body.kind === "rows" ? body.rows.length : 0, warnings: header("warning"), content: header("content") !== "", body };
}

interface Json {
  head?: { vars?: string[] };
  results?: { bindings?: Record<string, Term>[] };
  boolean?: boolean;
}

async function bodyOf(answer: Response): Promise<Body> {
  if (!answer.headers.get("content-type")?.startsWith(JSON_RESULTS)) return { kind: "triples", text: await answer.text() };
  const read = (await answer.json()) as Json;
  if (typeof read.boolean === "boolean") return { kind: "truth", truth: read.boolean };
  const columns = read.head?.vars ?? [];
  return { kind: "rows", columns, rows: (read.results?.bindings ?? []).map((row) => columns.map((name) => (Object.hasOwn(row, name) ? (row[name] ?? null) : null))) };
}

export const FORMATS = { csv: "text/csv", tsv: "text/tab-separated-values", json: JSON_RESULTS, ttl: "text/turtle" };

const BOM = "\ufeff"; // spreadsheets take a CSV without it for the letters of one country

/** The answer as a file, in the bytes of the endpoint; CSV after a byte-order mark. */
export async function download(text: string, format: keyof typeof FORMATS, name: string): Promise<void> {
  const answer = await asked(text, FORMATS[format], AbortSignal.timeout(60_000));
  const cut = answer.headers.get("testimony-answer") === "truncated" ? "-truncated" : "";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([format === "csv" ? BOM : "", await answer.blob()], { type: FORMATS[format] }));
  link.download = `${name}${cut}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
