import { setImmediate } from "node:timers/promises";
import { encodeId, type MappingWrite, mappingWriteSchema, newUuid } from "../../contract/index.ts";
import { type Database, rows, type Transaction } from "../database/adapter.ts";
import { sqlState } from "../database/sql-state.ts";
import { KhotanError } from "../errors.ts";
import { connectOf } from "./connect-key.ts";
import type { Resource } from "./resource.ts";
import { storedGrams } from "./search-grams.ts";
import { type UpsertInput, upsertedRow, upsertStatement } from "./upsert-statement.ts";

export interface UpsertMappingsOptions {
  /** `merge` (default) adds refs and metadata to what is there; `replace` makes them exactly what is given. */
  readonly mode?: "merge" | "replace";
  /** A ref that belongs to another mapping: `throw` (default) writes nothing, `report` leaves that record out. */
  readonly onConflict?: "throw" | "report";
  /** Who does it, for the history. */
  readonly actor?: string;
  readonly tx?: Transaction;
}

/** A record that was left out, since one of its refs belongs to another mapping. */
export interface MappingConflict {
  readonly index: number;
  readonly plug: string;
  readonly ref: string;
  /** The mapping that has the ref; of another record of the same call, its connect key. */
  readonly owner: string;
}

export interface UpsertedMappings {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly conflicts: readonly MappingConflict[];
  /** The mapping of each record, in order; `null` where there was a conflict. */
  readonly ids: readonly (string | null)[];
}

/** More in one statement is refused. */
export const MOST_AT_ONCE = 10_000;
const MOST_TRIES = 8;
/** Two claimed one ref or one mapping at once, or a mapping went away meanwhile, or they waited for each other. */
const ASK_AGAIN = new Set(["23505", "23503", "40P01"]);

interface Prepared {
  readonly input: UpsertInput;
  /** All records that this one stands for: the same record may be given several times. */
  readonly indexes: number[];
}

/**
 * Make or change mappings by their connect value, up to 10,000 in one statement.
 *
 * @throws KhotanError `validation_failed` naming the record; `conflict` naming the ref and the mapping that has it
 */
export async function upsertMappings(
  db: Pick<Database | Transaction, "transaction">,
  resource: Resource,
  tenant: string,
  records: readonly MappingWrite[],
  options: UpsertMappingsOptions = {},
): Promise<UpsertedMappings> {
  const { mode = "merge", onConflict = "throw", actor = "code" } = options;
  if (records.length > MOST_AT_ONCE) {
    throw new KhotanError("validation_failed", `At most ${MOST_AT_ONCE.toLocaleString("en")} mappings at once.`);
  }
  const { prepared, conflicts } = prepare(resource, tenant, records);
  const ids: (string | null)[] = Array.from({ length: records.length }, () => null);
  const counts = { created: 0, updated: 0, unchanged: 0 };
  let open = prepared;
  for (let tries = 0; open.length > 0; tries++) {
    if (tries === MOST_TRIES) {
      throw new KhotanError("conflict", `Mappings of "${resource.name}" are being changed by others all the time.`, {
        hint: "Try again. In a repeatable-read transaction, what others made meanwhile cannot be seen.",
      });
    }
    const results = await attempt(open.map(({ input }) => input));
    if (results === null) {
      await setImmediate();
      continue;
    }
    const again: Prepared[] = [];
    for (const { i, id, outcome, plug, ref, owner } of results) {
      const one = prepared[i];
      if (!one) continue;
      if (outcome === "raced") again.push(one);
      else if (outcome === "conflict") {
        for (const index of one.indexes)
          conflicts.push({ index, plug: plug ?? "", ref: ref ?? "", owner: encodeId("mapping", owner ?? "") });
      } else {
        counts[outcome]++;
        for (const index of one.indexes) ids[index] = id && encodeId("mapping", id);
      }
    }
    open = again;
  }
  conflicts.sort((a, b) => a.index - b.index);
  if (conflicts.length > 0 && onConflict === "throw") throw refuseConflicts(conflicts);
  return { ...counts, conflicts, ids };

  /** `null`: others were faster; ask again. */
  async function attempt(inputs: readonly UpsertInput[]) {
    const place = { resource: resource.name, tenant, actor };
    try {
      return await db.transaction(async (tx) => {
        const results = await rows(tx, upsertStatement(place, inputs, mode), upsertedRow);
        const refused = results.filter(({ outcome }) => outcome === "conflict");
        if (refused.length > 0 && onConflict === "throw") {
          throw refuseConflicts(
            refused.map(({ i, plug, ref, owner }) => ({
              index: prepared[i]?.indexes[0] ?? i,
              plug: plug ?? "",
              ref: ref ?? "",
              owner: encodeId("mapping", owner ?? ""),
            })),
          );
        }
        return results;
      });
    } catch (error) {
      if (ASK_AGAIN.has(sqlState(error) ?? "")) return null;
      throw error;
    }
  }
}

