/**
 * A text with places where it may break into lines, as in Wadler, "A prettier printer" (1998). `layOut` decides.
 */
export type Doc = string | readonly Doc[] | Line | Indent | Group | IfBreak | Fill;

interface Line {
  readonly kind: "line";
  /** What stands there when the line is not broken. */
  readonly flat: string;
  readonly hard: boolean;
}

interface Indent {
  readonly kind: "indent";
  readonly content: Doc;
}

export interface Group {
  readonly kind: "group";
  readonly content: Doc;
  readonly broken: boolean;
  /** Other ways to write it, from the flattest to the longest; the first that fits is taken. */
  readonly states?: readonly Doc[];
  /** Reported by `layOut` when the group was broken. */
  readonly mark?: object;
}

interface IfBreak {
  readonly kind: "ifBreak";
  readonly broken: Doc;
}

/** As many on a line as fit. */
interface Fill {
  readonly kind: "fill";
  readonly parts: readonly string[];
}

export const LINE: Doc = { kind: "line", flat: " ", hard: false };
export const SOFT_LINE: Doc = { kind: "line", flat: "", hard: false };
export const HARD_LINE: Doc = { kind: "line", flat: "", hard: true };

export const indent = (content: Doc): Doc => ({ kind: "indent", content });
/** Only written when the group around it is broken. */
export const ifBreak = (broken: Doc): Doc => ({ kind: "ifBreak", broken });
export const fill = (parts: readonly string[]): Doc => ({ kind: "fill", parts });

/** Written on one line when it fits, else all its lines are broken. A hard line inside breaks it anyway. */
export const group = (content: Doc, options: { readonly broken?: boolean; readonly mark?: object } = {}): Doc => ({
  kind: "group",
  content,
  broken: (options.broken ?? false) || willBreak(content),
  ...(options.mark ? { mark: options.mark } : {}),
});

/** The first of these that fits. What breaks inside does not break this group. */
export const firstThatFits = (states: readonly Doc[]): Doc => ({
  kind: "group",
  content: states[0] ?? "",
  broken: false,
  states,
});

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));
}

const isList = (doc: Doc): doc is readonly Doc[] => Array.isArray(doc);

/** Whether there is a line in it that must be broken. */
export function willBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(willBreak);
  switch (doc.kind) {
    case "line":
      return doc.hard;
    case "indent":
      return willBreak(doc.content);
    case "group":
      return doc.broken || willBreak(doc.content);
    default:
      return false;
  }
}
