import { and, desc, eq } from "drizzle-orm";
import { DEFAULT_TENANT, type FieldMappingDefinition } from "../../contract/index.ts";
import type { Adapter, Executor } from "../database/adapter.ts";
import { fieldMappingVersions } from "../database/schema/index.ts";
import { KhotanConfigError, KhotanError } from "../errors.ts";
import { type ApplyOptions, applyFieldMapping, type MappedRecord } from "./apply-field-mapping.ts";
import type { FieldMapping } from "./field-mapping.ts";

/** A field mapping as it was in force when it was opened: a run sees one version from its first record to its last. */
export interface OpenFieldMapping {
  readonly name: string;
  readonly tenant: string;
  /** 0 is what the code declares. */
  readonly version: number;
  readonly definition: FieldMappingDefinition;
  /** Make target records of source records, in order. */
  apply(records: readonly unknown[], options?: ApplyOptions): Promise<MappedRecord[]>;
}

/** A saved version, or version 0. */
export interface InForce {
  readonly version: number;
  readonly definition: FieldMappingDefinition;
  readonly note: string | null;
  readonly actor: string | null;
  readonly savedAt: Date | null;
}

export interface FieldMappings {
  readonly declared: ReadonlyMap<string, FieldMapping>;
  /** What is in force for a tenant, or `null` for a name that nobody knows. */
  inForce(executor: Pick<Executor, "select">, name: string, tenant: string): Promise<InForce | null>;
  /** @throws KhotanError `not_found` */
  open(mapping: string | FieldMapping, tenant?: string): Promise<OpenFieldMapping>;
}

/** @throws KhotanConfigError when two have one name. */
export function createFieldMappings(
  { adapter }: { readonly adapter: Adapter },
  list: readonly FieldMapping[] = [],
): FieldMappings {
  const declared = new Map<string, FieldMapping>();
  list.forEach((mapping, at) => {
    if (declared.has(mapping.name)) {
      throw new KhotanConfigError([
        { path: `fieldMappings[${at}]`, message: `There are two field mappings named "${mapping.name}".` },
      ]);
    }
    declared.set(mapping.name, mapping);
  });

  async function inForce(executor: Pick<Executor, "select">, name: string, tenant: string): Promise<InForce | null> {
    const [saved] = await executor
      .select()
      .from(fieldMappingVersions)
      .where(and(eq(fieldMappingVersions.name, name), eq(fieldMappingVersions.tenant, tenant)))
      .orderBy(desc(fieldMappingVersions.version))
      .limit(1);
    if (saved) {
      const { version, definition, note, actor, createdAt } = saved;
      return { version, definition, note, actor, savedAt: createdAt };
    }
    const own = declared.get(name);
    return own ? { version: 0, definition: own.definition, note: null, actor: null, savedAt: null } : null;
  }

  return {
    declared,
    inForce,
    async open(mapping, tenant = DEFAULT_TENANT) {
      const name = typeof mapping === "string" ? mapping : mapping.name;
      const found = await inForce(adapter.db, name, tenant);
      if (!found) throw noSuchFieldMapping(declared, name);
      const { version, definition } = found;
      return {
        name,
        tenant,
        version,
        definition,
        apply: (records, options) => applyFieldMapping(definition, records, options),
      };
    },
  };
}

export const noSuchFieldMapping = (declared: ReadonlyMap<string, FieldMapping>, name: string): KhotanError =>
  new KhotanError("not_found", `There is no field mapping "${name}".`, {
    hint: `Registered are: ${[...declared.keys()].join(", ") || "none"}. Add it to \`fieldMappings\` of the factory, or save one.`,
  });
