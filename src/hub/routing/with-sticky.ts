/** Parameters that hold for the whole Hub and therefore travel from room to room. */
const STICKY = ["tenant"] as const;

/**
 * Add to a target what must not be lost on the way there.
 *
 * @param search the query string of now.
 * @param keepAll take all of it along, not only what is sticky. What the target names itself wins.
 * @example withSticky("/runs?status=failed", "?tenant=acme&q=x", false) // "/runs?status=failed&tenant=acme"
 */
export function withSticky(to: string, search: string, keepAll: boolean): string {
  const [path = "", own = ""] = to.split("?", 2);
  const target = new URLSearchParams(own);
  const current = new URLSearchParams(search);
  for (const [key, value] of current) {
    const stays = keepAll || STICKY.some((name) => name === key);
    if (stays && !target.has(key)) target.set(key, value);
  }
  // Commas and colons are legal in a query and are what people read and type.
  const text = target.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  const clean = path === "/" ? "" : path;
  return text === "" ? clean : `${clean}?${text}`;
}
