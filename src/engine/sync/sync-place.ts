import { z } from "zod";

const windowSchema = z.object({
  id: z.string(),
  mode: z.enum(["incremental", "full"]),
  startedAt: z.string(),
  since: z.string().nullable(),
  seen: z.string().nullable(),
  token: z.unknown(),
});

/** The name of the cursor that holds a sync's place; the flow's own stays the author's. */
export const SYNC_CURSOR = "sync";

/** Where a sync is, as its cursor keeps it. */
export const syncPlaceSchema = z.object({
  /** Everything that changed before this has been read. */
  watermark: z.string().nullable(),
  /** A change feed's token for the next window. */
  token: z.unknown().optional(),
  /** A window that has begun; only where pages can be gone on from. */
  window: windowSchema.nullable(),
  /** Both ways: everything that changed on the platform before this has been looked at. */
  platform: z.string().nullable().optional(),
});
export type SyncPlace = z.output<typeof syncPlaceSchema>;
export type SyncWindow = z.output<typeof windowSchema>;

export const NOWHERE: SyncPlace = { watermark: null, window: null };

/** The later of two times; `null` is before all. */
export const later = (a: string | null, b: string | null): string | null =>
  a === null ? b : b === null ? a : a > b ? a : b;

/**
 * The watermark of a completed window: the newest change that was read, by the source's own clock, so that a source
 * whose clock is behind loses nothing. But never later than the window began by ours: of a source whose clock was
 * ahead, and is put right, what changes now would be older than what was read.
 */
export function watermarkAfter(before: string | null, { seen, startedAt }: SyncWindow): string | null {
  if (seen === null) return before;
  return later(before, seen < startedAt ? seen : startedAt);
}

/** A time that a source gave, as ISO 8601 UTC; `null` when it is none. Numbers below 10¹¹ are seconds. */
export function timeOf(value: string | number | Date | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const date = typeof value === "number" ? new Date(value < 1e11 ? value * 1_000 : value) : new Date(value);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
