import { isObject, type Path } from "./schema.ts";

/** The value at a place; `undefined` when there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) current = typeof step === "number" ? current[step] : undefined;
    else if (isObject(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}

/**
 * The same value with another one at a place; what is on the way is made. `undefined` takes a property away.
 *
 * @example changeValue({ a: 1 }, ["b", "c"], 2) // { a: 1, b: { c: 2 } }
 */
export function changeValue(value: unknown, path: Path, next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (typeof step === "number") {
    const list: unknown[] = Array.isArray(value) ? [...value] : [];
    list[step] = changeValue(list[step], rest, next);
    return list;
  }
  const before = isObject(value) ? value : {};
  const changed = changeValue(Object.hasOwn(before, step) ? before[step] : undefined, rest, next);
  if (changed !== undefined) return { ...before, [step]: changed };
  const { [step]: _gone, ...others } = before;
  return others;
}
