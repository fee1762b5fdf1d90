import type { SecretPlace } from "../auth/auth-expression.ts";
import { uniqueNames } from "../names/unique-names.ts";
import { camelCase } from "../names/words.ts";
import type { VarModel } from "../plug-file/plug-model.ts";
import { isSecretName, isSecretValue } from "./looks-secret.ts";

type Pair = readonly [string, string];

export interface Credentials {
  readonly places: readonly SecretPlace[];
  readonly vars: readonly VarModel[];
  /** What is left. */
  readonly headers: readonly Pair[];
  readonly query: readonly Pair[];
}

/**
 * Take the credentials out of a request: each becomes a secret variable, and its value goes no further.
 *
 * @param user `-u user:password`, or from the address
 */
export function readCredentials(
  headers: readonly Pair[],
  query: readonly Pair[],
  user: string | undefined,
  cookies: readonly string[],
): Credentials {
  const unique = uniqueNames(["baseUrl"]);
  const places: SecretPlace[] = [];
  const vars: VarModel[] = [];
  const secret = (wanted: string, label: string): string => {
    const key = unique(wanted);
    vars.push({ key, label, type: "password", required: true });
    return key;
  };
  const basic = (hasPassword: boolean): void => {
    // A user without a password is a key, as with Stripe.
    const userKey = hasPassword ? secret("username", "User name") : secret("apiKey", "API key");
    places.push({ kind: "basic", userKey, passwordKey: hasPassword ? secret("password", "Password") : undefined });
  };
  const header = (name: string, value: string): boolean => {
    const lower = name.toLowerCase();
    if (lower === "cookie") places.push({ kind: "cookie", name: undefined, key: secret("cookie", "Cookie") });
    else if (lower === "authorization") authorization(value);
    else if (isSecretName(lower) || isSecretValue(value)) {
      places.push({ kind: "header", name, key: secret(keyFor(name), labelFor(name)) });
    } else return false;
    return true;
  };
  const authorization = (value: string): void => {
    const [, scheme = "", rest] = /^(\S+)(?:\s+(\S[\s\S]*))?$/.exec(value) ?? [];
    if (/^basic$/i.test(scheme)) basic(hasPassword(rest ?? ""));
    else if (rest === undefined || !/^[A-Za-z][\w-]{0,30}$/.test(scheme)) {
      places.push({ kind: "header", name: "Authorization", key: secret("token", "Token") });
    } else {
      const isBearer = /^bearer$/i.test(scheme);
      places.push({ kind: "bearer", key: secret("token", "Token"), ...(isBearer ? {} : { scheme }) });
    }
  };

  const left = headers.filter(([name, value]) => !header(name, value));
  if (user !== undefined && !places.some(({ kind }) => kind === "basic" || kind === "bearer")) basic(/:./.test(user));
  if (cookies.length > 0 && !places.some(({ kind }) => kind === "cookie")) {
    places.push({ kind: "cookie", name: undefined, key: secret("cookie", "Cookie") });
  }
  const rest = query.filter(([name]) => {
    if (!isSecretName(name)) return true;
    places.push({ kind: "query", name, key: secret(keyFor(name), labelFor(name)) });
    return false;
  });
  return { places, vars, headers: left, query: rest };
}

/** `user:` is how keys without a password are written. */
const hasPassword = (encoded: string): boolean => /:./s.test(Buffer.from(encoded, "base64").toString("utf8"));

/** @example keyFor("X-Api-Key") // "apiKey" */
const keyFor = (name: string): string => camelCase(name.replace(/^x-/i, ""), "token");

const labelFor = (name: string): string => name.slice(0, 60);
