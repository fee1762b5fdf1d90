import type { ExchangeDetail } from "../../contract/index.ts";
import { type ShellPart, shellWord } from "./shell-word.ts";

export type CurlRequest = Pick<ExchangeDetail, "plug" | "method" | "url" | "requestHeaders" | "requestBody">;

/** curl writes these itself, and better. */
const OWN_HEADERS: ReadonlySet<string> = new Set(["host", "connection", "content-length", "transfer-encoding"]);

/**
 * Write a call as a curl command for a POSIX shell. What was redacted becomes a variable named after the plug and the
 * place, for whoever runs it to set.
 *
 * @example
 * toCurl(exchange)
 * // curl 'https://api.example.com/items?limit=2' \
 * //   -H "authorization: $STRIPE_AUTHORIZATION"
 * Source: https://curl.se/docs/manpage.html
 */
export function toCurl(request: CurlRequest): string {
  const { method, url, requestHeaders, requestBody } = request;
  const place = placeholders(request.plug);
  const lines = [
    `curl${methodOption(method)}${/[[\]{}]/.test(url.replaceAll(HIDDEN, "")) ? " -g" : ""} ${shellWord(place(url, urlName))}`,
  ];
  const notes: string[] = [];
  for (const [name, value] of Object.entries(requestHeaders).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (OWN_HEADERS.has(name)) continue;
    if (name === "accept-encoding") lines.push("--compressed");
    // curl drops a header without a value, unless it ends with a semicolon.
    else lines.push(`-H ${shellWord(value === "" ? [`${name};`] : [`${name}: `, ...place(value, () => name)])}`);
  }
  if (requestBody) {
    if (requestHeaders["content-type"] === undefined) lines.push("-H content-type:");
    if (requestBody.text === null) {
      notes.push("# The body was not kept: put it into the file body.");
      lines.push("--data-binary @body");
    } else {
      if (requestBody.truncated) notes.push(`# The body was cut off: ${requestBody.size} bytes went out.`);
      lines.push(`--data-raw ${shellWord(place(requestBody.text, fieldName))}`);
    }
  }
  return [...notes, lines.join(" \\\n  ")].join("\n");
}

/** A HEAD asked for with -X would wait for a body that never comes. */
function methodOption(method: string): string {
  if (method === "GET") return "";
  return method === "HEAD" ? " --head" : ` -X ${shellWord([method])}`;
}

/** As the redactor writes it, plain or inside a form. */
const HIDDEN = /\[redacted\]|%5Bredacted%5D/g;

/** Cut a text at its redacted places; `nameOf` says what stands there, from the text before. */
function placeholders(plug: string): (text: string, nameOf: (before: string) => string | null) => ShellPart[] {
  const prefix = variableName(plug);
  let nameless = 0;
  return (text, nameOf) => {
    const parts: ShellPart[] = [];
    let end = 0;
    for (const match of text.matchAll(HIDDEN)) {
      const before = text.slice(end, match.index);
      const name = nameOf(text.slice(Math.max(0, match.index - 200), match.index));
      parts.push(before, { variable: `${prefix}_${name === null ? `SECRET_${++nameless}` : variableName(name)}` });
      end = match.index + match[0].length;
    }
    return [...parts, text.slice(end)];
  };
}

/** The prefix keeps a field called `path` from becoming `$PATH`. */
const variableName = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toUpperCase()
    .replace(/^(?=\d)/, "_");

function urlName(before: string): string | null {
  if (before.endsWith("://")) return "userinfo";
  return /[?&#]([^=&#]+)=$/.exec(before)?.[1] ?? null;
}

const fieldName = (before: string): string | null =>
  (/"([^"\\]+)"\s*:\s*"$/.exec(before) ?? /(?:^|&)([^=&]+)=$/.exec(before) ?? /<([\w.-]+)[^<>]*>$/.exec(before))?.[1] ??
  null;
