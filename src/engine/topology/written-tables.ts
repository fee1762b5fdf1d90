import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";

/** A table that a handler or flow writes: a Drizzle table, or what it is called in Postgres. */
export type WrittenTable = PgTable | string;

export const writesSchema = z
  .array(
    z.custom<WrittenTable>(
      (value) => is(value, PgTable) || (typeof value === "string" && value !== ""),
      "Give Drizzle tables, or names of tables.",
    ),
  )
  .max(50);

const ofCode = new WeakMap<object, readonly string[]>();

/** Say which tables some code writes, e.g. a sync's `run`; a flow that is made of it need not say it again. */
export function declareWrites<Code extends object>(code: Code, tables: readonly WrittenTable[]): Code {
  ofCode.set(code, tableNames(tables));
  return code;
}

/** What is said at a handler or flow, else what its code says of itself. */
export const writtenTables = (
  said: readonly WrittenTable[] | undefined,
  code: object | undefined,
): readonly string[] => (said ? tableNames(said) : ((code && ofCode.get(code)) ?? []));

/** @example tableNames([orders, "ledger"]) // ["orders", "ledger"] */
export const tableNames = (tables: readonly WrittenTable[]): string[] => [...new Set(tables.map(nameOf))];

function nameOf(table: WrittenTable): string {
  if (typeof table === "string") return table;
  const { schema, name } = getTableConfig(table);
  return schema === undefined ? name : `${schema}.${name}`;
}
