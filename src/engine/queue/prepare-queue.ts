import { sql } from "drizzle-orm";
import { makeWorkerUtils } from "graphile-worker";
import { type Adapter, run } from "../database/adapter.ts";
import type { Logger } from "../logger.ts";
import { graphileLogger } from "./graphile-logger.ts";

const LOCK = 7_316_204_113;

/** Create or update the queue's own tables. Processes that start at once take turns. */
export async function prepareQueue(adapter: Adapter, log: Logger): Promise<void> {
  await adapter.db.transaction(async (tx) => {
    await run(tx, sql`select pg_advisory_xact_lock(${LOCK}::bigint)`);
    const utils = await makeWorkerUtils({ connectionString: adapter.url, maxPoolSize: 1, logger: graphileLogger(log) });
    try {
      await utils.migrate();
    } finally {
      await utils.release();
    }
  });
}
