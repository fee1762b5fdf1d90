/**
 * Where to go after signing in. Only a path of this site: a link must not use our door to lead elsewhere.
 *
 * @example safeNext("/hub/runs?status=failed", "/hub") // "/hub/runs?status=failed"
 */
export function safeNext(next: string | null | undefined, fallback: string): string {
  if (!next?.startsWith("/") || next.startsWith("//") || next.includes("\\")) return fallback;
  const origin = "http://here.invalid";
  try {
    const url = new URL(next, origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : fallback;
  } catch {
    return fallback;
  }
}
