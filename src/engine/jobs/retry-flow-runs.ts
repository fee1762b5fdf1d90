import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { isFinalRun } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { runs } from "../database/schema/index.ts";
import { insertFlowRuns } from "../flows/insert-flow-runs.ts";
import type { JobRow } from "./job-record.ts";

/** A flow's run, as far as it matters to run it again. */
export interface FlowRun {
  readonly id: string;
  readonly status: (typeof runs.$inferSelect)["status"];
  readonly flowId: string;
  readonly tenant: string;
  readonly variant: string | null;
}

/**
 * Run flows again: what waits for its next attempt is brought forward, what
 * ended is repeated once by a new run with the same body, if its flow's overlap
 * policy lets it. One by one, since each may be in the way of the next.
 *
 * @param reasons told why nothing could be done for a run.
 * @returns how many will run.
 */
export async function retryFlowRuns(
  engine: Engine,
  tx: Transaction,
  job: JobRow,
  found: readonly FlowRun[],
  reasons: string[],
): Promise<number> {
  if (found.length === 0) return 0;
  const repeated = await repeatedAlready(tx, found);
  let changed = 0;
  for (const run of found) {
    const flow = engine.registry.flow(run.flowId);
    if (!isFinalRun(run.status)) {
      if (await bringForward(tx, run.id)) changed++;
      else reasons.push("running");
    } else if (repeated.has(run.id)) reasons.push("replayed_already");
    else if (!flow) reasons.push("flow_gone");
    else if (!flow.enabled || engine.registry.findPlug(flow.plug)?.enabled === false) reasons.push("flow_disabled");
    else {
      const { tenant, variant } = run;
      const body = await readInput(tx, run.id);
      const request = {
        flow,
        variant,
        tenants: [tenant],
        source: "manual",
        body,
        actor: job.actor,
        retryOf: run.id,
      } as const;
      const [made] = await insertFlowRuns(tx, request);
      if (made?.kind === "waiting") changed++;
      else reasons.push("flow_running");
    }
  }
  return changed;
}

async function repeatedAlready(tx: Transaction, found: readonly FlowRun[]): Promise<Set<string>> {
  const ids = found.map((run) => run.id);
  const rows = await tx
    .select({ retryOf: runs.retryOf })
    .from(runs)
    .where(and(inArray(runs.retryOf, ids), isNotNull(runs.flowId)));
  return new Set(rows.flatMap((row) => row.retryOf ?? []));
}

async function bringForward(tx: Transaction, id: string): Promise<boolean> {
  const brought = await tx
    .update(runs)
    .set({ nextAttemptAt: sql`now()`, maxAttempts: sql`greatest(${runs.maxAttempts}, ${runs.attempts} + 1)` })
    .where(and(eq(runs.id, id), eq(runs.status, "pending")))
    .returning({ id: runs.id });
  return brought.length > 0;
}

/** As text: it may be too large for the list, and drivers read jsonb in different ways. */
async function readInput(tx: Transaction, id: string): Promise<unknown> {
  const [row] = await tx
    .select({ input: sql<string | null>`${runs.input}::text` })
    .from(runs)
    .where(eq(runs.id, id));
  return row?.input == null ? undefined : JSON.parse(row.input);
}
