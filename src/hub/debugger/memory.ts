import { useSyncExternalStore } from "react";

/** Values by key that outlive the component which shows them, until the page is left. */
export interface Memory<T> {
  readonly get: (key: string) => T | undefined;
  readonly set: (key: string, value: T) => void;
  readonly drop: (key: string) => void;
  readonly subscribe: (tell: () => void) => () => void;
}

/** @param limit how many keys are kept; the one that was written longest ago goes first. */
export function createMemory<T>(limit: number): Memory<T> {
  const values = new Map<string, T>();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      values.delete(key);
      values.set(key, value);
      const [oldest] = values.keys();
      if (values.size > limit && oldest !== undefined) values.delete(oldest);
      tell();
    },
    drop: (key) => {
      if (values.delete(key)) tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const useMemory = <T>(memory: Memory<T>, key: string): T | undefined =>
  useSyncExternalStore(
    memory.subscribe,
    () => memory.get(key),
    () => undefined,
  );
