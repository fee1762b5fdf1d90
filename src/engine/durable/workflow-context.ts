import type { ClaimedDelivery } from "../deliveries/claim-deliveries.ts";
import { deliveryIdempotencyKey } from "../deliveries/idempotency-key.ts";
import type { WorkflowContext } from "../handlers/context.ts";

/** A larger body does not travel with the Workflow run, which keeps several copies of it; steps read it from the event. */
export const MAX_CARRIED_BYTES = 64 * 1024;

type Source = Pick<ClaimedDelivery, "id" | "run_id" | "event_id" | "event_type" | "tenant" | "body">;

/**
 * What a workflow is started with: serialisable, without secrets, and the same
 * for every attempt, since steps are told apart by their arguments.
 */
export function workflowContext(claimed: Source, event: unknown): WorkflowContext {
  return {
    runId: claimed.run_id,
    eventId: claimed.event_id,
    eventType: claimed.event_type,
    event: (claimed.body?.byteLength ?? 0) <= MAX_CARRIED_BYTES ? event : null,
    tenant: claimed.tenant,
    idempotencyKey: deliveryIdempotencyKey(claimed.id),
  };
}
