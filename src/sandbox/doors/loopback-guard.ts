import type { Context } from "hono";
import type { SandboxEnv } from "../http/sandbox-env.ts";

const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const LOOPBACK_NAME = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

/**
 * True for a caller on this machine who is not a foreign web page in a browser: the peer is loopback, no proxy
 * stands between, the Host is loopback (a rebound DNS name is not), and an Origin, if any, is our own.
 */
export function isLocalCaller(c: Context<SandboxEnv>): boolean {
  // No socket: a test called the app in its own process.
  const peer = c.env?.incoming?.socket.remoteAddress;
  if (c.env?.incoming !== undefined && !LOOPBACK_ADDRESS.test(peer ?? "")) return false;
  if (c.req.header("x-forwarded-for") !== undefined || c.req.header("forwarded") !== undefined) return false;
  const url = new URL(c.req.url);
  if (!LOOPBACK_NAME.test(url.hostname)) return false;
  const origin = c.req.header("origin");
  return origin === undefined || origin === url.origin;
}
