import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressRule } from "./address-rules.ts";

const nameOf = (address: string) => addressRule(address)?.name ?? "public";
const byte = fc.nat(255);
const ipv4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join("."));

/** `127.0.0.1` as two words of an IPv6 address. */
function words(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

describe("addressRule", () => {
  it.each([
    ["metadata", "169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "fd00:ec2::254"],
    ["unspecified", "0.0.0.0", "0.1.2.3", "::"],
    ["loopback", "127.0.0.1", "127.255.255.255", "::1", "0:0:0:0:0:0:0:1"],
    ["link_local", "169.254.0.1", "fe80::1", "fe80::1%eth0", "febf::1"],
    ["private", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "fc00::1", "fdff::1", "fec0::1"],
    ["carrier_nat", "100.64.0.1", "100.127.255.255"],
    ["multicast", "224.0.0.1", "239.255.255.255", "ff02::1"],
    [
      "reserved",
      "192.0.0.1",
      "192.0.2.1",
      "198.18.0.1",
      "198.19.255.255",
      "203.0.113.9",
      "240.0.0.1",
      "255.255.255.255",
    ],
    ["reserved", "100::1", "2001::1", "2001:db8::1", "3fff::1", "64:ff9b:1::1", "4000::1", "8000::1", "5f00::1"],
    ["invalid", "", "localhost", "1.2.3", "0177.0.0.1", "::g", "1.2.3.4.5"],
    ["public", "8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1"],
  ])("%s", (name, ...addresses) => {
    expect(Object.fromEntries(addresses.map((address) => [address, nameOf(address)]))).toEqual(
      Object.fromEntries(addresses.map((address) => [address, name])),
    );
  });

  it("judges an IPv4 address alike in every IPv6 form that leads to it", () => {
    fc.assert(
      fc.property(ipv4, (address) => {
        const rule = nameOf(address);
        expect(nameOf(`::ffff:${address}`)).toBe(rule);
        expect(nameOf(`::ffff:${words(address)}`)).toBe(rule);
        expect(nameOf(`64:ff9b::${words(address)}`)).toBe(rule);
        expect(nameOf(`2002:${words(address)}::1`)).toBe(rule);
        expect(nameOf(`2606:4700::5efe:${words(address)}`)).toBe(rule);
        // Forms that nothing public uses any more are blocked in any case.
        expect(nameOf(`::ffff:0:${words(address)}`)).toBe(rule === "public" ? "reserved" : rule);
        expect(nameOf(`::${words(address)}`)).not.toBe("public");
      }),
    );
  });

  it("lets nothing through in IPv6 but 2000::/3 and what stands for a public IPv4 address", () => {
    const word = fc.nat(0xffff).map((value) => value.toString(16));
    fc.assert(
      fc.property(fc.array(word, { minLength: 8, maxLength: 8 }), (parts) => {
        const first = Number.parseInt(parts[0] ?? "", 16);
        if (first < 0x2000 || first > 0x3fff) expect(nameOf(parts.join(":"))).not.toBe("public");
      }),
    );
  });
});
