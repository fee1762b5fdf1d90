/**
 * A secret that nobody can guess: 256 random bits as 43 characters that need no quoting anywhere.
 *
 * @example makeSecret() // "3q2-7wEjZk…"
 */
export function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
