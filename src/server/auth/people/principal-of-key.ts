import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { Principal } from "../../../contract/roles.ts";
import { database } from "../../database.ts";
import { authApiKey, authUser } from "../auth-tables.ts";
import { hashKey } from "./api-keys.ts";
import { rightsOfKey } from "./key-rights.ts";

/** How exact "last used" is: a key that is used all the time is written down twice a minute. */
const USED_SEC = 30;

/** Who a key is; read from the table every time, so that a revoked key is nobody in every process at once. */
export const principalOfKey = async (key: string): Promise<Principal | false> => {
  const { db } = database();
  const [found] = await db
    .select({ key: authApiKey, owner: authUser })
    .from(authApiKey)
    .leftJoin(authUser, eq(authUser.id, authApiKey.referenceId))
    .where(eq(authApiKey.key, hashKey(key)));
  if (!found?.key.enabled) return false;
  const { id, name, metadata, expiresAt, referenceId } = found.key;
  if (expiresAt !== null && expiresAt.getTime() <= Date.now()) return false;
  if (referenceId !== null && found.owner === null) return false;
  const rights = rightsOfKey(found.owner, metadata);
  if (!rights) return false;
  const stale = or(
    isNull(authApiKey.lastRequest),
    lt(authApiKey.lastRequest, sql`now() - ${USED_SEC} * interval '1 second'`),
  );
  if (found.key.lastRequest === null || Date.now() - found.key.lastRequest.getTime() > USED_SEC * 1_000)
    await db
      .update(authApiKey)
      .set({ lastRequest: sql`now()` })
      .where(and(eq(authApiKey.id, id), stale));
  const label = name ?? "key";
  return { ...rights, id: `key:${id}`, name: found.owner ? `${label} of ${found.owner.email}` : label };
};
