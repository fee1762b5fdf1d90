export interface WriteBehind {
  /** There is something to write. Cheap: called for every event. */
  noted(): void;
  /** Write what is left. @throws what `write` throws */
  stop(): Promise<void>;
}

/**
 * Write what was noted along the way some seconds later, once for all that was noted meanwhile. It needs no loop of the
 * process's background, which a process that only answers requests may not have. An error is reported, and the next write
 * comes after as long again.
 *
 * @param waitMs from the first note to the write.
 * @example const notes = writeBehind(3_000, flush, report); notes.noted();
 */
export function writeBehind(
  waitMs: number,
  write: () => Promise<void>,
  onError: (error: unknown) => void,
): WriteBehind {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  function noted(): void {
    timer ??= setTimeout(() => {
      current = write().then(
        () => {
          timer = undefined;
        },
        (error: unknown) => {
          onError(error);
          timer = undefined;
          noted();
        },
      );
    }, waitMs).unref();
  }

  return {
    noted,
    async stop() {
      await current;
      clearTimeout(timer);
      timer = undefined;
      await write();
    },
  };
}
