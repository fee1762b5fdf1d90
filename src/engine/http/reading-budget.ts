/** How much of large bodies may be in memory at once. */
export interface ReadingBudget {
  /**
   * Begin to read a body.
   *
   * @param bytes as its sender declared; `null` when it did not
   * @returns what to call when it is stored or given up; `null` when too much is there already.
   */
  begin(bytes: number | null): (() => void) | null;
}

const MOST_BYTES = 32 * 1024 * 1024;
/** What is smaller is always read: a handful of slow senders that declare much must not keep it out. */
const SMALL_BYTES = 256 * 1024;

/** For one that declares nothing: most of them are small, but some hundred at once are too many. */
const ASSUMED_BYTES = 512 * 1024;

const free = () => undefined;

/**
 * Thousands that begin to send at the same moment all find that there is room, and all their bodies would be in memory
 * before the first one is refused.
 *
 * @param mostBytes default 32 MiB
 * @example const end = budget.begin(5_000_000); if (!end) refuse(); try { await read(); } finally { end(); }
 */
export function createReadingBudget(mostBytes = MOST_BYTES): ReadingBudget {
  let reading = 0;
  return {
    begin(declared) {
      const bytes = declared ?? ASSUMED_BYTES;
      if (bytes <= SMALL_BYTES) return free;
      if (reading > 0 && reading + bytes > mostBytes) return null;
      reading += bytes;
      let ended = false;
      return () => {
        if (!ended) reading -= bytes;
        ended = true;
      };
    },
  };
}
