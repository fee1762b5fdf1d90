import type { PgTable } from "drizzle-orm/pg-core";
import type { Counters } from "../../contract/index.ts";
import { type BulkKey, type BulkRecord, bulkDelete } from "../bulk/index.ts";
import type { Transaction } from "../database/adapter.ts";
import type { FlowContext } from "../flows/flow-context.ts";
import type { SyncDeletes, SyncRemove, SyncTable, SyncWrite } from "./sync-options.ts";

/** What a sync writes into, within the transaction that is open. */
export interface SyncTarget<R, C> {
  write(records: readonly R[], tx: Transaction, ctx: C): Promise<void>;
  /** @returns how many there were. */
  remove(keys: readonly string[], tx: Transaction, ctx: C): Promise<number>;
}

type CountingContext = Pick<FlowContext, "upsert"> & { count(counters: Counters): void };

/** One table: bulk upsert by its natural key; rows that are gone are deleted or marked. */
export function tableTarget<R, T extends PgTable, C extends CountingContext>(
  options: SyncTable<R, T, C>,
  deletes: SyncDeletes,
): SyncTarget<R, C> {
  const { table, map, rowOf, mark, ...upsert } = options;
  const fields: readonly string[] = typeof upsert.key === "string" ? [upsert.key] : upsert.key;
  // A record that comes back is marked no more.
  const unmarked = Object.fromEntries(Object.keys(mark?.() ?? {}).map((field) => [field, null]));
  return {
    async write(records, _tx, ctx) {
      const mapped = records.flatMap((record): BulkRecord<T>[] => {
        const row = map(record, ctx);
        return row === null ? [] : [{ ...unmarked, ...row }];
      });
      if (mapped.length < records.length) ctx.count({ skipped: records.length - mapped.length });
      await ctx.upsert(table, mapped, upsert);
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
    },
    remove: async (keys, tx, ctx) => (await remove?.(keys, tx, { ctx })) ?? keys.length,
  };
}
