import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";

/** Less than this is what machines differ by. */
const OFF_MS = 5_000;

const row = z.object({ ms: z.coerce.number() });

/**
 * Compare this process's clock with the database's, by which all of them go: says so in the log when it is off by more than
 * 5 s, and when it is right again, and keeps `khotan_clock_offset_seconds`.
 *
 * @returns one look.
 */
export function watchClock({
  adapter,
  clock,
  log,
  metrics,
}: Pick<Engine, "adapter" | "clock" | "log" | "metrics">): () => Promise<void> {
  let isOff = false;
  return async () => {
    const [from, since] = [clock.now(), performance.now()];
    const [theirs] = await rows(adapter.db, sql`select extract(epoch from clock_timestamp()) * 1000 as ms`, row);
    if (!theirs) return;
    // They were asked some time between; the clock may have stepped meanwhile, so that time is measured by another one.
    const tookMs = performance.now() - since;
    const offMs = from + tookMs / 2 - theirs.ms;
    metrics.clockOff(offMs / 1_000);
    const nowOff = Math.abs(offMs) - tookMs / 2 > OFF_MS;
    if (nowOff === isOff) return;
    isOff = nowOff;
    const seconds = Math.round(Math.abs(offMs) / 1_000);
    if (nowOff)
      log.warn(
        { offsetSeconds: Math.round(offMs / 1_000) },
        `this process's clock is ${seconds} s ${offMs > 0 ? "ahead of" : "behind"} the database's: set it right. Signatures that carry a time may be refused, and workflows' sleeps end at the wrong time`,
      );
    else log.info({}, "this process's clock agrees with the database's again");
  };
}
