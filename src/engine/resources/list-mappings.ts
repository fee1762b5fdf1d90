import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { type Api, DEFAULT_TENANT, type MappingRecord, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { KhotanError } from "../errors.ts";
import { lookupByRef } from "./lookup-mappings.ts";
import { MAPPING_COLUMNS, mappingRecord, mappingRow } from "./mapping-record.ts";
import { filter, type SearchScope, searchMappings } from "./search-mappings.ts";

export type MappingsQuery = z.output<Api["listMappings"]["query"]>;

/** Mappings, newest first. @throws KhotanError `invalid_cursor`, `validation_failed`, `not_found` for an unknown resource */
export async function listMappings(
  engine: Pick<Engine, "adapter" | "mappings">,
  principal: Principal,
  query: MappingsQuery,
): Promise<Page<MappingRecord>> {
  const { db } = engine.adapter;
  const { resource, tenant, q, plug, ref, limit } = query;
  if (resource !== undefined) engine.mappings.resource(resource);
  if (ref !== undefined) return await withRef(engine, principal, query);
  const scope: SearchScope = {
    resource,
    tenants: tenant !== undefined ? [tenant] : principal.tenants === "*" ? null : principal.tenants,
    plug,
    before: query.cursor === undefined ? undefined : decodeCursor("mappings", query.cursor),
  };
  const ids = q === undefined ? newest(scope, limit + 1) : await searchMappings(db, scope, q, limit + 1);
  const chosen = Array.isArray(ids) ? inList(ids) : ids;
  const found = await rows(
    db,
    sql`select ${sql.raw(MAPPING_COLUMNS)} from khotan_mappings m where m.id in (${chosen}) order by m.id desc limit ${limit + 1}`,
    mappingRow,
  );
  return toPage("mappings", found, limit, mappingRecord);
}

/** Ids of the newest mappings, as a subquery. */
function newest(scope: SearchScope, limit: number): SQL {
  if (scope.plug === undefined) {
    return sql`select id from (select id from khotan_mappings where ${filter(scope, sql`id`)} order by id desc limit ${limit}) n`;
  }
  return sql`
    select mapping_id from (
      select mapping_id from khotan_mapping_refs
      where ${filter(scope, sql`mapping_id`)} and (plug || '') = ${scope.plug} order by mapping_id desc limit ${limit}
    ) n
  `;
}

const inList = (ids: readonly string[]): SQL =>
  ids.length === 0
    ? sql`select null::uuid where false`
    : sql.join(
        ids.map((id) => sql`${id}::uuid`),
        sql`, `,
      );

/** A ref belongs to one mapping at most. */
async function withRef(
  engine: Pick<Engine, "adapter" | "mappings">,
  principal: Principal,
  { resource, tenant, plug, ref = "", limit }: MappingsQuery,
): Promise<Page<MappingRecord>> {
  if (resource === undefined || plug === undefined) {
    throw new KhotanError("validation_failed", "`ref` needs `resource` and `plug`.", {
      hint: "To find a text anywhere, use `q`.",
      issues: [{ path: "ref", message: "Name the resource and the plug as well." }],
    });
  }
  const tenants = tenant !== undefined ? [tenant] : principal.tenants === "*" ? [DEFAULT_TENANT] : principal.tenants;
  const found = await Promise.all(
    tenants.map((one) => lookupByRef(engine.adapter.db, engine.mappings.resource(resource), one, plug, [ref])),
  );
  return { items: found.flat().filter((one) => one !== null), page: { next: null, limit } };
}
