import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, lt, sql } from "drizzle-orm";
import { type AppDatabase, database } from "../database.ts";
import { authSetupToken, authUser } from "./auth-tables.ts";
import { createUser } from "./create-user.ts";

const HOUR_MS = 3_600_000;
/** A link that was printed into a log must not open the door for ever. */
const VALID_MS = 24 * HOUR_MS;
/** Held while people change, so that two links used at once make one admin. */
export const ADMIN_LOCK = 1_801_547_895;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

export const adminExists = async ({ db }: AppDatabase = database()): Promise<boolean> => {
  const found = await db.select({ id: authUser.id }).from(authUser).where(eq(authUser.role, "admin")).limit(1);
  return found.length > 0;
};

/**
 * The token of a link for the first admin; `undefined` when there is an admin. Only its hash is kept, so each start
 * makes a new one. Valid for 24 hours and one use.
 */
export const issueSetupToken = async (app: AppDatabase = database(), now = new Date()): Promise<string | undefined> => {
  if (await adminExists(app)) return undefined;
  const token = randomBytes(32).toString("base64url");
  await app.db.delete(authSetupToken).where(lt(authSetupToken.expiresAt, now));
  await app.db
    .insert(authSetupToken)
    .values({ tokenHash: hashOf(token), expiresAt: new Date(now.getTime() + VALID_MS) });
  return token;
};

export type FirstAdminOutcome = "created" | "token_invalid" | "already_set_up";

/** Makes the first admin for whoever holds a valid token, and closes that door behind them. */
export const createFirstAdmin = (
  given: { token: string; name: string; email: string; password: string },
  { db }: AppDatabase = database(),
  now = new Date(),
): Promise<FirstAdminOutcome> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADMIN_LOCK})`);
    const admins = await tx.select({ id: authUser.id }).from(authUser).where(eq(authUser.role, "admin")).limit(1);
    if (admins.length > 0) return "already_set_up";
    const valid = await tx
      .select({ tokenHash: authSetupToken.tokenHash })
      .from(authSetupToken)
      .where(and(eq(authSetupToken.tokenHash, hashOf(given.token)), gt(authSetupToken.expiresAt, now)));
    if (valid.length === 0) return "token_invalid";
    await createUser(tx, { ...given, role: "admin", tenants: ["*"] });
    // This link and all others that were printed.
    await tx.delete(authSetupToken);
    return "created";
  });
