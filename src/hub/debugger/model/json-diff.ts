import { jsonPath } from "../../parts/code/json-shape.ts";
import { isObject } from "./schema.ts";

interface JsonChange {
  readonly kind: "added" | "removed" | "changed";
  /** As one would write it: `items[0].price`; empty for the whole. */
  readonly path: string;
  readonly before?: unknown;
  readonly now?: unknown;
}

export interface JsonDiff {
  readonly changes: readonly JsonChange[];
  /** There are more than were listed. */
  readonly more: boolean;
}

const MAX_CHANGES = 500;

/** What is different between two JSON values, in the order of the newer one. Items of a list are compared by their place. */
export function jsonDiff(before: unknown, now: unknown): JsonDiff {
  const changes: JsonChange[] = [];
  let more = false;
  const add = (change: Omit<JsonChange, "path">, path: readonly string[], arrays: readonly boolean[]) => {
    if (changes.length < MAX_CHANGES) changes.push({ ...change, path: jsonPath(path, arrays) });
    else more = true;
  };
  const walk = (a: unknown, b: unknown, path: readonly string[], arrays: readonly boolean[]): void => {
    if (more || a === b) return;
    if (Array.isArray(a) && Array.isArray(b)) {
      for (let at = 0; at < Math.max(a.length, b.length) && !more; at++) {
        const [deeper, kinds] = [
          [...path, String(at)],
          [...arrays, true],
        ];
        if (at >= a.length) add({ kind: "added", now: b[at] }, deeper, kinds);
        else if (at >= b.length) add({ kind: "removed", before: a[at] }, deeper, kinds);
        else walk(a[at], b[at], deeper, kinds);
      }
      return;
    }
    if (isObject(a) && isObject(b)) {
      for (const name of new Set([...Object.keys(b), ...Object.keys(a)])) {
        const [deeper, kinds] = [
          [...path, name],
          [...arrays, false],
        ];
        if (!Object.hasOwn(a, name)) add({ kind: "added", now: b[name] }, deeper, kinds);
        else if (!Object.hasOwn(b, name)) add({ kind: "removed", before: a[name] }, deeper, kinds);
        else walk(a[name], b[name], deeper, kinds);
      }
      return;
    }
    add({ kind: "changed", before: a, now: b }, path, arrays);
  };
  walk(before, now, [], []);
  return { changes, more };
}
