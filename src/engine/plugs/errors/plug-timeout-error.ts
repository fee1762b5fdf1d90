import { PlugError, type PlugErrorDetails } from "./plug-error.ts";

export const TIMEOUT_PHASES = ["connect", "headers", "body", "total"] as const;
export type TimeoutPhase = (typeof TIMEOUT_PHASES)[number];

/** The other side was too slow. `phase` says where: connecting, waiting for headers, between pieces of the body, or in all. */
export class PlugTimeoutError extends PlugError {
  static override readonly brand = "PlugTimeoutError";

  readonly phase: TimeoutPhase;
  readonly timeoutMs: number;

  constructor(details: PlugErrorDetails & { readonly phase: TimeoutPhase; readonly timeoutMs: number }) {
    super("PlugTimeoutError", details);
    this.phase = details.phase;
    this.timeoutMs = details.timeoutMs;
  }
}
