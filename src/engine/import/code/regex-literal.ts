/** What a backslash may stand before because it means something there. */
const MEANINGFUL = /[dDwWsSbBnrtvfkpPxu0-9^$\\.*+?()[\]{}|/]/;
const MEANINGFUL_IN_CLASS = /[dDwWsSbnrtvfpPxu0-9\\\]]/;
/** Escapes of control characters; Biome takes them for mistakes, and nobody can see them. */
const CONTROL = /\\x[01][0-9a-f]|\\u00[01][0-9a-f]|\\u\{0*[01]?[0-9a-f]\}|\\c[a-z]|\\0/i;

/**
 * A pattern of a document as a regex literal that says the same and has no superfluous escapes. `null` for patterns that
 * JavaScript does not understand, or that linters object to whatever one does.
 *
 * @example regexLiteral("^[\\w\\.]+$") // "/^[\\w.]+$/"
 */
export function regexLiteral(pattern: string): string | null {
  if (pattern === "" || /[^\x20-\x7e]/.test(pattern) || CONTROL.test(pattern)) return null;
  const flags = /\\[pP]\{|\\u\{/.test(pattern) ? "u" : "";
  if (!compiles(pattern, flags)) return null;
  const source = flags === "u" ? pattern.replaceAll(/(?<!\\)\//g, "\\/") : tidy(pattern);
  if (source === null || / {2}/.test(source) || /\[\^?\]/.test(source) || !compiles(source, flags)) return null;
  return `/${source}/${flags}`;
}

function compiles(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

function tidy(pattern: string): string | null {
  let out = "";
  let inClass = false;
  let classStart = -1;
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] ?? "";
    if (character === "\\") {
      const next = pattern[++index];
      if (next === undefined) return null;
      const first =
        inClass && (index - 1 === classStart + 1 || (pattern[classStart + 1] === "^" && index - 1 === classStart + 2));
      const edge = first || pattern[index + 1] === "]";
      const keep = inClass
        ? MEANINGFUL_IN_CLASS.test(next) || (next === "-" && !edge) || (next === "^" && first)
        : MEANINGFUL.test(next);
      out += keep ? `\\${next}` : next;
    } else if (character === "/" && !inClass) out += "\\/";
    else {
      if (character === "[" && !inClass) {
        inClass = true;
        classStart = index;
      } else if (character === "]" && inClass) inClass = false;
      out += character;
    }
  }
  return out.replaceAll(/ {2,}/g, (spaces) => ` {${spaces.length}}`);
}
