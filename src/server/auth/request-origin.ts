/**
 * The origin a browser used for this request, e.g. `https://hub.example.com`. The forwarding headers are those our
 * server has cleaned, or the hosting platform has set.
 */
export const originOf = (request: Request): string => {
  const { headers } = request;
  const url = new URL(request.url);
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? url.host;
  const proto = headers.get("x-forwarded-proto") ?? url.protocol.slice(0, -1);
  const origin = `${proto === "https" ? "https" : "http"}://${host}`;
  return URL.canParse(origin) ? new URL(origin).origin : url.origin;
};

/** Does another site's page send this? Programs send no origin. */
export const isForeign = (request: Request): boolean => {
  const origin = request.headers.get("origin");
  return origin !== null && origin !== originOf(request);
};

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * May this request act on the strength of a cookie? Reading always; changing only from a page of ours, which the
 * browser vouches for by `Sec-Fetch-Site` or, on plain http, by `Origin`. Without either it is no page, and a program
 * has a key.
 */
export const mayUseCookie = (request: Request): boolean => {
  if (SAFE_METHODS.has(request.method)) return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  return request.headers.get("origin") === originOf(request);
};
