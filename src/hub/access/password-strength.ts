export const PASSWORD_MIN = 12;
/** better-auth's limit. */
export const PASSWORD_MAX = 256;

/**
 * Four bars for a password, by length and by how many different characters it has: long beats clever.
 *
 * @returns 0 when it is too short, 1 to 4 otherwise.
 */
export function passwordStrength(password: string): 0 | 1 | 2 | 3 | 4 {
  const length = [...password].length;
  const different = new Set(password).size;
  if (length < PASSWORD_MIN) return 0;
  if (different < 5) return 1;
  if (length >= 20 && different >= 8) return 4;
  if (length >= 16) return 3;
  return different >= 8 ? 2 : 1;
}
