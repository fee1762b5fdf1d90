import { type ConnectionRecord, encodeId, type Failure } from "../../contract/index.ts";
import { connectionStatus } from "../connections/connection-status.ts";
import type { ConnectionRow } from "../connections/locked-connection.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { type AnyPlug, isOAuth2, type VarRecord } from "../plugs/index.ts";
import { openVars, varsIdentity } from "../vars/sealed-vars.ts";
import { readToken } from "./token-vars.ts";

/** A connection as people may see it. One that cannot be opened is shown as an `error`, so that the others are seen. */
export function connectionRecord(engine: Pick<Engine, "secrets">, plug: AnyPlug, row: ConnectionRow): ConnectionRecord {
  const { vars, error } = openOrSay(engine, row);
  const strategy = plug.resolveAuth(vars);
  const fixed = row.status === "active" || row.status === "pending" ? null : row.status;
  return {
    id: encodeId("connection", row.id),
    plug: row.plug,
    tenant: row.tenant,
    status: error ? "error" : (fixed ?? connectionStatus(plug, vars)),
    auth: plug.authKind,
    consents: isOAuth2(strategy) && strategy.oauth2.grant !== "clientCredentials",
    scopes:
      readToken(vars)
        ?.scope?.split(/[\s,]+/)
        .filter(Boolean) ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    error: error ?? row.error,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function openOrSay(engine: Pick<Engine, "secrets">, row: ConnectionRow): { vars: VarRecord; error: Failure | null } {
  try {
    const vars = openVars(engine.secrets(), row.envelope, varsIdentity("connection", row.plug, row.tenant));
    return { vars, error: null };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("secret_")) throw error;
    const hint = error instanceof KhotanError ? error.hint : undefined;
    return { vars: {}, error: { code: String(error.code), message: error.message, ...(hint ? { hint } : {}) } };
  }
}
