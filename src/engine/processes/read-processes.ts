import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { encodeId, type Principal, type Processes } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { cappedCount } from "../database/capped-count.ts";
import { deliveries, runs } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { jobsSeenBy } from "../jobs/list-jobs.ts";
import { dueDeliveries } from "../queue/drain.ts";
import { DEAD_AFTER_MS } from "../queue/process-register.ts";

const MAX_PROCESSES = 200;

const processRow = z.object({
  id: z.string(),
  role: z.string(),
  host: z.string(),
  pid: z.number(),
  version: z.string(),
  started: z.coerce.number(),
  beat: z.coerce.number(),
  alive: z.boolean(),
});

/** Which processes share the work, the oldest first, and what waits for them of the tenants the principal may see. */
export async function readProcesses(engine: Engine, principal: Principal): Promise<Processes> {
  const { db } = engine.adapter;
  const mine = seenBy(principal, deliveries.tenant) ?? sql`true`;
  const count = (query: SQL) => cappedCount(db, query);
  const [found, due, oldest, running, retrying, held, jobs, flows] = await Promise.all([
    rows(
      db,
      sql`
        select id::text, role, split_part(host, ' ', 1) as host, pid, version, extract(epoch from started_at) * 1000 as started,
          extract(epoch from heartbeat_at) * 1000 as beat,
          heartbeat_at > now() - ${DEAD_AFTER_MS} * interval '1 millisecond' as alive
        from khotan_processes order by started_at, id limit ${MAX_PROCESSES}
      `,
      processRow,
    ),
    count(sql`${dueDeliveries()} and ${mine}`),
    oldestDue(engine, mine),
    count(sql`select from khotan_deliveries where status = 'running' and ${mine}`),
    count(
      sql`select from khotan_deliveries where status = 'failed' and held is null and next_attempt_at > now() and ${mine}`,
    ),
    count(sql`select from khotan_deliveries where status in ('pending', 'failed') and held is not null and ${mine}`),
    count(sql`select from khotan_jobs where status = 'running' and ${jobsOf(principal)}`),
    count(
      sql`select from khotan_runs where status = 'running' and kind in ('inflow', 'outflow', 'relay') and ${seenBy(principal, runs.tenant) ?? sql`true`}`,
    ),
  ]);
  return {
    items: found.map((row) => ({
      id: encodeId("process", row.id),
      role: row.role,
      host: row.host,
      pid: row.pid,
      version: row.version,
      startedAt: new Date(row.started).toISOString(),
      heartbeatAt: new Date(row.beat).toISOString(),
      alive: row.alive,
      self: row.id === engine.processId,
    })),
    queue: {
      due: due.count,
      oldestDueAt: oldest,
      running: running.count,
      retrying: retrying.count,
      held: held.count,
      estimated: [due, running, retrying, held].some((one) => one.estimated),
      jobsRunning: jobs.count,
      flowsRunning: flows.count,
    },
  };
}

const jobsOf = (principal: Principal): SQL => {
  const seen = jobsSeenBy(principal);
  return seen ? sql`id in (select ${sql.identifier("khotan_jobs")}.id from khotan_jobs where ${seen})` : sql`true`;
};

async function oldestDue(engine: Engine, mine: SQL): Promise<string | null> {
  const [row] = await rows(
    engine.adapter.db,
    sql`
      select extract(epoch from next_attempt_at) * 1000 as since from khotan_deliveries
      where status in ('pending', 'failed') and held is null and next_attempt_at <= now() and ${mine}
      order by next_attempt_at limit 1
    `,
    z.object({ since: z.coerce.number() }),
  );
  return row ? new Date(row.since).toISOString() : null;
}
