import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { ApiProblem } from "./api-problem.ts";
import type { SandboxEnv } from "./sandbox-env.ts";

interface Kept {
  bodyHash: string;
  answer: Promise<Response>;
}

const MAX_KEPT = 1_000;

/**
 * A POST with `Idempotency-Key` is done once: the same key with the same body gets the first answer again (marked
 * `idempotent-replayed: true`), with another body a 422. Refusals and failures are not kept, so they can be tried again.
 */
export function idempotency(): MiddlewareHandler<SandboxEnv> {
  const kept = new Map<string, Kept>();
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (c.req.method !== "POST" || key === undefined) return next();
    if (key.length === 0 || key.length > 255)
      throw new ApiProblem(400, "invalid_idempotency_key", "Idempotency-Key must have 1 to 255 characters.");
    const bodyHash = createHash("sha256").update(c.get("body")).digest("hex");
    const slot = `${c.get("principal")} ${c.req.path} ${key}`;

    const before = kept.get(slot);
    if (before) {
      if (before.bodyHash !== bodyHash)
        throw new ApiProblem(422, "idempotency_key_reused", "This Idempotency-Key came with another body before.");
      const again = (await before.answer).clone();
      again.headers.set("idempotent-replayed", "true");
      c.res = again;
      return;
    }

    // Kept before the work is done: a second request that comes meanwhile waits for the first one's answer.
    const answer = next().then(() => c.res.clone());
    kept.set(slot, { bodyHash, answer });
    const oldest = kept.keys().next().value;
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    try {
      if ((await answer).status >= 400) kept.delete(slot);
    } catch (error) {
      kept.delete(slot);
      throw error;
    }
  };
}
