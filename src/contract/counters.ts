/** What a run counts, in the order of the work. */
export const COUNTERS = ["extracted", "transformed", "created", "updated", "deleted", "skipped", "failed"] as const;
export type Counter = (typeof COUNTERS)[number];
