import { encodeId } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { describeError } from "../describe-error.ts";
import type { FinishedAttempt } from "./finish-deliveries.ts";

/** Whose attempt ended. Ids are the database's; `name` is the handler's. */
export interface EndedDelivery {
  readonly id: string;
  readonly run_id: string;
  readonly handler_id: string;
  readonly order_key: string | null;
  readonly plug: string;
  readonly tenant: string;
  readonly name: string;
}

/** Tell everybody that an attempt ended, and the app's hooks if nothing follows. */
export function announceEnd(engine: Engine, ended: EndedDelivery, finished: FinishedAttempt): void {
  const { name, plug, tenant } = ended;
  engine.gates.left(ended, finished.retryInMs === null);
  engine.metrics.ended(plug, name, finished.delivery, finished.busyMs / 1_000);
  engine.publisher.publish("runs", ended.run_id);
  engine.publisher.publish("deliveries", ended.id);
  if (finished.run !== "pending") {
    callHook(engine, () =>
      engine.hooks.onRunFinished?.({ id: encodeId("run", ended.run_id), name, plug, tenant, status: finished.run }),
    );
  }
  if (finished.delivery === "dead") {
    const code = finished.error?.code ?? "unknown";
    callHook(engine, () =>
      engine.hooks.onDeliveryDead?.({ id: encodeId("delivery", ended.id), handler: name, plug, tenant, code }),
    );
  }
}

function callHook(engine: Engine, hook: () => void): void {
  try {
    hook();
  } catch (error) {
    engine.log.error({ error: describeError(error) }, "a lifecycle hook threw");
  }
}
