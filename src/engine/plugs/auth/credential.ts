import { PlugAuthError } from "../errors/plug-auth-error.ts";
import type { AuthContext, MaybeSecret } from "./auth-strategy.ts";
import { type FromVar, isFromVar } from "./from-var.ts";

/** Where a credential comes from: a text (e.g. of an environment variable), a variable, or a function called per request. */
export type Credential<Key extends string = string> =
  | string
  | undefined
  | FromVar<Key>
  | ((context: AuthContext) => MaybeSecret | Promise<MaybeSecret>);

/**
 * The credential's value now. A declared variable named `overriddenBy` wins over what is written in code, so that one
 * connection can have its own.
 *
 * @throws PlugAuthError `auth_missing` when there is none.
 */
export async function credentialValue(source: Credential, context: AuthContext, overriddenBy: string): Promise<string> {
  const own = Object.hasOwn(context.vars, overriddenBy) ? context.vars[overriddenBy] : undefined;
  if (own !== undefined && own !== "") return String(own);
  const value = isFromVar(source)
    ? Object.hasOwn(context.vars, source.key)
      ? context.vars[source.key]
      : undefined
    : typeof source === "function"
      ? await source(context)
      : source;
  if (value !== undefined && value !== null && value !== "") return String(value);
  throw new PlugAuthError({
    code: "auth_missing",
    plug: context.plug,
    message: isFromVar(source)
      ? `${context.plug}: the variable "${source.key}" of tenant "${context.tenant}" is empty, so there is no credential`
      : `${context.plug}: there is no credential (${overriddenBy}) for tenant "${context.tenant}"`,
    hint: isFromVar(source)
      ? `Set the variable "${source.key}".`
      : `The value given for ${overriddenBy} is empty; is its environment variable set?`,
    retryable: false,
  });
}
