import { and, eq } from "drizzle-orm";
import type { WireStatus } from "../../contract/index.ts";
import type { Adapter } from "../database/adapter.ts";
import { wires } from "../database/schema/index.ts";
import type { SecretBox } from "../security/secret-box.ts";
import { openVars, varsIdentity } from "../vars/sealed-vars.ts";

/** A connected wire, ready to verify: what the receipt of a webhook needs, and nothing else. */
export interface ConnectedWire {
  readonly id: string;
  readonly status: WireStatus;
  readonly vars: Readonly<Record<string, string | number | boolean>>;
}

/** Connected wires by plug and tenant, kept in the process; receiving a webhook reads no table. */
export interface WireStore {
  /** `null` when the wire was never connected or is disconnected. */
  connected(plug: string, tenant: string): Promise<ConnectedWire | null>;
  forget(): void;
}

/** Unknown tenants come from outside, so only so many answers are remembered. */
const MAX_REMEMBERED = 10_000;

export function createWireStore(adapter: Adapter, secrets: () => SecretBox): WireStore {
  const cache = new Map<string, ConnectedWire | null>();
  let generation = 0;

  async function load(plug: string, tenant: string): Promise<ConnectedWire | null> {
    const [row] = await adapter.db
      .select()
      .from(wires)
      .where(and(eq(wires.plug, plug), eq(wires.tenant, tenant)));
    if (!row || row.status === "disabled") return null;
    const vars = openVars(secrets(), row.envelope, varsIdentity("wire", plug, tenant));
    return { id: row.id, status: row.status, vars };
  }

  return {
    async connected(plug, tenant) {
      const key = `${plug}/${tenant}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const before = generation;
      const wire = await load(plug, tenant);
      if (cache.size >= MAX_REMEMBERED) cache.clear();
      if (generation === before) cache.set(key, wire);
      return wire;
    },
    forget() {
      generation++;
      cache.clear();
    },
  };
}
