import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalInConstantTime } from "./constant-time.ts";

describe("equalInConstantTime", () => {
  it("agrees with === for texts of any length", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(equalInConstantTime(a, b)).toBe(a === b);
        expect(equalInConstantTime(a, a)).toBe(true);
        expect(equalInConstantTime(a, `${a}x`)).toBe(false);
      }),
    );
  });

  it("compares bytes, also with a text in UTF-8", () => {
    expect(equalInConstantTime(new Uint8Array([0xc3, 0xa4]), "ä")).toBe(true);
    expect(equalInConstantTime(new Uint8Array([1, 2]), new Uint8Array([1, 2, 0]))).toBe(false);
  });
});
