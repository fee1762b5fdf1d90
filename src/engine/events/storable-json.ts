/** Deeper JSON is kept as bytes alone: code that walks it, ours and Postgres', would run out of stack. */
const MAX_DEPTH = 500;

/**
 * A payload as text that Postgres can keep as `jsonb`, or `null`: NUL characters
 * and lone surrogates cannot live there, and what is nested deeper than 500
 * levels is refused. The body's bytes keep all of it.
 */
export function storableJson(payload: unknown): string | null {
  if (payload === null || payload === undefined) return null;
  const text = asText(payload);
  if (text === undefined || isDeep(text)) return null;
  // After stringify, valid pairs are real characters; what is still escaped is NUL or a lone surrogate.
  return /\\u(0000|d[89a-f][0-9a-f]{2})/i.test(text) ? null : text;
}

function asText(payload: unknown): string | undefined {
  try {
    return JSON.stringify(payload);
  } catch (error) {
    // Out of stack some thousand levels down, where parsing has no end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{` differ in this bit alone, and so do `]` and `}`. */
const CURLY = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

function isDeep(json: string): boolean {
  if (json.length < 2 * MAX_DEPTH) return false;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) quoted = !quoted;
    else if (quoted) at += code === BACKSLASH ? 1 : 0;
    else if ((code | CURLY) === OPENING) depth++;
    else if ((code | CURLY) === CLOSING) depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** What most texts are, and what needs no care. */
const PLAIN = /^[\x20-\x7e]*$/;

/** A short text made safe for a `text` column. */
export const storableText = (value: string, maxLength: number): string =>
  value.length <= maxLength && PLAIN.test(value)
    ? value
    : value.replaceAll("\u0000", "").toWellFormed().slice(0, maxLength);
