import type { EnumCoercion } from "./coerce-enum.ts";
import type { BulkColumn, BulkTable } from "./describe-table.ts";
import { encodeField, NO_VALUE } from "./encode-field.ts";
import { openLayouts } from "./record-layouts.ts";
import { MOST_ISSUES, type RecordIssue, refuseRecords } from "./refuse-records.ts";

/** Records that have the same fields. */
export interface EncodedGroup {
  /** What the records carry, in the order of `c0`, `c1` …; key columns among them. */
  readonly columns: readonly BulkColumn[];
  /** Columns whose value was made here for new rows: never written over what is there. */
  readonly onlyNew: ReadonlySet<BulkColumn>;
  /** Columns whose value was made here for every write, e.g. `updatedAt`: no change by themselves. */
  readonly stamps: ReadonlySet<BulkColumn>;
  readonly rows: EncodedRows;
}

/** Column by column, as they travel. */
export interface EncodedRows {
  /** The number of each among all records of the call. */
  readonly indexes: readonly number[];
  /** For each column the values, as elements of an array's text. */
  readonly texts: readonly (readonly string[])[];
}

export const sliceRows = ({ indexes, texts }: EncodedRows, from: number, to?: number): EncodedRows => ({
  indexes: indexes.slice(from, to),
  texts: texts.map((column) => column.slice(from, to)),
});

export interface PageOptions {
  readonly key: readonly BulkColumn[];
  readonly enums?: Readonly<Record<string, EnumCoercion>> | undefined;
  /** Places of records in `records` that are looked at, and left out. */
  readonly without?: ReadonlySet<number> | undefined;
}

/** After so many records others have their turn: under a millisecond, so that a statement under way gets its bytes. */
const TURN = 100;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Turn records into groups of the same fields: a field that a record does not
 * have keeps its default, or what is in the table.
 *
 * @param at the page is `records[at]` to `records[to - 1]`.
 * @param from the number of `records[0]` among all records of the call.
 * @throws KhotanError `validation_failed` naming records and fields
 */
export async function encodePage(
  table: BulkTable,
  records: readonly object[],
  { at, to, from }: { readonly at: number; readonly to: number; readonly from: number },
  options: PageOptions,
): Promise<readonly EncodedGroup[]> {
  const issues: RecordIssue[] = [];
  const refuse = (index: number, field: string, message: string) => {
    issues.push({ path: `records[${index}].${field}`, message });
    if (issues.length >= MOST_ISSUES) throw refuseRecords(table.name, issues);
  };
  const layouts = openLayouts(table, options.key);
  for (let place = at; place < to; place++) {
    const index = from + place;
    const record = records[place] ?? {};
    const values: readonly unknown[] = Object.values(record);
    const { fields, wrong, indexes } = layouts.of(Object.keys(record), values);
    const kept = !options.without?.has(place);
    for (const { field, message } of wrong) refuse(index, field, message);
    if (kept) indexes.push(index);
    for (const { column, at: nth, isKey, texts } of fields) {
      let text = NO_VALUE;
      let problem: string | null = null;
      try {
        text = encodeField(column, nth < 0 ? undefined : values[nth], options.enums?.[column.field]);
        if (isKey && text === NO_VALUE) problem = "A key must have a value.";
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
      if (problem !== null) refuse(index, column.field, problem);
      if (kept) texts.push(text);
    }
    if ((place - at) % TURN === TURN - 1) await turn();
  }
  if (issues.length > 0) throw refuseRecords(table.name, issues);
  return layouts.groups().filter((group) => group.rows.indexes.length > 0);
}
