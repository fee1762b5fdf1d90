import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Engine } from "../context.ts";
import { rows, run } from "../database/adapter.ts";
import { cappedCount } from "../database/capped-count.ts";
import { type DeliveryTools, deliver } from "../deliveries/deliver.ts";
import { describeError } from "../describe-error.ts";
import { workOpenJobs } from "../jobs/work-open-jobs.ts";
import { every } from "./every.ts";
import { RENEW_MS, renewLive, sweep } from "./keep-house.ts";

export interface Drained {
  /** Deliveries that were tried. */
  readonly handled: number;
  /** Deliveries that are still due; above 10,000 an estimate. */
  readonly remaining: number;
}

export interface DrainOptions {
  /** No further delivery is begun after this long, in milliseconds; those under way are waited for. Default 20,000. */
  readonly budgetMs?: number;
}

/** Read at once; small, so that several drains at a time do not get in each other's way. */
const BATCH = 50;

const idRow = z.object({ id: z.string() });

/**
 * Handle what is due, in this process, without the queue's worker: for hosts
 * that freeze a process between requests and call `POST /cron` instead.
 *
 * Deliveries are claimed as a worker claims them, so drains and workers may run
 * side by side. What a dead process held is taken back first.
 */
export async function drain(
  engine: Engine,
  tools: DeliveryTools,
  { budgetMs = 20_000 }: DrainOptions = {},
): Promise<Drained> {
  const deadline = performance.now() + budgetMs;
  const tried = new Set<string>();
  let handled = 0;
  const leases = every(
    RENEW_MS,
    () => renewLive(engine, tools.live),
    (error) => engine.log.warn({ error: describeError(error) }, "leases could not be renewed"),
  );
  try {
    await sweep(engine);
    await workOpenJobs(engine, budgetMs / 2);
    while (performance.now() < deadline) {
      const due = await findDue(engine, tried);
      if (due.length === 0) break;
      for (const id of due) tried.add(id);
      await inParallel(due, engine.settings.concurrency, deadline, async (id) => {
        handled++;
        await deliver(engine, tools, id);
      });
      await removeDoneJobs(engine, due);
      // Those that followed are due now, and there may be nobody here later to let them go.
      await engine.gates.idle();
    }
  } finally {
    await leases.stop();
  }
  const remaining = await cappedCount(engine.adapter.db, dueDeliveries());
  return { handled, remaining: remaining.count };
}

/** Deliveries whose time has come. */
export const dueDeliveries = () =>
  sql`select from khotan_deliveries where status in ('pending', 'failed') and held is null and next_attempt_at <= now()`;

/**
 * The oldest first. What was tried already is somebody else's now, or is due again and has had its turn; unless it was
 * held back and has had none.
 */
async function findDue(engine: Engine, tried: ReadonlySet<string>): Promise<string[]> {
  const found = await rows(
    engine.adapter.db,
    sql`
      select id::text as id from khotan_deliveries
      where status in ('pending', 'failed') and held is null and next_attempt_at <= now()
        and (attempts = 0 or id not in (select value::uuid from jsonb_array_elements_text(${JSON.stringify([...tried])}::text::jsonb)))
      order by next_attempt_at limit ${BATCH}
    `,
    idRow,
  );
  return found.map((row) => row.id);
}

async function inParallel(
  ids: readonly string[],
  concurrency: number,
  deadline: number,
  work: (id: string) => Promise<void>,
): Promise<void> {
  const waiting = [...ids];
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined && performance.now() < deadline; id = waiting.shift())
      await work(id);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, ids.length) }, worker));
}

/** No worker will take the jobs of what was handled here; those of another attempt stay. */
async function removeDoneJobs(engine: Engine, ids: readonly string[]): Promise<void> {
  await run(
    engine.adapter.db,
    sql`
      select graphile_worker.remove_job(id::text) from khotan_deliveries
      where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))
        and status not in ('pending', 'failed', 'running')
    `,
  );
}
