import type { MappingRecord } from "../../contract/index.ts";

/**
 * The plugs that get a column: those that most of the rows have a ref at, at most `most`.
 * In the order of the alphabet, so that a page more does not shuffle them.
 */
export function refPlugs(rows: readonly Pick<MappingRecord, "refs">[], most = 6): string[] {
  const counts = new Map<string, number>();
  for (const { refs } of rows) {
    for (const plug of Object.keys(refs)) counts.set(plug, (counts.get(plug) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([a, first], [b, second]) => second - first || a.localeCompare(b))
    .slice(0, most)
    .map(([plug]) => plug)
    .toSorted();
}

/** What a record is called among people: its connect values, by the order of the fields. */
export const connectText = ({ connect }: Pick<MappingRecord, "connect">): string => Object.values(connect).join(" · ");
