import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signatureMismatch, staleTime } from "./rejection-message.ts";

const MIN = 60_000;
const say = (ageMs: number, toleranceSec = 300) => staleTime(0, ageMs, toleranceSec)?.message ?? "fresh";

describe("staleTime", () => {
  it("speaks as the brief does", () => {
    expect(say(11 * MIN)).toBe("Signed 11 min before it came; the limit is 5. Check the sender's clock.");
    expect(say(301_000)).toBe("Signed 301 s before it came; the limit is 300 s. Check the sender's clock.");
    expect(say(-7 * MIN)).toBe("Signed 7 min ahead of this clock; the limit is 5. Check the sender's clock.");
    expect(say(3 * 60 * MIN)).toBe("Signed 3 h before it came; the limit is 5 min. Check the sender's clock.");
    expect(say(50 * 60 * MIN)).toBe("Signed 2 days before it came; the limit is 5 min. Check the sender's clock.");
    expect(say(9_000, 5)).toBe("Signed 9 s before it came; the limit is 5. Check the sender's clock.");
  });

  it("is silent exactly within the limit", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 86_400 }), (ageMs, toleranceSec) => {
        expect(staleTime(0, ageMs, toleranceSec) === null).toBe(Math.abs(ageMs) <= toleranceSec * 1000);
      }),
    );
  });
});

describe("signatureMismatch", () => {
  it("counts the secrets", () => {
    expect(signatureMismatch(2, false).message).toBe(
      "Signature does not match either secret. Was the body changed on the way?",
    );
    expect(signatureMismatch(3, false).message).toMatch(/^Signature does not match any of the 3 secrets\./);
  });
});
