import { generateId } from "better-auth";
import { hashPassword } from "better-auth/crypto";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { Role } from "../../contract/roles.ts";
import { authAccount, authUser } from "./auth-tables.ts";

export interface NewUser {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
  /** `["*"]` for all. */
  readonly tenants: readonly string[];
}

/**
 * Makes a person who can sign in with a password.
 *
 * @param db a transaction, so that there is never a person without a way in
 * @returns the person's id
 * @throws when the e-mail address is taken (unique violation)
 */
export const createUser = async (db: PgDatabase<PgQueryResultHKT>, user: NewUser): Promise<string> => {
  const id = generateId();
  const password = await hashPassword(user.password);
  await db.insert(authUser).values({
    id,
    name: user.name,
    email: user.email.toLowerCase(),
    emailVerified: true,
    role: user.role,
    tenants: [...user.tenants],
  });
  await db
    .insert(authAccount)
    .values({ id: generateId(), userId: id, accountId: id, providerId: "credential", password });
  return id;
};
