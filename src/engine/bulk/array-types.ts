/**
 * Types whose values travel as an array of that type: Postgres reads each once. Without lengths, since a cast to
 * `varchar(3)[]` would cut a text silently; the column itself refuses what is too long.
 */
const AS_THEMSELVES: Readonly<Record<string, string>> = {
  text: "text",
  varchar: "varchar",
  char: "bpchar",
  integer: "integer",
  bigint: "bigint",
  smallint: "smallint",
  numeric: "numeric",
  real: "real",
  "double precision": "double precision",
  boolean: "boolean",
  timestamp: "timestamp",
  "timestamp with time zone": "timestamptz",
  date: "date",
  time: "time",
  "time with time zone": "timetz",
  uuid: "uuid",
  json: "json",
  jsonb: "jsonb",
  bytea: "bytea",
};

export interface Travel {
  /** The element type of the array. */
  readonly type: string;
  /** What makes a value of the column of an element, e.g. `::point`; empty when it is one. */
  readonly cast: string;
}

/** How a column's values travel; those of other types, arrays among them, as text that is cast one by one. */
export function travelOf(type: string): Travel {
  const bare = type
    .replace(/\s*\(\s*\d+\s*(,\s*\d+\s*)?\)/, "")
    .replace(/\s+/g, " ")
    .trim();
  const known = Object.hasOwn(AS_THEMSELVES, bare) ? AS_THEMSELVES[bare] : undefined;
  return known === undefined ? { type: "text", cast: `::${type}` } : { type: known, cast: "" };
}

/** A value as an element of an array's text. Source: PostgreSQL documentation, "Array Input and Output Syntax". */
export const elementText = (value: string | null): string => {
  if (value === null) return "NULL";
  const plain = !(value.includes('"') || value.includes("\\"));
  return `"${plain ? value : value.replace(/["\\]/g, "\\$&")}"`;
};
