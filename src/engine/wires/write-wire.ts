import { and, eq, sql } from "drizzle-orm";
import { newUuid } from "../../contract/index.ts";
import { announce } from "../changes/announce.ts";
import type { Transaction } from "../database/adapter.ts";
import { wires } from "../database/schema/index.ts";
import type { VarField, VarPatch } from "../plugs/index.ts";
import type { SecretBox } from "../security/secret-box.ts";
import { mergeVars } from "../vars/merge-vars.ts";
import { openVars, sealVars, varsIdentity } from "../vars/sealed-vars.ts";

export type WireRow = typeof wires.$inferSelect;
export type WireChange = Partial<
  Pick<
    WireRow,
    | "status"
    | "callbackUrl"
    | "remoteId"
    | "error"
    | "expiresAt"
    | "connectedAt"
    | "events"
    | "mode"
    | "renewFailures"
    | "renewAfter"
  >
>;

interface WriteWire {
  readonly plug: string;
  readonly tenant: string;
  readonly fields: readonly VarField[];
  readonly change: WireChange;
  readonly patch?: VarPatch;
  /** May the patch touch hidden variables? */
  readonly hidden: boolean;
}

/** Lock a wire's row; `null` before the first connect. */
export async function lockWire(tx: Transaction, plug: string, tenant: string): Promise<WireRow | null> {
  const where = and(eq(wires.plug, plug), eq(wires.tenant, tenant));
  const [row] = await tx.select().from(wires).where(where).for("update");
  return row ?? null;
}

/**
 * Change a wire's row and its variables together, making the row if there is none.
 *
 * @throws KhotanError `secret_key_missing`, `unknown_variable`, `validation_failed`; nothing is written then.
 */
export async function writeWire(
  tx: Transaction,
  box: SecretBox,
  write: WriteWire,
): Promise<{ row: WireRow; vars: Record<string, string | number | boolean> }> {
  const { plug, tenant, fields, change, patch = {}, hidden } = write;
  const identity = varsIdentity("wire", plug, tenant);
  await tx
    .insert(wires)
    .values({ id: newUuid(), plug, tenant, mode: change.mode ?? "manual", callbackUrl: change.callbackUrl ?? "" })
    .onConflictDoNothing();
  const found = await lockWire(tx, plug, tenant);
  if (!found) throw new Error("the wire vanished between insert and read");
  const vars = mergeVars(fields, openVars(box, found.envelope, identity), patch, { hidden, path: "vars." });
  const [row] = await tx
    .update(wires)
    .set({
      ...change,
      envelope: sealVars(box, vars, identity),
      keyId: box.keyId,
      version: sql`${wires.version} + 1`,
      updatedAt: sql`now()`,
    })
    .where(eq(wires.id, found.id))
    .returning();
  if (!row) throw new Error("the wire vanished under its lock");
  await announce(tx, "wires", row.id);
  return { row, vars };
}
