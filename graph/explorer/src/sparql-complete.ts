// Completion: terms of the vocabulary with what they mean, keywords, variables of the query.

import { pickedCompletion, startCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { Prec } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";
import { h } from "./dom";
import { d } from "./drawer-strings";
import { vocabulary, type Vocabulary, type Word } from "./sparql-words";

const KEYWORDS = "SELECT DISTINCT WHERE GRAPH OPTIONAL FILTER BIND VALUES UNION MINUS ORDER BY GROUP BY HAVING LIMIT OFFSET COUNT ASK CONSTRUCT DESCRIBE EXISTS NOT PREFIX AS GROUP_CONCAT".split(" ");
const BOOST: Record<string, number> = { property: 2, class: 1, concept: 0, content: 0 };
export const OURS = "say";

/** Space after nothing is a space; Ctrl+Space, as everywhere, completes. */
export const enterStart = Prec.high(keymap.of([{ key: "Ctrl-Space", run: startCompletion }]));

function declares(text: string, prefix: string): boolean {
  return new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(text);
}

/** Insert a term, and the line that says what its prefix means unless it is there. */
function insert(prefix: string, iri: string): (view: EditorView, completion: Completion, from: number, to: number) => void {
  return (view, completion, from, to) => {
    const needed = !declares(view.state.doc.toString(), prefix);
    const line = needed ? `PREFIX ${prefix}: <${iri}>\n` : "";
    view.dispatch({
      changes: [...(needed ? [{ from: 0, insert: line }] : []), { from, to, insert: completion.label }],
      selection: { anchor: from + line.length + completion.label.length },
      annotations: pickedCompletion.of(completion),
    });
  };
}

function about(word: Word): () => Node {
  return () => h("div", {}, h("strong", {}, word.label), ` · ${d.kinds[word.kind] ?? word.kind}`, h("p", {}, word.definition));
}

function option(word: Word, known: Vocabulary): Completion {
  return {
    label: `${OURS}:${word.name}`,
    detail: word.label,
    info: about(word),
    apply: insert(OURS, known.prefixes[OURS] ?? ""),
    boost: BOOST[word.kind] ?? 0,
  };
}

function prefixes(known: Vocabulary): Completion[] {
  return Object.entries(known.prefixes).map(([name, iri]) => ({ label: `${name}:`, detail: iri, apply: insert(name, iri), boost: -1 }));
}

function variables(text: string): Completion[] {
  return [...new Set(text.match(/[?$]\w+/g) ?? [])].map((label) => ({ label }));
}

export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[?$]?[\w-]*:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const text = context.state.doc.toString();
  if (/^[?$]/.test(word.text)) return { from: word.from, options: variables(text).filter((each) => each.label !== word.text), validFor: /^[?$]\w*$/ };
  const known = await vocabulary().catch(() => null);
  if (!known || context.aborted) return null;
  const terms = known.terms.map((each) => option(each, known));
  const keywords = word.text.includes(":") ? [] : KEYWORDS.map((label) => ({ label, boost: -2 }));
  return { from: word.from, options: [...terms, ...prefixes(known), ...keywords], validFor: /^[\w-]*:?[\w-]*$/ };
}
