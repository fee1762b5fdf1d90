import { pipeline } from "node:stream/promises";
import type { PgTable } from "drizzle-orm/pg-core";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Adapter } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";
import type { BulkRecord, FieldOf } from "./bulk-upsert.ts";
import type { EnumCoercion } from "./coerce-enum.ts";
import { copyText } from "./copy-text.ts";
import { type BulkColumn, describeTable, keyColumns } from "./describe-table.ts";
import { type BulkRecords, PAGE_SIZE, pagesOf } from "./pages-of.ts";
import { refuseRecords } from "./refuse-records.ts";

export interface BulkCopyOptions<T extends PgTable> {
  /** What is loaded; every record has a value or `null` for each. Default: the fields of the first record. */
  readonly fields?: readonly FieldOf<T>[];
  readonly enums?: { readonly [K in FieldOf<T>]?: EnumCoercion };
  readonly signal?: AbortSignal;
}

/**
 * Load records into a table by COPY: the fastest way for a first load, several
 * times an upsert. All or nothing; a row whose key is there already ends it. It
 * has a connection and a transaction of its own, whichever driver the app uses,
 * since postgres.js waits for ever when COPY meets a bad row.
 *
 * @example const { loaded } = await bulkCopy({ url: process.env.DATABASE_URL }, products, pages());
 * @returns how many rows were loaded.
 * @throws KhotanError `validation_failed` naming the record; nothing was loaded then
 */
export async function bulkCopy<T extends PgTable>(
  adapter: Pick<Adapter, "url">,
  table: T,
  records: BulkRecords<BulkRecord<T>>,
  options: BulkCopyOptions<T> = {},
): Promise<{ readonly loaded: number }> {
  const described = describeTable(table);
  const client = new pg.Client({ connectionString: adapter.url });
  await client.connect();
  let columns: BulkColumn[] | null = options.fields ? keyColumns(described, options.fields) : null;
  let loaded = 0;
  try {
    const pages = pagesOf(records, PAGE_SIZE);
    const first = await pages.next();
    if (first.done) return { loaded };
    columns ??= keyColumns(described, Object.keys(first.value[0] ?? {}));
    const names = columns.map(({ quoted }) => quoted).join(", ");
    const chosen = columns;
    const copy = client.query(copyFrom(`copy ${described.quoted} (${names}) from stdin`));
    const lines = async function* () {
      for (let page: readonly object[] | undefined = first.value; page; ) {
        options.signal?.throwIfAborted();
        let text = "";
        for (const record of page) text += `${line(described.name, chosen, record, loaded++, options.enums ?? {})}\n`;
        yield text;
        const next = await pages.next();
        page = next.done ? undefined : next.value;
      }
    };
    await pipeline(lines, copy);
    return { loaded };
  } catch (error) {
    throw describeCopyError(described.name, error);
  } finally {
    // Ending the connection ends a COPY under way, and undoes it.
    await client.end().catch(() => undefined);
  }
}

function line(
  table: string,
  columns: readonly BulkColumn[],
  record: object,
  index: number,
  enums: Readonly<Record<string, EnumCoercion | undefined>>,
): string {
  const values = new Map<string, unknown>(Object.entries(record));
  return columns
    .map((column) => {
      const given = values.get(column.field) ?? column.makeDefault?.() ?? null;
      try {
        if (column.generated) throw new TypeError("Postgres makes this value itself; leave it out.");
        const value = column.encode(given, enums[column.field]);
        const text = value === null ? null : typeof value === "string" && !column.json ? value : JSON.stringify(value);
        if (text?.includes("\u0000") || text?.isWellFormed() === false)
          throw new TypeError("NUL characters and half characters (lone surrogates) cannot be stored.");
        return copyText(text);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw refuseRecords(table, [{ path: `records[${index}].${column.field}`, message }]);
      }
    })
    .join("\t");
}

/** Postgres says in which line it was: "COPY items, line 3, column price: …". */
function describeCopyError(table: string, error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const [, lineNo, column] = /line (\d+)(?:, column ([^:]+))?/.exec(error.where ?? "") ?? [];
  if (error.code === "23505") {
    return new KhotanError("conflict", `"${table}": ${error.detail ?? error.message}`, {
      hint: "COPY is for first loads; use bulkUpsert where rows may be there already. Nothing was loaded.",
      cause: error,
    });
  }
  if (lineNo === undefined) return error;
  const path = `records[${Number(lineNo) - 1}]${column === undefined ? "" : `.${column}`}`;
  return refuseRecords(table, [{ path, message: error.message }]);
}
