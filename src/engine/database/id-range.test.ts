import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeId, newUuid } from "../../contract/index.ts";
import { idEndingIn, idsStartingWith, idsWithin } from "./id-range.ts";

test("an id lies within the range of each of its beginnings", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 1, max: 26 }), (uuid, letters) => {
      const range = idsStartingWith("run", encodeId("run", uuid).slice(0, 4 + letters));
      expect(range && range.low <= uuid && uuid <= range.high).toBe(true);
    }),
  );
});

test("what no id begins with has no range", () => {
  for (const text of ["evt_01", "run_", "run_u", "run_8", `run_${"0".repeat(27)}`, "runs"]) {
    expect(idsStartingWith("run", text)).toBeNull();
  }
});

test("an id ends in its own last letters, with or without the prefix", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 4, max: 12 }), (uuid, letters) => {
      const tail = encodeId("event", uuid).slice(-letters);
      const found = idEndingIn("event", tail);
      const bits = BigInt(`0x${uuid.replaceAll("-", "").slice(16)}`);
      expect(bits & BigInt(found?.mask ?? 0)).toBe(BigInt(found?.value ?? -1));
      expect(idEndingIn("event", `evt_${tail}`)).toEqual(found);
    }),
  );
  expect(idEndingIn("event", "abc")).toBeNull();
  expect(idEndingIn("event", "invoice")).toBeNull();
});

test("an id made at a time lies within a range around it", () => {
  const now = Date.now();
  const { low = "", high = "" } = idsWithin({
    since: new Date(now).toISOString(),
    until: new Date(now).toISOString(),
  });
  const id = newUuid(now);
  expect(low < id && id < high).toBe(true);
  expect(idsWithin({ until: new Date(now - 3_600_000).toISOString() }).high ?? "").toSatisfy((end: string) => end < id);
});
