import type { DebugPlug, DebugPlugDetail, VarState } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { connectionSecrets, secretValues } from "../exchanges/connection-secrets.ts";
import type { VarRecord } from "../plugs/index.ts";
import type { RegisteredPlug } from "../registry/definitions.ts";
import { readConnection } from "../registry/read-connection.ts";
import type { PlugState } from "../registry/registry.ts";
import { maskVars } from "../vars/mask-vars.ts";
import { missingVars } from "../vars/merge-vars.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import { requireDebug } from "./require-debug.ts";

/** Everything the debugger can call, by name. @throws KhotanError `debug_disabled` */
export async function listDebugPlugs(engine: Engine, tenant: string): Promise<DebugPlug[]> {
  requireDebug(engine);
  const registered = [...engine.registry.definitions.keys()]
    .sort()
    .flatMap((name) => engine.registry.findPlug(name) ?? []);
  return await Promise.all(
    registered.map(async (found) => ({
      ...(await overview(engine, found, tenant)).plug,
      endpoints: Object.keys(found.plug.endpoints).length,
    })),
  );
}

/** One plug with its endpoints, schemas, examples and variables. @throws KhotanError `debug_disabled`, `plug_not_found` */
export async function readDebugPlug(engine: Engine, name: string, tenant: string): Promise<DebugPlugDetail> {
  requireDebug(engine);
  const found = engine.registry.plug(name);
  const { plug, values } = await overview(engine, found, tenant);
  return {
    ...plug,
    endpoints: Object.entries(found.plug.endpoints).map(([key, endpoint]) => describeEndpoint(key, endpoint)),
    vars: { ...plug.vars, fields: maskVars(found.plug.fields, values) },
  };
}

async function overview(engine: Engine, found: RegisteredPlug & PlugState, tenant: string) {
  const { plug, enabled } = found;
  const stored = await readable(engine, found, tenant);
  const values = stored ?? {};
  const { baseUrl } = await readConnection(engine, plug.name, tenant, null);
  const { redactor } = connectionSecrets(secretValues(plug.fields, values));
  return {
    values,
    plug: {
      plug: plug.name,
      label: plug.label,
      enabled,
      baseUrl: baseUrl && redactor.text(baseUrl),
      auth: plug.authKind,
      vars: varState(found, tenant, stored),
    },
  };
}

/** `null` when there is no connection, or it cannot be opened: one bad connection must not hide all plugs. */
async function readable(engine: Engine, { plug }: RegisteredPlug, tenant: string): Promise<VarRecord | null> {
  try {
    return await engine.connectionVars.read(plug.name, tenant, plug.fields);
  } catch (error) {
    if (error instanceof KhotanError && error.code.startsWith("secret_")) return null;
    throw error;
  }
}

function varState({ plug }: RegisteredPlug, tenant: string, values: VarRecord | null): VarState {
  const shown = plug.fields.filter((field) => !field.hidden);
  const set = shown.filter((field) => values?.[field.key] !== undefined && values[field.key] !== "");
  return {
    tenant,
    connected: values !== null,
    total: shown.length,
    set: set.length,
    missing: missingVars(plug.fields, values ?? {}),
  };
}
