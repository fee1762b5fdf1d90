import { sql } from "drizzle-orm";
import { makeWorkerUtils } from "graphile-worker";
import { type Adapter, run } from "../database/adapter.ts";
import type { Logger } from "../logger.ts";
import { graphileLogger } from "./graphile-logger.ts";
import { DELIVER_TASK } from "./queue-deliveries.ts";

const LOCK = 7_316_204_113;

/** Create or update the queue's own tables. Processes that start at once take turns. */
export async function prepareQueue(adapter: Adapter, log: Logger): Promise<void> {
  await adapter.db.transaction(async (tx) => {
    await run(tx, sql`select pg_advisory_xact_lock(${LOCK}::bigint)`);
    const utils = await makeWorkerUtils({ connectionString: adapter.url, maxPoolSize: 1, logger: graphileLogger(log) });
    try {
      await utils.migrate();
      // `queueDeliveries` looks the task up; the queue's own functions make it when they need it.
      await run(
        tx,
        sql`insert into graphile_worker._private_tasks (identifier) values (${DELIVER_TASK}) on conflict do nothing`,
      );
    } finally {
      await utils.release();
    }
  });
}
