import { useSyncExternalStore } from "react";

/** One timer for the whole page, running only while somebody looks. */
const listeners = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const tell of listeners) tell();
    }, 1_000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const read = () => {
  if (timer === undefined && Math.abs(Date.now() - now) > 1_000) now = Date.now();
  return now;
};

/** The time in milliseconds, refreshed once a second. 0 while rendering on the server. */
export const useNow = (): number => useSyncExternalStore(subscribe, read, () => 0);

const never = () => () => undefined;

/** The time when this was first shown; does not tick. For what will not change any more. */
export const useStillNow = (): number => useSyncExternalStore(never, read, () => 0);
