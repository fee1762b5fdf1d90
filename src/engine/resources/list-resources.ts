import { asc, isNull, sql } from "drizzle-orm";
import { encodeId, type Principal, type ResourceRecord } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { cappedCount } from "../database/capped-count.ts";
import { resources } from "../database/schema/index.ts";
import { filter } from "./search-mappings.ts";

/** The registered resources, by name, with how many mappings of them the principal may see. */
export async function listResources(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  { tenant }: { readonly tenant?: string | undefined },
): Promise<ResourceRecord[]> {
  const { db } = engine.adapter;
  const found = await db.select().from(resources).where(isNull(resources.retiredAt)).orderBy(asc(resources.name));
  const tenants = tenant !== undefined ? [tenant] : principal.tenants === "*" ? null : principal.tenants;
  return await Promise.all(
    found.map(async ({ id, name, label, connectFields }) => {
      const scope = { resource: name, tenants, plug: undefined, before: undefined };
      const mappings = await cappedCount(db, sql`select from khotan_mappings where ${filter(scope, sql`id`)}`);
      return { id: encodeId("resource", id), name, label, connectFields, mappings };
    }),
  );
}
