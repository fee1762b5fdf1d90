import { encodeId, type Principal, type RunDiff } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { requireRun } from "../runs/require-run.ts";
import { diffCalls } from "./diff-calls.ts";
import { readCalls } from "./read-calls.ts";

/**
 * What a run sent against what another one sent, as both are kept: redacted.
 *
 * @param against the other run; default the one that this one repeats.
 * @throws KhotanError `not_found`, `conflict` when there is nothing to compare with.
 */
export async function compareRuns(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  id: string,
  against?: string,
): Promise<RunDiff> {
  const { uuid, run } = await requireRun(engine, principal, id);
  const other = against ?? run.retryOf;
  if (other === null) {
    throw new KhotanError("conflict", "This run repeats no other.", {
      hint: "Name the run to compare with: ?against=",
    });
  }
  const first = await requireRun(engine, principal, other);
  const [before, now] = await Promise.all([readCalls(engine, first.uuid), readCalls(engine, uuid)]);
  return {
    runId: encodeId("run", uuid),
    against: encodeId("run", first.uuid),
    againstKept: before.length > 0,
    calls: diffCalls(before, now),
  };
}
