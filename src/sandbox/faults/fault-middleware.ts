import { setTimeout as delay } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import { ApiProblem } from "../http/api-problem.ts";
import type { SandboxContext, SandboxEnv } from "../http/sandbox-env.ts";
import type { Faults } from "./faults.ts";

/** The same faults for one request, by header; whoever may call may also ask for a bad answer. */
const faultHeaders = z.object({
  "x-sandbox-fail": z.coerce.number().int().min(400).max(599).optional(),
  "x-sandbox-delay": z.coerce.number().int().min(0).max(60_000).optional(),
  "x-sandbox-drop": z.enum(["before", "midway"]).optional(),
  "x-sandbox-repeat-page": z.string().optional(),
});

/** Ends the connection without an HTTP answer. */
function cut(c: SandboxContext): Response {
  const socket = c.env?.incoming?.socket;
  if (!socket) throw new ApiProblem(500, "no_socket", "There is no connection to drop: the app was called in-process.");
  socket.destroy();
  return new Response(null, RESPONSE_ALREADY_SENT);
}

/** Sends the head and the first half of the body, then ends the connection. */
async function cutMidway(c: SandboxContext): Promise<Response> {
  const outgoing = c.env?.outgoing;
  if (!outgoing) return cut(c);
  const body = Buffer.from(await c.res.arrayBuffer());
  outgoing.writeHead(c.res.status, { ...Object.fromEntries(c.res.headers), "content-length": String(body.length) });
  await new Promise((sent) => outgoing.write(body.subarray(0, Math.floor(body.length / 2)), sent));
  return cut(c);
}

/** Makes the requests after it slow, wrong or broken, as the armed faults and the request's own headers say. */
export function faultMiddleware(faults: Faults): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const asked = faultHeaders.safeParse(c.req.header());
    if (!asked.success) throw new ApiProblem(400, "invalid_fault", z.prettifyError(asked.error));
    const request = { path: c.req.path, method: c.req.method };

    const wait = (faults.state.delayMs ?? 0) + (asked.data["x-sandbox-delay"] ?? 0);
    if (wait > 0) await delay(wait, undefined, { ref: false });

    const drop = asked.data["x-sandbox-drop"] ?? faults.take("dropNext", request)?.when;
    if (drop === "before") return cut(c);

    const fail = faults.take("failNext", request);
    const status = asked.data["x-sandbox-fail"] ?? fail?.status;
    if (status !== undefined) {
      const headers =
        fail?.retryAfterSeconds === undefined ? undefined : { "retry-after": String(fail.retryAfterSeconds) };
      const body = JSON.stringify({
        error: { code: "injected_failure", message: `The sandbox was told to answer ${status}.` },
      });
      return new Response(body, { status, headers: { "content-type": "application/json", ...headers } });
    }

    const repeat = faults.take("repeatNextPages", request);
    c.set("repeatPage", asked.data["x-sandbox-repeat-page"] !== undefined || repeat !== undefined);
    await next();
    if (drop === "midway") c.res = await cutMidway(c);
  };
}
