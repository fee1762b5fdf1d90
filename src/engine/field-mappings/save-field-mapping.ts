import { and, eq, sql } from "drizzle-orm";
import type { FieldMappingDefinition, FieldMappingRecord, Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { run } from "../database/adapter.ts";
import { fieldMappingVersions } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { checkDefinition } from "./check-definition.ts";
import { noSuchFieldMapping } from "./field-mappings.ts";
import { fieldMappingRecord } from "./list-field-mappings.ts";

type Parts = Pick<Engine, "adapter" | "fieldMappings">;

interface Save {
  readonly name: string;
  readonly tenant: string;
  readonly note?: string | undefined;
  readonly actor: Principal;
  readonly requestId: string;
}

/**
 * Save a new version, in force at once. Versions are never changed. Savers of
 * one mapping take turns, so that none overwrites what it has not seen.
 *
 * @param save.version the version that was edited.
 * @throws KhotanError `validation_failed` naming field and position; `conflict` when another version was saved meanwhile
 */
export function saveFieldMapping(
  engine: Parts,
  save: Save & { readonly definition: FieldMappingDefinition; readonly version?: number | undefined },
): Promise<FieldMappingRecord> {
  checkDefinition(save.definition);
  return store(engine, save, "field_mapping.save", async (current) => {
    if (save.version !== undefined && save.version !== current) {
      throw new KhotanError("conflict", `Version ${current} is in force by now, not ${save.version}.`, {
        hint: "Read it again, and make your change there.",
      });
    }
    return save.definition;
  });
}

/** Save an earlier version's content as a new version. @throws KhotanError `not_found` */
export function rollbackFieldMapping(
  engine: Parts,
  save: Save & { readonly version: number },
): Promise<FieldMappingRecord> {
  const { name, tenant, version } = save;
  return store(engine, save, "field_mapping.rollback", async (_, tx) => {
    const [old] = await tx
      .select({ definition: fieldMappingVersions.definition })
      .from(fieldMappingVersions)
      .where(
        and(
          eq(fieldMappingVersions.name, name),
          eq(fieldMappingVersions.tenant, tenant),
          eq(fieldMappingVersions.version, version),
        ),
      );
    const content =
      old?.definition ?? (version === 0 ? engine.fieldMappings.declared.get(name)?.definition : undefined);
    if (content) return content;
    throw new KhotanError("not_found", `"${name}" has no version ${version}.`);
  });
}

type Tx = Parameters<Parameters<Parts["adapter"]["db"]["transaction"]>[0]>[0];

async function store(
  engine: Parts,
  { name, tenant, note, actor, requestId, ...rest }: Save & { readonly version?: number | undefined },
  action: string,
  content: (current: number, tx: Tx) => Promise<FieldMappingDefinition>,
): Promise<FieldMappingRecord> {
  return await engine.adapter.db.transaction(async (tx) => {
    await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`khotan field mapping ${tenant} ${name}`}, 0))`);
    const before = await engine.fieldMappings.inForce(tx, name, tenant);
    const definition = await content(before?.version ?? 0, tx);
    const version = (before?.version ?? 0) + 1;
    const by = actor.name ?? actor.id;
    const [saved] = await tx
      .insert(fieldMappingVersions)
      .values({ name, tenant, version, definition, note: note ?? null, actor: by })
      .returning({ id: fieldMappingVersions.id });
    const data = { version, ...(rest.version === undefined ? {} : { from: rest.version }) };
    await writeAudit(tx, { actor, action, tenant, target: name, data, requestId });
    await announce(tx, "field_mappings", saved?.id ?? null);
    const now = await engine.fieldMappings.inForce(tx, name, tenant);
    if (!now) throw noSuchFieldMapping(engine.fieldMappings.declared, name);
    return fieldMappingRecord(engine, name, tenant, now);
  });
}
