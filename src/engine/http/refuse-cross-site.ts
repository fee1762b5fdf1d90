import type { Settings } from "../config.ts";
import { KhotanError } from "../errors.ts";

/**
 * Refuse a change that a page of another site makes with a visitor's cookies.
 *
 * A request with an `Authorization` header is not of that kind: a browser sends
 * none by itself. Else the browser says where the request comes from, by
 * `Sec-Fetch-Site`, or by `Origin` where that is missing (plain http).
 * Source: https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 *
 * @throws KhotanError `forbidden`
 */
export function refuseCrossSite(settings: Pick<Settings, "webhookUrl">, request: Request): void {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method) || request.headers.has("authorization")) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const own =
    site === null ? origin === null || isOwn(settings, request, origin) : site === "same-origin" || site === "none";
  if (own) return;
  throw new KhotanError("forbidden", "This change was asked for by a page of another site.", {
    hint: "Call from a page of this site, or with `Authorization: Bearer <api key>`.",
  });
}

function isOwn(settings: Pick<Settings, "webhookUrl">, request: Request, origin: string): boolean {
  if (!URL.canParse(origin)) return false; // `null`, from a sandboxed frame
  const host = new URL(origin).host;
  const own = [
    new URL(request.url).host,
    request.headers.get("host"),
    request.headers.get("x-forwarded-host"),
    settings.webhookUrl === undefined ? null : new URL(settings.webhookUrl).host,
  ];
  return own.includes(host);
}
