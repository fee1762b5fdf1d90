import { and, eq } from "drizzle-orm";
import { DEFAULT_TENANT, newUuid, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { Adapter, Transaction } from "../database/adapter.ts";
import { connections } from "../database/schema/index.ts";
import type { AnyPlug, VarField, VarPatch } from "../plugs/index.ts";
import type { SecretBox } from "../security/secret-box.ts";
import { mergeVars } from "../vars/merge-vars.ts";
import { openVars, varsIdentity } from "../vars/sealed-vars.ts";
import { connectionStatus } from "./connection-status.ts";
import { lockConnection, saveConnection } from "./locked-connection.ts";

export type VarValues = Readonly<Record<string, string | number | boolean>>;

export interface WriteVars {
  readonly plug: string;
  readonly tenant: string;
  readonly fields: readonly VarField[];
  readonly patch: VarPatch;
  /** `null` when the hub itself writes, e.g. a refreshed token; that may touch hidden variables and is not audited. */
  readonly actor: Principal | null;
  readonly requestId?: string;
}

/** The variables of connections, decrypted for use; kept in the process until somebody changes them. */
export interface ConnectionVarsStore {
  /** The connection's variables, defaults included; `null` when the tenant has no connection. */
  read(plug: string, tenant: string, fields: readonly VarField[]): Promise<VarValues | null>;
  /** Merge and store; the first write makes the connection. @returns the values as they are now. */
  write(change: WriteVars): Promise<VarValues>;
  /** Forget what is kept in this process. */
  forget(): void;
}

interface Deps {
  readonly adapter: Adapter;
  readonly secrets: () => SecretBox;
  /** The registered plug, which knows what a connection needs to be usable. */
  readonly plugOf: (name: string) => AnyPlug | undefined;
}

export function createConnectionVars(deps: Deps): ConnectionVarsStore {
  const { adapter, secrets } = deps;
  const cache = new Map<string, VarValues | null>();
  let generation = 0;

  async function load(plug: string, tenant: string, fields: readonly VarField[]): Promise<VarValues | null> {
    const [row] = await adapter.db
      .select()
      .from(connections)
      .where(and(eq(connections.plug, plug), eq(connections.tenant, tenant)));
    if (row) return openVars(secrets(), row.envelope, varsIdentity("connection", plug, tenant));
    // The default tenant works before anybody wrote anything, on its default values.
    return tenant === DEFAULT_TENANT ? defaultsOf(fields) : null;
  }

  return {
    async read(plug, tenant, fields) {
      const key = `${plug}/${tenant}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const before = generation;
      const values = await load(plug, tenant, fields);
      if (generation === before && cache.size < 10_000) cache.set(key, values);
      return values;
    },
    async write(change) {
      const values = await adapter.db.transaction((tx) => writeIn(tx, deps, change));
      generation++;
      cache.delete(`${change.plug}/${change.tenant}`);
      return values;
    },
    forget() {
      generation++;
      cache.clear();
    },
  };
}

async function writeIn(tx: Transaction, { secrets, plugOf }: Deps, change: WriteVars): Promise<VarValues> {
  const { plug, tenant, fields, patch, actor, requestId } = change;
  const box = secrets();
  await tx.insert(connections).values({ id: newUuid(), plug, tenant }).onConflictDoNothing();
  const row = await lockConnection(tx, plug, tenant);
  if (!row) throw new Error("the connection vanished between insert and read");
  const unseeded = fields.filter((field) => field.defaultValue !== undefined && !row.seededKeys.includes(field.key));
  const stored = { ...defaultsOf(unseeded), ...openVars(box, row.envelope, varsIdentity("connection", plug, tenant)) };
  const merged = mergeVars(fields, stored, patch, { hidden: actor === null });
  await saveConnection(tx, box, row, merged, {
    seededKeys: [...new Set([...row.seededKeys, ...unseeded.map((field) => field.key)])],
    status: connectionStatus({ fields, resolveAuth: (vars) => plugOf(plug)?.resolveAuth(vars) ?? null }, merged),
  });
  if (actor) {
    const keys = Object.keys(patch);
    const cleared = keys.filter((key) => patch[key] === null);
    await writeAudit(tx, { actor, action: "variables.set", plug, tenant, data: { keys, cleared }, requestId });
  }
  return merged;
}

function defaultsOf(fields: readonly VarField[]): Record<string, string | number | boolean> {
  const values: Record<string, string | number | boolean> = {};
  for (const field of fields) if (field.defaultValue !== undefined) values[field.key] = field.defaultValue;
  return values;
}
