import { eq, sql } from "drizzle-orm";
import type { ConflictRecord, ConflictSide, Principal } from "../../../contract/index.ts";
import { writeAudit } from "../../audit/write-audit.ts";
import { announce } from "../../changes/announce.ts";
import type { Engine } from "../../context.ts";
import { syncConflicts } from "../../database/schema/index.ts";
import { KhotanError } from "../../errors.ts";
import { type ConflictRow, conflictRecord, requireConflict } from "./list-conflicts.ts";

export interface ResolveConflict {
  readonly id: string;
  readonly use: ConflictSide;
  /** With `merged`: the fields to change of what was decided. */
  readonly value?: Readonly<Record<string, unknown>>;
  readonly actor: Principal;
  readonly requestId?: string;
}

/**
 * Choose by hand. The choice is stored, and the flow's next run gives it to both sides.
 *
 * @throws KhotanError `not_found`, `validation_failed` for a value that names other fields, `conflict` when one side deleted the record
 */
export async function resolveConflict(
  engine: Pick<Engine, "adapter">,
  request: ResolveConflict,
): Promise<ConflictRecord> {
  const { id, use, actor, requestId } = request;
  return await engine.adapter.db.transaction(async (tx) => {
    const row = await requireConflict(tx, actor, id);
    const value = chosenValue(row, request);
    const [stored] = await tx
      .update(syncConflicts)
      .set({
        status: "resolving",
        outcome: use,
        value,
        resolvedBy: actor.name ?? actor.id,
        resolvedAt: sql`now()`,
        appliedAt: null,
      })
      .where(eq(syncConflicts.id, row.id))
      .returning();
    if (!stored) throw new Error("a conflict that was locked is gone");
    await writeAudit(tx, {
      actor,
      action: "conflict.resolve",
      plug: row.plug,
      tenant: row.tenant,
      target: row.flow,
      data: { conflict: id, key: row.key, use, before: row.outcome, fields: row.fields.map(({ field }) => field) },
      requestId,
    });
    await announce(tx, "flows", row.flowId);
    return conflictRecord(stored);
  });
}

function chosenValue(row: ConflictRow, { use, value = {} }: ResolveConflict): Record<string, unknown> {
  const { source, platform } = row;
  if (source === null || platform === null || row.value === null) {
    throw new KhotanError("conflict", "One side deleted this record: there is nothing to merge.", {
      hint: "Make it anew where it is wanted.",
    });
  }
  if (use === "merged") {
    const unknown = Object.keys(value).filter(
      (field) => !Object.hasOwn(platform, field) && !Object.hasOwn(source, field),
    );
    if (unknown.length > 0 || Object.keys(value).length === 0) {
      const issues = unknown.map((field) => ({ path: `body.value.${field}`, message: "Neither side has this field." }));
      throw new KhotanError("validation_failed", "Give the fields as they are to be.", { issues });
    }
    return { ...row.value, ...value };
  }
  // The other fields keep what both sides were given.
  const side = use === "source" ? source : platform;
  return { ...row.value, ...Object.fromEntries(row.fields.map(({ field }) => [field, side[field] ?? null])) };
}
