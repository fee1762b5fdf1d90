/** Of the connection that it came by, or set anew by whoever sends it on. */
const NOT_FORWARDED =
  /^(host|connection|content-length|transfer-encoding|keep-alive|te|trailer|upgrade|expect|cookie|forwarded|x-forwarded-.*|x-real-ip|proxy-.*|cf-.*|x-request-id|content-encoding)$/;

/** The headers of a kept request that may be sent again: neither those of the connection nor those that were blanked out. */
export function forwardedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) => !NOT_FORWARDED.test(name.toLowerCase()) && value !== "[redacted]",
    ),
  );
}
