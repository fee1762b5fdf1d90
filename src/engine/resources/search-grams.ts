/**
 * What makes "contains" fast on any Postgres: every three letters in a row as a
 * number, kept beside the text in an `integer[]` with a GIN index, which asks
 * for no extension. A row that contains a text has all of the text's numbers;
 * the reverse is checked on the text itself.
 */
export function gramsOf(text: string): number[] {
  const letters = [...text.toLowerCase()].map((letter) => (letter.codePointAt(0) ?? 0) & 1023);
  const grams = new Set<number>();
  for (let at = 0; at + 2 < letters.length; at++) {
    grams.add(((letters[at] ?? 0) << 20) | ((letters[at + 1] ?? 0) << 10) | (letters[at + 2] ?? 0));
  }
  return [...grams];
}

/**
 * Every third number of a text, and its last: they cover all its letters. The others would rule out little more, and the
 * index reads a list for each.
 *
 * @example coveringGrams("abcdefgh") // of "abc", "def" and "fgh"
 */
export function coveringGrams(text: string): number[] {
  const length = [...text].length;
  const letters = [...text.toLowerCase()];
  if (letters.length !== length) return gramsOf(text); // a letter that is two in lower case
  const grams = new Set<number>();
  for (let at = 0; at + 2 < length; at += 3)
    for (const gram of gramsOf(letters.slice(at, at + 3).join(""))) grams.add(gram);
  for (const gram of gramsOf(letters.slice(-3).join(""))) grams.add(gram);
  return [...grams];
}

/** A resource or a tenant as a number below zero, so that a search skips the rows of others within the index. */
export function scopeGram(kind: "resource" | "tenant", name: string): number {
  let hash = 0x811c9dc5; // FNV-1a
  for (const byte of Buffer.from(`${kind}:${name}`)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return -(hash & 0x7fffffff) - 1;
}

/** All numbers of a stored text. */
export const storedGrams = (resource: string, tenant: string, text: string): number[] => [
  scopeGram("resource", resource),
  scopeGram("tenant", tenant),
  ...gramsOf(text),
];
