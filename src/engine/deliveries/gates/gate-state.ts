import { z } from "zod";
import { EMPTY_STATE, type LimitState, limitStateSchema } from "../../limits/limit-state.ts";

/** What is known of a handler's own limits: one row, so that one lock guards it. Times are the database's, in epoch milliseconds. */
export const gateStateSchema = z.object({
  rate: limitStateSchema,
  /** Deliveries that were let go and are not claimed yet: until when their place is kept. */
  permits: z.record(z.string(), z.number()),
});
export type GateState = { readonly rate: LimitState; readonly permits: Readonly<Record<string, number>> };

export const EMPTY_GATE: GateState = { rate: EMPTY_STATE, permits: {} };

/** What is stored, or an empty state for what another version wrote: a limit is forgotten, no work is lost. */
export function readGateState(stored: unknown): GateState {
  const checked = gateStateSchema.safeParse(stored);
  return checked.success ? checked.data : EMPTY_GATE;
}