/** Check the records; those of one key become one, and a ref that two of them claim belongs to the first. */
function prepare(resource: Resource, tenant: string, records: readonly MappingWrite[]) {
  const byKey = new Map<string, { write: ReturnType<typeof checked>; indexes: number[] }>();
  const claimed = new Map<string, string>();
  const conflicts: MappingConflict[] = [];
  records.forEach((record, index) => {
    const write = checked(resource, record, index);
    const taken = Object.entries(write.refs).find(([plug, ref]) => {
      const owner = claimed.get(`${plug} ${ref}`);
      return owner !== undefined && owner !== write.key;
    });
    if (taken) {
      const [plug, ref] = taken;
      conflicts.push({ index, plug, ref, owner: claimed.get(`${plug} ${ref}`) ?? "" });
      return;
    }
    for (const [plug, ref] of Object.entries(write.refs)) claimed.set(`${plug} ${ref}`, write.key);
    const same = byKey.get(write.key);
    if (!same) {
      byKey.set(write.key, { write, indexes: [index] });
      return;
    }
    same.indexes.push(index);
    Object.assign(same.write.refs, write.refs);
    if (write.metadata) same.write.metadata = { ...same.write.metadata, ...write.metadata };
  });
  const prepared = [...byKey.values()].map(
    ({ write, indexes }, i): Prepared => ({
      indexes,
      input: {
        i,
        id: newUuid(),
        change: newUuid(),
        k: write.key,
        connect: write.values,
        grams: storedGrams(resource.name, tenant, write.key),
        metadata: write.metadata ?? null,
        by: write.refs,
        refs: Object.entries(write.refs).map(([p, r]) => ({ p, r, g: storedGrams(resource.name, tenant, r) })),
      },
    }),
  );
  return { prepared, conflicts };
}

function checked(resource: Resource, record: MappingWrite, index: number) {
  const path = `mappings[${index}]`;
  const connect = connectOf(resource, record.connect, `${path}.connect`);
  const rest = mappingWriteSchema.omit({ connect: true }).safeParse({ refs: record.refs, metadata: record.metadata });
  if (rest.success) return { ...connect, ...rest.data };
  const issues = rest.error.issues.map((issue) => ({
    path: `${path}.${issue.path.join(".")}`,
    message: issue.message,
  }));
  throw new KhotanError("validation_failed", `${issues[0]?.path}: ${issues[0]?.message}`, { issues });
}

function refuseConflicts(conflicts: readonly MappingConflict[]): KhotanError {
  const [first] = conflicts;
  const more = conflicts.length > 1 ? ` (and ${conflicts.length - 1} more)` : "";
  return new KhotanError("conflict", `"${first?.ref}" at ${first?.plug} belongs to ${first?.owner} already${more}.`, {
    hint: "Merge the two mappings, or take the ref away from the other one first. Nothing was written.",
    issues: conflicts.slice(0, 20).map(({ index, plug, ref, owner }) => ({
      path: `mappings[${index}].refs.${plug}`,
      message: `"${ref}" belongs to ${owner}.`,
    })),
  });
}
