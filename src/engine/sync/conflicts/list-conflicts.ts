import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { z } from "zod";
import {
  type Api,
  type ConflictRecord,
  decodeId,
  encodeId,
  maySeeTenant,
  type Principal,
} from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import type { Executor } from "../../database/adapter.ts";
import { decodeCursor, type Page, toPage } from "../../database/keyset.ts";
import { syncConflicts } from "../../database/schema/index.ts";
import { seenBy } from "../../database/seen-by.ts";
import { KhotanError } from "../../errors.ts";
import { requireFlow } from "../../flows/require-flow.ts";

export type ConflictsQuery = z.output<Api["listConflicts"]["query"]>;
export type ConflictRow = typeof syncConflicts.$inferSelect;

/** Conflicts of two-way syncs, newest first. @throws KhotanError `invalid_cursor`, `not_found` for an unknown flow */
export async function listConflicts(
  engine: Pick<Engine, "adapter" | "registry">,
  principal: Principal,
  query: ConflictsQuery,
): Promise<Page<ConflictRecord>> {
  const flow = query.flow === undefined ? undefined : requireFlow(engine, query.flow).id;
  const found = await engine.adapter.db
    .select()
    .from(syncConflicts)
    .where(
      and(
        seenBy(principal, syncConflicts.tenant),
        flow ? eq(syncConflicts.flowId, flow) : undefined,
        query.tenant ? eq(syncConflicts.tenant, query.tenant) : undefined,
        query.status ? inArray(syncConflicts.status, query.status) : undefined,
        query.cursor ? lt(syncConflicts.id, decodeCursor("conflicts", query.cursor)) : undefined,
      ),
    )
    .orderBy(desc(syncConflicts.id))
    .limit(query.limit + 1);
  return toPage("conflicts", found, query.limit, conflictRecord);
}

/** @throws KhotanError `not_found` for one that is not there, or that the principal may not see */
export async function requireConflict(
  executor: Pick<Executor, "select">,
  principal: Principal,
  id: string,
): Promise<ConflictRow> {
  const uuid = decodeId("conflict", id);
  const [found] =
    uuid === null ? [] : await executor.select().from(syncConflicts).where(eq(syncConflicts.id, uuid)).for("update");
  if (found && maySeeTenant(principal, found.tenant)) return found;
  throw new KhotanError("not_found", `There is no conflict "${id}".`, { hint: "List them: GET /conflicts" });
}

export const conflictRecord = (row: ConflictRow): ConflictRecord => ({
  id: encodeId("conflict", row.id),
  flowId: encodeId("flow", row.flowId),
  flow: row.flow,
  plug: row.plug,
  tenant: row.tenant,
  key: row.key,
  status: row.status,
  policy: row.policy,
  outcome: row.outcome,
  fields: row.fields,
  base: row.base,
  source: row.source,
  platform: row.platform,
  value: row.value,
  sourceUpdatedAt: row.sourceUpdatedAt?.toISOString() ?? null,
  platformUpdatedAt: row.platformUpdatedAt?.toISOString() ?? null,
  runId: row.runId && encodeId("run", row.runId),
  resolvedBy: row.resolvedBy,
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
  appliedAt: row.appliedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
