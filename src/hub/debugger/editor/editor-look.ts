import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The editor in the Hub's colours, light and dark: all of them are the theme's own variables. */
export const editorLook = [
  EditorView.theme({
    "&": { color: "var(--foreground)", backgroundColor: "transparent", maxHeight: "60vh" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--font-machine)", fontSize: "12px", lineHeight: "19px", overflow: "auto" },
    ".cm-content": { caretColor: "var(--foreground)", padding: "8px 0", minHeight: "144px" },
    ".cm-cursor": { borderLeftColor: "var(--foreground)" },
    ".cm-gutters": { backgroundColor: "transparent", color: "var(--faint-foreground)", border: "none" },
    ".cm-lineNumbers .cm-gutterElement": { padding: "0 4px 0 10px", minWidth: "28px" },
    ".cm-activeLine": { backgroundColor: "transparent" },
    "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in oklch, var(--accent) 55%, transparent)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: "color-mix(in oklch, var(--primary) 26%, transparent)",
    },
    ".cm-selectionMatch": { backgroundColor: "var(--primary-soft)" },
    "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent)", outline: "1px solid var(--border-strong)" },
    ".cm-foldPlaceholder": {
      backgroundColor: "var(--accent)",
      border: "none",
      color: "var(--muted-foreground)",
      padding: "0 6px",
    },
    ".cm-lintRange-error": {
      backgroundImage: "none",
      textDecoration: "underline wavy var(--st-failed) 1px",
      textUnderlineOffset: "3px",
    },
    ".cm-tooltip": {
      backgroundColor: "var(--popover)",
      border: "1px solid var(--border-strong)",
      borderRadius: "6px",
      boxShadow: "var(--shadow-lg)",
      fontFamily: "var(--font-words)",
    },
    ".cm-diagnostic": { padding: "4px 8px", fontSize: "12px" },
    ".cm-diagnostic-error": { borderLeft: "2px solid var(--st-failed)" },
    ".cm-panels": { backgroundColor: "var(--muted)", color: "var(--foreground)", fontFamily: "var(--font-words)" },
    ".cm-panels-top": { borderBottom: "1px solid var(--border)" },
    ".cm-panel input, .cm-panel button": {
      backgroundImage: "none",
      backgroundColor: "var(--card)",
      border: "1px solid var(--input)",
      borderRadius: "4px",
    },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: "var(--code-key)" },
      { tag: tags.string, color: "var(--code-string)" },
      { tag: tags.number, color: "var(--code-number)" },
      { tag: [tags.bool, tags.null], color: "var(--code-literal)" },
    ]),
  ),
];
