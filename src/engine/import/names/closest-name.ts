/**
 * The known name that somebody probably meant, or nothing.
 *
 * @example closestName("reposGte", ["reposGet", "issuesList"]) // "reposGet"
 */
export function closestName(wanted: string, known: Iterable<string>): string | undefined {
  const target = wanted.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(target.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - target.length) >= least) continue;
    const edits = editDistance(target, name.toLowerCase(), least);
    if (edits < least) [best, least] = [name, edits];
  }
  return best;
}

/** Levenshtein's distance, or `limit` when it is at least that. */
function editDistance(a: string, b: string, limit: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) >= limit) return limit;
    row = next;
  }
  return row.at(-1) ?? limit;
}
