import type { ConnectionStatus, PlugRecord } from "../../contract/index.ts";
import { connectionStatus } from "../connections/connection-status.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import type { AnyPlug, VarRecord } from "../plugs/index.ts";
import { missingVars } from "../vars/merge-vars.ts";

export interface ConnectionView {
  readonly connection: PlugRecord["connection"];
  /** `null` when it depends on variables that are not set. */
  readonly baseUrl: string | null;
}

/**
 * How a connection looks from outside. Never throws because of variables that
 * cannot be opened: such a connection is shown as an `error`, since a list that
 * fails as a whole would hide the plugs that work.
 */
export async function readConnection(
  engine: Engine,
  plug: string,
  tenant: string,
  stored: ConnectionStatus | null,
): Promise<ConnectionView> {
  const { plug: definition } = engine.registry.plug(plug);
  try {
    const values = await engine.connectionVars.read(plug, tenant, definition.fields);
    const missing = missingVars(definition.fields, values ?? {});
    const ready = values !== null && connectionStatus(definition, values) === "active";
    // `active` and `pending` were right when they were written; the plug may have declared another variable since.
    const own = stored !== null && stored !== "active" && stored !== "pending" ? stored : null;
    return {
      connection: { tenant, status: own ?? (ready ? "active" : "pending"), missing },
      baseUrl: definition.baseUrl ?? resolveBaseUrl(definition, values ?? {}, missing),
    };
  } catch (error) {
    if (!(error instanceof KhotanError) || !error.code.startsWith("secret_")) throw error;
    return { connection: { tenant, status: "error", missing: [] }, baseUrl: definition.baseUrl };
  }
}

const UNSET = "khotan-unset-variable";

/** An address that is made of a variable nobody has set yet is none, though it may look like one: `https://undefined/v1`. */
function resolveBaseUrl(plug: AnyPlug, values: VarRecord, missing: readonly string[]): string | null {
  const url = plug.resolveBaseUrl({ ...values, ...Object.fromEntries(missing.map((key) => [key, UNSET])) });
  return url?.includes(UNSET) ? null : url;
}
