import { promises as dns, type LookupAddress, type LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { type AddressRule, addressRule } from "./address-rules.ts";
import { type AllowedNetworks, allowedBy } from "./allowed-networks.ts";
import { readIp } from "./ip-address.ts";
import { NetworkBlockedError } from "./network-blocked-error.ts";

export { type AllowedNetworks, parseAllowedNetworks } from "./allowed-networks.ts";
export { NetworkBlockedError } from "./network-blocked-error.ts";

/** All addresses of a name. */
export type Resolver = (hostname: string, options: LookupOptions) => Promise<readonly LookupAddress[]>;

export interface NetworkGuardOptions {
  /** See `parseAllowedNetworks`. */
  readonly allow: AllowedNetworks;
  /** Defaults to the system's resolver. */
  readonly resolve?: Resolver;
}

export type ConnectorOptions = Omit<buildConnector.BuildOptions, "lookup" | "socketPath" | "path" | "host" | "port">;

/** Keeps outbound calls out of private networks. */
export interface NetworkGuard {
  /**
   * Early and without asking DNS: the protocol, literal addresses in every spelling, names that are local by
   * definition. What a name resolves to is checked when connecting.
   *
   * @throws NetworkBlockedError (`upstream_blocked`)
   */
  checkUrl(url: string | URL): URL;
  /** For `net.connect`: gives only addresses that may be called, so that what was checked is what is used. */
  readonly lookup: LookupFunction;
  /** For an undici Agent. Checks literal addresses itself, since for those `lookup` is never asked; so every hop of a redirect is checked. */
  connector(options?: ConnectorOptions): buildConnector.connector;
}

const LOCAL_NAME =
  /(?:^|\.)(?:localhost|localdomain|local|internal|home\.arpa)$|^(?:metadata|ip6-localhost|ip6-loopback)$/i;

/**
 * @example
 * const guard = createNetworkGuard({ allow: parseAllowedNetworks(process.env.KHOTAN_ALLOW_PRIVATE_NETWORK) });
 * const dispatcher = new Agent({ connect: guard.connector({ timeout: 10_000 }) });
 * await fetch(guard.checkUrl(url), { dispatcher });
 * @throws TypeError when `allow` holds something that is no network.
 */
export function createNetworkGuard({ allow, resolve = resolveBySystem }: NetworkGuardOptions): NetworkGuard {
  const isAllowed = allowedBy(allow);
  const blockOf = (address: string) => (isAllowed(address) ? null : addressRule(address));

  /** A name is only judged by itself while nothing is allowed; otherwise its addresses decide. */
  function checkHost(host: string): void {
    const bare = host.replace(/^\[|\]$/g, "").replace(/\.$/, "");
    const ip = readIp(bare);
    if (ip !== null) {
      const rule = blockOf(ip.address);
      if (rule !== null) throw blocked(bare, rule, ip.address, `it is ${rule.what}`);
    } else if (allow === "none" && LOCAL_NAME.test(bare)) {
      throw blocked(bare, { name: "local_name", what: "a local name" }, undefined, "it is a local name");
    }
  }

  async function resolveChecked(hostname: string, options: LookupOptions): Promise<LookupAddress[]> {
    checkHost(hostname);
    const answers = await resolve(hostname, options);
    const open = answers.filter(({ address }) => blockOf(address) === null);
    const [first] = answers;
    if (open.length > 0 || first === undefined) return open;
    const rule = blockOf(first.address) ?? { name: "reserved", what: "a reserved address" };
    throw blocked(hostname, rule, first.address, `it resolves to ${first.address}, ${rule.what}`);
  }

  const lookup: LookupFunction = (hostname, options, callback) => {
    resolveChecked(hostname, options).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) process.nextTick(callback, notFound(hostname), "", 0);
        else if (options.all === true) process.nextTick(callback, null, addresses);
        else process.nextTick(callback, null, first.address, first.family);
      },
      (error: unknown) => process.nextTick(callback, error, "", 0),
    );
  };

  return {
    lookup,
    checkUrl(input) {
      const url = readHttpUrl(input);
      checkHost(url.hostname);
      return url;
    },
    connector(options = {}) {
      const connect = buildConnector({ ...options, lookup });
      return (target, callback) => {
        try {
          checkHost(target.hostname);
        } catch (error) {
          process.nextTick(callback, error, null);
          return;
        }
        return connect(target, callback); // undici's connector gives its socket, which timing wants to watch
      };
    },
  };
}

const blocked = (host: string, { name: rule }: AddressRule, address: string | undefined, reason: string) =>
  new NetworkBlockedError({ rule, host, address, reason, canBeAllowed: true });

/** The messages leave out the URL itself: it may hold a password. */
function readHttpUrl(input: string | URL): URL {
  if (!URL.canParse(String(input))) {
    throw new NetworkBlockedError({
      rule: "invalid_url",
      host: "this address",
      reason: "it is no URL",
      canBeAllowed: false,
    });
  }
  const url = new URL(String(input));
  if (url.protocol === "http:" || url.protocol === "https:") return url;
  const [host, reason] = [`${url.protocol} URLs`, "only http and https are called"];
  throw new NetworkBlockedError({ rule: "protocol", host, reason, canBeAllowed: false });
}

const resolveBySystem: Resolver = (hostname, options) => dns.lookup(hostname, { ...options, all: true });

const notFound = (hostname: string) =>
  Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: "ENOTFOUND" });
