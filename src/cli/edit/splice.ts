/** A piece of text that is put in place of `[start, end)`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all the pieces in place. They must not overlap; of two at one place the first comes first. */
export function splice(text: string, pieces: readonly Splice[]): string {
  const sorted = pieces.map((piece, no) => ({ ...piece, no })).sort((a, b) => b.start - a.start || b.no - a.no);
  return sorted.reduce((all, { start, end, text: piece }) => all.slice(0, start) + piece + all.slice(end), text);
}

/** The white space at the beginning of the line of a place. */
export function indentAt(text: string, place: number): string {
  const line = text.lastIndexOf("\n", place - 1) + 1;
  return /^[\t ]*/.exec(text.slice(line, place))?.[0] ?? "";
}

/** One step of this text's own indentation. */
export const indentOf = (text: string): string => /^(\t| {2,8})\S/m.exec(text)?.[1] ?? "  ";

/** The line ends of this text. */
export const lineEndOf = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");
