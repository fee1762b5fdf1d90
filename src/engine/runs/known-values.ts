import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Principal, RunFacetName } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";

/** Tenants that are looked for, when the principal may see all. */
const TENANTS = 50;

const valueRow = z.object({
  field: z.enum(["plug", "tenant", "handler", "flow"]),
  value: z.string(),
  name: z.string(),
});

/** Values that runs may have, and what people call them. */
export interface KnownValues {
  readonly values: Partial<Record<RunFacetName, readonly string[]>>;
  readonly names: ReadonlyMap<string, string>;
}

/** The registered plugs, handlers and flows, and tenants as the runs' index lists them: a jump each, not a scan. */
export async function knownValues(engine: Pick<Engine, "adapter">, principal: Principal): Promise<KnownValues> {
  const found = await rows(
    engine.adapter.db,
    sql`
      with recursive tenants as (
        (select tenant, 1 as no from khotan_runs order by tenant limit 1)
        union all
        select (select r.tenant from khotan_runs r where r.tenant > t.tenant order by r.tenant limit 1), t.no + 1
        from tenants t where t.tenant is not null and t.no < ${TENANTS}
      )
      select 'tenant' as field, tenant as value, tenant as name from tenants where tenant is not null
      union all select 'plug', name, name from khotan_plugs
      union all select 'handler', id::text, name from khotan_handlers
      union all select 'flow', id::text, name from khotan_flows
    `,
    valueRow,
  );
  const of = (field: RunFacetName) => found.filter((row) => row.field === field).map(({ value }) => value);
  const tenants = principal.tenants === "*" ? of("tenant") : [...principal.tenants];
  return {
    values: { plug: of("plug"), handler: of("handler"), flow: of("flow"), tenant: tenants },
    names: new Map(
      found.filter(({ field }) => field === "handler" || field === "flow").map(({ value, name }) => [value, name]),
    ),
  };
}
