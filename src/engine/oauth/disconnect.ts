import { and, eq } from "drizzle-orm";
import type { ConnectionRecord, Failure, Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { lockConnection, NO_RENEWAL, saveConnection } from "../connections/locked-connection.ts";
import type { Engine } from "../context.ts";
import { connections } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { toFailure, withoutStack } from "../runs/failure.ts";
import { connectionRecord } from "./connection-record.ts";
import { revokeToken } from "./grants.ts";
import { oauthDoor } from "./oauth-door.ts";
import { readToken } from "./token-vars.ts";

/**
 * Disconnect a tenant: tell the provider that its tokens are no longer wanted, then forget everything. What could not be
 * told is said in `error`; the tokens are forgotten all the same.
 *
 * @throws KhotanError `plug_not_found`, `tenant_not_found`, `secret_key_missing`
 */
export async function disconnect(
  engine: Engine,
  request: { plug: string; tenant: string; actor: Principal; requestId?: string },
): Promise<ConnectionRecord> {
  const { plug: name, tenant, actor, requestId } = request;
  const { plug } = engine.registry.plug(name);
  const where = and(eq(connections.plug, name), eq(connections.tenant, tenant));
  if ((await engine.adapter.db.select({ id: connections.id }).from(connections).where(where)).length === 0) {
    throw new KhotanError("tenant_not_found", `"${name}" has no connection for tenant "${tenant}".`);
  }
  const vars = (await engine.connectionVars.read(name, tenant, plug.fields)) ?? {};
  const door = oauthDoor(engine, plug, tenant, vars);
  const error =
    door && readToken(vars) ? await tellProvider(() => revokeToken(door.options, door.context), name) : null;
  const box = engine.secrets();
  const row = await engine.adapter.db.transaction(async (tx) => {
    const locked = await lockConnection(tx, name, tenant);
    if (!locked) throw new Error("the connection vanished");
    await saveConnection(tx, box, locked, {}, { ...NO_RENEWAL, status: "revoked", error, expiresAt: null });
    const data = error ? { notRevoked: error.code } : {};
    await writeAudit(tx, { actor, action: "connection.disconnect", plug: name, tenant, requestId, data });
    return await lockConnection(tx, name, tenant);
  });
  engine.connectionVars.forget();
  if (!row) throw new Error("the connection vanished under its lock");
  return connectionRecord(engine, plug, row);
}

async function tellProvider(revoke: () => Promise<boolean>, plug: string): Promise<Failure | null> {
  const hint = `Withdraw the access in the account at ${plug} by hand.`;
  try {
    if (await revoke()) return null;
    return { code: "not_revoked", message: `${plug} has no address at which tokens are revoked.`, hint };
  } catch (cause) {
    const failure = withoutStack(toFailure(cause));
    return { code: "not_revoked", message: failure?.message ?? "The tokens could not be revoked.", hint };
  }
}
