import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Principal, RunFacetName } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import type { RunGroup } from "./run-groups.ts";

/** Tenants that are looked for, when the principal may see all. */
const TENANTS = 50;

const valueRow = z.object({
  field: z.enum(["plug", "handler", "flow"]),
  value: z.string(),
  name: z.string(),
});

/** Values that runs may have, and what people call them. */
export interface KnownValues {
  readonly values: Partial<Record<RunFacetName, readonly string[]>>;
  readonly names: ReadonlyMap<string, string>;
}

/** The registered plugs, handlers and flows, and the tenants that have runs. */
export async function knownValues(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  groups: readonly RunGroup[],
): Promise<KnownValues> {
  const found = await rows(
    engine.adapter.db,
    sql`
      select 'plug' as field, name as value, name from khotan_plugs
      union all select 'handler', id::text, name from khotan_handlers
      union all select 'flow', id::text, name from khotan_flows
    `,
    valueRow,
  );
  const of = (field: RunFacetName) => found.filter((row) => row.field === field).map(({ value }) => value);
  const tenants =
    principal.tenants === "*"
      ? [...new Set(groups.map(({ tenant }) => tenant))].sort().slice(0, TENANTS)
      : [...principal.tenants];
  return {
    values: { plug: of("plug"), handler: of("handler"), flow: of("flow"), tenant: tenants },
    names: new Map(
      found.filter(({ field }) => field === "handler" || field === "flow").map(({ value, name }) => [value, name]),
    ),
  };
}
