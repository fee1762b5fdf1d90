export type TokenKind = "key" | "string" | "number" | "literal" | "plain";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const PATTERN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** Cut one line of JSON into what is coloured and what is not. Text that is no JSON comes back plain. */
export function jsonTokens(line: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(PATTERN)) {
    if (match.index > end) tokens.push({ kind: "plain", text: line.slice(end, match.index) });
    const [whole, quoted, colon, number] = match;
    if (quoted !== undefined) {
      tokens.push({ kind: colon === undefined ? "string" : "key", text: quoted });
      if (colon) tokens.push({ kind: "plain", text: colon });
    } else tokens.push({ kind: number === undefined ? "literal" : "number", text: whole });
    end = match.index + whole.length;
  }
  if (end < line.length) tokens.push({ kind: "plain", text: line.slice(end) });
  return tokens;
}

/** Class names per kind of token. */
export const TOKEN_CLASSES: Record<TokenKind, string | undefined> = {
  key: "text-code-key",
  string: "text-code-string",
  number: "text-code-number",
  literal: "text-code-literal",
  plain: undefined,
};
