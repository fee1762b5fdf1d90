import { generateId } from "better-auth";
import { hashPassword } from "better-auth/crypto";
import { and, eq } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { encodeId, newUuid } from "../../contract/ids.ts";
import type { Role } from "../../contract/roles.ts";
import { authAccount, authUser } from "./auth-tables.ts";

export interface NewUser {
  readonly name: string;
  readonly email: string;
  /** `null`: they choose one by a one-time link. */
  readonly password: string | null;
  readonly role: Role;
  /** `["*"]` for all. */
  readonly tenants: readonly string[];
}

/**
 * Makes a person.
 *
 * @param db a transaction, so that there is never a person without a way in
 * @returns the person's id
 * @throws when the e-mail address is taken (unique violation)
 */
export const createUser = async (db: PgDatabase<PgQueryResultHKT>, user: NewUser): Promise<string> => {
  const id = encodeId("user", newUuid());
  await db.insert(authUser).values({
    id,
    name: user.name,
    email: user.email.toLowerCase(),
    emailVerified: true,
    role: user.role,
    tenants: [...user.tenants],
  });
  if (user.password !== null) await setPassword(db, id, user.password);
  return id;
};

/** Gives a person a password, or another one. */
export const setPassword = async (db: PgDatabase<PgQueryResultHKT>, userId: string, text: string): Promise<void> => {
  const password = await hashPassword(text);
  const own = and(eq(authAccount.userId, userId), eq(authAccount.providerId, "credential"));
  const changed = await db.update(authAccount).set({ password, updatedAt: new Date() }).where(own).returning();
  if (changed.length > 0) return;
  await db
    .insert(authAccount)
    .values({ id: generateId(), userId, accountId: userId, providerId: "credential", password });
};
