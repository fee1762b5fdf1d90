import type { AuthAdditions, AuthContext, AuthStrategy, OutgoingRequest, ReauthOptions } from "./auth-strategy.ts";
import { reauth } from "./auth-strategy.ts";

/**
 * Your own scheme: return the headers and query parameters to add. Called for each request, when all else is final.
 *
 * @example
 * auth: custom((request, { vars }) => ({ headers: { "X-Account": `${vars.account}`, "X-Token": sign(request, vars) } }))
 */
export function custom(
  apply: (request: OutgoingRequest, context: AuthContext) => AuthAdditions | Promise<AuthAdditions>,
  options?: ReauthOptions,
): AuthStrategy<never> {
  return Object.freeze({ kind: "custom", needs: [], apply, ...reauth(options) } satisfies AuthStrategy<never>);
}
