import { eq } from "drizzle-orm";
import { DEFAULT_TENANT } from "../../contract/index.ts";
import { connectionStatus } from "../connections/connection-status.ts";
import type { Engine } from "../context.ts";
import type { Executor } from "../database/adapter.ts";
import { connections } from "../database/schema/index.ts";
import type { VarRecord } from "../plugs/index.ts";

/**
 * For whom a schedule fires: every tenant whose connection to the plug is active. A plug that nobody has connected, and
 * that works on its default values alone, fires for the tenant `default`.
 */
export async function scheduledTenants(
  engine: Pick<Engine, "registry">,
  executor: Pick<Executor, "select">,
  plug: string,
): Promise<string[]> {
  const stored = await executor
    .select({ tenant: connections.tenant, status: connections.status })
    .from(connections)
    .where(eq(connections.plug, plug))
    .orderBy(connections.tenant);
  if (stored.length > 0) return stored.filter((row) => row.status === "active").map((row) => row.tenant);
  const definition = engine.registry.definitions.get(plug)?.plug;
  if (!definition) return [];
  const defaults: Record<string, VarRecord[string]> = {};
  for (const { key, defaultValue } of definition.fields) if (defaultValue !== undefined) defaults[key] = defaultValue;
  return connectionStatus(definition, defaults) === "active" ? [DEFAULT_TENANT] : [];
}
