import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { DEFAULT_TENANT, maySeeTenant, type Overview, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { cappedCount } from "../database/capped-count.ts";
import {
  connections,
  deliveries,
  events,
  flowDrifts,
  rejections,
  runs,
  syncConflicts,
} from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { dueDeliveries } from "../queue/drain.ts";
import { DEAD_AFTER_MS } from "../queue/process-register.ts";
import { missingKeys } from "../vars/missing-keys.ts";
import { countLastMinute } from "./count-last-minute.ts";

/** Tenants offered for choosing. */
const MAX_TENANTS = 1_000;

/** Figures for the Hub's frame. All of them cost little however much is stored: see `cappedCount`. */
export async function readOverview(
  engine: Engine,
  principal: Principal,
  query: { readonly tenant?: string | undefined; readonly origin: string },
): Promise<Overview> {
  const { db } = engine.adapter;
  const { tenant, origin } = query;
  const mine = (column: (typeof tenantColumns)[keyof typeof tenantColumns]): SQL =>
    and(seenBy(principal, column), tenant === undefined ? undefined : eq(column, tenant)) ?? sql`true`;
  const count = (query: SQL) => cappedCount(db, query);
  const [
    kept,
    run,
    live,
    dead,
    connected,
    minute,
    rejected,
    conflict,
    drift,
    queue,
    tenants,
    facts,
    secretKeysMissing,
  ] = await Promise.all([
    count(sql`select from khotan_events where ${mine(events.tenant)}`),
    count(sql`select from khotan_runs where ${mine(runs.tenant)}`),
    count(sql`select from khotan_runs where status in ('pending', 'running') and ${mine(runs.tenant)}`),
    count(
      sql`select from khotan_deliveries where status = 'dead' and replayed_at is null and ${mine(deliveries.tenant)}`,
    ),
    count(sql`select from khotan_connections where ${mine(connections.tenant)}`),
    countLastMinute(engine, mine(events.tenant)),
    countRejections(engine, mine(rejections.tenant)),
    count(sql`select from khotan_sync_conflicts where status = 'decided' and ${mine(syncConflicts.tenant)}`),
    count(sql`select from khotan_flow_drifts where status = 'open' and ${mine(flowDrifts.tenant)}`),
    count(sql`${dueDeliveries()} and ${mine(deliveries.tenant)}`),
    listTenants(engine, principal),
    readFacts(engine),
    missingKeys(engine),
  ]);
  return {
    principal: { id: principal.id, name: principal.name ?? principal.id, role: principal.role },
    tenants,
    counts: {
      plugs: engine.registry.definitions.size,
      connections: connected.count,
      eventsLastMinute: minute.count,
      eventsKept: kept.count,
      runsKept: run.count,
      estimated: [kept, run, live, dead, minute, conflict].some((one) => one.estimated),
      runsLive: live.count,
      deadLetters: dead.count,
      rejections: rejected,
      conflicts: conflict.count,
      drifts: drift.count,
    },
    system: {
      ...facts,
      queue: queue.count,
      webhookUrl: engine.settings.webhookUrl ?? origin,
      debug: engine.settings.debug !== "0",
      people: engine.people !== null,
      secretKeysMissing,
    },
  };
}

const tenantColumns = {
  events: events.tenant,
  runs: runs.tenant,
  deliveries: deliveries.tenant,
  connections: connections.tenant,
  rejections: rejections.tenant,
  conflicts: syncConflicts.tenant,
  drifts: flowDrifts.tenant,
};

/** Few rows: refusals are kept in bounded number, see `recordRejection`. */
async function countRejections(engine: Engine, where: SQL): Promise<number> {
  const [row] = await rows(
    engine.adapter.db,
    sql`select coalesce(sum(count), 0) as count from khotan_rejections where received_at > now() - interval '24 hours' and ${where}`,
    z.object({ count: z.coerce.number() }),
  );
  return row?.count ?? 0;
}

async function listTenants(engine: Engine, principal: Principal): Promise<string[]> {
  const found = await engine.adapter.db
    .selectDistinct({ tenant: connections.tenant })
    .from(connections)
    .where(seenBy(principal, connections.tenant))
    .orderBy(asc(connections.tenant))
    .limit(MAX_TENANTS);
  const names = found.map((row) => row.tenant);
  // The default tenant needs no connection to work.
  if (maySeeTenant(principal, DEFAULT_TENANT) && !names.includes(DEFAULT_TENANT)) names.unshift(DEFAULT_TENANT);
  return names;
}

const factsRow = z.object({ processes: z.coerce.number(), postgres: z.string(), bytes: z.coerce.number() });

async function readFacts(
  engine: Engine,
): Promise<Pick<Overview["system"], "processes" | "postgres" | "databaseBytes">> {
  const [row] = await rows(
    engine.adapter.db,
    sql`
      select
        (select count(*) from khotan_processes where heartbeat_at > now() - ${DEAD_AFTER_MS} * interval '1 millisecond') as processes,
        current_setting('server_version') as postgres,
        pg_database_size(current_database()) as bytes
    `,
    factsRow,
  );
  return { processes: row?.processes ?? 0, postgres: row?.postgres ?? "", databaseBytes: row?.bytes ?? 0 };
}
