import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/** What travels with a request inside the sandbox. Bindings are missing when a test calls `app.request()` directly. */
export interface SandboxEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** The request's body as text; empty for methods without one. */
    body: string;
    /** Which credential opened the door, e.g. `api-key`; the rate limit counts per principal. */
    principal: string;
    /** Set by a fault: this page repeats the page before it. */
    repeatPage: boolean;
  };
}

export type SandboxContext = Context<SandboxEnv>;
