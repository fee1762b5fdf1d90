import type { WireRecord } from "../../../contract/index.ts";

/**
 * How many steps of a guide are proven. The last step of every guide is the first webhook: a genuine one
 * proves all steps, a connected wire proves all but that one, and nothing else proves anything.
 */
export function stepsDone(wire: Pick<WireRecord, "connected" | "lastReceivedAt" | "guide">): number {
  if (wire.connected && wire.lastReceivedAt !== null) return wire.guide.length;
  return wire.connected ? Math.max(0, wire.guide.length - 1) : 0;
}
