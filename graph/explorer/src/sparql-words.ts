// What the server knows of words: the vocabulary and the named queries, asked for once.

import { d } from "./drawer-strings";

export interface Word {
  name: string;
  kind: string;
  label: string;
  definition: string;
  scheme?: string;
  notation?: string;
  status?: boolean;
}

export interface Vocabulary {
  prefixes: Record<string, string>;
  terms: Word[];
}

export interface NamedQuery {
  name: string;
  title: string;
  what: string;
  sparql: string;
  parameters: { name: string; kind: string; what: string }[];
}

async function read<T>(path: string): Promise<T> {
  const answer = await fetch(path, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${d.away} (${answer.status})`);
  return (await answer.json()) as T;
}

let words: Promise<Vocabulary> | null = null;
let queries: Promise<NamedQuery[]> | null = null;

export function vocabulary(): Promise<Vocabulary> {
  words ??= read<Vocabulary>("api/vocabulary");
  words.catch(() => (words = null));
  return words;
}

export function namedQueries(): Promise<NamedQuery[]> {
  queries ??= read<{ queries: NamedQuery[] }>("api/queries").then((answer) => answer.queries);
  queries.catch(() => (queries = null));
  return queries;
}
