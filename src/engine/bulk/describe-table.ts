import { getTableColumns, is } from "drizzle-orm";
import {
  getTableConfig,
  PgArray,
  type PgColumn,
  PgEnumColumn,
  PgEnumObjectColumn,
  type PgTable,
} from "drizzle-orm/pg-core";
import { KhotanError } from "../errors.ts";
import { type Travel, travelOf } from "./array-types.ts";
import { type EncodeValue, encoderOf } from "./encode-value.ts";

/** A column as a bulk statement needs it. */
export interface BulkColumn {
  /** What the column is called in records. */
  readonly field: string;
  /** Quoted, as it stands in SQL. */
  readonly quoted: string;
  /** The type a value is read as; for `serial` that is `integer`. */
  readonly type: string;
  /** Postgres makes the value: nobody may send one. */
  readonly generated: boolean;
  readonly encode: EncodeValue;
  readonly travel: Travel;
  /** A string of this type is JSON, too: it travels with its quotes. */
  readonly json: boolean;
  /** A value as the driver gives it, as Drizzle would give it. */
  readonly decode: (value: unknown) => unknown;
  /** Made in the process when a record has no value; only for new rows. */
  readonly makeDefault: (() => unknown) | undefined;
  /** Made anew whenever a row is written. */
  readonly makeUpdate: (() => unknown) | undefined;
  /** How two values are compared; types without equality are compared as text. */
  readonly comparable: (expression: string) => string;
}

export interface BulkTable {
  /** With its schema, quoted. */
  readonly quoted: string;
  readonly name: string;
  readonly columns: ReadonlyMap<string, BulkColumn>;
}

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const known = new WeakMap<PgTable, BulkTable>();

/** What a Drizzle table looks like in Postgres. */
export function describeTable(table: PgTable): BulkTable {
  const found = known.get(table);
  if (found) return found;
  const { name, schema } = getTableConfig(table);
  const described: BulkTable = {
    name,
    quoted: schema === undefined ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`,
    columns: new Map(
      Object.entries(getTableColumns(table)).map(([field, column]) => [field, describeColumn(field, column)]),
    ),
  };
  known.set(table, described);
  return described;
}

/** The columns that say which row is which. @throws KhotanError `validation_failed` for a field the table does not have */
export function keyColumns(table: BulkTable, key: readonly string[]): BulkColumn[] {
  if (key.length === 0) throw new KhotanError("validation_failed", `Name the key of "${table.name}".`);
  return key.map((field) => {
    const column = table.columns.get(field);
    if (column) return column;
    throw new KhotanError("validation_failed", `"${table.name}" has no field "${field}" to be its key.`, {
      hint: `Its fields: ${[...table.columns.keys()].join(", ")}.`,
    });
  });
}

function describeColumn(field: string, column: PgColumn): BulkColumn {
  const type = typeOf(column);
  return {
    field,
    quoted: quoteName(column.name),
    type,
    generated: column.generated !== undefined || column.generatedIdentity?.type === "always",
    encode: encoderOf(column),
    travel: travelOf(type),
    json: /^jsonb?$/.test(type),
    decode: (value) => (value === null || value === undefined ? null : column.mapFromDriverValue(value)),
    makeDefault: column.defaultFn,
    makeUpdate: column.onUpdateFn,
    comparable: comparison(type),
  };
}

const SERIAL: Readonly<Record<string, string>> = { serial: "integer", bigserial: "bigint", smallserial: "smallint" };

function typeOf(column: PgColumn): string {
  if (is(column, PgArray)) {
    const base: unknown = column.baseColumn;
    if (is(base, PgEnumColumn) || is(base, PgEnumObjectColumn)) return `${enumName(base)}[]`;
    return column.getSQLType().replace(/\[\d*\]/g, "[]");
  }
  if (is(column, PgEnumColumn) || is(column, PgEnumObjectColumn)) return enumName(column);
  const type = column.getSQLType();
  return SERIAL[type] ?? type;
}

const enumName = (column: { readonly enum: { readonly enumName: string; readonly schema: string | undefined } }) =>
  [column.enum.schema, column.enum.enumName].flatMap((part) => (part === undefined ? [] : [quoteName(part)])).join(".");

/** Types that Postgres cannot ask "is this the same?" */
const WITHOUT_EQUALITY = /^(point|line|lseg|box|path|polygon|circle|xml)\b/;

function comparison(type: string): (expression: string) => string {
  if (/^json\b/.test(type)) return (expression) => `${expression}::text::jsonb`;
  if (WITHOUT_EQUALITY.test(type)) return (expression) => `${expression}::text`;
  return (expression) => expression;
}
