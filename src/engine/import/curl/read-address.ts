import { curlError } from "./curl-error.ts";
import { hasVariables } from "./shell-variable.ts";

export interface Address {
  /** Scheme, host and port; `undefined` when a shell variable says where the API is. */
  readonly origin: string | undefined;
  /** Decoded; shell variables still marked. */
  readonly segments: readonly string[];
  readonly query: readonly (readonly [string, string])[];
  /** User and password in the address, `user:password`. */
  readonly user: string | undefined;
  /** The command named no scheme. */
  readonly isSchemeGuessed: boolean;
}

/** Split the address of a command. Its pieces may hold shell variables, so that it is no URL yet. */
export function readAddress(written: string): Address {
  const [, scheme, authority = "", path = "", query = ""] =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(written.trim()) ?? [];
  if (scheme !== undefined && !/^https?$/i.test(scheme)) {
    throw curlError("url", `${scheme}:// is not http`, "A plug talks http:// and https://.");
  }
  const [, user, host = ""] = /^(?:(.*)@)?(.*)$/s.exec(authority) ?? [];
  return {
    origin: hasVariables(host) ? undefined : originOf(scheme, host),
    segments: path
      .split("/")
      .filter((segment) => segment !== "")
      .map(decoded),
    query: query === "" ? [] : [...new URLSearchParams(query)],
    user: user === undefined ? undefined : decoded(user),
    isSchemeGuessed: scheme === undefined && !hasVariables(host),
  };
}

function originOf(scheme: string | undefined, host: string): string {
  const isLocal = /^(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(host);
  const text = `${scheme ?? (isLocal ? "http" : "https")}://${host}`;
  const { origin } = URL.canParse(text) && host !== "" ? new URL(text) : { origin: undefined };
  if (origin !== undefined) return origin;
  throw curlError("url", "is not an address", "It looks like https://api.example.com/v1/orders.");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that encodes nothing stands for itself
  }
}
