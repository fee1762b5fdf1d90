import type { Counters, Failure } from "../../contract/index.ts";
import type { ClaimedDelivery } from "../deliveries/claim-deliveries.ts";
import type { FinishedAttempt } from "../deliveries/finish-deliveries.ts";
import { storableJson } from "../events/storable-json.ts";
import type { Handler } from "../handlers/handler.ts";
import { isSkip } from "../handlers/outcome.ts";
import { nextDelayMs } from "../handlers/retry-policy.ts";

/** How a handler's execution came out, before it is decided what follows. */
export type HandlerResult =
  | { readonly kind: "returned"; readonly value: unknown; readonly counters: Counters }
  | {
      readonly kind: "threw";
      readonly failure: Failure;
      readonly retryAfterMs: number | null;
      readonly permanent: boolean;
    }
  | { readonly kind: "cancelled" };

const MAX_RESULT = 64_000;

/** What an attempt's outcome means for its delivery and run. Pure. */
export function concludeAttempt(
  claimed: Pick<ClaimedDelivery, "id" | "lease_token" | "attempts" | "max_attempts">,
  handler: Pick<Handler, "retry">,
  result: HandlerResult,
  busyMs: number,
  random: () => number = Math.random,
): FinishedAttempt {
  const base = {
    deliveryId: claimed.id,
    leaseToken: claimed.lease_token,
    busyMs,
    error: null,
    retryInMs: null,
    counters: {},
    result: null,
  };
  switch (result.kind) {
    case "returned": {
      if (isSkip(result.value)) {
        return {
          ...base,
          delivery: "skipped",
          run: "succeeded",
          attempt: "succeeded",
          counters: { skipped: 1 },
          result: JSON.stringify({ skipped: result.value.reason }),
        };
      }
      const run = (result.counters.failed ?? 0) > 0 ? "partial" : "succeeded";
      return {
        ...base,
        delivery: "succeeded",
        run,
        attempt: "succeeded",
        counters: result.counters,
        result: resultText(result.value),
      };
    }
    case "cancelled":
      return { ...base, delivery: "cancelled", run: "cancelled", attempt: "cancelled" };
    case "threw": {
      const policy = { ...handler.retry, attempts: claimed.max_attempts };
      const retryInMs = result.permanent ? null : nextDelayMs(policy, claimed.attempts, result.retryAfterMs, random);
      if (retryInMs === null)
        return { ...base, delivery: "dead", run: "failed", attempt: "failed", error: result.failure };
      return { ...base, delivery: "failed", run: "pending", attempt: "failed", error: result.failure, retryInMs };
    }
  }
}

function resultText(value: unknown): string | null {
  try {
    const text = storableJson(value);
    if (text === null) return null;
    return text.length <= MAX_RESULT ? text : JSON.stringify({ truncated: `${text.length} characters` });
  } catch {
    return null; // a result that is no JSON is the handler's own affair; the run succeeded
  }
}
