import type { SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database, Transaction } from "../database/adapter.ts";
import { chooseRecords } from "./choose-records.ts";
import type { EnumCoercion } from "./coerce-enum.ts";
import { describeTable, keyColumns } from "./describe-table.ts";
import { type EncodedGroup, encodePage } from "./encode-page.ts";
import { type BulkRecords, PAGE_SIZE, pagesOf } from "./pages-of.ts";
import type { UpsertShape } from "./upsert-statement.ts";
import { type WrittenRow, writeRows } from "./write-rows.ts";

type LooseText<V> = V extends string ? (string extends V ? V : V | (string & {})) : V;
type Loose<V> = V extends readonly (infer Item)[]
  ? Item extends string
    ? readonly LooseText<Item>[]
    : V
  : LooseText<V>;
/** A record for a table: what Drizzle would insert; enum columns take any text that can be made to fit. */
export type BulkRecord<T extends PgTable> = { readonly [K in keyof T["$inferInsert"]]: Loose<T["$inferInsert"][K]> };
/** A field of a table. */
export type FieldOf<T extends PgTable> = keyof T["$inferInsert"] & string;

export interface BulkUpsertOptions<T extends PgTable, Returned extends FieldOf<T> = never> {
  /** The fields that say which row is which; a unique index must be on exactly these columns. */
  readonly key: FieldOf<T> | readonly [FieldOf<T>, ...FieldOf<T>[]];
  /** Which of several records with one key counts. Default `last`. With `first`, the keys of a whole stream are remembered. */
  readonly dedupe?: "first" | "last";
  /** Written when a row is made and never again, e.g. `createdAt`. */
  readonly excludeOnUpdate?: readonly FieldOf<T>[];
  /** Written with other changes, but no change by themselves, e.g. `syncedAt`. */
  readonly notCompared?: readonly FieldOf<T>[];
  /** How values of enum columns are made to fit, by field. */
  readonly enums?: { readonly [K in FieldOf<T>]?: EnumCoercion };
  /** The condition of a partial unique index. */
  readonly where?: SQL;
  /** Give back these fields of every row made or changed, page by page, to `onWritten`. */
  readonly returning?: readonly Returned[];
  readonly onWritten?: (
    rows: readonly (Pick<T["$inferSelect"], Returned & keyof T["$inferSelect"]> & { readonly created: boolean })[],
  ) => Promise<void> | void;
  /** Records in one statement. Default 5,000. */
  readonly pageSize?: number;
  /** Stops between pages. */
  readonly signal?: AbortSignal;
}

export interface BulkCounts {
  /** Rows that were not there. */
  readonly created: number;
  /** Rows that were there and differed. */
  readonly updated: number;
  /** Rows that were there and are the same: not written. */
  readonly unchanged: number;
  /** Records left out because another one has the same key. */
  readonly duplicates: number;
}

/**
 * Write records by their natural key: new ones are inserted, changed ones
 * updated, equal ones left alone. Any Drizzle table, any number of records.
 *
 * Given a transaction, everything is part of it. Given a database handle, an
 * array is one transaction and of a stream each page commits by itself, in order;
 * doing it again after a crash changes nothing that was written already.
 *
 * @example
 * const { created, updated, unchanged } = await bulkUpsert(tx, products, records, { key: "sku" });
 * @throws KhotanError `validation_failed` naming the record and the field; that page is undone.
 */
export async function bulkUpsert<T extends PgTable, Returned extends FieldOf<T> = never>(
  db: Pick<Database | Transaction, "transaction">,
  table: T,
  records: BulkRecords<BulkRecord<T>>,
  options: BulkUpsertOptions<T, Returned>,
): Promise<BulkCounts> {
  const described = describeTable(table);
  const key = keyColumns(described, typeof options.key === "string" ? [options.key] : options.key);
  const { dedupe = "last" } = options;
  const shape: UpsertShape = {
    key,
    excludeOnUpdate: new Set(options.excludeOnUpdate),
    notCompared: new Set(options.notCompared),
    where: options.where,
    returning: options.returning ? keyColumns(described, options.returning) : undefined,
  };
  const seen = dedupe === "first" ? new Set<string>() : undefined;
  const enums: Readonly<Record<string, EnumCoercion>> = Object.fromEntries(
    Object.entries<EnumCoercion | undefined>(options.enums ?? {}).flatMap(([field, it]) => (it ? [[field, it]] : [])),
  );
  const { pageSize = PAGE_SIZE } = options;
  const total = { created: 0, updated: 0, unchanged: 0, duplicates: 0 };
  let from = 0;

  async function write(tx: Transaction, records: readonly object[]): Promise<void> {
    const without = chooseRecords(records, { key, dedupe, seen, enums });
    // While Postgres writes one page, the next one is made ready.
    let writing: Promise<unknown> = Promise.resolve();
    try {
      for (let at = 0; at < records.length; at += pageSize) {
        options.signal?.throwIfAborted();
        const page = { at, to: Math.min(at + pageSize, records.length), from };
        const groups = await encodePage(described, records, page, { key, enums, without });
        await writing;
        writing = writeGroups(tx, groups);
        // It is awaited below, whatever happens meanwhile.
        writing.catch(() => undefined);
      }
      await writing;
    } finally {
      // A refused record ends the transaction, and nothing of it may be under way then.
      await writing.catch(() => undefined);
    }
    from += records.length;
    total.duplicates += without.size;
  }

  async function writeGroups(tx: Transaction, groups: readonly EncodedGroup[]): Promise<void> {
    for (const group of groups) {
      const done = await writeRows(tx, described, group, shape, dedupe);
      for (const name of ["created", "updated", "unchanged", "duplicates"] as const) total[name] += done[name];
      await options.onWritten?.(done.written.map(asWritten));
    }
  }

  // Drizzle knows how a field is read; that the fields asked for are those of the type is what `returning` says.
  const asWritten = (row: WrittenRow) =>
    row as unknown as Pick<T["$inferSelect"], Returned & keyof T["$inferSelect"]> & { readonly created: boolean };

  if (isWhole(records)) await db.transaction((tx) => write(tx, records));
  else for await (const page of pagesOf(records, pageSize)) await db.transaction((tx) => write(tx, page));
  return total;
}

const isWhole = <R>(records: BulkRecords<R>): records is readonly R[] => Array.isArray(records);
