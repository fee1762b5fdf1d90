/** How values of one enum column are made to fit. */
export interface EnumCoercion {
  /** What a source says, and what the column calls it: `{ live: "active" }`. Compared like the values themselves. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Instead of a value that fits nothing; without it such a value is refused. */
  readonly fallback?: string | null;
}

/** `In Progress`, `in-progress` and `IN_PROGRESS` are the same word. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");

/**
 * The enum value that is meant, whatever its case and punctuation.
 *
 * @example coerceEnum("In Progress", ["open", "in_progress"]) // "in_progress"
 * @throws TypeError when none is meant and there is no fallback.
 */
export function coerceEnum(value: unknown, values: readonly string[], coercion: EnumCoercion = {}): string | null {
  const text = String(value);
  const { aliases = {}, fallback } = coercion;
  const alias = Object.hasOwn(aliases, text) ? aliases[text] : undefined;
  if (alias !== undefined) return alias;
  if (values.includes(text)) return text;
  const wanted = bare(text);
  const same = values.filter((one) => bare(one) === wanted);
  // Two values that differ in case only: guessing would be worse than asking.
  if (same.length === 1 && same[0] !== undefined) return same[0];
  const [, meant] = Object.entries(aliases).find(([from]) => bare(from) === wanted) ?? [];
  if (meant !== undefined) return meant;
  if (fallback !== undefined) return fallback;
  throw new TypeError(`"${text.slice(0, 60)}" is none of ${values.join(", ")}.`);
}
