import type { Progress } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { holdReason } from "../handlers/hold-reason.ts";
import { observeAttempt } from "../observe/attempt.ts";
import type { LiveHandler } from "../registry/registry.ts";
import { classifyError } from "../runs/classify-error.ts";
import { concludeAttempt } from "../runs/conclude-attempt.ts";
import type { TransactionSlots } from "../runs/handler-transaction.ts";
import type { LiveRuns } from "../runs/live-runs.ts";
import type { RunLogWriter } from "../runs/run-log-writer.ts";
import { echoOfDelivery } from "../sync/echoes/echo-of-delivery.ts";
import type { ClaimedDelivery, ClaimRequest } from "./claim-deliveries.ts";
import { deliverInline } from "./deliver-inline.ts";
import { readPayload } from "./execute-inline.ts";
import type { FinishedAttempt } from "./finish-deliveries.ts";
import { releaseDelivery } from "./release-deliveries.ts";
import { tellEnd } from "./tell-end.ts";

/** What delivering needs besides the engine; made once per process. */
export interface DeliveryTools {
  readonly claim: (request: ClaimRequest) => Promise<ClaimedDelivery | null>;
  readonly finish: (attempt: FinishedAttempt) => Promise<boolean>;
  readonly writeLog: RunLogWriter;
  readonly writeProgress: (runId: string, progress: Progress) => Promise<void>;
  readonly slots: TransactionSlots;
  readonly live: LiveRuns;
  /** Starts a workflow handler; the observer ends it. `null` where workflows cannot run. */
  readonly startWorkflow: ((claimed: ClaimedDelivery, handler: LiveHandler) => Promise<void>) | null;
}

const NOT_REGISTERED_WAIT_MS = 5_000;

/**
 * The worker's task: claim one delivery and take it to the end of this attempt.
 * Never throws for what a handler does; throws when the database is away, and
 * the queue calls again.
 */
export async function deliver(engine: Engine, tools: DeliveryTools, deliveryId: string): Promise<void> {
  const claimed = await engine.gates.claim(deliveryId, tools.claim);
  if (claimed) await deliverClaimed(engine, tools, claimed);
}

/**
 * The same for one that is claimed already.
 *
 * @param onHandled told when the handler has ended, before its end is stored: somebody else may take its place.
 */
export async function deliverClaimed(
  engine: Engine,
  tools: DeliveryTools,
  claimed: ClaimedDelivery,
  onHandled: () => void = () => undefined,
): Promise<void> {
  engine.publisher.publish("deliveries", claimed.id);
  engine.publisher.publish("runs", claimed.run_id);
  const handler = engine.registry.handler(claimed.handler_id);
  const lease = { deliveryId: claimed.id, leaseToken: claimed.lease_token };
  if (!handler) {
    // Another version of the app registered it; that process will take it.
    await releaseDelivery(engine.adapter.db, { ...lease, againInMs: NOT_REGISTERED_WAIT_MS });
    return;
  }
  const held = holdReason(engine.registry, handler);
  if (held) {
    await releaseDelivery(engine.adapter.db, { ...lease, held });
    return;
  }
  const { execution } = handler.definition;
  if (execution.type === "workflow") await deliverWorkflow(engine, tools, claimed, handler);
  else await deliverInline(engine, tools, claimed, handler, execution, onHandled);
}

async function deliverWorkflow(
  engine: Engine,
  tools: DeliveryTools,
  claimed: ClaimedDelivery,
  handler: LiveHandler,
): Promise<void> {
  const observed = observeAttempt(engine, claimed, handler.definition);
  try {
    if (!tools.startWorkflow) throw new Error("This process cannot run workflows: the Workflow world is not set up.");
    const { startWorkflow } = tools;
    const { definition } = handler;
    const echo =
      definition.echoOf && (await echoOfDelivery(engine, claimed, definition, await readPayload(claimed, definition)));
    if (echo) {
      const finished = concludeAttempt(claimed, definition, { kind: "returned", value: echo, counters: {} }, 0);
      observed.end("returned", null);
      tellEnd(engine, claimed, handler, finished, await tools.finish(finished));
      return;
    }
    await observed.run(() => startWorkflow(claimed, handler));
    observed.end("started", null);
  } catch (error) {
    const finished = concludeAttempt(claimed, handler.definition, classifyError(error), 0);
    observed.end("threw", finished.error?.code ?? "unknown");
    tellEnd(engine, claimed, handler, finished, await tools.finish(finished));
  }
}
