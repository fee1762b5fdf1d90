import { encodeId, type JobRecord } from "../../contract/index.ts";
import type { jobs } from "../database/schema/index.ts";

export type JobRow = typeof jobs.$inferSelect;

/** A job as the API shows it. */
export const jobRecord = (row: JobRow): JobRecord => ({
  id: encodeId("job", row.id),
  kind: row.kind,
  status: row.status,
  filter: row.filter,
  selected: row.filter === null ? (row.ids?.length ?? row.total) : null,
  handlerId: row.handlerId && encodeId("handler", row.handlerId),
  tenants: row.tenants,
  actor: row.actor,
  total: row.total,
  totalEstimated: row.totalEstimated,
  done: row.done,
  changed: row.changed,
  failed: row.failed,
  reasons: row.reasons,
  error: row.error,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
});
