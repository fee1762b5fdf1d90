import fc from "fast-check";
import { expect, test } from "vitest";
import { putOff } from "./wait-by-database.ts";

test("with a clock that is right, it is as it was said", () => {
  expect([1, 1.2, 60, 86_400].map((seconds) => putOff(seconds, 0))).toEqual([1, 2, 60, 86_400]);
});

test("whatever the clocks are: never at once, never later than the wait and the step together, and no sooner than may be meant", () => {
  const seconds = fc.integer({ min: 1, max: 1_000_000 });
  const ahead = fc.integer({ min: -100_000, max: 100_000 });
  fc.assert(
    fc.property(seconds, ahead, (wait, off) => {
      const put = putOff(wait, off);
      expect(Number.isInteger(put)).toBe(true);
      expect(put).toBeGreaterThan(0);
      // When that is by the database's clock.
      const restsFor = put + off;
      expect(restsFor).toBeGreaterThan(0);
      expect(restsFor).toBeLessThanOrEqual(Math.max(wait, Math.abs(off) + 1, 5));
      if (off < 0) expect(restsFor).toBeGreaterThanOrEqual(Math.min(5, wait));
      else expect(restsFor).toBeGreaterThanOrEqual(wait);
    }),
  );
});
