import type { Settings } from "../config.ts";

/**
 * The origin under which a browser sees this hub, e.g. `https://hub.example.com`. The host is the one that was asked; that
 * it is https is known from the browser, from a proxy in front, or from KHOTAN_WEBHOOK_URL for the same host.
 */
export function publicOrigin(settings: Pick<Settings, "webhookUrl">, request: Request): string {
  const asked = new URL(request.url);
  const host = hostOf(request.headers.get("x-forwarded-host")) ?? hostOf(request.headers.get("host")) ?? asked.host;
  const known = [request.headers.get("origin"), settings.webhookUrl ?? null].flatMap((url) =>
    url !== null && URL.canParse(url) && new URL(url).host === host ? [new URL(url).origin] : [],
  );
  const proto = request.headers.get("x-forwarded-proto") ?? asked.protocol.slice(0, -1);
  return known[0] ?? new URL(`${proto === "https" ? "https" : "http"}://${host}`).origin;
}

/** A host and nothing else, so that what a header says cannot reach into the path. */
function hostOf(header: string | null): string | null {
  if (header === null || !URL.canParse(`http://${header}`)) return null;
  const url = new URL(`http://${header}`);
  return url.href === `http://${url.host}/` ? url.host : null;
}
