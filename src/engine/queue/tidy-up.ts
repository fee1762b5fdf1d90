import type { Engine } from "../context.ts";
import { describeError } from "../describe-error.ts";
import type { Receiver } from "../events/receive-webhook.ts";
import { createPruner } from "../retention/prune.ts";
import { createRoller } from "../rollups/roll-now-and-then.ts";
import { repairGap } from "../wires/gaps/repair-gap.ts";
import { renewDueWires } from "../wires/renew-due-wires.ts";

/**
 * What a process that stays does in the background, once: for hosts that call
 * `POST /cron` instead. Where both are, they take turns. Never rejects.
 *
 * @param budgetMs nothing goes on for longer.
 */
export async function tidyUp(engine: Engine, receiver: Pick<Receiver, "insert">, budgetMs = 15_000): Promise<void> {
  const stop = new AbortController();
  const pruner = createPruner(engine);
  const end = setTimeout(() => {
    stop.abort();
    pruner.stop();
  }, budgetMs);
  const report = (part: string) => (error: unknown) =>
    engine.log.warn({ part, error: describeError(error) }, "could not be done this time; the next call tries again");
  const repairs = async () => {
    while (!stop.signal.aborted && (await repairGap(engine, receiver, stop.signal)));
  };
  await Promise.all([
    createRoller(engine.adapter)().catch(report("rollups")),
    renewDueWires(engine).catch(report("renewals")),
    repairs().catch(report("gaps")),
    pruner.round().catch(report("retention")),
  ]);
  clearTimeout(end);
}
