import { BlockList } from "node:net";
import { readIp } from "./ip-address.ts";

/** A set of networks. Families are apart: Node's BlockList finds an IPv4 address in `::/3`. */
export class NetworkSet {
  readonly #v4 = new BlockList();
  readonly #v6 = new BlockList();

  /** @param networks CIDRs, or single addresses. @throws TypeError for anything else. */
  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [text = "", prefix, more] = network.split("/");
      const ip = readIp(text);
      const bits = ip?.family === 4 ? 32 : 128;
      const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
      if (ip === null || more !== undefined || length < 0 || length > bits) {
        throw new TypeError(`"${network}" is no network; write 10.0.0.0/8 or fd00::/8.`);
      }
      if (ip.family === 4) this.#v4.addSubnet(ip.address, length, "ipv4");
      else this.#v6.addSubnet(ip.address, length, "ipv6");
    }
  }

  has(address: string): boolean {
    const ip = readIp(address);
    if (ip === null) return false;
    return ip.family === 4 ? this.#v4.check(ip.address, "ipv4") : this.#v6.check(ip.address, "ipv6");
  }
}
