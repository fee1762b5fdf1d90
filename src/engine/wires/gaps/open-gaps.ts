import { inArray, sql } from "drizzle-orm";
import { type GapReason, newUuid } from "../../../contract/index.ts";
import type { Executor } from "../../database/adapter.ts";
import { wireGaps } from "../../database/schema/index.ts";
import type { GapRow } from "./gap-record.ts";

export interface NewGap {
  readonly plug: string;
  readonly tenant: string;
  readonly reason: GapReason;
  readonly since: Date;
  readonly until: Date;
  readonly actor?: string | null;
}

/**
 * Write down gaps, to be repaired in the background. The same gap twice is one:
 * one that is being repaired goes on, one that is over begins again.
 */
export async function openGaps(tx: Pick<Executor, "insert">, gaps: readonly NewGap[]): Promise<GapRow[]> {
  if (gaps.length === 0) return [];
  const fresh = sql`case when ${inArray(wireGaps.status, ["closed", "failed"])} then`;
  return await tx
    .insert(wireGaps)
    .values(gaps.map((gap) => ({ id: newUuid(), ...gap, nextAttemptAt: sql`now()` })))
    .onConflictDoUpdate({
      target: [wireGaps.plug, wireGaps.tenant, wireGaps.reason, wireGaps.since],
      set: {
        until: sql`greatest(${wireGaps.until}, excluded.until)`,
        status: sql`${fresh} 'pending' else ${wireGaps.status} end`,
        nextAttemptAt: sql`${fresh} now() else ${wireGaps.nextAttemptAt} end`,
        attempts: sql`${fresh} 0 else ${wireGaps.attempts} end`,
        finishedAt: null,
        actor: sql`coalesce(excluded.actor, ${wireGaps.actor})`,
      },
    })
    .returning();
}
