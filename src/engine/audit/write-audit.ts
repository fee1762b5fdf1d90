import type { Principal } from "../../contract/index.ts";
import { announce } from "../changes/announce.ts";
import type { Executor } from "../database/adapter.ts";
import { audit } from "../database/schema/index.ts";

export interface AuditEntry {
  readonly actor: Principal;
  /** e.g. `variables.set`. */
  readonly action: string;
  readonly plug?: string | null;
  readonly tenant?: string | null;
  readonly target?: string | null;
  /** Never values of variables. */
  readonly data?: Record<string, unknown>;
  readonly requestId?: string;
}

/** Write down who changed what, in the transaction of the change; who looks at the log hears of it. */
export async function writeAudit(tx: Pick<Executor, "insert" | "execute">, entry: AuditEntry): Promise<void> {
  const { actor, action, plug = null, tenant = null, target = null, data = {}, requestId = null } = entry;
  await tx.insert(audit).values({ actor: actor.name ?? actor.id, action, plug, tenant, target, data, requestId });
  await announce(tx, "audit", null);
}
