import { and, asc, getTableColumns, gt, gte, inArray, isNull, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { type BulkKey, type BulkRecord, bulkDelete, bulkUpsert, type FieldOf } from "../../bulk/index.ts";
import type { Transaction } from "../../database/adapter.ts";
import { KhotanConfigError } from "../../errors.ts";
import type { Fields } from "./decide.ts";
import type { PlatformRecord, PlatformSide } from "./platform-side.ts";

export interface PlatformTableOptions<T extends PgTable> {
  /** The field that holds what the source calls the record. */
  readonly key: FieldOf<T>;
  /** The fields that both sides share. */
  readonly fields: readonly [FieldOf<T>, ...FieldOf<T>[]];
  /** When a row was changed. Whatever changes a row must set it; so does the sync. */
  readonly updatedAt: FieldOf<T>;
  /** Set instead of removing a row that the source deleted; rows that have it are left alone. */
  readonly deletedAt?: FieldOf<T>;
}

/**
 * A table as your side of a sync that goes both ways.
 *
 * @example platformTable(customers, { key: "id", fields: ["email", "company"], updatedAt: "updatedAt" })
 * @throws KhotanConfigError for a field that the table does not have
 */
export function platformTable<T extends PgTable, C>(table: T, options: PlatformTableOptions<T>): PlatformSide<C> {
  const { fields, deletedAt } = options;
  // Drizzle's own types need to know the table; here it is any, and what is read is checked below.
  const anyTable: PgTable = table;
  const columns: Readonly<Record<string, PgColumn>> = getTableColumns(anyTable);
  const column = (field: string): PgColumn => {
    const found = columns[field];
    if (found) return found;
    throw new KhotanConfigError([{ path: "platformTable", message: `The table has no field "${field}".` }]);
  };
  const key = column(options.key);
  const updatedAt = column(options.updatedAt);
  for (const field of fields) column(field);
  const live: SQL | undefined = deletedAt === undefined ? undefined : isNull(column(deletedAt));

  const asRecord = (row: Record<string, unknown>): PlatformRecord => {
    const at = row[options.updatedAt];
    return {
      key: String(row[options.key]),
      fields: Object.fromEntries(fields.map((field) => [field, row[field]])),
      updatedAt: at instanceof Date ? at : new Date(String(at)),
    };
  };
  const asRow = (record: string, values: Fields): BulkRecord<T> =>
    // The fields are the table's own: the options say so.
    ({
      ...values,
      [options.key]: record,
      [options.updatedAt]: new Date(),
      ...(deletedAt === undefined ? {} : { [deletedAt]: null }),
    }) as BulkRecord<T>;

  return {
    async find(keys, tx) {
      const found = await tx
        .select()
        .from(anyTable)
        .where(and(inArray(key, [...keys]), live))
        .for("update");
      return found.map(asRecord);
    },
    async changed({ since, after, limit }, tx) {
      const found = await tx
        .select()
        .from(anyTable)
        .where(and(since === null ? undefined : gte(updatedAt, since), after === "" ? undefined : gt(key, after), live))
        .orderBy(asc(key))
        .limit(limit);
      return found.map(asRecord);
    },
    async write(batch, tx) {
      const rows = batch.map((one) => asRow(one.key, one.fields));
      await bulkUpsert(tx, table, rows, { key: options.key, notCompared: [options.updatedAt] });
    },
    async remove(keys: readonly string[], tx: Transaction) {
      const gone = keys.map((one) => ({ [options.key]: one }) as BulkKey<T>);
      const mark = deletedAt === undefined ? {} : { mark: { [deletedAt]: new Date() } as Partial<BulkRecord<T>> };
      await bulkDelete(tx, table, gone, { key: options.key, ...mark });
    },
  };
}
