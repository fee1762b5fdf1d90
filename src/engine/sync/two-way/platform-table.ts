import { and, asc, getTableColumns, gt, gte, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import { type BulkKey, type BulkRecord, bulkDelete, bulkUpsert, type FieldOf } from "../../bulk/index.ts";
import { rows, type Transaction } from "../../database/adapter.ts";
import { KhotanConfigError } from "../../errors.ts";
import type { Fields } from "./decide.ts";
import type { PlatformRecord, PlatformSide } from "./platform-side.ts";

export interface PlatformTableOptions<T extends PgTable> {
  /** The field that holds what the source calls the record. */
  readonly key: FieldOf<T>;
  /**
   * The table's own key, when that is another field: then `key` is null until the source has made the record. Without it a
   * new row has a key of your own making, which becomes the source's.
   */
  readonly id?: FieldOf<T>;
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
  const id = column(options.id ?? options.key);
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
    tables: [anyTable],
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
        .where(
          and(
            isNotNull(key),
            since === null ? undefined : gte(updatedAt, since),
            after === "" ? undefined : gt(key, after),
            live,
          ),
        )
        .orderBy(asc(key))
        .limit(limit);
      return found.map(asRecord);
    },
    ...(options.id === undefined
      ? {}
      : {
          async unnamed({ after, limit }: { after: string; limit: number }, tx: Transaction) {
            const found = await tx
              .select()
              .from(anyTable)
              .where(and(isNull(key), after === "" ? undefined : gt(id, after), live))
              .orderBy(asc(id))
              .limit(limit)
              .for("update");
            return found.map((row) => ({ ...asRecord(row), key: String(Reflect.get(row, options.id ?? "")) }));
          },
        }),
    async link(made, tx) {
      const input = JSON.stringify(made);
      const found = await rows(
        tx,
        sql`
          update ${anyTable} t set ${sql.identifier(key.name)} = x.key::${castOf(key)}
          from jsonb_to_recordset(${input}::text::jsonb) as x("localKey" text, key text)
          where t.${sql.identifier(id.name)} = x."localKey"::${castOf(id)}
            and (x.key = x."localKey" or not exists (
              select from ${anyTable} o where o.${sql.identifier(key.name)} = x.key::${castOf(key)}
            ))
          returning x."localKey" as key
        `,
        z.object({ key: z.string() }),
      );
      return found.map((one) => one.key);
    },
    ...(deletedAt === undefined
      ? {}
      : {
          async deleted(
            { since, after, limit }: { since: Date | null; after: string; limit: number },
            tx: Transaction,
          ) {
            const at = column(deletedAt);
            const found = await tx
              .select({ key })
              .from(anyTable)
              .where(
                and(
                  isNotNull(key),
                  since === null ? isNotNull(at) : gte(at, since),
                  after === "" ? undefined : gt(key, after),
                ),
              )
              .orderBy(asc(key))
              .limit(limit);
            return found.map((row) => String(row.key));
          },
        }),
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

/** What a text is turned into to be compared with this column; `serial` is no type of its own. */
const castOf = (column: PgColumn): SQL =>
  sql.raw(column.getSQLType().replace(/^(small|big)?serial$/, (_, size: string | undefined) => `${size ?? ""}int`));
