import { type AuthStrategy, type ReauthOptions, reauth } from "./auth-strategy.ts";
import { type Credential, credentialValue } from "./credential.ts";
import { keysOf } from "./from-var.ts";

/**
 * `Authorization: Bearer <token>` (RFC 6750 §2.1). A declared variable named `token` wins over the value given here.
 *
 * @example auth: bearer(fromVar("token"))
 * @example auth: bearer(process.env.GITHUB_TOKEN)
 * @example auth: bearer(async (ctx) => mint(ctx.vars.appId), { onUnauthorized: (ctx) => forget(ctx.tenant) })
 */
export function bearer<const Key extends string = never>(
  token: Credential<Key>,
  options?: ReauthOptions & {
    /** The word before the token; default `Bearer`. GitHub also takes `token`. */
    readonly scheme?: string;
  },
): AuthStrategy<Key> {
  const scheme = options?.scheme ?? "Bearer";
  return Object.freeze({
    kind: "bearer",
    needs: keysOf(token),
    apply: async (_request, context) => ({
      headers: { authorization: `${scheme} ${await credentialValue(token, context, "token")}` },
    }),
    ...reauth(options),
  } satisfies AuthStrategy<Key>);
}
