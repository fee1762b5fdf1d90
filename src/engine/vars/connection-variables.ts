import type { Principal, VariablesPatch, VariablesRecord } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { maskVars } from "./mask-vars.ts";

interface Which {
  readonly plug: string;
  readonly tenant: string;
}

interface By {
  readonly actor: Principal;
  readonly requestId?: string;
}

/** A connection's variables, secrets masked. @throws KhotanError `plug_not_found`, `tenant_not_found`, `secret_key_missing` */
export async function readVariables(engine: Engine, { plug, tenant }: Which): Promise<VariablesRecord> {
  const { fields } = engine.registry.plug(plug).plug;
  const values = await engine.connectionVars.read(plug, tenant, fields);
  if (values === null) throw tenantNotFound(engine, { plug, tenant });
  return { plug, tenant, fields: maskVars(fields, values) };
}

/** Merge variables; the first write makes the connection. @throws KhotanError `unknown_variable`, `validation_failed` */
export async function writeVariables(
  engine: Engine,
  { plug, tenant, patch, ...by }: Which & By & { readonly patch: VariablesPatch },
): Promise<VariablesRecord> {
  const { fields } = engine.registry.plug(plug).plug;
  const values = await engine.connectionVars.write({ plug, tenant, fields, patch, ...by });
  return { plug, tenant, fields: maskVars(fields, values) };
}

/** Clear everything a connection holds, also what the plug itself keeps there (tokens). */
export async function clearVariables(engine: Engine, { plug, tenant, ...by }: Which & By): Promise<VariablesRecord> {
  const { fields } = engine.registry.plug(plug).plug;
  const values = await engine.connectionVars.read(plug, tenant, fields);
  if (values === null) throw tenantNotFound(engine, { plug, tenant });
  // The plug's own variables may only be touched by the hub itself, which is what `actor: null` says.
  const own = Object.keys(values).filter((key) => key.startsWith("_"));
  if (own.length > 0) {
    const patch = Object.fromEntries(own.map((key) => [key, null]));
    await engine.connectionVars.write({ plug, tenant, fields, patch, actor: null });
  }
  const patch = Object.fromEntries(fields.filter((field) => !field.hidden).map((field) => [field.key, null]));
  return await writeVariables(engine, { plug, tenant, patch, ...by });
}

const tenantNotFound = (engine: Engine, { plug, tenant }: Which): KhotanError =>
  new KhotanError("tenant_not_found", `"${plug}" has no connection for tenant "${tenant}".`, {
    hint: `Setting its variables makes one: POST ${engine.settings.basePath}/variables/${plug}?tenant=${tenant}`,
  });
