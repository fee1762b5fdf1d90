import type { PlugRecord } from "../../../contract/index.ts";
import type { DotTone } from "../../parts/dot.tsx";

export interface PlugHealth {
  readonly tone: DotTone;
  readonly word: "off" | "missing" | "pending" | "active" | "error" | "expired" | "revoked" | "open" | "half_open";
  /** Variables that are missing. */
  readonly count: number;
}

const TONES: Record<PlugHealth["word"], DotTone> = {
  off: "off",
  missing: "warn",
  pending: "off",
  active: "ok",
  error: "bad",
  expired: "warn",
  revoked: "off",
  open: "retry",
  half_open: "retry",
};

/**
 * How a plug stands for one tenant: switched off beats incomplete, incomplete beats a destination that is set aside, and
 * that beats what the connection says.
 */
export function plugHealth({
  enabled,
  connection,
  breaker,
}: Pick<PlugRecord, "enabled" | "connection" | "breaker">): PlugHealth {
  const count = connection.missing.length;
  const broken = breaker?.state === "open" || breaker?.state === "half_open" ? breaker.state : null;
  const word = !enabled ? "off" : count > 0 ? "missing" : (broken ?? connection.status);
  return { tone: TONES[word], word, count };
}
