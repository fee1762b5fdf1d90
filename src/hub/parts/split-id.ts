/** An id in two parts: the prefix that names its kind, and the rest or its last characters. */
export function splitId(id: string, tail?: number): { prefix: string; rest: string } {
  const bar = id.indexOf("_");
  const prefix = bar < 0 ? "" : id.slice(0, bar + 1);
  const rest = id.slice(prefix.length);
  return { prefix, rest: tail === undefined ? rest : rest.slice(-tail) };
}
