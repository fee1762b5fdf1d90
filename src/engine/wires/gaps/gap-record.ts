import { encodeId, type GapRecord, type Principal, roleAtLeast } from "../../../contract/index.ts";
import type { wireGaps } from "../../database/schema/index.ts";
import { withoutStack } from "../../runs/failure.ts";

export type GapRow = typeof wireGaps.$inferSelect;

/** A gap as the API shows it. */
export const gapRecord = (row: GapRow, principal: Principal): GapRecord => ({
  id: encodeId("gap", row.id),
  plug: row.plug,
  tenant: row.tenant,
  status: row.status,
  reason: row.reason,
  since: row.since.toISOString(),
  until: row.until.toISOString(),
  found: row.found,
  ingested: row.ingested,
  duplicates: row.duplicates,
  attempts: row.attempts,
  nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  error: roleAtLeast(principal.role, "operator") ? row.error : withoutStack(row.error),
  actor: row.actor,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
});
