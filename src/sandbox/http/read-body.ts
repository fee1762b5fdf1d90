import type { MiddlewareHandler } from "hono";
import { ApiProblem } from "./api-problem.ts";
import type { SandboxEnv } from "./sandbox-env.ts";

/**
 * Reads the body of a POST, PUT or PATCH into `body`, up to `maxBytes`, else 413.
 * Hono's own `bodyLimit` makes a new `Request` of a chunked one, which needs node-server's patched globals.
 */
export function readBody(maxBytes: number): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    if (["POST", "PUT", "PATCH"].includes(c.req.method) && c.req.raw.body) {
      const reader = c.req.raw.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        size += part.value.length;
        if (size > maxBytes) {
          const headers = { connection: "close" };
          throw new ApiProblem(413, "too_large", `A body may have ${maxBytes} bytes.`, { headers });
        }
        chunks.push(part.value);
      }
    }
    c.set("body", Buffer.concat(chunks).toString("utf8"));
    await next();
  };
}
