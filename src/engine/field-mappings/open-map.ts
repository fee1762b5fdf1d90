import { sql } from "drizzle-orm";
import type { FieldProblem, UsedFieldMapping } from "../../contract/index.ts";
import { type Executor, run } from "../database/adapter.ts";
import type { ApplyOptions, MappedRecord } from "./apply-field-mapping.ts";
import type { FieldMapping } from "./field-mapping.ts";
import type { FieldMappings, OpenFieldMapping } from "./field-mappings.ts";

/** A batch of records, mapped. */
export interface MappedBatch {
  /** What could be made, in order. */
  readonly values: Record<string, unknown>[];
  /** As many as were given, in their order, each with its value or its problems. */
  readonly records: readonly MappedRecord[];
  readonly failed: number;
  /** Of the field mapping; 0 is what the code declares. */
  readonly version: number;
}

/** `ctx.map`. @throws KhotanError `not_found` for a field mapping that nobody knows */
export type MapFields = (
  mapping: string | FieldMapping,
  records: readonly unknown[],
  options?: Pick<ApplyOptions, "direction">,
) => Promise<MappedBatch>;

export interface MapTools {
  readonly tenant: string;
  readonly direction: "in" | "out";
  /** Told once for each field mapping of the attempt, before it is used. */
  readonly note: (used: UsedFieldMapping) => Promise<void>;
  /** Told of records that could not be mapped. */
  readonly onFailed: (failed: readonly FailedRecord[], mapping: string) => void;
}

export interface FailedRecord {
  /** Its place in the batch. */
  readonly at: number;
  readonly problems: readonly FieldProblem[];
}

/** Field mappings for one attempt of a run: one version from its first record to its last. */
export function openMap(fieldMappings: FieldMappings, tools: MapTools): MapFields {
  const opened = new Map<string, Promise<OpenFieldMapping>>();

  async function open(name: string): Promise<OpenFieldMapping> {
    const mapping = await fieldMappings.open(name, tools.tenant);
    await tools.note({ name, version: mapping.version });
    return mapping;
  }

  return async (mapping, records, { direction = tools.direction } = {}) => {
    const name = typeof mapping === "string" ? mapping : mapping.name;
    const opening = opened.get(name) ?? open(name);
    opened.set(name, opening);
    const { version, apply } = await opening;
    const made = await apply(records, { direction });
    const failed = made.flatMap((one, at): FailedRecord[] => (one.ok ? [] : [{ at, problems: one.problems }]));
    if (failed.length > 0) tools.onFailed(failed, name);
    const values = made.flatMap((one) => (one.ok ? [one.value] : []));
    return { values, records: made, failed: failed.length, version };
  };
}

/** Write down which version a run used; each once. */
export async function noteFieldMapping(
  executor: Pick<Executor, "execute">,
  runId: string,
  used: UsedFieldMapping,
): Promise<void> {
  const entry = sql`${JSON.stringify([used])}::text::jsonb`;
  await run(
    executor,
    sql`
      update khotan_runs set field_mappings = coalesce(field_mappings, '[]') || ${entry}
      where id = ${runId}::uuid and not coalesce(field_mappings, '[]') @> ${entry}
    `,
  );
}

const LOGGED = 10;

/** A line of the run's log for each of the first records that could not be mapped. Fields are named, values are not shown. */
export function mappingProblems(warn: (message: string) => void): MapTools["onFailed"] {
  let logged = 0;
  return (failed, mapping) => {
    for (const { at, problems } of failed.slice(0, Math.max(0, LOGGED - logged))) {
      const named = problems.map(({ field, message }) => `${field}: ${message}`).join("; ");
      warn(`record ${at} of the page could not be mapped by "${mapping}": ${named}`);
    }
    logged += failed.length;
  };
}
