import { createHash, timingSafeEqual } from "node:crypto";
import type { Principal } from "../../contract/roles.ts";
import { KhotanError } from "../../engine/errors.ts";
import { auth } from "./auth.ts";
import { checkAttempts, countWrongKey } from "./key-attempts.ts";
import { principalOfKey } from "./people/principal-of-key.ts";
import { rightsOf } from "./principal-of.ts";
import { mayUseCookie } from "./request-origin.ts";

/**
 * Who is asking? `Authorization: Bearer <key>` wins over the session cookie; a wrong key is nobody, whatever the
 * cookie says.
 *
 * @returns `false` for nobody
 * @throws KhotanError `forbidden` for a change by cookie from a foreign page, `rate_limited` after too many wrong keys
 */
export const authorize = async (request: Request): Promise<Principal | false> => {
  const header = request.headers.get("authorization");
  if (header !== null) return byKey(request, header);
  return bySession(request);
};

const byKey = async (request: Request, header: string): Promise<Principal | false> => {
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (!key) return false;
  await checkAttempts(request);
  const principal = isBootstrapKey(key) ? BOOTSTRAP : await principalOfKey(key);
  if (!principal) await countWrongKey(request);
  return principal;
};

const BOOTSTRAP: Principal = { id: "bootstrap", role: "admin", tenants: "*", name: "KHOTAN_API_KEY" };

/** Compares digests, so that neither time nor length says anything about the key. */
const isBootstrapKey = (key: string): boolean => {
  const expected = process.env.KHOTAN_API_KEY;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return Boolean(expected) && timingSafeEqual(digest(key), digest(expected ?? ""));
};

const bySession = async (request: Request): Promise<Principal | false> => {
  if (!request.headers.has("cookie")) return false;
  const found = await auth().api.getSession({ headers: request.headers });
  const rights = rightsOf(found?.user);
  if (!found || !rights) return false;
  if (!mayUseCookie(request))
    throw new KhotanError("forbidden", "A change must come from a page of this Hub.", {
      hint: "Programs use `Authorization: Bearer <API key>` instead of a cookie.",
    });
  return { ...rights, id: `user:${found.user.id}`, name: found.user.email };
};
