import type { FieldRule } from "../../contract/index.ts";

/** `a.b[0].c` as steps; `null` for what is no path. Names with dots in them need the list form. */
export function readPath(text: string): (string | number)[] | null {
  const steps: (string | number)[] = [];
  const pattern = /(?:^|\.)([^.[\]]+)|\[(\d{1,9})\]/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) return null;
    steps.push(match[1] ?? Number(match[2]));
  }
  return steps.length > 0 ? steps : null;
}

/** What a rule finds in a record, before it is transformed; `undefined` where there is nothing. */
export function sourceValue(rule: FieldRule, record: unknown): unknown {
  const { sourcePath } = rule;
  const steps =
    sourcePath === undefined
      ? [rule.source ?? rule.target]
      : typeof sourcePath === "string"
        ? (readPath(sourcePath) ?? [])
        : sourcePath;
  let found: unknown = record;
  for (const step of steps) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = new Map<string, unknown>(Object.entries(found)).get(String(step));
  }
  return found;
}
