import { type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import { type Database, rows as readRows, run, type Transaction } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";
import type { BulkRecord, FieldOf } from "./bulk-upsert.ts";
import { type BulkColumn, type BulkTable, describeTable, keyColumns } from "./describe-table.ts";
import { encodePage } from "./encode-page.ts";
import { type BulkRecords, PAGE_SIZE, pagesOf } from "./pages-of.ts";
import { rowsSource } from "./rows-source.ts";

/** The fields of a key; other fields of a record are ignored. */
export type BulkKey<T extends PgTable> = Partial<BulkRecord<T>>;

export interface BulkDeleteOptions<T extends PgTable> {
  readonly key: FieldOf<T> | readonly [FieldOf<T>, ...FieldOf<T>[]];
  /** Only rows that meet this are touched, e.g. those of one tenant. */
  readonly where?: SQL;
  /** Write these values instead of removing the row, e.g. `{ deletedAt: new Date() }`. Rows that have a value there already stay. */
  readonly mark?: Partial<BulkRecord<T>>;
  readonly pageSize?: number;
}

export interface DeleteMissingOptions<T extends PgTable> extends BulkDeleteOptions<T> {
  /** No keys at all would remove everything: that is refused unless it is meant. */
  readonly allowEmpty?: boolean;
  /** Refuse when more than this share of the rows would go, 0 to 1. Default 1. */
  readonly maxShare?: number;
}

const countRow = z.object({ count: z.coerce.number() });

/**
 * Remove, or mark, the rows with these keys. @returns how many.
 *
 * @example await bulkDelete(tx, products, [{ sku: "A-1" }], { key: "sku", mark: { deletedAt: new Date() } });
 * @throws KhotanError `validation_failed` naming a record without its key
 */
export async function bulkDelete<T extends PgTable>(
  db: Pick<Database | Transaction, "transaction">,
  table: T,
  keys: BulkRecords<BulkKey<T>>,
  options: BulkDeleteOptions<T>,
): Promise<number> {
  return await db.transaction(async (tx) => {
    const found = await collectKeys(tx, describeTable(table), keys, options);
    const gone = await take(tx, table, options, sql`exists (${found.matches})`);
    await found.drop();
    return gone;
  });
}

/**
 * Remove, or mark, the rows whose keys are *not* among these: what a source no
 * longer has. The keys may be a stream; they wait in a temporary table, so
 * memory stays flat. All or nothing, in one transaction.
 *
 * @returns how many.
 * @throws KhotanError `conflict` when no keys came, or more would go than `maxShare` allows
 */
export async function deleteMissing<T extends PgTable>(
  db: Pick<Database | Transaction, "transaction">,
  table: T,
  keys: BulkRecords<BulkKey<T>>,
  options: DeleteMissingOptions<T>,
): Promise<number> {
  const { allowEmpty = false, maxShare = 1 } = options;
  const described = describeTable(table);
  return await db.transaction(async (tx) => {
    const found = await collectKeys(tx, described, keys, options);
    if (found.count === 0 && !allowEmpty) {
      throw new KhotanError("conflict", `No keys came: every row of "${described.name}" would be gone.`, {
        hint: "If that is meant, say `allowEmpty: true`.",
      });
    }
    const [before] =
      maxShare < 1
        ? await readRows(
            tx,
            sql`select count(*) as count from ${rowsOf(described)} where ${scope(table, options)}`,
            countRow,
          )
        : [];
    const gone = await take(tx, table, options, sql`not exists (${found.matches})`);
    if (before && gone > before.count * maxShare) {
      throw new KhotanError("conflict", `${gone} of ${before.count} rows of "${described.name}" would be gone.`, {
        hint: `More than a share of ${maxShare} is refused. Is the source complete?`,
      });
    }
    await found.drop();
    return gone;
  });
}

const rowsOf = (table: BulkTable): SQL => sql.raw(`${table.quoted}`);

/** Rows that may be touched: those of the caller's condition that are not marked already. */
function scope<T extends PgTable>(table: T, options: BulkDeleteOptions<T>): SQL {
  const described = describeTable(table);
  const marked = Object.keys(options.mark ?? {}).map(
    (field) => sql`${sql.raw(`${described.quoted}.${requireColumn(described, field).quoted}`)} is null`,
  );
  const unmarked = marked.length > 0 ? sql`(${sql.join(marked, sql` or `)})` : sql`true`;
  return options.where ? sql`${unmarked} and (${options.where})` : unmarked;
}

async function take<T extends PgTable>(
  tx: Transaction,
  table: T,
  options: BulkDeleteOptions<T>,
  condition: SQL,
): Promise<number> {
  const described = describeTable(table);
  const where = sql`${scope(table, options)} and ${condition}`;
  const set = Object.entries(options.mark ?? {}).map(([field, value]) => {
    const column = requireColumn(described, field);
    const text = JSON.stringify(column.encode(value ?? null));
    return sql`${sql.raw(column.quoted)} = (select v from jsonb_to_record(${`{"v":${text}}`}::text::jsonb) ${sql.raw(`as x(v ${column.type})`)})`;
  });
  const statement =
    set.length > 0
      ? sql`update ${rowsOf(described)} set ${sql.join(set, sql`, `)} where ${where} returning 1`
      : sql`delete from ${rowsOf(described)} where ${where} returning 1`;
  const [gone] = await readRows(tx, sql`with gone as (${statement}) select count(*) as count from gone`, countRow);
  return gone?.count ?? 0;
}

function requireColumn(table: BulkTable, field: string): BulkColumn {
  const [column] = keyColumns(table, [field]);
  if (!column) throw new Error("a key column is missing");
  return column;
}

/** Put the keys into a temporary table of this transaction. */
async function collectKeys<T extends PgTable>(
  tx: Transaction,
  table: BulkTable,
  keys: BulkRecords<BulkKey<T>>,
  options: BulkDeleteOptions<T>,
) {
  const key = keyColumns(table, typeof options.key === "string" ? [options.key] : options.key);
  const temporary = "khotan_bulk_keys";
  const shape = key.map((column, at) => `k${at} ${column.type}`).join(", ");
  await run(tx, sql.raw(`create temporary table ${temporary} (${shape}) on commit drop`));
  let from = 0;
  for await (const page of pagesOf(keys, options.pageSize ?? PAGE_SIZE)) {
    const bare = page.map((record) => {
      const values = new Map<string, unknown>(Object.entries(record));
      return Object.fromEntries(key.map(({ field }) => [field, values.get(field)]));
    });
    const only: BulkTable = {
      ...table,
      columns: new Map(key.map((column) => [column.field, withoutDefaults(column)])),
    };
    const groups = await encodePage(only, bare, { at: 0, to: bare.length, from }, { key: [...only.columns.values()] });
    from += page.length;
    for (const { rows, columns } of groups) {
      const into = columns.map((column) => `k${key.findIndex(({ field }) => field === column.field)}`).join(", ");
      const from = columns.map((_, at) => `c${at}`).join(", ");
      await run(
        tx,
        sql`insert into ${sql.raw(`${temporary} (${into})`)} select ${sql.raw(from)} from ${rowsSource(columns, rows)}`,
      );
    }
  }
  // Postgres knows nothing of a table that was made a moment ago; a plan for ten rows would take hours for a million.
  await run(tx, sql.raw(`analyze ${temporary}`));
  const same = key.map((column, at) => `${temporary}.k${at} = ${table.quoted}.${column.quoted}`).join(" and ");
  return {
    count: from,
    matches: sql.raw(`select 1 from ${temporary} where ${same}`),
    drop: () => run(tx, sql.raw(`drop table ${temporary}`)),
  };
}

const withoutDefaults = (column: BulkColumn): BulkColumn => ({
  ...column,
  generated: false,
  makeDefault: undefined,
  makeUpdate: undefined,
});
