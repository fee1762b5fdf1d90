/**
 * A payload as text that Postgres can keep as `jsonb`, or `null`: NUL characters
 * and lone surrogates cannot live there. The body's bytes keep them.
 */
export function storableJson(payload: unknown): string | null {
  if (payload === null || payload === undefined) return null;
  const text = JSON.stringify(payload);
  // After stringify, valid pairs are real characters; what is still escaped is NUL or a lone surrogate.
  return /\\u(0000|d[89a-f][0-9a-f]{2})/i.test(text) ? null : text;
}

/** A short text made safe for a `text` column. */
export const storableText = (value: string, maxLength: number): string =>
  value.replaceAll("\u0000", "").toWellFormed().slice(0, maxLength);
