import { getTableColumns } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Counters } from "../../contract/index.ts";
import { type BulkKey, type BulkRecord, bulkDelete } from "../bulk/index.ts";
import type { Transaction } from "../database/adapter.ts";
import type { FieldMapping } from "../field-mappings/field-mapping.ts";
import type { FlowContext } from "../flows/flow-context.ts";
import { PermanentError } from "../handlers/outcome.ts";
import type { SyncDeletes, SyncRemove, SyncTable, SyncWrite } from "./sync-options.ts";

/** What a sync writes into, within the transaction that is open. */
export interface SyncTarget<R, C> {
  /** @returns how many of them could not be made a row. */
  write(records: readonly R[], tx: Transaction, ctx: C): Promise<number>;
  /** @returns how many there were. */
  remove(keys: readonly string[], tx: Transaction, ctx: C): Promise<number>;
}

type CountingContext = Pick<FlowContext, "upsert" | "map"> & { count(counters: Counters): void };

/** One table: bulk upsert by its natural key; rows that are gone are deleted or marked. */
export function tableTarget<R, T extends PgTable, C extends CountingContext>(
  options: SyncTable<R, T, C>,
  deletes: SyncDeletes,
): SyncTarget<R, C> {
  const { table, map, fieldMapping, rowOf, mark, ...upsert } = options;
  const fields: readonly string[] = typeof upsert.key === "string" ? [upsert.key] : upsert.key;
  // A record that comes back is marked no more.
  const columns = new Set(Object.keys(getTableColumns<PgTable>(table)));
  const mapped = async (records: readonly R[], by: string | FieldMapping, ctx: C) => {
    const { values, failed } = await ctx.map(by, records);
    const unknown = [...new Set(values.flatMap(Object.keys))].filter((field) => !columns.has(field));
    if (unknown.length > 0) {
      const name = typeof by === "string" ? by : by.name;
      throw new PermanentError(
        `The field mapping "${name}" makes what the table does not have: ${unknown.join(", ")}.`,
        {
          code: "field_mapping_mismatch",
          hint: `The table has: ${[...columns].join(", ")}. Change the field mapping, then retry.`,
        },
      );
    }
    // Its targets are the table's fields, as was just seen.
    return { rows: values as BulkRecord<T>[], failed };
  };
  const unmarked = Object.fromEntries(Object.keys(mark?.() ?? {}).map((field) => [field, null]));
  return {
    async write(records, _tx, ctx) {
      const { rows, failed } =
        fieldMapping === undefined
          ? { rows: records.map((record) => map?.(record, ctx) ?? null), failed: 0 }
          : await mapped(records, fieldMapping, ctx);
      const wanted = rows.flatMap((row): BulkRecord<T>[] => (row === null ? [] : [{ ...unmarked, ...row }]));
      const left = records.length - failed - wanted.length;
      if (left > 0) ctx.count({ skipped: left });
      await ctx.upsert(table, wanted, upsert);
      return failed;
    },
    async remove(keys, tx, ctx) {
      const [field = ""] = fields;
      const asRow = rowOf ?? ((key: string) => ({ [field]: key }));
      // The fields are the table's own: `rowOf` says so, or the one field of its key.
      const gone = keys.map((key) => asRow(key, ctx) as BulkKey<T>);
      return await bulkDelete(tx, table, gone, {
        key: upsert.key,
        ...(deletes === "mark" && mark ? { mark: mark() } : {}),
      });
    },
  };
}

/** The author's own functions. */
export function functionTarget<R, C extends CountingContext>(
  write: SyncWrite<R, C>,
  remove: SyncRemove<C> | undefined,
): SyncTarget<R, C> {
  return {
    async write(records, tx, ctx) {
      const counted = await write(records, tx, { ctx });
      if (counted) ctx.count(counted);
      return 0;
    },
    remove: async (keys, tx, ctx) => (await remove?.(keys, tx, { ctx })) ?? keys.length,
  };
}
