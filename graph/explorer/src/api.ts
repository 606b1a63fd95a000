// Reading from the server of this page, and from nowhere else.

import { lensQuery, type State } from "./state";
import { s } from "./strings";
import type { AskedAnswer, BesideAnswer, MatrixAnswer, QuestionsAnswer, SinceAnswer, SpeakersAnswer, TimelineAnswer, WithoutAnswer } from "./pane-types";
import type { BackStep, WaysAnswer, WholeAnswer, DocumentAnswer, EdgesAnswer, Evidence, FacetsAnswer, FallsAnswer, Focus, Named, Overview, SearchAnswer, Word } from "./types";

/** A failure in one calm line. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const PATIENCE = 180_000; // ms: the first withdrawal over a hundred thousand claims reads them all
const KEPT = 60;
const kept = new Map<string, Promise<unknown>>();

async function load<T>(path: string): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Refusal(s.away, 0);
  }
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok && body !== null) return body as T;
  const line = (body as { error?: unknown } | null)?.error;
  throw new Refusal(typeof line === "string" ? line : `${s.away} (${answer.status})`, answer.status);
}

function cached<T>(path: string): Promise<T> {
  const found = kept.get(path);
  if (found) return found as Promise<T>;
  const asked = load<T>(path);
  kept.set(path, asked);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
  asked.catch(() => kept.delete(path));
  return asked;
}

const part = encodeURIComponent;

export const overview = (): Promise<Overview> => load("api/overview");
export const search = (text: string): Promise<SearchAnswer> => cached(`api/search?q=${part(text)}&limit=20`);
export const focus = (id: string, of: State, limit: number): Promise<Focus> => cached(`api/focus/${part(id)}?${lensQuery(of)}&limit=${limit}`);
export const facets = (of: State): Promise<FacetsAnswer> => cached(`api/facets?${lensQuery(of, { hide: true, entity: true })}`);
export const whole = (of: State, limit: number): Promise<WholeAnswer> => cached(`api/whole?${lensQuery(of, { hide: true })}&limit=${limit}`);
export const ways = (of: State, from: string, to: string): Promise<WaysAnswer> =>
  cached(`api/ways?${lensQuery(of, { hide: true })}&from=${part(from)}&to=${part(to)}${of.hypothetical ? "&hypothetical=with" : ""}`);
export const falls = (of: State, limit?: number): Promise<FallsAnswer> => cached(`api/falls?${lensQuery(of, { entity: true })}${limit ? `&limit=${limit}` : ""}`);
export const parties = (of: State): Promise<{ parties: { kind: string; id: string; label: string }[] }> => cached(`api/parties?${lensQuery(of)}`);
export const lensSparql = (of: State): Promise<{ sparql: string; exact: boolean }> => cached(`api/lens/sparql?${lensQuery(of, { hide: true, entity: true })}`);
export const edges = (of: State, offset: number, limit: number): Promise<EdgesAnswer> =>
  cached(`api/edges?${lensQuery(of, { hide: true, entity: true })}&offset=${offset}&limit=${limit}`);
const inView = (of: State): string => lensQuery(of, { hide: true, entity: true });
export const timeline = (of: State, limit: number): Promise<TimelineAnswer> => cached(`api/timeline?${inView(of)}&limit=${limit}`);
export const matrix = (of: State, by: string, limit: number): Promise<MatrixAnswer> => cached(`api/matrix?${inView(of)}&by=${part(by)}&limit=${limit}`);
export const questions = (of: State, limit: number, words = ""): Promise<QuestionsAnswer> => cached(`api/questions?${inView(of)}&limit=${limit}${words ? `&words=${part(words)}` : ""}`);
export const asked = (id: string, of: State): Promise<AskedAnswer> => cached(`api/questions/${part(id)}?${inView(of)}`);
export const speakers = (of: State): Promise<SpeakersAnswer> => cached(`api/speakers?${inView(of)}`);
export const beside = (one: string, other: string, of: State, limit: number): Promise<BesideAnswer> => cached(`api/beside?${inView(of)}&one=${part(one)}&other=${part(other)}&limit=${limit}`);
export const since = (of: State, limit: number): Promise<SinceAnswer> => cached(`api/since?${inView(of)}&limit=${limit}`);
export const without = (of: State, limit: number): Promise<WithoutAnswer> => cached(`api/without?${inView(of)}&limit=${limit}`);
export const document_ = (id: string, of: State): Promise<DocumentAnswer> => cached(`api/document/${part(id)}?${lensQuery(of, { hide: true })}`);
export const origins = async (proposition: string): Promise<{ upstream: BackStep[] }[]> =>
  (await cached<{ edges: { upstream: BackStep[] }[] }>(`api/origins/${part(proposition)}`)).edges;

export type EvidenceKey = "bundle" | "claim" | "proposition";
export const evidence = (by: EvidenceKey, id: string, of: State, limit?: number): Promise<Evidence> => cached(`api/evidence?${by}=${part(id)}&${lensQuery(of)}${limit ? `&limit=${limit}` : ""}`);
/** The most lines, claims or edges that the server gives at once. */
export const MOST = 1500;

/** The first of several keys that the server still knows: a bundle's id may not outlive a rebuild, a claim's does. */
export async function evidenceOf(of: State, keys: readonly (readonly [EvidenceKey, string | null])[], limit?: number): Promise<Evidence | null> {
  const asked = keys.filter((key): key is readonly [EvidenceKey, string] => key[1] !== null);
  for (const [index, [by, id]] of asked.entries()) {
    try {
      return await evidence(by, id, of, limit);
    } catch (error) {
      const last = index === asked.length - 1;
      if (last || !(error instanceof Refusal) || ![400, 404].includes(error.status)) throw error;
    }
  }
  return null;
}

/** The word for something that may come bare or labelled. */
export function word(of: Word | { label: string }): string {
  return typeof of === "string" ? of : (of?.label ?? "");
}

/** Its id, where it has one. */
export function idOf(of: Word): string {
  return typeof of === "string" ? of : ((of as Named | null | undefined)?.id ?? "");
}
