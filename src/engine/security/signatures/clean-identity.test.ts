import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanIdentity } from "./clean-identity.ts";

describe("cleanIdentity", () => {
  it("keeps ordinary words", () => {
    expect(cleanIdentity({ type: "orders.create", id: "evt_1" })).toEqual({ type: "orders.create", id: "evt_1" });
    expect(cleanIdentity({ type: "größe.geändert", id: "ü" })).toEqual({ type: "größe.geändert", id: "ü" });
    expect(cleanIdentity({ type: "", id: "" })).toEqual({});
    expect(cleanIdentity({})).toEqual({});
  });

  it("cuts a type that is too long, never through a character", () => {
    const { type = "" } = cleanIdentity({ type: "😀".repeat(300) });
    expect(type).toBe("😀".repeat(200));
  });

  it("digests an id that is too long or cannot be stored, so that two such ids stay two", () => {
    const long = "x".repeat(256);
    expect(cleanIdentity({ id: long }).id).toMatch(/^[0-9a-f]{64}$/);
    expect(cleanIdentity({ id: long }).id).not.toBe(cleanIdentity({ id: `${long}x` }).id);
    expect(cleanIdentity({ id: "x".repeat(255) }).id).toBe("x".repeat(255));
    expect(cleanIdentity({ id: "a\u0000b" }).id).toMatch(/^[0-9a-f]{64}$/);
  });

  it("gives what Postgres can hold, for every text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
        const { type = "", id = "" } = cleanIdentity({ type: text, id: text });
        expect(`${type}${id}`).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }),
    );
  });
});
