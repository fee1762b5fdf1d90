import type { PlugModel } from "../plug-file/plug-model.ts";
import { isSecretValue } from "./looks-secret.ts";

/** What every browser sends, and what the plug says itself. */
const BROWSER =
  /^(?:accept-encoding|accept-language|access-control-.*|authority|cache-control|connection|content-length|dnt|host|if-modified-since|if-none-match|pragma|priority|sec-.*|te|transfer-encoding|upgrade-insecure-requests|x-requested-with)$/;
/** The page that a browser was on. In a command that somebody wrote it has a meaning. */
const PAGE = /^(?:origin|referer)$/;
const BROWSER_AGENT = /^Mozilla\//;

/** Addresses of pages may hold tokens. */
const isOpenPage = (value: string): boolean =>
  /^https?:\/\/[^?#@]*$/.test(value) && !value.split("/").some(isSecretValue);

/**
 * The headers that belong to the plug: the same for every call, and no secret. Credentials are out of them already.
 *
 * @param contentType what the plug must be told to call its body
 */
export function staticHeaders(
  headers: readonly (readonly [string, string])[],
  contentType: string | undefined,
  warn: (path: string, message: string) => void,
): Pick<PlugModel, "headers" | "idempotencyHeader"> {
  const isCopied = headers.some(
    ([name, value]) => /^sec-/i.test(name) || (/^user-agent$/i.test(name) && BROWSER_AGENT.test(value)),
  );
  const kept: Record<string, string> = {};
  const dropped: string[] = [];
  let idempotencyHeader: string | undefined;
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const isUsual = lower === "accept" && value === "*/*";
    const isBrowser =
      BROWSER.test(lower) ||
      (PAGE.test(lower) && (isCopied || !isOpenPage(value))) ||
      (lower === "user-agent" && BROWSER_AGENT.test(value));
    if (/^(?:x-)?idempotency-key$/.test(lower)) idempotencyHeader = name;
    else if (!/^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name))
      warn("-H", "a header has a name that cannot be one; it is left out");
    else if (isBrowser) dropped.push(lower);
    else if (!isUsual && lower !== "content-type") {
      const before = kept[lower];
      kept[lower] = `${before === undefined ? "" : `${before}, `}${inBytes(lower, value)}`; // RFC 9110 §5.3
    }
  }
  if (contentType !== undefined) kept["content-type"] = contentType;
  if (dropped.length > 0) warn("-H", `left out what only a browser says: ${dropped.join(", ")}`);
  return { headers: kept, idempotencyHeader };

  /** curl sends UTF-8; the characters of a header of `fetch` are bytes. */
  function inBytes(name: string, value: string): string {
    if (/^[\t\x20-\x7e]*$/.test(value)) return value;
    warn("-H", `"${name}" is not ASCII; each byte of its UTF-8 is written as one character`);
    return Buffer.from(value, "utf8").toString("latin1");
  }
}
