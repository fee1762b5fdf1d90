import { createHmac } from "node:crypto";
import type { Principal } from "../../contract/index.ts";
import { equalInConstantTime } from "../security/constant-time.ts";
import { signInPage } from "./sign-in-page.ts";

export interface KeyAccessOptions {
  /** Default `process.env.KHOTAN_API_KEY`, looked up for each request. Without a key nobody gets in. */
  readonly key?: string;
  /** Where to go after signing in when nothing else was asked for. Default `/hub`. */
  readonly hubPath?: string;
}

export interface KeyAccess {
  /** For `khotan({ authorize })`. */
  readonly authorize: (request: Request) => Principal | false;
  /** The sign-in page, for a route of the app. */
  readonly GET: (request: Request) => Response;
  /** What its form sends. */
  readonly POST: (request: Request) => Promise<Response>;
}

const COOKIE = "khotan-key";
/** A month, in seconds. */
const STAYS_SEC = 30 * 24 * 3600;

/**
 * One key for an app without accounts: whoever has it is admin of all tenants. Scripts send it as
 * `Authorization: Bearer`, a browser gives it once at a sign-in page and keeps a cookie made from it, which is no
 * longer worth anything when the key changes. Take the app's own accounts instead as soon as there are several people.
 *
 * @example
 * // khotan.ts
 * export default khotan({ adapter, authorize: keyAccess().authorize, plugs: [] });
 * // app/khotan-sign-in/route.ts, with <Hub signInPath="/khotan-sign-in" />
 * export const { GET, POST } = keyAccess();
 */
export function keyAccess({ key, hubPath = "/hub" }: KeyAccessOptions = {}): KeyAccess {
  const secret = () => key ?? process.env.KHOTAN_API_KEY ?? "";
  return {
    authorize: (request) => (secret() !== "" && holds(request, secret()) ? ADMIN : false),
    GET: showPage(hubPath),
    async POST(request) {
      const form = await request.formData().catch(() => new FormData());
      const given = form.get("key");
      const target = safeNext(form.get("next"), hubPath);
      if (secret() === "" || typeof given !== "string" || !equalInConstantTime(given.trim(), secret()))
        return signInPage(401, target);
      return new Response(null, {
        status: 303,
        headers: { location: target, "set-cookie": cookieFor(request, secret()) },
      });
    },
  };
}

const showPage = (hubPath: string) => (request: Request) =>
  signInPage(200, safeNext(new URL(request.url).searchParams.get("next"), hubPath));

const ADMIN: Principal = { id: "api-key", name: "API key", role: "admin", tenants: "*" };

/** No key itself, but made from it. */
const proofOf = (key: string): string => createHmac("sha256", key).update("khotan signed in").digest("hex");

function holds(request: Request, key: string): boolean {
  const bearer = /^Bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined) return equalInConstantTime(bearer, key);
  const cookies = (request.headers.get("cookie") ?? "").split(/;\s*/);
  const proof = cookies.find((one) => one.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  return proof !== undefined && equalInConstantTime(proof, proofOf(key));
}

function cookieFor(request: Request, key: string): string {
  const forwarded = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  const isSafe = (forwarded ?? new URL(request.url).protocol).startsWith("https");
  return `${COOKIE}=${proofOf(key)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${STAYS_SEC}${isSafe ? "; Secure" : ""}`;
}

/** Only a path of this very site. */
function safeNext(wanted: unknown, otherwise: string): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || !URL.canParse(wanted, HERE)) return otherwise;
  const url = new URL(wanted, HERE);
  return url.origin === HERE ? url.pathname + url.search + url.hash : otherwise;
}

const HERE = "http://here.invalid";
