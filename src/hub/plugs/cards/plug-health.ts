import type { PlugRecord } from "../../../contract/index.ts";
import type { DotTone } from "../../parts/dot.tsx";

export interface PlugHealth {
  readonly tone: DotTone;
  readonly word: "off" | "missing" | "pending" | "active" | "error" | "expired" | "revoked";
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
};

/** How a plug stands for one tenant: switched off beats incomplete, incomplete beats what the connection says. */
export function plugHealth(plug: Pick<PlugRecord, "enabled" | "connection">): PlugHealth {
  const count = plug.connection.missing.length;
  const word = !plug.enabled ? "off" : count > 0 ? "missing" : plug.connection.status;
  return { tone: TONES[word], word, count };
}
