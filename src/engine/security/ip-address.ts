import { isIPv4, isIPv6 } from "node:net";

/** Without brackets and zone: `[fe80::1%eth0]` is `fe80::1`. `null` when it is no address. */
export function readIp(host: string): { address: string; family: 4 | 6 } | null {
  const address = host.replace(/^\[|\]$/g, "").replace(/%.*$/s, "");
  if (isIPv4(address)) return { address, family: 4 };
  return isIPv6(address) ? { address, family: 6 } : null;
}

/** The eight 16-bit words of a valid IPv6 address. */
export function ipv6Words(address: string): readonly number[] {
  const text = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const word = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${word(a, b)}:${word(c, d)}`;
  });
  const [head = "", tail] = text.split("::");
  const words = (part: string) => (part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16)));
  if (tail === undefined) return words(head);
  const [left, right] = [words(head), words(tail)];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

export interface EmbeddedIpv4 {
  readonly address: string;
  /** Reaching the IPv6 address is nothing else than reaching the IPv4 one. */
  readonly same: boolean;
}

/** The IPv4 address that an IPv6 address carries, in each of the ways in which it may end up there. */
export function embeddedIpv4(words: readonly number[]): EmbeddedIpv4 | null {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0, w6 = 0, w7 = 0] = words;
  const last = (same: boolean) => ({ address: dotted(w6, w7), same });
  const zeros = (count: number) => words.slice(0, count).every((word) => word === 0);
  if (zeros(5) && w5 === 0xffff) return last(true); // IPv4-mapped, RFC 4291 §2.5.5.2
  if (zeros(4) && w4 === 0xffff && w5 === 0) return last(false); // IPv4-translated, RFC 2765
  if (zeros(6)) return last(false); // IPv4-compatible, RFC 4291 §2.5.5.1
  if (w0 === 0x64 && w1 === 0xff9b && (w2 | w3 | w4 | w5) === 0) return last(true); // NAT64, RFC 6052
  if (w0 === 0x2002) return { address: dotted(w1, w2), same: false }; // 6to4, RFC 3056
  if ((w4 & 0xfdff) === 0 && w5 === 0x5efe) return last(false); // ISATAP, RFC 5214
  return null;
}

const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join(".");
