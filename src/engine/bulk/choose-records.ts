import type { EnumCoercion } from "./coerce-enum.ts";
import type { BulkColumn } from "./describe-table.ts";
import { encodeField } from "./encode-field.ts";

export interface ChooseOptions {
  readonly key: readonly BulkColumn[];
  readonly dedupe: "first" | "last";
  /** Keys that earlier pages brought; only when the first one counts. */
  readonly seen?: Set<string> | undefined;
  readonly enums?: Readonly<Record<string, EnumCoercion>> | undefined;
}

/**
 * Of several records with one key one counts: the places of the others. A record
 * without a proper key is nobody's double; it is refused when it is encoded.
 */
export function chooseRecords(records: readonly object[], options: ChooseOptions): ReadonlySet<number> {
  const { dedupe, seen } = options;
  const dropped = new Set<number>();
  const chosen = new Map<string, number>();
  for (let place = 0; place < records.length; place++) {
    const key = keyText(records[place] ?? {}, options);
    if (key === null) continue;
    const before = chosen.get(key);
    if (dedupe === "first" && (before !== undefined || seen?.has(key))) {
      dropped.add(place);
      continue;
    }
    if (before !== undefined) dropped.add(before);
    chosen.set(key, place);
  }
  if (seen) for (const key of chosen.keys()) seen.add(key);
  return dropped;
}

function keyText(record: object, { key, enums }: ChooseOptions): string | null {
  let text = "";
  for (const column of key) {
    const value: unknown = Reflect.get(record, column.field);
    if (value === undefined || value === null) return null;
    try {
      const part = encodeField(column, value, enums?.[column.field]);
      text = text === "" ? part : `${text},${part}`;
    } catch {
      return null;
    }
  }
  return text;
}
