import { embeddedIpv4, ipv6Words, readIp } from "./ip-address.ts";
import { NetworkSet } from "./network-set.ts";

/** What KHOTAN_ALLOW_PRIVATE_NETWORK says: nothing, everything, or these networks. */
export type AllowedNetworks = "none" | "all" | readonly string[];

/**
 * Read KHOTAN_ALLOW_PRIVATE_NETWORK: unset, empty or `0` opens nothing, `1` opens
 * everything, otherwise CIDRs or addresses, separated by commas or spaces.
 *
 * @example parseAllowedNetworks("10.0.0.0/8, 192.168.1.7") // ["10.0.0.0/8", "192.168.1.7"]
 * @throws TypeError with a sentence for the operator when something in it is no network.
 */
export function parseAllowedNetworks(text: string | undefined): AllowedNetworks {
  const networks = (text ?? "").split(/[\s,]+/).filter((part) => part !== "");
  const [only] = networks;
  if (only === undefined) return "none";
  if (networks.length === 1 && /^(?:0|false|no|off)$/i.test(only)) return "none";
  if (networks.length === 1 && /^(?:1|true|yes|on)$/i.test(only)) return "all";
  try {
    new NetworkSet(networks);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new TypeError(`KHOTAN_ALLOW_PRIVATE_NETWORK: ${detail} Or set it to 1 to allow every network.`);
  }
  return networks;
}

/** Is an address opened, by itself or as the IPv4 address it carries? */
export function allowedBy(allow: AllowedNetworks): (address: string) => boolean {
  if (allow === "none") return () => false;
  if (allow === "all") return () => true;
  const networks = new NetworkSet(allow);
  return (address) => {
    if (networks.has(address)) return true;
    const ip = readIp(address);
    const inner = ip?.family === 6 ? embeddedIpv4(ipv6Words(ip.address)) : null;
    return inner !== null && networks.has(inner.address);
  };
}
