/** An id in two parts: the prefix that names its kind, and the rest or its last characters. */
export function splitId(id: string, tail?: number): { prefix: string; rest: string } {
  const bar = id.indexOf("_");
  const prefix = bar < 0 ? "" : id.slice(0, bar + 1);
  const rest = id.slice(prefix.length);
  return { prefix, rest: tail === undefined ? rest : rest.slice(-tail) };
}

/** "run_9t3kfw0c": what a table shows. The last characters, since ids that are close in time begin alike. */
export function shortId(id: string): string {
  const { prefix, rest } = splitId(id, 8);
  return prefix + rest;
}
