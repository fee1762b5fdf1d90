import { embeddedIpv4, ipv6Words, readIp } from "./ip-address.ts";
import { NetworkSet } from "./network-set.ts";

/** Why an address is not for calls from a hub. `what` completes the sentence "it is …". */
export interface AddressRule {
  readonly name: string;
  readonly what: string;
}

interface RuleNetworks extends AddressRule {
  readonly v4: readonly string[];
  readonly v6: readonly string[];
}

/**
 * Sources: IANA special-purpose registries (RFC 6890), cloud providers' documentation of
 * their metadata addresses. The first rule that holds names the block.
 */
const RULES: readonly RuleNetworks[] = [
  {
    name: "metadata",
    what: "a cloud metadata address",
    v4: ["169.254.169.254/32", "169.254.170.2/32", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"],
    v6: ["fd00:ec2::254/128", "fd20:ce::254/128"],
  },
  { name: "unspecified", what: "an unspecified address", v4: ["0.0.0.0/8"], v6: ["::/128"] },
  { name: "loopback", what: "a loopback address", v4: ["127.0.0.0/8"], v6: ["::1/128"] },
  { name: "link_local", what: "a link-local address", v4: ["169.254.0.0/16"], v6: ["fe80::/10"] },
  {
    name: "private",
    what: "a private address",
    v4: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
    v6: ["fc00::/7", "fec0::/10"],
  },
  { name: "carrier_nat", what: "an address of a carrier's network", v4: ["100.64.0.0/10"], v6: [] },
  { name: "multicast", what: "a multicast address", v4: ["224.0.0.0/4"], v6: ["ff00::/8"] },
];

/** Asked last. In IPv6 only 2000::/3 is in use, so all the rest is reserved, and a few networks in it. */
const RESERVED: RuleNetworks = {
  name: "reserved",
  what: "a reserved address",
  v4: [
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "240.0.0.0/4",
  ],
  v6: ["::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "3fff::/20"],
};

const compile = ({ name, what, v4, v6 }: RuleNetworks) => ({ name, what, networks: new NetworkSet([...v4, ...v6]) });
const rules = RULES.map(compile);
const reserved = compile(RESERVED);

/** The rule that blocks an address, or `null` when it is a public one. What is no address at all is blocked. */
export function addressRule(address: string): AddressRule | null {
  const ip = readIp(address);
  if (ip === null) return { name: "invalid", what: "no address" };
  const rule = rules.find(({ networks }) => networks.has(ip.address));
  if (rule !== undefined) return rule;
  const inner = ip.family === 6 ? embeddedIpv4(ipv6Words(ip.address)) : null;
  if (inner !== null) {
    const innerRule = addressRule(inner.address);
    if (innerRule !== null || inner.same) return innerRule;
  }
  return reserved.networks.has(ip.address) ? reserved : null;
}
