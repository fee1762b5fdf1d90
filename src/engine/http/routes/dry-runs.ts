import { type DryRun, decodeId, encodeId, type Principal } from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import { requireDelivery } from "../../deliveries/read-deliveries.ts";
import { compareRuns } from "../../dry-runs/compare-runs.ts";
import { dryRun } from "../../dry-runs/dry-run.ts";
import { KhotanError } from "../../errors.ts";
import { requireRun } from "../../runs/require-run.ts";
import type { Handlers } from "../route-handler.ts";

export const dryRunRoutes: Pick<Handlers, "dryRunDelivery" | "dryRunRun" | "getRunDiff"> = {
  dryRunDelivery: async ({ engine, runtime, principal, params, requestId }) => {
    const deliveryId = await requireDelivery(engine, principal, params.id);
    const made = await dryRun(engine, runtime.delivery, { deliveryId, actor: principal, requestId });
    return await answer(engine, principal, made);
  },

  dryRunRun: async ({ engine, runtime, principal, params, requestId }) => {
    const { uuid, run } = await requireRun(engine, principal, params.id);
    const deliveryId = run.deliveryId === null ? null : decodeId("delivery", run.deliveryId);
    if (deliveryId === null) {
      throw new KhotanError("conflict", "Only the run of a delivery can be run dry.", {
        hint: run.dryRun ? "This is a dry run itself; make another one of the run it repeats." : undefined,
      });
    }
    const made = await dryRun(engine, runtime.delivery, { deliveryId, runId: uuid, actor: principal, requestId });
    return await answer(engine, principal, made);
  },

  getRunDiff: ({ engine, principal, params, query }) => compareRuns(engine, principal, params.id, query.against),
};

async function answer(engine: Engine, principal: Principal, runId: string): Promise<DryRun> {
  const id = encodeId("run", runId);
  const { run } = await requireRun(engine, principal, id);
  if (run.retryOf) return { run, diff: await compareRuns(engine, principal, id) };
  // The delivery has not run yet: there is nothing to compare with but itself, and all of it is new.
  const diff = await compareRuns(engine, principal, id, id);
  const calls = diff.calls.map((call) => ({ ...call, status: "added" as const, before: null, differences: [] }));
  return { run, diff: { ...diff, against: null, againstKept: false, calls } };
}
