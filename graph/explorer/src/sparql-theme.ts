// The look of the editor, from the tokens of the page, which reach into its shadow root.

import { EditorView } from "@codemirror/view";

export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--raised)", fontSize: "0.86rem" },
  "&.cm-focused": { outline: "2.5px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", textAlign: "left" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--accent-wash)" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--muted)", borderRight: "1px solid var(--line)" },
  ".cm-placeholder": { color: "var(--muted)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", color: "var(--mark-ink)" },
  ".cm-tooltip": { border: "1px solid var(--line-strong)", borderRadius: "6px", backgroundColor: "var(--raised)", color: "var(--ink)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-wash)", color: "var(--ink)" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", color: "var(--muted)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionInfo": { maxWidth: "22rem", padding: "0.4rem 0.6rem", fontFamily: "var(--sans)" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", padding: "0.3rem 0.6rem" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--bad)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad)" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--bad)" },
  ".tok-keyword": { color: "light-dark(#6a2c91, #d3a6f0)", fontWeight: "600" },
  ".tok-string": { color: "light-dark(#1e6140, #86d3a8)" },
  ".tok-comment": { color: "var(--muted)", fontStyle: "italic" },
  ".tok-number": { color: "light-dark(#7a4b00, #f0be6a)" },
  ".tok-variableName": { color: "light-dark(#1d4f91, #8fc0f7)" },
  ".tok-url, .tok-typeName, .tok-propertyName, .tok-labelName": { color: "light-dark(#8a2f1b, #f0a58f)" },
});
