import type { Call } from "../call.ts";
import type { AuthContext } from "./auth-strategy.ts";
import { tokenFetch } from "./token-fetch.ts";

/** What a strategy sees of a running call. */
export function authContext(call: Call): AuthContext {
  return {
    plug: call.core.name,
    tenant: call.session.binding.tenant,
    get vars() {
      return call.vars;
    },
    setVars: (patch) => call.storeVars(patch),
    fetch: (request) => tokenFetch(call, request),
    signal: call.signal,
    now: call.core.clock.now,
  };
}
