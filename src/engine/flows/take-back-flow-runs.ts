import { sql } from "drizzle-orm";
import { z } from "zod";
import { countersSchema, encodeId, type Failure, FLOW_KINDS } from "../../contract/index.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { rows, type Transaction } from "../database/adapter.ts";
import { MAX_CRASHES } from "../queue/take-back-leases.ts";
import { tellFlowEnd } from "./conclude-flow.ts";
import type { FlowEnd } from "./flow-result.ts";

const CRASHED: Failure = {
  code: "process_died",
  message: "The process that ran this attempt died or lost its connection.",
  hint: "It is run again by itself, from its cursor; this does not count as an attempt.",
};

const BURIED: Failure = {
  code: "crashed_repeatedly",
  message: `${MAX_CRASHES} processes in a row died while running this.`,
  hint: "Look at what the flow does with this page, then retry the run.",
  fingerprint: "crashed_repeatedly",
};

const takenRow = z.object({
  id: z.string(),
  flow_id: z.string(),
  kind: z.enum(FLOW_KINDS),
  name: z.string(),
  plug: z.string(),
  tenant: z.string(),
  variant: z.string().nullable(),
  status: z.enum(["pending", "cancelled", "failed"]),
  counters: z.string().transform((text) => countersSchema.parse(JSON.parse(text))),
});
type TakenRun = z.output<typeof takenRow>;

/**
 * Take back runs of flows whose lease ran out, or whose process is known to be
 * dead. That was no attempt: the run returns at once, unless somebody asked to
 * cancel it or too many processes in a row died on it. A run that its Workflow
 * run carries on is left alone, as with deliveries.
 */
export async function takeBackFlowRuns(engine: Engine, deadProcessIds: readonly string[]): Promise<void> {
  const taken = await engine.adapter.db.transaction((tx) => takeBack(tx, deadProcessIds));
  for (const run of taken) {
    if (run.status !== "pending") tellFlowEnd(engine, engine.registry.flow(run.flow_id), endOf(run, run.status));
  }
}

const endOf = (run: TakenRun, status: "cancelled" | "failed"): FlowEnd => ({
  runId: encodeId("run", run.id),
  flow: run.name,
  kind: run.kind,
  plug: run.plug,
  tenant: run.tenant,
  variant: run.variant,
  status,
  counters: run.counters,
  result: null,
  error: status === "failed" ? BURIED : null,
});

async function takeBack(tx: Transaction, deadProcessIds: readonly string[]): Promise<TakenRun[]> {
  const taken = await rows(
    tx,
    sql`
        with lost as (
          select r.id, r.cancel_requested_at is not null as cancelled, r.crashes + 1 >= ${MAX_CRASHES} as buried
          from khotan_runs r
          where r.status = 'running' and r.flow_id is not null and r.workflow_run_id is null and (
            r.lease_until < now()
            or r.process_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(deadProcessIds)}::text::jsonb))
          )
          order by r.lease_until limit 1000
          for update of r skip locked
        ), taken as (
          update khotan_runs r set
            status = case when l.cancelled then 'cancelled' when l.buried then 'failed' else 'pending' end,
            attempts = greatest(0, r.attempts - 1), crashes = r.crashes + 1,
            lease_token = null, lease_until = null, process_id = null,
            next_attempt_at = case when not l.cancelled and not l.buried then now() end,
            finished_at = case when l.cancelled or l.buried then now() end,
            error = case when l.buried then ${JSON.stringify(BURIED)}::text::jsonb else r.error end,
            error_fingerprint = case when l.buried then ${BURIED.fingerprint ?? null}::text else r.error_fingerprint end
          from lost l where r.id = l.id
          returning r.*
        ), crashed as (
          update khotan_run_attempts a set
            status = 'crashed', finished_at = now(), error = ${JSON.stringify(CRASHED)}::text::jsonb,
            next_attempt_at = t.next_attempt_at
          from taken t where a.run_id = t.id and a.status = 'running'
        )
        select id::text, flow_id::text, kind, name, plug, tenant, variant, status, counters::text from taken
      `,
    takenRow,
  );
  if (taken.length > 0) {
    await announce(tx, "due", null);
    await announce(tx, "runs", taken.at(-1)?.id ?? null);
  }
  return taken;
}
