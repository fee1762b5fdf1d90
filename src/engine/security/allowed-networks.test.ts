import { describe, expect, it } from "vitest";
import { allowedBy, parseAllowedNetworks } from "./allowed-networks.ts";

describe("parseAllowedNetworks", () => {
  it.each([undefined, "", "  ", "0", "false"])("opens nothing for %j", (text) => {
    expect(parseAllowedNetworks(text)).toBe("none");
  });

  it("opens everything for 1, and otherwise the networks", () => {
    expect(parseAllowedNetworks("1")).toBe("all");
    expect(parseAllowedNetworks("10.0.0.0/8, 192.168.1.7  fd00::/8")).toEqual([
      "10.0.0.0/8",
      "192.168.1.7",
      "fd00::/8",
    ]);
  });

  it("says what is wrong and what to write", () => {
    expect(() => parseAllowedNetworks("10.0.0.0/40")).toThrow(
      'KHOTAN_ALLOW_PRIVATE_NETWORK: "10.0.0.0/40" is no network; write 10.0.0.0/8 or fd00::/8. Or set it to 1 to allow every network.',
    );
    expect(() => parseAllowedNetworks("1, 10.0.0.0/8")).toThrow('"1" is no network');
  });
});

describe("allowedBy", () => {
  it("opens an address also in its IPv6 forms, and nothing beside it", () => {
    const isAllowed = allowedBy(["10.0.0.0/8"]);
    expect(["10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::a01:203"].map(isAllowed)).toEqual([true, true, true]);
    expect(["11.0.0.1", "127.0.0.1", "::1", "fd00::1", "text"].map(isAllowed)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
