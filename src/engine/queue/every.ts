export interface Loop {
  /** Run it now, or as soon as the run under way ends. */
  nudge(): void;
  stop(): Promise<void>;
}

/**
 * Do something again and again, never twice at once; an error is reported and
 * the next round comes all the same.
 *
 * @param intervalMs pause between the end of one round and the start of the next.
 */
export function every(intervalMs: number, work: () => Promise<void>, onError: (error: unknown) => void): Loop {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let again = false;
  let current: Promise<void> | null = null;

  async function round(): Promise<void> {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
  }

  function start(): void {
    clearTimeout(timer);
    if (stopped) return;
    current = round().then(() => {
      current = null;
      if (again) {
        again = false;
        start();
      } else if (!stopped) {
        timer = setTimeout(start, intervalMs);
        timer.unref();
      }
    });
  }

  timer = setTimeout(start, intervalMs);
  timer.unref();
  return {
    nudge() {
      if (current) again = true;
      else start();
    },
    async stop() {
      stopped = true;
      again = false;
      clearTimeout(timer);
      await current;
    },
  };
}
