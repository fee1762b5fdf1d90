import { type ArrayFormat, encodeQuery, type QueryInput } from "./encode-query.ts";

/** Why a base URL cannot be used, or `null`. It is http(s), without user info and fragment. */
export function baseUrlProblem(baseUrl: string): string | null {
  if (!URL.canParse(baseUrl)) return `"${baseUrl}" is not a URL`;
  const url = new URL(baseUrl);
  if (url.protocol !== "https:" && url.protocol !== "http:") return `"${url.protocol}//" is not http:// or https://`;
  if (url.username !== "" || url.password !== "") return "credentials do not belong into a base URL; use auth";
  if (url.hash !== "") return "a base URL has no fragment";
  return null;
}

/** The path goes somewhere it must not: another origin, or above the base URL. */
export class PathRefusal extends Error {
  readonly leavesOrigin: boolean;
  constructor(message: string, leavesOrigin: boolean) {
    super(message);
    this.leavesOrigin = leavesOrigin;
  }
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: URL parsers drop these, so that "/\t/evil.example" would become "//evil.example".
const UNSAFE = /[\u0000-\u001f\\]/;
const DOTS = /(^|\/)(\.|%2e){1,2}(\/|$)/i;

/**
 * Put a path behind a base URL. The base URL's own path stays in front: `/v1` + `/users` is `/v1/users`.
 * An absolute URL is taken only when it has the base URL's origin (next links of paged lists do).
 *
 * @throws PathRefusal when the path names another origin or climbs with `..`.
 */
export function resolveUrl(baseUrl: string, path: string, query?: QueryInput, arrays?: ArrayFormat): URL {
  const url = SCHEME.test(path) || path.startsWith("//") ? sameOrigin(baseUrl, path) : below(baseUrl, path);
  if (query) for (const [key, value] of encodeQuery(query, arrays)) url.searchParams.append(key, value);
  return url;
}

function below(baseUrl: string, path: string): URL {
  if (UNSAFE.test(path)) throw new PathRefusal("a path has no backslashes and no control characters", true);
  const hash = path.indexOf("#");
  // URL parsers drop spaces at the end, so that ".. " would become "..".
  const bare = (hash === -1 ? path : path.slice(0, hash)).replace(/ +$/, "");
  const query = bare.indexOf("?");
  if (DOTS.test(query === -1 ? bare : bare.slice(0, query)))
    throw new PathRefusal('a path has no "." or ".." segments', false);
  const base = new URL(baseUrl);
  const url = new URL(base.origin + joined(base.pathname, bare));
  for (const [key, value] of base.searchParams) if (!url.searchParams.has(key)) url.searchParams.append(key, value);
  return url;
}

function joined(prefix: string, path: string): string {
  if (path === "" || path.startsWith("?")) return prefix + path;
  return `${prefix.endsWith("/") ? prefix.slice(0, -1) : prefix}/${path.startsWith("/") ? path.slice(1) : path}`;
}

function sameOrigin(baseUrl: string, path: string): URL {
  const base = new URL(baseUrl);
  if (UNSAFE.test(path) || !URL.canParse(path, base))
    throw new PathRefusal(`"${path.slice(0, 80)}" is not a path`, true);
  const url = new URL(path, base);
  if (url.origin !== base.origin || url.username !== "" || url.password !== "") {
    throw new PathRefusal(`the path goes to ${url.origin}, but this plug only talks to ${base.origin}`, true);
  }
  url.hash = "";
  return url;
}
