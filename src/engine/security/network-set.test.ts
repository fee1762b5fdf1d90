import { describe, expect, it } from "vitest";
import { NetworkSet } from "./network-set.ts";

describe("NetworkSet", () => {
  it("keeps the families apart", () => {
    expect(new NetworkSet(["::/0"]).has("10.0.0.1")).toBe(false);
    expect(new NetworkSet(["0.0.0.0/0"]).has("::1")).toBe(false);
    expect(new NetworkSet(["10.0.0.0/8", "::1"]).has("10.9.9.9")).toBe(true);
    expect(new NetworkSet(["10.0.0.0/8", "::1"]).has("::1")).toBe(true);
  });

  it.each(["10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.0/8/8", "10.0.0.0/", "10.0.0.0/-1", "db.internal", ""])(
    "refuses %j",
    (network) => {
      expect(() => new NetworkSet([network])).toThrow(TypeError);
    },
  );
});
