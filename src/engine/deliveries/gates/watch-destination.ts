import type { Engine } from "../../context.ts";
import { describeError } from "../../describe-error.ts";
import type { StepTrouble } from "../../durable/step-trouble.ts";
import { isSkip } from "../../handlers/outcome.ts";
import type { LiveHandler } from "../../registry/registry.ts";
import type { ClaimedDelivery } from "../claim-deliveries.ts";
import { pauseGoneHandler } from "../pause-gone-handler.ts";
import type { Verdict } from "./decide-breaker.ts";
import { isDestinationGone, judgeDestination } from "./judge-destination.ts";

/** What an attempt shows of its destination, until it is reported. */
export interface WatchedDestination {
  returned(value: unknown): void;
  threw(error: unknown): void;
  /** The same for a call that is only known by what was written down of it. */
  met(call: Pick<StepTrouble, "plug" | "status" | "verdict" | "message">): void;
  /** The attempt has ended, however. Not waited for. */
  report(): void;
}

const NOBODY: WatchedDestination = {
  returned: () => undefined,
  threw: () => undefined,
  met: () => undefined,
  report: () => undefined,
};

/** Watch an attempt of a pass for its destination's breaker, and for the 410 that disables the pass. */
export function watchDestination(
  engine: Engine,
  claimed: Pick<ClaimedDelivery, "tenant" | "lease_token">,
  handler: LiveHandler,
): WatchedDestination {
  const { to } = handler.definition;
  if (to === null) return NOBODY;
  let verdict: Verdict = null;
  let message: string | null = null;
  const disable = () =>
    pauseGoneHandler(engine, handler).catch((trouble: unknown) =>
      engine.log.warn({ handler: handler.definition.name, error: describeError(trouble) }, "could not be disabled"),
    );
  return {
    returned(value) {
      // A pass that had nothing to forward has shown nothing.
      verdict = isSkip(value) ? null : "ok";
    },
    threw(error) {
      verdict = judgeDestination(error, to);
      message = error instanceof Error ? error.message : null;
      if (isDestinationGone(error, to)) void disable();
    },
    met(call) {
      if (call.plug !== to) return;
      ({ verdict, message } = call);
      if (call.status === 410) void disable();
    },
    report() {
      const report = { plug: to, tenant: claimed.tenant, token: claimed.lease_token, verdict, message };
      engine.gates.soon(() => engine.gates.breakers.report(report));
    },
  };
}
