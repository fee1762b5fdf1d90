import { REDACTED } from "../security/redaction.ts";

/** One place where two values differ; `null` where one has nothing. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly now: unknown;
}

/** More than a person reads; the rest is left out. */
const MAX_DIFFERENCES = 200;
const MAX_DEPTH = 50;

/**
 * Where two JSON values differ, by path. Lists are compared place by place. Pure.
 *
 * @example diffJson("body", { a: [1, 2] }, { a: [1, 3] }) // [{ path: "body.a[1]", before: 2, now: 3 }]
 */
export function diffJson(path: string, before: unknown, now: unknown): Difference[] {
  const found: Difference[] = [];
  compare(path, before, now, 0);
  return found;

  function compare(at: string, old: unknown, fresh: unknown, depth: number): void {
    if (found.length >= MAX_DIFFERENCES || Object.is(old, fresh)) return;
    if (old === REDACTED || fresh === REDACTED) return; // hidden: cannot be compared
    if (Array.isArray(old) && Array.isArray(fresh) && depth < MAX_DEPTH) {
      for (let i = 0; i < Math.max(old.length, fresh.length); i++) compare(`${at}[${i}]`, old[i], fresh[i], depth + 1);
      return;
    }
    if (isRecord(old) && isRecord(fresh) && depth < MAX_DEPTH) {
      for (const key of new Set([...Object.keys(old), ...Object.keys(fresh)]))
        compare(
          `${at}.${key}`,
          Object.hasOwn(old, key) ? old[key] : undefined,
          Object.hasOwn(fresh, key) ? fresh[key] : undefined,
          depth + 1,
        );
      return;
    }
    if (depth >= MAX_DEPTH && JSON.stringify(old) === JSON.stringify(fresh)) return;
    found.push({ path: at, before: old ?? null, now: fresh ?? null });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
