import type { EnumCoercion } from "./coerce-enum.ts";
import type { BulkColumn, BulkTable } from "./describe-table.ts";
import { MOST_ISSUES, type RecordIssue, refuseRecords } from "./refuse-records.ts";

/** Records that have the same fields. */
export interface EncodedGroup {
  /** What the records carry, in the order of `c0`, `c1` …; key columns among them. */
  readonly columns: readonly BulkColumn[];
  /** Columns whose value was made here for new rows: never written over what is there. */
  readonly onlyNew: ReadonlySet<BulkColumn>;
  /** Columns whose value was made here for every write, e.g. `updatedAt`: no change by themselves. */
  readonly stamps: ReadonlySet<BulkColumn>;
  readonly rows: EncodedRow[];
}

export interface EncodedRow {
  /** Its number among all records of the call. */
  readonly index: number;
  /** `{"c0":…}` */
  readonly json: string;
}

export interface PageOptions {
  readonly key: readonly BulkColumn[];
  readonly dedupe: "first" | "last";
  /** Keys that earlier pages brought; only when the first one counts. */
  readonly seen?: Set<string> | undefined;
  readonly enums?: Readonly<Record<string, EnumCoercion>> | undefined;
}

export interface EncodedPage {
  readonly groups: readonly EncodedGroup[];
  /** Records left out because another one has the same key. */
  readonly duplicates: number;
}

/** After `stringify` valid pairs are real characters, so what is still escaped is NUL or half a pair. */
const UNSTORABLE = /\\u(0000|d[89a-f][0-9a-f]{2})/i;

/**
 * Turn a page of records into groups of the same fields: a field that a record
 * does not have keeps its default, or what is in the table.
 *
 * @param from the number of the page's first record.
 * @throws KhotanError `validation_failed` naming records and fields
 */
export function encodePage(
  table: BulkTable,
  records: readonly object[],
  from: number,
  options: PageOptions,
): EncodedPage {
  const issues: RecordIssue[] = [];
  const refuse = (index: number, field: string, message: string) => {
    issues.push({ path: `records[${index}].${field}`, message });
    if (issues.length >= MOST_ISSUES) throw refuseRecords(table.name, issues);
  };
  const groupFor = groups(table);
  const kept = new Map<string, { readonly group: EncodedGroup; readonly row: EncodedRow }>();
  let duplicates = 0;

  for (let offset = 0; offset < records.length; offset++) {
    const index = from + offset;
    const record = new Map<string, unknown>(Object.entries(records[offset] ?? {}));
    const group = groupFor(record, (field) => refuse(index, field, `"${table.name}" has no such field.`));
    const texts = group.columns.map((column) => {
      try {
        return encodeField(column, record.get(column.field), options.enums?.[column.field]);
      } catch (error) {
        refuse(index, column.field, error instanceof Error ? error.message : String(error));
        return "null";
      }
    });
    const keyText = keyOf(group, texts, options.key, (field) => refuse(index, field, "A key must have a value."));
    const known = kept.has(keyText);
    if (known || options.seen?.has(keyText)) duplicates++;
    if (options.dedupe === "first" && (known || options.seen?.has(keyText))) continue;
    options.seen?.add(keyText);
    const json = `{${texts.map((text, at) => `"c${at}":${text}`).join(",")}}`;
    kept.set(keyText, { group, row: { index, json } });
  }
  if (issues.length > 0) throw refuseRecords(table.name, issues);
  for (const { group, row } of kept.values()) group.rows.push(row);
  return { groups: groupFor.all().filter((group) => group.rows.length > 0), duplicates };
}

function encodeField(column: BulkColumn, given: unknown, coercion: EnumCoercion | undefined): string {
  if (column.generated) throw new TypeError("Postgres makes this value itself; leave it out.");
  const value = given === undefined ? (column.makeDefault ?? column.makeUpdate)?.() : given;
  const text = JSON.stringify(column.encode(value ?? null, coercion)) ?? "null";
  if (text.includes("\\u") && UNSTORABLE.test(text))
    throw new TypeError("NUL characters and half characters (lone surrogates) cannot be stored.");
  return text;
}

function keyOf(
  group: EncodedGroup,
  texts: readonly string[],
  key: readonly BulkColumn[],
  refuse: (field: string) => void,
): string {
  let text = "";
  for (const column of key) {
    const at = group.columns.indexOf(column);
    const value = at < 0 ? "null" : texts[at];
    if (value === undefined || value === "null") refuse(column.field);
    text += `${value},`;
  }
  return text;
}

/** Finds the group a record belongs to; most have the same fields as the one before. */
function groups(table: BulkTable) {
  const columns = [...table.columns.values()];
  const bySignature = new Map<string, EncodedGroup>();
  const find = (record: ReadonlyMap<string, unknown>, unknownField: (field: string) => void): EncodedGroup => {
    let signature = "";
    let present = 0;
    for (const column of columns) {
      const there = record.get(column.field) !== undefined;
      signature += there ? "1" : "0";
      if (there) present++;
    }
    if (present < record.size) for (const field of record.keys()) if (!table.columns.has(field)) unknownField(field);
    const found = bySignature.get(signature);
    if (found) return found;
    const carried = columns.filter((column, at) => signature[at] === "1" || madeHere(column));
    const group: EncodedGroup = {
      columns: carried,
      onlyNew: new Set(carried.filter((column) => record.get(column.field) === undefined && !column.makeUpdate)),
      stamps: new Set(carried.filter((column) => record.get(column.field) === undefined && column.makeUpdate)),
      rows: [],
    };
    bySignature.set(signature, group);
    return group;
  };
  return Object.assign(find, { all: () => [...bySignature.values()] });
}

const madeHere = (column: BulkColumn): boolean =>
  !column.generated && (column.makeDefault !== undefined || column.makeUpdate !== undefined);
