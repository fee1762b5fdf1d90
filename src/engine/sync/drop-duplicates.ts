import { digestOf } from "../caches/delta-skip.ts";

/** A record with what a sync knows of it. */
export interface KeyedRecord<R> {
  readonly key: string;
  readonly record: R;
  readonly at: string | null;
  readonly digest: string;
}

/** Records of one window that are remembered, to know them again. What falls out is written twice, which changes nothing. */
const REMEMBERED = 50_000;

/** Leaves out what came before: the same page twice, a record that moved while it was read, an old copy after a new one. */
export function duplicateFilter<R>(keyOf: (record: R) => string, timeOf: (record: R) => string | null) {
  const seen = new Map<string, { at: string | null; digest: string }>();
  let dropped = 0;
  return {
    get dropped() {
      return dropped;
    },
    take(records: readonly R[]): KeyedRecord<R>[] {
      const fresh = new Map<string, KeyedRecord<R>>();
      for (const record of records) {
        const key = keyOf(record);
        const one = { key, record, at: timeOf(record), digest: digestOf(record) };
        const before = seen.get(key);
        if (before && (before.digest === one.digest || isOlder(one.at, before.at))) {
          dropped++;
          continue;
        }
        if (fresh.delete(key)) dropped++;
        fresh.set(key, one);
        seen.delete(key);
        seen.set(key, { at: one.at, digest: one.digest });
      }
      for (const key of seen.keys()) {
        if (seen.size <= REMEMBERED) break;
        seen.delete(key);
      }
      return [...fresh.values()];
    },
  };
}

const isOlder = (at: string | null, than: string | null): boolean => at !== null && than !== null && at < than;
