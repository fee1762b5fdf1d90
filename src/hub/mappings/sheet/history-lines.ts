export interface HistoryLine {
  /** `connect sku`, `shop`, `metadata note`. */
  readonly part: "connect" | "ref" | "metadata" | "merged";
  readonly name: string;
  readonly before: string;
  readonly now: string;
}

const inside = (value: unknown): Map<string, unknown> =>
  new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);

const text = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/**
 * What a change of a mapping did, value by value. Empty when it cannot be told.
 *
 * @param data as the API gives it: `before` and `after`, or `from`, `into` and `dropped` of a merge.
 */
export function historyLines(data: Readonly<Record<string, unknown>>): HistoryLine[] {
  if ("from" in data || "into" in data) {
    const into = inside(inside(data.into).get("refs"));
    const from = inside(inside(data.from).get("refs"));
    const dropped = inside(data.dropped);
    return [...from].map(([name, ref]) => ({
      part: "ref",
      name,
      before: dropped.has(name) ? text(ref) : "",
      now: dropped.has(name) ? "" : into.get(name) === ref ? "" : text(ref),
    }));
  }
  const [before, after] = [inside(data.before), inside(data.after)];
  const parts = [
    ["connect", "connect"],
    ["refs", "ref"],
    ["metadata", "metadata"],
  ] as const;
  return parts.flatMap(([field, part]): HistoryLine[] => {
    const [old, young] = [inside(before.get(field)), inside(after.get(field))];
    return [...new Set([...old.keys(), ...young.keys()])]
      .filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(young.get(name)))
      .map((name) => ({ part, name, before: text(old.get(name)), now: text(young.get(name)) }));
  });
}
