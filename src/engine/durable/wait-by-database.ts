import type { createWorld } from "@workflow/world-postgres";
import type pg from "pg";

type World = ReturnType<typeof createWorld>;

/** Less than this is what machines differ by. */
const OFF_SECONDS = 2;
/** How often a process that is behind looks again at what may be due. */
const LOOK_SECONDS = 5;

/**
 * The world puts off a sleep or a retry by the process's clock, and looks for what is due by the database's. A clock that is an
 * hour behind would be asked again at once, and again, for an hour; one that is an hour ahead lets everything rest for an hour longer.
 *
 * Who began a wait, and by what clock, nobody knows any more when it is put off again. So it is put off to the earliest time
 * that may be meant, by the database's clock, and looked at again then.
 */
export const waitByDatabase =
  (pool: Pick<pg.Pool, "query">, create: World["createQueueHandler"]): World["createQueueHandler"] =>
  (prefix, handle) =>
    create(prefix, async (message, meta) => {
      const again = await handle(message, meta);
      if (!again || again.timeoutSeconds <= 0) return again;
      return { timeoutSeconds: putOff(again.timeoutSeconds, await aheadSeconds(pool)) };
    });

/**
 * @param seconds how long it is, as this process believes
 * @param ahead how far this process's clock is ahead of the database's; negative when it is behind
 * @returns what makes the world, which adds it to this process's clock, put it off to the right time. Never 0, which it
 *   would take for "at once": a wait that is shorter than the clock is ahead comes too late.
 */
export const putOff = (seconds: number, ahead: number): number =>
  ahead >= 0 ? Math.max(1, Math.ceil(seconds - ahead)) : Math.ceil(Math.max(LOOK_SECONDS, seconds + ahead) - ahead);

/** How far this process's clock is ahead of the database's; 0 when it cannot be asked, which is no worse than not to ask. */
async function aheadSeconds(pool: Pick<pg.Pool, "query">): Promise<number> {
  try {
    const since = performance.now();
    const from = Date.now();
    const { rows } = await pool.query<{ ms: string }>("select extract(epoch from clock_timestamp()) * 1000 as ms");
    const [theirs] = rows;
    if (!theirs) return 0;
    const ahead = (from + (performance.now() - since) / 2 - Number(theirs.ms)) / 1_000;
    return Math.abs(ahead) < OFF_SECONDS ? 0 : ahead;
  } catch {
    return 0;
  }
}
