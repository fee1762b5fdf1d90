import type { BulkColumn, BulkTable } from "./describe-table.ts";
import type { EncodedGroup } from "./encode-page.ts";

/** How records of one shape become rows. */
export interface RecordLayout {
  /** Where the numbers of its records go. */
  readonly indexes: number[];
  readonly fields: readonly {
    readonly column: BulkColumn;
    /** Where its value is among the record's; below 0: made here. */
    readonly at: number;
    readonly isKey: boolean;
    /** Where its values go. */
    readonly texts: string[];
  }[];
  /** What is wrong with every record of this shape. */
  readonly wrong: readonly { readonly field: string; readonly message: string }[];
}

interface OpenGroup extends EncodedGroup {
  readonly rows: { readonly indexes: number[]; readonly texts: string[][] };
}

/** Finds the layout of a record; most have the same fields, in the same order, as the one before. */
export function openLayouts(table: BulkTable, key: readonly BulkColumn[]) {
  const columns = [...table.columns.values()];
  const groups = new Map<string, OpenGroup>();
  const known = new Map<string, RecordLayout>();
  let last: { readonly names: readonly string[]; readonly layout: RecordLayout } | undefined;

  function groupOf(given: ReadonlyMap<string, number>): OpenGroup {
    const signature = columns.map(({ field }) => (given.has(field) ? "1" : "0")).join("");
    const found = groups.get(signature);
    if (found) return found;
    const carried = columns.filter((column) => given.has(column.field) || madeHere(column));
    const made = carried.filter((column) => !given.has(column.field));
    const group: OpenGroup = {
      columns: carried,
      onlyNew: new Set(made.filter((column) => !column.makeUpdate)),
      stamps: new Set(made.filter((column) => column.makeUpdate)),
      rows: { indexes: [], texts: carried.map(() => []) },
    };
    groups.set(signature, group);
    return group;
  }

  function layOut(names: readonly string[], values: readonly unknown[]): RecordLayout {
    const given = new Map(names.flatMap((name, at) => (values[at] === undefined ? [] : [[name, at] as const])));
    const group = groupOf(given);
    const unknown = names.filter((name) => !table.columns.has(name));
    const keyless = key.filter((column) => !group.columns.includes(column));
    return {
      indexes: group.rows.indexes,
      fields: group.columns.map((column, nth) => ({
        column,
        at: given.get(column.field) ?? -1,
        isKey: key.includes(column),
        texts: group.rows.texts[nth] ?? [],
      })),
      wrong: [
        ...unknown.map((field) => ({ field, message: `"${table.name}" has no such field.` })),
        ...keyless.map(({ field }) => ({ field, message: "A key must have a value." })),
      ],
    };
  }

  return {
    of(names: readonly string[], values: readonly unknown[]): RecordLayout {
      const whole = !values.includes(undefined);
      if (whole && last && sameNames(last.names, names)) return last.layout;
      const shape = JSON.stringify(names.map((name, at) => [name, values[at] === undefined]));
      const layout = known.get(shape) ?? layOut(names, values);
      known.set(shape, layout);
      if (whole) last = { names, layout };
      return layout;
    },
    groups: (): readonly EncodedGroup[] => [...groups.values()],
  };
}

const sameNames = (one: readonly string[], other: readonly string[]): boolean => {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
};

const madeHere = (column: BulkColumn): boolean =>
  !column.generated && (column.makeDefault !== undefined || column.makeUpdate !== undefined);
