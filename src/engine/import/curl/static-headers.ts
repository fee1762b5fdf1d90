import type { PlugModel } from "../plug-file/plug-model.ts";
import type { CurlRequest } from "./curl-request.ts";

/** What every browser sends, and what the plug says itself. */
const BROWSER =
  /^(?:accept-encoding|accept-language|access-control-.*|cache-control|connection|content-length|dnt|host|if-modified-since|if-none-match|origin|pragma|priority|referer|sec-.*|te|transfer-encoding|upgrade-insecure-requests|x-requested-with)$/;

/**
 * The headers that belong to the plug: the same for every call, and no secret. Credentials are out of them already.
 */
export function staticHeaders(
  headers: readonly (readonly [string, string])[],
  { body }: CurlRequest,
  warn: (path: string, message: string) => void,
): Pick<PlugModel, "headers" | "idempotencyHeader"> {
  const kept: Record<string, string> = {};
  const dropped: string[] = [];
  let idempotencyHeader: string | undefined;
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const isUsual = lower === "accept" && value === "*/*";
    const isBrowser = BROWSER.test(lower) || (lower === "user-agent" && value.startsWith("Mozilla/"));
    if (/^(?:x-)?idempotency-key$/.test(lower)) idempotencyHeader = name;
    else if (!/^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name))
      warn("-H", "a header has a name that cannot be one; it is left out");
    else if (isBrowser) dropped.push(lower);
    else if (!isUsual && !(lower === "content-type" && (!body || isOwnType(value)))) kept[lower] = value;
  }
  if (dropped.length > 0) warn("-H", `left out what only a browser says: ${dropped.join(", ")}`);
  return { headers: kept, idempotencyHeader };
}

/** The plug says these by itself. */
const isOwnType = (value: string): boolean =>
  /^(?:application\/json|application\/x-www-form-urlencoded|text\/plain|application\/octet-stream|multipart\/form-data)\b/i.test(
    value,
  );
