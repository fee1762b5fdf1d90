import { z } from "zod";

/** A process that holds places or waits. Times are the database's, in epoch milliseconds. */
const holderSchema = z.object({
  /** Places it holds of those that `concurrency` allows. */
  held: z.number().int().min(0),
  /** Calls that wait in it. */
  waiting: z.number().int().min(0),
  /** When the first of them came. */
  since: z.number(),
  /** When it will ask again; whoever is late is passed over until it comes. */
  dueAt: z.number(),
  /** Without news until then it is taken for dead, and what it held is free. */
  leaseUntil: z.number(),
});
export type Holder = z.infer<typeof holderSchema>;

/** All that is known of one connection's limits: one row, so that one lock guards it. */
export const limitStateSchema = z.object({
  /** When it was last decided. Time never goes back behind it. */
  at: z.number(),
  /** When the bucket of bursts would be full again (the "theoretical arrival time" of ITU-T I.371). */
  fullAt: z.number(),
  /** The other side said "too many". */
  pausedUntil: z.number(),
  /** Calls that were allowed: until when they may begin, and how many; oldest first. */
  spent: z.array(z.tuple([z.number(), z.number().int()])),
  holders: z.record(z.string(), holderSchema),
});
export type LimitState = z.infer<typeof limitStateSchema>;

export const EMPTY_STATE: LimitState = { at: 0, fullAt: 0, pausedUntil: 0, spent: [], holders: {} };

/** What is stored, or an empty state for what an older version wrote: a limit is forgotten, no work is lost. */
export function readState(stored: unknown): LimitState {
  const checked = limitStateSchema.safeParse(stored);
  return checked.success ? checked.data : EMPTY_STATE;
}
