import { and, eq, sql } from "drizzle-orm";
import { announce } from "../changes/announce.ts";
import type { Transaction } from "../database/adapter.ts";
import { connections } from "../database/schema/index.ts";
import type { VarRecord } from "../plugs/index.ts";
import type { SecretBox } from "../security/secret-box.ts";
import { sealVars, varsIdentity } from "../vars/sealed-vars.ts";

export type ConnectionRow = typeof connections.$inferSelect;
export type ConnectionChange = Partial<
  Pick<ConnectionRow, "status" | "error" | "expiresAt" | "seededKeys" | "renewingBy" | "renewingUntil">
>;

/** Nobody is fetching tokens, or whoever is may no longer store them. */
export const NO_RENEWAL = { renewingBy: null, renewingUntil: null } as const;

/** Lock a connection's row until the transaction ends; `null` when there is none. */
export async function lockConnection(tx: Transaction, plug: string, tenant: string): Promise<ConnectionRow | null> {
  const where = and(eq(connections.plug, plug), eq(connections.tenant, tenant));
  const [row] = await tx.select().from(connections).where(where).for("update");
  return row ?? null;
}

/** Store variables and whatever else changes of a locked row; every process hears of it when the transaction commits. */
export async function saveConnection(
  tx: Transaction,
  box: SecretBox,
  row: Pick<ConnectionRow, "id" | "plug" | "tenant">,
  vars: VarRecord,
  change: ConnectionChange,
): Promise<void> {
  await tx
    .update(connections)
    .set({
      ...change,
      envelope: sealVars(box, vars, varsIdentity("connection", row.plug, row.tenant)),
      keyId: box.keyId,
      version: sql`${connections.version} + 1`,
      updatedAt: sql`now()`,
    })
    .where(eq(connections.id, row.id));
  await announce(tx, "connections", row.id);
}
