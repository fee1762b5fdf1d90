import type { SignatureInput } from "./signature-input.ts";

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** What is signed, in order: literal texts and the request's own parts. */
export interface SigningTemplate {
  readonly uses: (name: "timestamp" | "url") => boolean;
  /** Names of the headers that are signed. */
  readonly headers: readonly string[];
  /** The signed bytes, piece by piece, so that a large body is not copied. */
  readonly pieces: (input: SignatureInput, url: string, timestamp: string) => (string | Uint8Array)[];
}

type Part = { literal: string } | { name: "timestamp" | "url" | "method" | "body" } | { header: string };

/**
 * Compile `{timestamp}.{body}`. Placeholders: `{timestamp}` as it was sent, `{url}`,
 * `{method}` in upper case, `{body}`, `{header:x-name}`.
 *
 * @throws TypeError for an unknown placeholder, or when the body is not covered.
 */
export function compileSigningTemplate(template: string): SigningTemplate {
  const parts = [...splitTemplate(template)];
  const names = parts.map((part) => ("name" in part ? part.name : ""));
  if (!names.includes("body")) throw new TypeError(`The template "${template}" does not cover {body}.`);
  return {
    uses: (name) => names.includes(name),
    headers: parts.flatMap((part) => ("header" in part ? [part.header] : [])),
    pieces: (input, url, timestamp) =>
      parts.map((part) => {
        if ("literal" in part) return part.literal;
        if ("header" in part) return input.headers[part.header] ?? "";
        const values = { body: input.body, url, timestamp, method: input.method.toUpperCase() };
        return values[part.name];
      }),
  };
}

function* splitTemplate(template: string): Generator<Part> {
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    if (match.index > end) yield { literal: template.slice(end, match.index) };
    yield placeholder(match[1] ?? "", template);
    end = match.index + match[0].length;
  }
  if (end < template.length) yield { literal: template.slice(end) };
}

function placeholder(text: string, template: string): Part {
  if (text === "timestamp" || text === "url" || text === "method" || text === "body") return { name: text };
  if (/^header:[!-~]+$/.test(text)) return { header: text.slice("header:".length).toLowerCase() };
  throw new TypeError(
    `"{${text}}" in the template "${template}" is unknown. Use {timestamp}, {url}, {method}, {body} or {header:x-name}.`,
  );
}
