import type { Timing } from "../../../contract/index.ts";

export type Phase = "dns" | "connect" | "tls" | "wait" | "download";

interface TimingBar {
  readonly phase: Phase;
  readonly ms: number;
  /** Shares of the whole, 0 to 1. */
  readonly start: number;
  readonly width: number;
}

/**
 * The phases of a call one after the other. A connection that was open already has no DNS and no connect. What is left
 * of the whole after the known phases is the download.
 */
export function timingBars({ dnsMs, connectMs, tlsMs, firstByteMs, totalMs }: Timing): TimingBar[] {
  const known: readonly (readonly [Phase, number | null])[] = [
    ["dns", dnsMs],
    ["connect", connectMs],
    ["tls", tlsMs],
    ["wait", firstByteMs],
  ];
  const spent = known.reduce((sum, [, ms]) => sum + (ms ?? 0), 0);
  const download = firstByteMs === null ? null : Math.max(0, totalMs - spent);
  const whole = Math.max(totalMs, spent, 0.001);
  let at = 0;
  return [...known, ["download", download] as const].flatMap(([phase, ms]) => {
    if (ms === null) return [];
    const bar = { phase, ms, start: at / whole, width: ms / whole };
    at += ms;
    return [bar];
  });
}
