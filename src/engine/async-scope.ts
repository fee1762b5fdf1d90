import { AsyncLocalStorage } from "node:async_hooks";

interface Entry {
  readonly outer: Entry | undefined;
}

/**
 * The only one of the engine. Until Node 24 every `AsyncLocalStorage` that was ever run is told of every promise of the process,
 * for good: one for each attempt would make all of them slower and slower.
 */
const storage = new AsyncLocalStorage<Entry>();

export interface AsyncScope<T> {
  /** Do the work; whatever it calls or awaits finds the value. */
  run<R>(value: T, work: () => R): R;
  /** The value of the innermost `run` of this scope around the caller. */
  get(): T | undefined;
}

/**
 * Something that calls know of without being handed it; as many as one likes, each for as long as it is held.
 *
 * @example
 * const scope = asyncScope<Transaction>();
 * scope.run(tx, () => work()); // within, scope.get() is tx
 */
export function asyncScope<T>(): AsyncScope<T> {
  const values = new WeakMap<Entry, T>();
  return {
    run(value, work) {
      const entry: Entry = { outer: storage.getStore() };
      values.set(entry, value);
      return storage.run(entry, work);
    },
    get() {
      for (let entry = storage.getStore(); entry; entry = entry.outer) {
        if (values.has(entry)) return values.get(entry);
      }
      return undefined;
    },
  };
}
