import type { MiddlewareHandler } from "hono";
import { ApiProblem } from "../http/api-problem.ts";
import type { SandboxContext, SandboxEnv } from "../http/sandbox-env.ts";

const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const LOOPBACK_NAME = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

/**
 * Did a web page of somebody else's make this call? Browsers say so in `Origin`; programs send none. A name that was
 * rebound to this machine counts as foreign too: our own page is found by a loopback name or by the public URL.
 */
function isForeignPage(c: SandboxContext, publicUrl: string | undefined): boolean {
  const origin = c.req.header("origin");
  if (origin === undefined) return false;
  const here = new URL(c.req.url);
  if (LOOPBACK_NAME.test(here.hostname) && origin === here.origin) return false;
  return publicUrl === undefined || origin !== new URL(publicUrl).origin;
}

/** Refuses writes by foreign web pages: the demo key is public, so the door alone would not stop them. */
export function foreignPageGuard(publicUrl: string | undefined): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    if (!["GET", "HEAD"].includes(c.req.method) && isForeignPage(c, publicUrl))
      throw new ApiProblem(403, "foreign_page", "Another web page may not write here.");
    await next();
  };
}

/** True for a program on this machine, or our own page: a loopback peer, no proxy between, called by a loopback name. */
export function isLocalCaller(c: SandboxContext): boolean {
  // No socket: a test called the app in its own process.
  const peer = c.env?.incoming?.socket.remoteAddress;
  if (c.env?.incoming !== undefined && !LOOPBACK_ADDRESS.test(peer ?? "")) return false;
  if (c.req.header("x-forwarded-for") !== undefined || c.req.header("forwarded") !== undefined) return false;
  return LOOPBACK_NAME.test(new URL(c.req.url).hostname) && !isForeignPage(c, undefined);
}
