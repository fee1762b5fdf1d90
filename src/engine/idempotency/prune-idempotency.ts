import { sql } from "drizzle-orm";
import { type Adapter, run } from "../database/adapter.ts";
import { KEPT_HOURS } from "./once-by-key.ts";

/** Forget answers whose time is over, some at a time. */
export async function pruneIdempotency(adapter: Adapter): Promise<void> {
  await run(
    adapter.db,
    sql`
      delete from khotan_idempotency where (principal, key) in (
        select principal, key from khotan_idempotency
        where created_at < now() - ${KEPT_HOURS} * interval '1 hour' limit 1000
      )
    `,
  );
}
