import { and, asc, desc, eq, lt } from "drizzle-orm";
import { encodeId, type FieldMappingRecord, type FieldMappingVersion } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { fieldMappingVersions } from "../database/schema/index.ts";
import { type InForce, noSuchFieldMapping } from "./field-mappings.ts";

type Parts = Pick<Engine, "adapter" | "fieldMappings">;

export function fieldMappingRecord(
  engine: Pick<Engine, "fieldMappings">,
  name: string,
  tenant: string,
  { version, definition, note, actor, savedAt }: InForce,
): FieldMappingRecord {
  const own = engine.fieldMappings.declared.get(name);
  return {
    name,
    tenant,
    resource: own?.resource ?? null,
    version,
    registered: own !== undefined,
    definition,
    note,
    actor,
    savedAt: savedAt?.toISOString() ?? null,
  };
}

/** What is in force for a tenant, by name: declared ones and those that were only saved. */
export async function listFieldMappings(engine: Parts, tenant: string): Promise<FieldMappingRecord[]> {
  const saved = await engine.adapter.db
    .selectDistinctOn([fieldMappingVersions.name])
    .from(fieldMappingVersions)
    .where(eq(fieldMappingVersions.tenant, tenant))
    .orderBy(asc(fieldMappingVersions.name), desc(fieldMappingVersions.version));
  const found = new Map(
    [...engine.fieldMappings.declared.values()].map(({ name, definition }) => [
      name,
      fieldMappingRecord(engine, name, tenant, { version: 0, definition, note: null, actor: null, savedAt: null }),
    ]),
  );
  for (const row of saved)
    found.set(row.name, fieldMappingRecord(engine, row.name, tenant, { ...row, savedAt: row.createdAt }));
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws KhotanError `not_found` */
export async function readFieldMapping(engine: Parts, name: string, tenant: string): Promise<FieldMappingRecord> {
  const found = await engine.fieldMappings.inForce(engine.adapter.db, name, tenant);
  if (!found) throw noSuchFieldMapping(engine.fieldMappings.declared, name);
  return fieldMappingRecord(engine, name, tenant, found);
}

/** Saved versions, newest first; version 0 is in the code. @throws KhotanError `not_found`, `invalid_cursor` */
export async function listFieldMappingVersions(
  engine: Parts,
  query: {
    readonly name: string;
    readonly tenant: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<FieldMappingVersion>> {
  const { name, tenant, cursor, limit } = query;
  await readFieldMapping(engine, name, tenant);
  const found = await engine.adapter.db
    .select()
    .from(fieldMappingVersions)
    .where(
      and(
        eq(fieldMappingVersions.name, name),
        eq(fieldMappingVersions.tenant, tenant),
        cursor ? lt(fieldMappingVersions.id, decodeCursor("field-mapping-versions", cursor)) : undefined,
      ),
    )
    .orderBy(desc(fieldMappingVersions.id))
    .limit(limit + 1);
  return toPage("field-mapping-versions", found, limit, (row) => ({
    id: encodeId("fieldMapping", row.id),
    version: row.version,
    definition: row.definition,
    note: row.note,
    actor: row.actor,
    savedAt: row.createdAt.toISOString(),
  }));
}
