import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Adapter, rows } from "../database/adapter.ts";
import { readStored, writeStored } from "../database/stored-setting.ts";
import { countExchanges } from "./count-exchanges.ts";
import { countRuns } from "./count-runs.ts";
import { countWires } from "./count-wires.ts";
import { foldHours } from "./fold-hours.ts";
import { nextWindow, readTimes, rollStateSchema } from "./roll-window.ts";
import { sampleBacklog } from "./sample-backlog.ts";
import { writeFigures } from "./write-figures.ts";

const LOCK = 7_316_204_114;
/** Where the state is stored. */
export const ROLL_STATE = "rollups";

/** `busy`: another process does it. `behind`: there is more to count, go on at once. */
export type Rolled = "done" | "behind" | "busy";

/**
 * Bring the figures up to date: one round, by one process at a time.
 *
 * Figures are derived from the tables and never counted along the way, so the
 * hot path pays nothing for them and a process that dies takes none with it. A
 * round that dies is rolled back and done again by whoever comes next.
 */
export async function rollMinutes(adapter: Adapter): Promise<Rolled> {
  return await adapter.db.transaction(async (tx) => {
    const [lock] = await rows(
      tx,
      sql`select pg_try_advisory_xact_lock(${LOCK}::bigint) as mine`,
      z.object({ mine: z.boolean() }),
    );
    if (!lock?.mine) return "busy";
    // First the open transactions, then what is committed: one that ends in between is seen twice rather than never.
    const { now, oldest } = await readTimes(tx);
    const window = nextWindow(await readStored(tx, ROLL_STATE, rollStateSchema), now, oldest);
    for (const count of [countRuns, countWires, countExchanges]) await writeFigures(tx, count(window));
    if (window.to === null) await sampleBacklog(tx);
    const next = window.again ? await foldHours(tx, window.next, now) : window.next;
    await writeStored(tx, ROLL_STATE, next);
    return window.to === null ? "done" : "behind";
  });
}
