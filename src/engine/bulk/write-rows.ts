import { z } from "zod";
import { rows as readRows, type Transaction } from "../database/adapter.ts";
import { isDataError, sqlState } from "../database/sql-state.ts";
import { KhotanError } from "../errors.ts";
import type { BulkTable } from "./describe-table.ts";
import type { EncodedGroup, EncodedRows } from "./encode-page.ts";
import { findBadRecord } from "./find-bad-record.ts";
import { counted, countKeys, type UpsertShape, upsertStatement } from "./upsert-statement.ts";

/** A row that was made or changed, with the fields that were asked for. */
export type WrittenRow = Readonly<Record<string, unknown>> & { readonly created: boolean };

export interface RowsWritten {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly duplicates: number;
  readonly written: readonly WrittenRow[];
}

const countsRow = z.object({ created: z.number(), updated: z.number() });
const writtenRow = z.looseObject({ created: z.boolean() });

/** `on conflict` met the same row twice: keys that differ as text are one to the database, e.g. `1.0` and `1.00`. */
const MET_TWICE = "21000";
/** No unique index on exactly the key's columns. */
const NO_INDEX = "42P10";

class Undo extends Error {}

/**
 * Write records of the same fields in one statement.
 *
 * @throws KhotanError `validation_failed` naming the record Postgres refused
 */
export async function writeRows(
  tx: Transaction,
  table: BulkTable,
  group: EncodedGroup,
  shape: UpsertShape,
  dedupe: "first" | "last",
): Promise<RowsWritten> {
  const { rows } = group;
  const attempt = (list: EncodedRows, how: UpsertShape) =>
    // A savepoint, so that a refused statement does not end the caller's transaction.
    tx.transaction((inner) => execute(inner, table, group, list, how));
  try {
    const done = await attempt(rows, shape);
    return { ...done, unchanged: rows.indexes.length - done.created - done.updated, duplicates: 0 };
  } catch (error) {
    const state = sqlState(error);
    if (state === MET_TWICE) {
      const [row] = await readRows(tx, countKeys(group, rows, shape), z.object({ keys: z.number() }));
      const keys = row?.keys ?? 0;
      const done = await attempt(rows, { ...shape, distinct: dedupe });
      return { ...done, unchanged: keys - done.created - done.updated, duplicates: rows.indexes.length - keys };
    }
    if (state === NO_INDEX) {
      const fields = shape.key.map((column) => column.field).join(", ");
      throw new KhotanError("validation_failed", `"${table.name}" has no unique index on exactly ${fields}.`, {
        hint: "Add one, e.g. unique().on(…), or name the fields of the one there is. A partial index needs its condition as `where`.",
        cause: error,
      });
    }
    if (!isDataError(error)) throw error;
    throw await findBadRecord(table.name, rows, error, (list) =>
      tryRows(tx, (inner) => execute(inner, table, group, list, shape)),
    );
  }
}

/** Do it and undo it; what went wrong, or `null`. */
async function tryRows(tx: Transaction, work: (inner: Transaction) => Promise<unknown>): Promise<unknown> {
  return await tx
    .transaction(async (inner) => {
      await work(inner);
      throw new Undo();
    })
    .catch((error: unknown) => (error instanceof Undo ? null : error));
}

async function execute(
  tx: Transaction,
  table: BulkTable,
  group: EncodedGroup,
  rows: EncodedRows,
  shape: UpsertShape,
): Promise<{ created: number; updated: number; written: readonly WrittenRow[] }> {
  const statement = upsertStatement(table, group, rows, shape);
  const { returning } = shape;
  if (!returning) {
    const [counts] = await readRows(tx, counted(statement), countsRow);
    return { created: counts?.created ?? 0, updated: counts?.updated ?? 0, written: [] };
  }
  const found = await readRows(tx, statement, writtenRow);
  const written = found.map(
    (row): WrittenRow => ({
      ...Object.fromEntries(returning.map((column, at) => [column.field, column.decode(row[`r${at}`])])),
      created: row.created,
    }),
  );
  const created = written.filter((row) => row.created).length;
  return { created, updated: written.length - created, written };
}
