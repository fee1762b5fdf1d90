/**
 * Give a record an own property, whatever its name: assigned, `__proto__`, which may be the name of a header, would be
 * lost. `Object.fromEntries` does the same, with a pair for each property to throw away.
 */
export function setOwn<T>(record: Record<string, T>, name: string, value: T): void {
  if (name !== "__proto__") record[name] = value;
  else Object.defineProperty(record, name, { value, enumerable: true, writable: true, configurable: true });
}
