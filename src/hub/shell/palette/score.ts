/**
 * How well an entry of the palette fits what was typed: 1 when its name begins so, less for the start of a word
 * in it, for a place in it, and for one of its other words; 0 hides it. Several words must all fit.
 *
 * @example score("payment-failed-to-slack handler:hdl_1", "slack") // 0.8
 */
export function score(value: string, search: string, keywords: readonly string[] = []): number {
  const name = value.toLowerCase();
  const others = keywords.join(" ").toLowerCase();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  return Math.min(
    ...words.map((word) => {
      if (name.startsWith(word)) return 1;
      if (new RegExp(`[\\s._-]${quote(word)}`).test(name)) return 0.8;
      if (name.includes(word)) return 0.6;
      return others.includes(word) ? 0.4 : 0;
    }),
  );
}

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
