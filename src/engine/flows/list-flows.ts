import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import {
  countersSchema,
  encodeId,
  type FlowKind,
  type FlowRecord,
  type Principal,
  RUN_SOURCES,
  RUN_STATUSES,
} from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { flowDrifts, flows, plugs, schedules } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { jsonSchemaOf } from "../debug/json-schema.ts";
import type { LiveFlow } from "../registry/registry.ts";
import { cronTicks } from "./cron-ticks.ts";

/** Runs shown with each flow, and times of each schedule. */
const SHOWN = 5;

/** The registered flows by plug and name, with their schedules and newest runs. */
export async function listFlows(
  engine: Engine,
  principal: Principal,
  query: { readonly plug?: string; readonly kind?: FlowKind; readonly id?: string },
): Promise<FlowRecord[]> {
  const live = engine.registry
    .flows()
    .filter(
      ({ id, plug, definition }) =>
        (query.id === undefined || id === query.id) &&
        (query.plug === undefined || plug === query.plug) &&
        (query.kind === undefined || definition.kind === query.kind),
    );
  if (live.length === 0) return [];
  const ids = live.map((flow) => flow.id);
  const { db } = engine.adapter;
  const [flowRows, scheduleRows, paused, runs] = await Promise.all([
    db
      .select({ id: flows.id, enabled: flows.enabled, createdAt: flows.createdAt, plugEnabled: plugs.enabled })
      .from(flows)
      .innerJoin(plugs, eq(plugs.name, flows.plug))
      .where(inArray(flows.id, ids)),
    db
      .select()
      .from(schedules)
      .where(and(inArray(schedules.flowId, ids), isNull(schedules.retiredAt)))
      .orderBy(asc(schedules.variant)),
    db
      .select({ flowId: flowDrifts.flowId, tenant: flowDrifts.tenant })
      .from(flowDrifts)
      .where(and(seenBy(principal, flowDrifts.tenant), inArray(flowDrifts.flowId, ids), eq(flowDrifts.status, "open")))
      .orderBy(asc(flowDrifts.tenant)),
    newestRuns(engine, principal, ids),
  ]);
  const rowOf = new Map(flowRows.map((row) => [row.id, row]));
  return live.flatMap((flow) => {
    const row = rowOf.get(flow.id);
    if (!row) return [];
    const own = scheduleRows.filter((one) => one.flowId === flow.id);
    return [
      {
        ...describe(flow),
        enabled: row.enabled,
        schedules: own.map((one) => scheduleRecord(one, row.enabled && row.plugEnabled, engine.clock.now())),
        pausedFor: paused.filter((one) => one.flowId === flow.id).map((one) => one.tenant),
        runs: runs.get(flow.id) ?? [],
        createdAt: row.createdAt.toISOString(),
      },
    ];
  });
}

function describe({ id, plug, definition }: LiveFlow) {
  const { kind, name, resource, destination, execution, variants, overlap, concurrency, maxDurationMs, body } =
    definition;
  return {
    id: encodeId("flow", id),
    plug,
    kind,
    name,
    resource,
    destination,
    execution: execution.type,
    variants: [...variants],
    bodySchema: body === null ? null : { ...jsonSchemaOf(body) },
    overlap,
    concurrency,
    maxDurationMs,
  };
}

function scheduleRecord(
  row: typeof schedules.$inferSelect,
  flowIsOn: boolean,
  now: number,
): FlowRecord["schedules"][number] {
  // What is due this very moment is the next one; the others follow it.
  const first = row.nextAt?.getTime() ?? null;
  const fires = flowIsOn && row.enabled && first !== null;
  const next = fires ? [first, ...cronTicks(row.cron, row.timeZone, Math.max(first, now), SHOWN - 1)] : [];
  return {
    id: encodeId("schedule", row.id),
    flowId: encodeId("flow", row.flowId),
    variant: row.variant === "" ? null : row.variant,
    cron: row.cron,
    timeZone: row.timeZone,
    enabled: row.enabled,
    nextAt: fires ? new Date(first).toISOString() : null,
    lastFiredAt: row.lastFiredAt?.toISOString() ?? null,
    next: next.map((at) => new Date(at).toISOString()),
  };
}

const newestRow = z.object({
  id: z.string(),
  flow_id: z.string(),
  tenant: z.string(),
  variant: z.string().nullable(),
  status: z.enum(RUN_STATUSES),
  source: z.enum(RUN_SOURCES),
  counters: z.string().transform((text) => countersSchema.parse(JSON.parse(text))),
  created_at: z.coerce.date(),
  started_at: z.coerce.date().nullable(),
  finished_at: z.coerce.date().nullable(),
});

/** The newest of each flow that the caller may see, by one walk down each flow's own index. */
async function newestRuns(
  engine: Engine,
  { tenants }: Principal,
  flowIds: readonly string[],
): Promise<Map<string, FlowRecord["runs"]>> {
  const seen = tenants === "*" ? null : JSON.stringify(tenants);
  const found = await rows(
    engine.adapter.db,
    sql`
      select r.id::text, r.flow_id::text, r.tenant, r.variant, r.status, r.source, r.counters::text, r.created_at,
        r.started_at, r.finished_at
      from jsonb_array_elements_text(${JSON.stringify(flowIds)}::text::jsonb) as f(id)
      cross join lateral (
        select * from khotan_runs
        where flow_id = f.id::uuid and (
          ${seen}::text is null or tenant in (select jsonb_array_elements_text(${seen}::text::jsonb))
        )
        order by id desc limit ${SHOWN}
      ) r
    `,
    newestRow,
  );
  const byFlow = new Map<string, FlowRecord["runs"]>();
  for (const row of found) {
    const run = {
      id: encodeId("run", row.id),
      tenant: row.tenant,
      variant: row.variant,
      status: row.status,
      source: row.source,
      counters: row.counters,
      createdAt: row.created_at.toISOString(),
      startedAt: row.started_at?.toISOString() ?? null,
      finishedAt: row.finished_at?.toISOString() ?? null,
    };
    byFlow.set(row.flow_id, [...(byFlow.get(row.flow_id) ?? []), run]);
  }
  return byFlow;
}
