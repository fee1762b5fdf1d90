import { sql } from "drizzle-orm";
import { z } from "zod";
import { encodeId, newUuid, type RunSource } from "../../contract/index.ts";
import { announce } from "../changes/announce.ts";
import { rows, run, type Transaction } from "../database/adapter.ts";
import { storableJson } from "../events/storable-json.ts";
import type { LiveFlow } from "../registry/registry.ts";

export interface NewFlowRuns {
  /** The first one's id, when there is only one. */
  readonly id?: string | undefined;
  readonly flow: LiveFlow;
  readonly variant: string | null;
  readonly tenants: readonly string[];
  readonly source: RunSource;
  readonly body: unknown;
  readonly actor: string | null;
  readonly retryOf?: string;
  /** The event that asks for it. Then the flow's own overlap policy does not count: one more run waits, never two. */
  readonly eventId?: string;
  /** The tick of a schedule; a tick that was seen before makes nothing. */
  readonly tick?: { readonly scheduleId: string; readonly at: Date };
}

/** What became of the wish to run, for one tenant. */
export type FlowRunMade =
  | { readonly kind: "waiting"; readonly tenant: string; readonly runId: string }
  /** The overlap policy forbade it; `runId` of a tick's record, `busy` is the run in the way. */
  | { readonly kind: "skipped"; readonly tenant: string; readonly runId: string | null; readonly busy: string };

/** So many runs of one variant and tenant may wait; a flow that is always slower than its schedule must not pile up for ever. */
export const MAX_QUEUED = 100;

const madeRow = z.object({
  tenant: z.string(),
  run_id: z.string().nullable(),
  busy: z.string().nullable(),
  skip: z.boolean(),
});
const stoppedRow = z.object({ id: z.string() });

/** Whoever adds a run to a flow takes turns. */
export const lockFlow = (flowId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`khotan flow ${flowId}`}, 0))`;

/**
 * Store runs that are to begin as soon as they may. The run is its own job, so
 * there is nothing else to write, and nothing that could be written without it.
 *
 * Overlap is decided here, under a lock of the flow: whoever starts it at the
 * same moment takes turns. A tick that may not run is kept as a cancelled run,
 * so that everybody sees why nothing happened; a person is simply told.
 */
export async function insertFlowRuns(tx: Transaction, request: NewFlowRuns): Promise<FlowRunMade[]> {
  const { flow, variant, tenants, tick = null } = request;
  const { definition } = flow;
  const overlap = request.eventId === undefined ? definition.overlap : "once_more";
  await run(tx, lockFlow(flow.id));
  const live = sql`r.flow_id = ${flow.id}::uuid and r.variant is not distinct from ${variant}::text
    and r.status in ('pending', 'running') and r.cancel_requested_at is null`;
  const input = tenants.map((tenant, at) => {
    const id = (at === 0 ? request.id : undefined) ?? newUuid();
    return { id, tenant, key: encodeId("run", id) };
  });
  const body = request.body === undefined ? null : storableJson(request.body);
  const made = await rows(
    tx,
    sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as x(id uuid, tenant text, key text)
      ), busy as (
        select r.tenant, count(*) as n, count(*) filter (where r.status = 'pending' and r.attempts = 0) as untried, (array_agg(r.id order by r.id))[1] as id
        from khotan_runs r where ${live} and r.tenant in (select tenant from input) group by r.tenant
      ), judged as (
        select i.*, b.id as busy, b.id is not null and (
          ${overlap}::text = 'skip' or (${overlap}::text = 'queue' and b.n >= ${MAX_QUEUED})
          or (${overlap}::text = 'once_more' and b.untried > 0)
        ) as skip
        from input i left join busy b using (tenant)
      ), made as (
        insert into khotan_runs (
          id, kind, name, plug, tenant, variant, status, source, execution, actor, flow_id, retry_of, event_id, max_attempts,
          next_attempt_at, finished_at, error, input, idempotency_key, schedule_id, scheduled_for
        )
        select j.id, ${definition.kind}, ${definition.name}, ${flow.plug}, j.tenant, ${variant}::text,
          case when j.skip then 'cancelled' else 'pending' end, ${request.source}, ${definition.execution.type},
          ${request.actor}::text, ${flow.id}::uuid, ${request.retryOf ?? null}::uuid, ${request.eventId ?? null}::uuid, ${definition.retry.attempts},
          case when not j.skip then now() end, case when j.skip then now() end,
          case when j.skip then jsonb_build_object(
            'code', 'overlap_skipped',
            'message', 'The run before it had not ended when its time came.',
            'hint', 'See the flow''s overlap policy.'
          ) end,
          ${body}::text::jsonb, j.key, ${tick?.scheduleId ?? null}::uuid, ${tick?.at.toISOString() ?? null}::timestamptz
        from judged j where not j.skip or ${tick !== null}::boolean
        on conflict (schedule_id, scheduled_for, tenant) where schedule_id is not null do nothing
        returning id
      )
      select j.tenant, m.id::text as run_id, j.busy::text, j.skip from judged j left join made m using (id)
      where m.id is not null or j.skip
    `,
    madeRow,
  );
  if (overlap === "cancel_previous")
    await stopPrevious(
      tx,
      made.flatMap((row) => row.run_id ?? []),
      request,
    );
  await announce(tx, "due", null);
  await announce(tx, "runs", made.at(-1)?.run_id ?? null);
  return made.flatMap(({ tenant, run_id, busy, skip }): FlowRunMade[] => {
    if (skip) return [{ kind: "skipped", tenant, runId: run_id, busy: busy ?? "" }];
    return run_id === null ? [] : [{ kind: "waiting", tenant, runId: run_id }];
  });
}

/** Those that wait end here; those that execute are told, and end before the new one begins. */
async function stopPrevious(tx: Transaction, newIds: readonly string[], { flow, variant }: NewFlowRuns): Promise<void> {
  if (newIds.length === 0) return;
  const stopped = await rows(
    tx,
    sql`
      with fresh as (
        select id, tenant from khotan_runs
        where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(newIds)}::text::jsonb))
      )
      update khotan_runs r set
        cancel_requested_at = now(), cancel_actor = 'overlap: cancel_previous',
        status = case r.status when 'pending' then 'cancelled' else r.status end,
        finished_at = case r.status when 'pending' then now() end,
        next_attempt_at = null
      from fresh f
      where r.flow_id = ${flow.id}::uuid and r.tenant = f.tenant and r.variant is not distinct from ${variant}::text
        and r.status in ('pending', 'running') and r.cancel_requested_at is null and r.id <> f.id
      returning r.id::text
    `,
    stoppedRow,
  );
  for (const { id } of stopped) await announce(tx, "cancel", id);
}
