/**
 * One of many, as well as an ending tells; the word itself when it does not look like a plural.
 *
 * @example singular("companies") // "company"
 */
export function singular(word: string): string {
  if (/(?:ss|us|is|news)$/i.test(word) || !/s$/i.test(word) || word.length < 4) return word;
  if (/ies$/i.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sses|xes|zes|ches|shes|tuses)$/i.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}
