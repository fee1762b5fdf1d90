/**
 * The cookie that ties a consent to the browser that began it: without it anybody could be led to finish somebody else's
 * consent, and connect the wrong account (RFC 9700 §4.7). One for each consent, so that two may run side by side.
 */
export interface ConsentCookie {
  readonly name: string;
  readonly value: string;
}

/** @param stateHash hexadecimal; its beginning names the cookie and gives nothing away. */
export const cookieName = (stateHash: string): string => `khotan_consent_${stateHash.slice(0, 16)}`;

/** `Lax`, because the provider sends the browser back by a link of another site. */
export function setCookie(
  cookie: ConsentCookie,
  options: { path: string; secure: boolean; maxAgeSec: number },
): string {
  const { path, secure, maxAgeSec } = options;
  const parts = [`${cookie.name}=${cookie.value}`, `Path=${path}`, `Max-Age=${maxAgeSec}`, "HttpOnly", "SameSite=Lax"];
  return [...parts, ...(secure ? ["Secure"] : [])].join("; ");
}

/** The value of a cookie of a request; `null` when it has none. */
export function readCookie(header: string | null, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const [key, value] = part.split("=", 2);
    if (key?.trim() === name && value !== undefined) return value.trim();
  }
  return null;
}
