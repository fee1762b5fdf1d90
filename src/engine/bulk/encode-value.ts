import { is, SQL } from "drizzle-orm";
import { PgArray, type PgColumn } from "drizzle-orm/pg-core";
import { coerceEnum, type EnumCoercion } from "./coerce-enum.ts";

/** A value as JSON that Postgres reads back as the column's type. @throws TypeError saying what is wrong with it */
export type EncodeValue = (value: unknown, coercion?: EnumCoercion) => unknown;

/**
 * How a column's values travel. Postgres reads every type from its text, so all
 * but JSON itself goes as a string or a plain JSON value.
 */
export function encoderOf(column: PgColumn): EncodeValue {
  const type = column.getSQLType();
  if (is(column, PgArray)) return arrayEncoder(column.baseColumn);
  if (/^jsonb?\b/.test(type)) return encodeJson;
  const { enumValues } = column;
  if (Array.isArray(enumValues) && enumValues.length > 0) {
    return (value, coercion) => (value === null ? null : coerceEnum(value, enumValues, coercion));
  }
  if (type === "bytea") return encodeBytes;
  const toDriver = driverMap(column);
  return (value) => {
    if (value === null) return null;
    if (is(value, SQL)) throw new TypeError("SQL expressions cannot travel in bulk; give a value.");
    return plain(toDriver(value));
  };
}

/** A `Date` that is none, or a string for a column that wants a `Date`, must not become a riddle from deep inside. */
function driverMap(column: PgColumn): (value: unknown) => unknown {
  const wantsDate = column.dataType === "date";
  return (value) => {
    if (value instanceof Date) {
      if (Number.isNaN(value.getTime())) throw new TypeError("This is not a time.");
      return value.toISOString();
    }
    if (wantsDate) {
      if (typeof value === "string") return value; // Postgres reads ISO 8601 itself
      throw new TypeError("This is not a time.");
    }
    return column.mapToDriverValue(value);
  };
}

/** JSON has no bigint, NaN or Infinity; Postgres reads all three from text. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return encodeBytes(value);
  if (typeof value === "function" || typeof value === "symbol") throw new TypeError(`This is a ${typeof value}.`);
  return value;
}

function encodeBytes(value: unknown): unknown {
  if (value === null) return null;
  if (!(value instanceof Uint8Array)) throw new TypeError("This is not a Uint8Array.");
  return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
}

function encodeJson(value: unknown): unknown {
  if (value === null) return null;
  if (is(value, SQL)) throw new TypeError("SQL expressions cannot travel in bulk; give a value.");
  return value;
}

function arrayEncoder(base: PgColumn): EncodeValue {
  if (is(base, PgArray)) return arrayEncoder(base.baseColumn); // more dimensions are lists in lists
  const inner = encoderOf(base);
  const json = /^jsonb?\b/.test(base.getSQLType());
  return (value, coercion) => {
    if (value === null) return null;
    if (!Array.isArray(value)) throw new TypeError("This is not an array.");
    const text = (item: unknown): string | null => {
      const encoded = inner(item, coercion);
      if (encoded === null) return null;
      return json ? JSON.stringify(encoded) : String(encoded);
    };
    return arrayText(value, text, json);
  };
}

/** Postgres' own notation, since JSON arrays of JSON arrays would be read as more dimensions. */
function arrayText(list: readonly unknown[], encode: (item: unknown) => string | null, flat: boolean): string {
  const items = list.map((item) => {
    if (!flat && Array.isArray(item)) return arrayText(item, encode, flat);
    const text = item === undefined ? null : encode(item);
    return text === null ? "NULL" : `"${text.replace(/["\\]/g, "\\$&")}"`;
  });
  return `{${items.join(",")}}`;
}
