import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** Where a reverse proxy of ours may be: this machine and private networks. */
const nearby = new BlockList();
for (const [network, bits] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 10],
] as const)
  nearby.addSubnet(network, bits, "ipv4");
nearby.addAddress("::1", "ipv6");
nearby.addSubnet("fc00::", 7, "ipv6");
nearby.addSubnet("fe80::", 10, "ipv6");

/**
 * Makes the forwarding headers tell the truth before anything reads them: `x-forwarded-for` is one address afterwards,
 * `x-forwarded-proto` is `http` or `https`. What a client says about itself only counts when the connection comes
 * from this machine or a private network, where a reverse proxy would be, and then only what that proxy added.
 */
export const cleanForwardedHeaders = (request: IncomingMessage): void => {
  const peer = plainAddress(request.socket.remoteAddress ?? "");
  const trusted = isNearby(peer);
  const said = (name: string): string | undefined => {
    const value = request.headers[name];
    return trusted ? lastOf(Array.isArray(value) ? value.join(",") : value) : undefined;
  };
  const client = plainAddress(said("x-forwarded-for") ?? "");
  const proto = said("x-forwarded-proto");
  setHeader(request, "x-forwarded-for", isIP(client) ? client : peer);
  setHeader(request, "x-forwarded-proto", proto === "https" ? "https" : "http");
  setHeader(request, "x-forwarded-host", said("x-forwarded-host"));
  for (const name of ["forwarded", "x-real-ip", "x-forwarded-port"]) setHeader(request, name, undefined);
};

const isNearby = (address: string): boolean => {
  const known = remembered.get(address);
  if (known !== undefined) return known;
  const family = isIP(address);
  const answer = family !== 0 && nearby.check(address, family === 4 ? "ipv4" : "ipv6");
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(address, answer);
  return answer;
};

/** A list is slow to ask, and the same few proxies come again and again. */
const remembered = new Map<string, boolean>();
const MAX_REMEMBERED = 1_000;

/** `::ffff:127.0.0.1`, how a dual-stack socket writes it, is `127.0.0.1`. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** The entry that the nearest proxy appended; those before it are anybody's claim. */
const lastOf = (value: string | undefined): string | undefined => value?.split(",").at(-1)?.trim() || undefined;

/** Node keeps headers twice: Next reads the parsed ones, the fetch adapter the raw ones. */
const setHeader = (request: IncomingMessage, name: string, value: string | undefined): void => {
  const { rawHeaders } = request;
  // What is not among the parsed ones was not sent.
  if (request.headers[name] !== undefined)
    for (let index = rawHeaders.length - 2; index >= 0; index -= 2)
      if (rawHeaders[index]?.toLowerCase() === name) rawHeaders.splice(index, 2);
  if (value === undefined) delete request.headers[name];
  else {
    request.headers[name] = value;
    rawHeaders.push(name, value);
  }
};
