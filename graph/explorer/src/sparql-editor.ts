// The editor. It stands in a shadow root: there CodeMirror adopts constructed sheets, where in the
// page it would add a <style> element, which the policy forbids.

import { autocompletion, closeCompletion, completionKeymap, completionStatus } from "@codemirror/autocomplete";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { minimalSetup } from "codemirror";
import { SparqlLanguage } from "codemirror-lang-sparql";
import { h } from "./dom";
import { d } from "./drawer-strings";
import { complete, enterStart } from "./sparql-complete";
import { theme } from "./sparql-theme";
import { vocabulary, type Vocabulary } from "./sparql-words";

export interface Handlers {
  run(): void;
  leave(): void;
  change(): void;
}

const CLASSES = ["keyword", "string", "comment", "number", "variableName", "typeName", "propertyName", "labelName", "url", "name", "literal", "namespace"];

/** Classes by the name of a tag, or of one that it specialises. */
const highlighter = {
  style: (tags: readonly { set: readonly unknown[] }[]): string | null => {
    const names = tags.flatMap((tag) => tag.set.map(String));
    const found = CLASSES.find((name) => names.includes(name));
    return found ? `tok-${found}` : null;
  },
};

/** What is typed over a selection: the browser would keep the look of what it replaces as inline style. */
const replacing = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    if (event.inputType !== "insertText" || event.data === null || event.isComposing || view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    event.preventDefault();
    return true;
  },
});

export class Editor {
  readonly element = h("div", { class: "editor", "data-testid": "editor" });
  private readonly view: EditorView;

  constructor(handlers: Handlers) {
    const root = this.element.attachShadow({ mode: "open" });
    // Keys belong to the editor while it has the keyboard: "s" is a letter here.
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
    const keys = [
      { key: "Mod-Enter", run: (view: EditorView) => (closeCompletion(view), handlers.run(), true) },
      {
        key: "Escape",
        // A list still looked for ("pending") is not seen: it takes no key for itself, and does not come up later.
        run: (view: EditorView) => {
          const shown = completionStatus(view.state) === "active";
          closeCompletion(view);
          if (!shown) handlers.leave();
          return true;
        },
      },
    ];
    this.view = new EditorView({
      root,
      parent: root,
      extensions: [
        Prec.highest(keymap.of(keys)),
        minimalSetup,
        lineNumbers(),
        lintGutter(),
        bracketMatching(),
        SparqlLanguage,
        syntaxHighlighting(highlighter),
        autocompletion({ override: [complete], icons: false }),
        keymap.of(completionKeymap),
        enterStart,
        placeholder(example),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": d.editor, "aria-description": d.editorHint, dir: "ltr", tabindex: "0" }),
        replacing,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) handlers.change();
        }),
        theme,
      ],
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    if (text === this.text) return;
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  focus(): void {
    this.view.focus();
  }

  /** Mark where the server found a mistake; without a line, nothing is marked. */
  complain(message: string, line: number, column: number): void {
    const { doc } = this.view.state;
    if (!line) return this.clear();
    const at = doc.line(Math.min(Math.max(1, line), doc.lines));
    const from = column ? Math.min(at.from + column - 1, at.to) : at.from;
    const to = column ? Math.max(from, Math.min(at.to, wordEnd(at.text, from - at.from) + at.from)) : at.to;
    this.view.dispatch(setDiagnostics(this.view.state, [{ from, to, severity: "error", message }]), { effects: EditorView.scrollIntoView(from) });
  }

  clear(): void {
    this.view.dispatch(setDiagnostics(this.view.state, []));
  }
}

/** A first query that runs as it stands; nothing is shown until the prefix is known. */
function example(): HTMLElement {
  const shown = h("span", { "data-testid": "example" });
  const fill = ({ prefixes }: Vocabulary): void => {
    shown.textContent = `PREFIX say: <${prefixes["say"]}> SELECT ?claim ?status { ?claim say:reportedStatus ?status } LIMIT 20`;
  };
  vocabulary().then(fill, () => undefined);
  return shown;
}

function wordEnd(line: string, at: number): number {
  const rest = /^\S+/.exec(line.slice(at));
  return at + (rest ? rest[0].length : 0);
}
