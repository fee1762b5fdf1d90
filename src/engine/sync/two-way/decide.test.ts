import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, type Fields, sameFields } from "./decide.ts";

const times = { sourceAt: "2026-01-02T00:00:00.000Z", platformAt: "2026-01-01T00:00:00.000Z" };
const base = { name: "Ann", city: "Bonn" };

describe("both sides", () => {
  test("that changed different fields both keep their change", () => {
    const done = decide({
      base,
      source: { ...base, name: "Anna" },
      platform: { ...base, city: "Ulm" },
      policy: "source_wins",
      ...times,
    });
    expect(done).toMatchObject({ merged: { name: "Anna", city: "Ulm" }, conflicts: [] });
  });

  test.each([
    ["source_wins", "Anna"],
    ["platform_wins", "Annie"],
    ["newest_wins", "Anna"],
  ] as const)("that changed one field differently: %s gives %s, and says so", (policy, name) => {
    const done = decide({
      base,
      source: { ...base, name: "Anna" },
      platform: { ...base, name: "Annie" },
      policy,
      ...times,
    });
    expect(done.merged).toEqual({ name, city: "Bonn" });
    expect(done.conflicts).toEqual([{ field: "name", base: "Ann", source: "Anna", platform: "Annie" }]);
  });

  test("that never agreed are in conflict wherever they differ", () => {
    const done = decide({
      base: null,
      source: base,
      platform: { name: "Ann", city: "Ulm" },
      policy: "platform_wins",
      ...times,
    });
    expect(done.merged).toEqual({ name: "Ann", city: "Ulm" });
    expect(done.conflicts.map(({ field }) => field)).toEqual(["city"]);
  });

  test("agree for good after one decision, lose no change of one side, and conflict only where both changed", () => {
    const fields = fc.record({
      a: fc.integer({ min: 0, max: 3 }),
      b: fc.integer({ min: 0, max: 3 }),
      c: fc.option(fc.string()),
    });
    const policy = fc.constantFrom("source_wins", "platform_wins", "newest_wins" as const);
    fc.assert(
      fc.property(fields, fields, fields, policy, (was, source, platform, by) => {
        const { merged, conflicts } = decide({ base: was, source, platform, policy: by, ...times });
        const again = decide({ base: source, source, platform: merged, policy: by, ...times });
        // A process that dies after writing here and before sending there: the same is sent, and it is no conflict.
        expect(again.conflicts).toEqual([]);
        expect(sameFields(again.merged, merged)).toBe(true);
        const inConflict = new Set(conflicts.map(({ field }) => field));
        for (const field of ["a", "b", "c"] as const) {
          const at = (one: Fields) => one[field];
          const changed = [source, platform].filter((one) => !sameFields(at(one), at(was)));
          expect(inConflict.has(field)).toBe(changed.length === 2 && !sameFields(at(source), at(platform)));
          if (changed.length === 1) expect(at(merged)).toEqual(at(changed[0] ?? was));
          if (changed.length === 0) expect(at(merged)).toEqual(at(was));
        }
      }),
    );
  });
});
