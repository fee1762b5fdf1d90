import { z } from "zod";

/** Which requests a fault is meant for: after letting `after` of them pass, it hits the next `count`. */
const target = z.strictObject({
  count: z.int().min(1).max(10_000).default(1),
  after: z.int().min(0).max(10_000).default(0),
  /** Only paths that start with this, e.g. `/orders`. */
  path: z.string().startsWith("/").default("/"),
  /** Only this method, e.g. `GET`. */
  method: z.string().toUpperCase().optional(),
});
export type FaultTarget = z.infer<typeof target>;

export const faultSettings = z
  .strictObject({
    /** Answers with a status instead of doing the work. */
    failNext: target
      .extend({
        status: z.int().min(400).max(599).default(503),
        retryAfterSeconds: z.int().min(0).max(3_600).optional(),
      })
      .nullable(),
    /** Cuts the connection before the answer, or in the middle of its body (after the work was done). */
    dropNext: target.extend({ when: z.enum(["before", "midway"]).default("before") }).nullable(),
    /** Lists repeat the page before the one asked for. */
    repeatNextPages: target.nullable(),
    /** Every API call takes this much longer. */
    delayMs: z.int().min(0).max(60_000),
    /** Added to every time that the sandbox stamps: records, events, signatures, the Date header. */
    clockSkewMs: z.int().min(-31_536_000_000).max(31_536_000_000),
    /** Calls per window and credential; more are answered 429 with Retry-After. */
    rateLimit: z
      .strictObject({ limit: z.int().min(1).max(1_000_000), windowMs: z.int().min(10).max(3_600_000).default(1_000) })
      .nullable(),
    /** Lifetime of OAuth tokens issued from now on. */
    tokenTtlSeconds: z.int().min(0).max(86_400),
    /** The next n webhook messages are written down as failed and not sent: a gap to repair. */
    loseNextWebhooks: z.int().min(0).max(10_000),
    /** The next n webhook sends carry a signature that does not match. */
    tamperNextWebhooks: z.int().min(0).max(10_000),
    /** The next n webhook messages are sent twice. */
    repeatNextWebhooks: z.int().min(0).max(10_000),
  })
  .partial();

export type FaultSettings = z.infer<typeof faultSettings>;
