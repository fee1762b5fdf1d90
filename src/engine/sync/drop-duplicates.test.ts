import { describe, expect, test } from "vitest";
import { duplicateFilter } from "./drop-duplicates.ts";

const filter = () =>
  duplicateFilter<{ id: number; v: number; at?: string }>(
    (record) => String(record.id),
    (record) => record.at ?? null,
  );

describe("records of a window", () => {
  test("that come again as they were are left out, over pages", () => {
    const seen = filter();
    expect(
      seen
        .take([
          { id: 1, v: 1 },
          { id: 1, v: 1 },
          { id: 2, v: 1 },
        ])
        .map(({ key }) => key),
    ).toEqual(["1", "2"]);
    expect(
      seen
        .take([
          { id: 2, v: 1 },
          { id: 3, v: 1 },
        ])
        .map(({ key }) => key),
    ).toEqual(["3"]);
    expect(seen.dropped).toBe(2);
  });

  test("that changed meanwhile count, the newest of a page once; an older copy after a newer one does not", () => {
    const seen = filter();
    const page = seen.take([
      { id: 1, v: 1, at: "2026-01-01" },
      { id: 1, v: 2, at: "2026-01-02" },
    ]);
    expect(page.map(({ record }) => record.v)).toEqual([2]);
    expect(seen.take([{ id: 1, v: 1, at: "2026-01-01" }])).toEqual([]);
    expect(seen.take([{ id: 1, v: 3, at: "2026-01-03" }])).toHaveLength(1);
  });
});
