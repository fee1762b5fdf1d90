import { sql } from "drizzle-orm";
import { z } from "zod";
import { newUuid } from "../../contract/index.ts";
import { rows, run, type Transaction } from "../database/adapter.ts";
import type { Definitions } from "../registry/definitions.ts";
import { nextTick } from "./cron-ticks.ts";

const flowRow = z.object({ id: z.string(), plug: z.string(), name: z.string() });

/**
 * Write the registered flows and when they fire. What is no longer registered is
 * retired. A schedule that did not change keeps its next time, also one that has
 * passed: what was missed while nobody ran is caught up.
 *
 * @param now milliseconds since the epoch; new schedules fire after it.
 */
export async function registerFlows(tx: Transaction, definitions: Definitions, now: number): Promise<void> {
  const all = [...definitions.values()].flatMap(({ plug, flows }) => flows.map((flow) => ({ plug: plug.name, flow })));
  const input = all.map(({ plug, flow }) => ({
    id: newUuid(),
    plug,
    kind: flow.kind,
    name: flow.name,
    resource: flow.resource,
    destination: flow.destination,
    variants: flow.variants,
    execution: flow.execution.type,
  }));
  const stored = await rows(
    tx,
    sql`
      insert into khotan_flows as f (id, plug, kind, name, resource, destination, variants, execution)
      select id, plug, kind, name, resource, destination, variants, execution
      from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as x(
        id uuid, plug text, kind text, name text, resource text, destination text, variants jsonb, execution text
      )
      on conflict (plug, name) do update set
        kind = excluded.kind, resource = excluded.resource, destination = excluded.destination,
        variants = excluded.variants, execution = excluded.execution, retired_at = null, updated_at = now()
      returning f.id::text, f.plug, f.name
    `,
    flowRow,
  );
  const idOf = new Map(stored.map((row) => [`${row.plug}/${row.name}`, row.id]));
  const schedules = all.flatMap(({ plug, flow }) =>
    flow.schedules.map(({ variant, cron, timeZone }) => ({
      id: newUuid(),
      flow_id: idOf.get(`${plug}/${flow.name}`),
      variant: variant ?? "",
      cron,
      time_zone: timeZone,
      next_at: timeText(nextTick(cron, timeZone, now)),
    })),
  );
  await storeSchedules(tx, JSON.stringify(schedules));
  await run(
    tx,
    sql`
      update khotan_flows set retired_at = now()
      where retired_at is null and id not in (
        select value::uuid from jsonb_array_elements_text(${JSON.stringify(stored.map((row) => row.id))}::text::jsonb)
      )
    `,
  );
}

async function storeSchedules(tx: Transaction, input: string): Promise<void> {
  await run(
    tx,
    sql`
      insert into khotan_schedules as s (id, flow_id, variant, cron, time_zone, next_at)
      select id, flow_id, variant, cron, time_zone, next_at
      from jsonb_to_recordset(${input}::text::jsonb) as x(
        id uuid, flow_id uuid, variant text, cron text, time_zone text, next_at timestamptz
      )
      on conflict (flow_id, variant) do update set
        cron = excluded.cron, time_zone = excluded.time_zone, retired_at = null, updated_at = now(),
        next_at = case
          when s.cron = excluded.cron and s.time_zone = excluded.time_zone and s.retired_at is null
            then coalesce(s.next_at, excluded.next_at)
          else excluded.next_at
        end
    `,
  );
  await run(
    tx,
    sql`
      update khotan_schedules s set retired_at = now()
      where s.retired_at is null and not exists (
        select from jsonb_to_recordset(${input}::text::jsonb) as x(flow_id uuid, variant text)
        where x.flow_id = s.flow_id and x.variant = s.variant
      )
    `,
  );
}

/** A time as SQL takes it. */
export const timeText = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
