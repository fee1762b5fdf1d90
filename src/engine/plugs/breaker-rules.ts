import { z } from "zod";

/** When deliveries to a plug are held back, as a plug's `breaker` says it. */
export interface BreakerOptions {
  /** Failures in a row that open it; `false` for any number. Default 5. */
  readonly failures?: number | false;
  /** A share of failures that opens it; `false` for any. Default half of at least 20 within a minute. */
  readonly rate?: { readonly share: number; readonly minimum?: number; readonly windowMs?: number } | false;
  /** How long nothing is sent before one delivery tries; doubles with each try that fails. Default 30,000. */
  readonly openMs?: number;
  /** The longest it doubles to. Default 600,000. */
  readonly maxOpenMs?: number;
}

export interface BreakerRules {
  readonly failures: number | null;
  readonly rate: { readonly share: number; readonly minimum: number; readonly windowMs: number } | null;
  readonly openMs: number;
  readonly maxOpenMs: number;
}

const ms = z.number().int().min(10).max(86_400_000);

export const breakerSchema = z.union([
  z.literal(false),
  z.strictObject({
    failures: z.union([z.literal(false), z.number().int().min(1).max(10_000)]).optional(),
    rate: z
      .union([
        z.literal(false),
        z.strictObject({
          share: z.number().gt(0).max(1),
          minimum: z.number().int().min(1).max(100_000).optional(),
          windowMs: ms.optional(),
        }),
      ])
      .optional(),
    openMs: ms.optional(),
    maxOpenMs: ms.optional(),
  }),
]);

/** Fill in the defaults; `null` for a plug without a breaker. */
export function breakerRules(options: BreakerOptions | false = {}): BreakerRules | null {
  if (options === false) return null;
  const { failures = 5, rate = { share: 0.5 }, openMs = 30_000, maxOpenMs = 600_000 } = options;
  return {
    failures: failures === false ? null : failures,
    rate: rate === false ? null : { share: rate.share, minimum: rate.minimum ?? 20, windowMs: rate.windowMs ?? 60_000 },
    openMs,
    maxOpenMs: Math.max(openMs, maxOpenMs),
  };
}
