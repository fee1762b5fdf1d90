import { Hono } from "hono";
import { z } from "zod";
import { isLocalCaller } from "../doors/loopback-guard.ts";
import type { TokenIssuer } from "../doors/token-issuer.ts";
import { ApiProblem, jsonBody, parsed } from "../http/api-problem.ts";
import type { SandboxEnv } from "../http/sandbox-env.ts";
import { faultSettings } from "./fault-settings.ts";
import type { Faults } from "./faults.ts";

const controlBody = faultSettings.extend({ revokeTokens: z.boolean().optional() });

/** `GET|POST|DELETE /_control`: look at, arm and reset the faults. Only for callers on this machine. */
export function controlRoutes(faults: Faults, tokens: TokenIssuer, tokenTtlSeconds: number): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.use(async (c, next) => {
    if (!isLocalCaller(c)) throw new ApiProblem(403, "local_only", "/_control answers only to this machine.");
    await next();
  });
  app.get("/", (c) => c.json(faults.state));
  app.post("/", (c) => {
    const { revokeTokens, ...settings } = parsed(controlBody, jsonBody(c));
    faults.set(settings);
    if (settings.tokenTtlSeconds !== undefined) tokens.setLifetime(settings.tokenTtlSeconds);
    if (revokeTokens) tokens.revokeAll();
    return c.json(faults.state);
  });
  app.delete("/", (c) => {
    faults.reset();
    tokens.setLifetime(tokenTtlSeconds);
    return c.json(faults.state);
  });
  return app;
}
