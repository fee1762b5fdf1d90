import { sql } from "drizzle-orm";
import { z } from "zod";
import { encodeId, FLOW_KINDS, type Principal, RUN_STATUSES } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { runs } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import type { FlowFacts } from "./build-topology.ts";

const flowRow = z.object({
  id: z.string(),
  plug: z.string(),
  kind: z.enum(FLOW_KINDS),
  name: z.string(),
  resource: z.string().nullable(),
  destination: z.string().nullable(),
  enabled: z.boolean(),
  schedules: z.array(z.string()).nullable(),
  next_at: z.coerce.number().nullable(),
  running: z.coerce.number(),
  last_status: z.enum(RUN_STATUSES).nullable(),
});

/** The registered flows, their schedules and how the last run went, for the tenants that the caller may see. */
export async function readFlowFacts(engine: Pick<Engine, "adapter">, principal: Principal): Promise<FlowFacts[]> {
  const seen = seenBy(principal, runs.tenant) ?? sql`true`;
  const found = await rows(
    engine.adapter.db,
    sql`
      with live as (
        select flow_id, count(*) as running from khotan_runs
        where status in ('pending', 'running') and flow_id is not null and ${seen} group by 1
      )
      select f.id::text, f.plug, f.kind, f.name, f.resource, f.destination, f.enabled, s.schedules,
        extract(epoch from s.next_at) * 1000 as next_at, coalesce(live.running, 0) as running, last.status as last_status
      from khotan_flows f
      left join live on live.flow_id = f.id
      left join lateral (
        select array_agg(distinct cron) as schedules, min(next_at) filter (where enabled) as next_at
        from khotan_schedules where flow_id = f.id
      ) s on true
      left join lateral (
        select status from khotan_runs
        where flow_id = f.id and status not in ('pending', 'running') and ${seen} order by id desc limit 1
      ) last on true
      where f.retired_at is null order by f.plug, f.name
    `,
    flowRow,
  );
  return found.map(({ id, schedules, next_at, last_status, ...flow }) => ({
    ...flow,
    id: encodeId("flow", id),
    schedules: schedules ?? [],
    nextAt: next_at === null ? null : new Date(next_at).toISOString(),
    lastStatus: last_status,
  }));
}
