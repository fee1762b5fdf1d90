import type { Edit } from "../edit/register.ts";
import { lineEndOf } from "../edit/splice.ts";

/** Lines that a file must have, added at its end. */
export interface WantedLine {
  readonly line: string;
  /** Some other line may do the same. */
  readonly sign: RegExp;
}

/** Add what a file of lines (`.gitignore`, `.env.local`) lacks, after all that is there. */
export function editLines(text: string, wanted: readonly WantedLine[]): Edit {
  const missing = wanted.filter(({ sign }) => !text.split(/\r?\n/).some((line) => sign.test(line.trim())));
  if (missing.length === 0) return { state: "there" };
  const line = lineEndOf(text);
  const before = text === "" || text.endsWith("\n") ? text : text + line;
  return { state: "done", text: before + missing.map((one) => one.line + line).join("") };
}
