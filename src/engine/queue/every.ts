export interface Loop {
  /** Run it now, or as soon as the run under way ends, and not sooner after it than `gapMs`. */
  nudge(): void;
  stop(): Promise<void>;
}

/**
 * Do something again and again, never twice at once; an error is reported and
 * the next round comes all the same.
 *
 * @param intervalMs pause between the end of one round and the start of the next.
 * @param gapMs the least pause, however often somebody nudges: what is told one by one is then looked at together. Default 0.
 */
export function every(
  intervalMs: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
  gapMs = 0,
): Loop {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let again = false;
  let current: Promise<void> | null = null;
  let endedAt = Number.NEGATIVE_INFINITY;

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
    again = false;
    current = round().then(() => {
      current = null;
      endedAt = performance.now();
      if (again) soon();
      else if (!stopped) wait(intervalMs);
    });
  }

  function wait(forMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(start, forMs);
    timer.unref();
  }

  /** Now, or when the gap is over. */
  function soon(): void {
    const left = stopped ? 0 : gapMs - (performance.now() - endedAt);
    if (left > 0) wait(left);
    else start();
  }

  wait(intervalMs);
  return {
    nudge() {
      if (current) again = true;
      else soon();
    },
    async stop() {
      stopped = true;
      again = false;
      clearTimeout(timer);
      await current;
    },
  };
}
