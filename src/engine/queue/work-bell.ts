import { sql } from "drizzle-orm";
import { type Adapter, run } from "../database/adapter.ts";
import { WORK_CHANNEL } from "./queue-deliveries.ts";

/** Says that there is new work in the queue, once it is committed. */
export interface WorkBell {
  /** Never throws and is not waited for: whoever misses it looks by itself every two seconds. */
  ring(): void;
  /** Be told of what this process rings for, at once. @returns how to stop. */
  onRing(hear: () => void): () => void;
}

/** Other processes are told at most once in so long: the first time at once, then whatever came meanwhile. */
const GAP_MS = 10;

/**
 * Tell of new work after its commit, this process directly and others by NOTIFY. As part of the statement that stores
 * events a NOTIFY made all commits wait for each other: Postgres takes one lock for the whole server before it writes
 * such a commit to the disk, and wakes every listener for each.
 *
 * @param self payload by which our own listener knows that we have heard it already
 * @example const bell = createWorkBell(adapter, processId); bell.onRing(pump.look); await insertEvents(…); bell.ring();
 */
export function createWorkBell(adapter: Pick<Adapter, "db">, self: string): WorkBell {
  const hearers = new Set<() => void>();
  let resting = false;
  let again = false;

  function tell(): void {
    resting = true;
    again = false;
    const rested = new Promise<void>((resolve) => void setTimeout(resolve, GAP_MS).unref());
    const told = run(adapter.db, sql`select pg_notify(${WORK_CHANNEL}, ${self})`).catch(() => undefined);
    void Promise.all([rested, told]).then(() => {
      resting = false;
      if (again) tell();
    });
  }

  return {
    ring() {
      for (const hear of hearers) hear();
      if (resting) again = true;
      else tell();
    },
    onRing(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
  };
}
