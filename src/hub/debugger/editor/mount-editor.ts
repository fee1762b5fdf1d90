import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json, jsonParseLinter } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, syntaxTree } from "@codemirror/language";
import { type Diagnostic, forceLinting, linter } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import type { Path } from "../model/schema.ts";
import { editorLook } from "./editor-look.ts";
import { locatePath } from "./locate-path.ts";

export interface EditorHandle {
  /** Put another text in; what is there already stays untouched, with its cursor. */
  readonly setText: (text: string) => void;
  readonly lintAgain: () => void;
  readonly destroy: () => void;
}

interface EditorOptions {
  readonly text: string;
  readonly label: string;
  readonly onChange: (text: string) => void;
  readonly onSend: () => void;
  readonly issues: () => readonly { readonly path: Path; readonly text: string }[];
}

/** Make a CodeMirror in an element. */
export function mountEditor(
  parent: HTMLElement,
  { text, label, onChange, onSend, issues }: EditorOptions,
): EditorHandle {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        bracketMatching(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        json(),
        linter((current) => problems(current, issues()), { delay: 200 }),
        editorLook,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        keymap.of([
          // Sends from within the editor too; CodeMirror would open a new line.
          {
            key: "Mod-Enter",
            run: () => {
              onSend();
              return true;
            },
          },
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
        ]),
      ],
    }),
  });
  return {
    setText: (next) => {
      const { doc } = view.state;
      if (doc.toString() !== next) view.dispatch({ changes: { from: 0, to: doc.length, insert: next } });
    },
    lintAgain: () => forceLinting(view),
    destroy: () => view.destroy(),
  };
}

const readsAsJson = jsonParseLinter();

/** First what is no JSON; when it is, what does not fit the schema. */
function problems(view: EditorView, issues: readonly { readonly path: Path; readonly text: string }[]): Diagnostic[] {
  const { doc } = view.state;
  if (doc.toString().trim() === "") return [];
  const broken = readsAsJson(view);
  if (broken.length > 0) return broken;
  const tree = syntaxTree(view.state);
  return issues.map(({ path, text }) => {
    const { from, to } = locatePath(tree, (start, end) => doc.sliceString(start, end), path);
    const name = typeof path.at(-1) === "string" ? `${path.at(-1)}: ` : "";
    return { from, to: Math.max(to, Math.min(from + 1, doc.length)), severity: "error", message: name + text };
  });
}
