import { createTestHub, type TestHub } from "../../../../tests/support/hub.ts";
import type { KhotanOptions } from "../../config.ts";
import { none, plug } from "../../index.ts";
import type { Flow } from "../flow.ts";
import { type FlowHandle, flowHandle } from "../flow-handle.ts";

export interface FlowHub extends TestHub {
  flow(name: string, tenant?: string): FlowHandle;
}

export const source = plug({ name: "source", baseUrl: "https://source.example", auth: none() });
export const target = plug({ name: "target", baseUrl: "https://target.example", auth: none() });

/** A hub whose plug `source` has these flows; as one process of several when the URL is the same. Not started. */
export function createFlowHub(
  url: string,
  flows: readonly Flow[],
  options: Partial<Omit<KhotanOptions, "adapter" | "plugs">> = {},
): FlowHub {
  const hub = createTestHub(url, { ...options, plugs: [{ plug: source, flows }, { plug: target }] });
  return { ...hub, flow: (name, tenant) => flowHandle(hub.engine, hub.runtime, name, { tenant }) };
}

/** Connect tenants, as setting their variables would. */
export async function connectTenants(hub: FlowHub, ...tenants: string[]): Promise<void> {
  for (const tenant of tenants) {
    await hub.engine.connectionVars.write({ plug: "source", tenant, fields: source.fields, patch: {}, actor: null });
  }
}
