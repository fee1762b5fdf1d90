const URL_PARTS = /^(https?):\/\/([^/?#]*)(.*)$/i;

/**
 * The spellings of a URL that Twilio may have signed: it sometimes adds and
 * sometimes drops the standard port, and its own SDKs try both.
 */
export function twilioUrls(url: string): readonly string[] {
  const parts = URL_PARTS.exec(url);
  if (parts === null) return [url];
  const [, protocol = "", authority = "", rest = ""] = parts;
  const bare = authority.replace(/:\d+$/, "");
  const port = protocol.toLowerCase() === "https" ? 443 : 80;
  const withPort = authority === bare ? `${bare}:${port}` : authority;
  return [...new Set([url, `${protocol}://${bare}${rest}`, `${protocol}://${withPort}${rest}`])];
}
