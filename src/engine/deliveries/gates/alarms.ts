/** Things to do at a known time in this process. What is missed, because the process ends, the sweep of another one does. */
export interface Alarms {
  /** Set or move an alarm. @param inMs 0 or less: soon */
  set(name: string, inMs: number, ring: () => Promise<unknown>): void;
  clear(name: string): void;
  stop(): void;
}

/** A timer's limit. Whoever needs longer is found by the sweep. */
const LONGEST_MS = 2 ** 31 - 1;

export function createAlarms(onError: (error: unknown) => void): Alarms {
  const timers = new Map<string, NodeJS.Timeout>();
  let stopped = false;
  const clear = (name: string) => {
    clearTimeout(timers.get(name));
    timers.delete(name);
  };
  return {
    set(name, inMs, ring) {
      clear(name);
      if (stopped) return;
      const timer = setTimeout(
        () => {
          timers.delete(name);
          ring().catch(onError);
        },
        Math.min(LONGEST_MS, Math.max(0, inMs)),
      );
      timers.set(name, timer.unref());
    },
    clear,
    stop() {
      stopped = true;
      for (const name of [...timers.keys()]) clear(name);
    },
  };
}
