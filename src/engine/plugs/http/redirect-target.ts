const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where an answer sends us, or `null` when it is not a redirect (RFC 9110 §15.4). */
export function redirectTarget(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  from: URL,
): URL | null {
  const location = answer.headers.location;
  if (!REDIRECTS.has(answer.status) || location === undefined || !URL.canParse(location, from)) return null;
  const target = new URL(location, from);
  target.hash = "";
  target.username = "";
  target.password = "";
  return target;
}
