import { type AuthStrategy, type ReauthOptions, reauth } from "./auth-strategy.ts";
import { type Credential, credentialValue } from "./credential.ts";
import { keysOf } from "./from-var.ts";

/**
 * A key in a header or in the query. A declared variable named `apiKey` wins over the value given here.
 *
 * @example auth: apiKey("X-Api-Key", fromVar("apiKey"), { in: "header" })
 * @example auth: apiKey("api_key", process.env.MAPS_KEY, { in: "query" })
 */
export function apiKey<const Key extends string = never>(
  name: string,
  value: Credential<Key>,
  options?: ReauthOptions & {
    /** Default `header`. */
    readonly in?: "header" | "query";
    /** Text before the key, e.g. `Token `. */
    readonly prefix?: string;
  },
): AuthStrategy<Key> {
  const { in: place = "header", prefix = "" } = options ?? {};
  return Object.freeze({
    kind: "apiKey",
    needs: keysOf(value),
    async apply(_request, context) {
      const key = prefix + (await credentialValue(value, context, "apiKey"));
      return place === "query" ? { query: { [name]: key } } : { headers: { [name]: key } };
    },
    ...reauth(options),
  } satisfies AuthStrategy<Key>);
}
