const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One value in COPY's text format; `null` is `\N`. Source: PostgreSQL documentation, COPY, "Text Format". */
export const copyText = (value: string | null): string =>
  value === null ? "\\N" : value.replace(/[\\\n\r\t]/g, (letter) => ESCAPES[letter] ?? letter);
