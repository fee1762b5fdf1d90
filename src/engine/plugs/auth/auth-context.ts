import type { Call } from "../call.ts";
import type { AuthContext } from "./auth-strategy.ts";
import { tokenFetch } from "./token-fetch.ts";

const contexts = new WeakMap<Call, AuthContext>();

/** What a strategy sees of a running call: one object per call, so that a strategy can remember things by it. */
export function authContext(call: Call): AuthContext {
  let context = contexts.get(call);
  if (!context) {
    context = make(call);
    contexts.set(call, context);
  }
  return context;
}

function make(call: Call): AuthContext {
  return {
    plug: call.core.name,
    tenant: call.session.binding.tenant,
    get vars() {
      return call.vars;
    },
    setVars: (patch) => call.storeVars(patch),
    renewVars: (renewal) => call.renewVars(renewal),
    fetch: (request) => tokenFetch(call, request),
    signal: call.signal,
    log: (level, message) => call.session.binding.log?.(level, message),
    now: call.session.clock.now,
  };
}
