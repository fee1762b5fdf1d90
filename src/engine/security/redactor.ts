import { secretSpellings } from "./secret-spellings.ts";

export const REDACTED = "[redacted]";

/** Removes known secret values from texts. */
export interface Redactor {
  readonly text: (text: string) => string;
}

const NOTHING_KNOWN: Redactor = { text: (text) => text };

/**
 * Compile the secrets once and use them for many texts, e.g. for a run's log.
 * One pass over the text, whatever the number of secrets; no pattern backtracks.
 *
 * @param secretValues values of four characters or more; shorter ones are ignored.
 * @example const { text } = createRedactor([apiKey, signingSecret]);
 */
export function createRedactor(secretValues: Iterable<string>): Redactor {
  if (Array.isArray(secretValues) && secretValues.length === 0) return NOTHING_KNOWN;
  const spellings = [...new Set([...secretValues].flatMap((secret) => [...secretSpellings(secret)]))];
  if (spellings.length === 0) return NOTHING_KNOWN;
  // The longest first: where one secret is the beginning of another, the rest must not be left over.
  const alternatives = spellings.sort((a, b) => b.length - a.length).map(escapeRegExp);
  const pattern = new RegExp(alternatives.join("|"), "g");
  return { text: (text) => text.replace(pattern, REDACTED) };
}

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
