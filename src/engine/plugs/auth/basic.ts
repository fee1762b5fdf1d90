import { PlugAuthError } from "../errors/plug-auth-error.ts";
import { type AuthStrategy, type ReauthOptions, reauth } from "./auth-strategy.ts";
import { type Credential, credentialValue } from "./credential.ts";
import { keysOf } from "./from-var.ts";

/**
 * `Authorization: Basic …` (RFC 7617), UTF-8. Declared variables named `username` and `password` win over what is given here.
 * The password may be left out, as with Stripe's keys.
 *
 * @example auth: basic(fromVar("user"), fromVar("password"))
 */
export function basic<const User extends string = never, const Password extends string = never>(
  username: Credential<User>,
  password?: Credential<Password>,
  options?: ReauthOptions,
): AuthStrategy<User | Password> {
  return Object.freeze({
    kind: "basic",
    needs: keysOf<User | Password>(username, password),
    async apply(_request, context) {
      const user = await credentialValue(username, context, "username");
      const secret =
        password === undefined && !context.vars.password ? "" : await credentialValue(password, context, "password");
      if (user.includes(":")) {
        throw new PlugAuthError({
          code: "auth_failed",
          plug: context.plug,
          message: `${context.plug}: a user name for basic authentication cannot contain ":"`,
          hint: "Put what follows the colon into the password.",
          retryable: false,
        });
      }
      return { headers: { authorization: `Basic ${Buffer.from(`${user}:${secret}`, "utf8").toString("base64")}` } };
    },
    ...reauth(options),
  } satisfies AuthStrategy<User | Password>);
}
