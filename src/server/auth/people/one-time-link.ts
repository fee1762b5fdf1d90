import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt } from "drizzle-orm";
import type { Transaction } from "../../../engine/database/adapter.ts";
import type { PeopleLink } from "../../../engine/people/people.ts";
import { authLink, authUser } from "../auth-tables.ts";

const VALID_MS = 72 * 3_600_000;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** A link by which a person chooses a password: one use, 72 hours, and the one before works no longer. */
export const issueLink = async (tx: Transaction, userId: string, now = new Date()): Promise<PeopleLink> => {
  const token = randomBytes(32).toString("base64url");
  const set = { tokenHash: hashOf(token), createdAt: now, expiresAt: new Date(now.getTime() + VALID_MS) };
  await tx
    .insert(authLink)
    .values({ userId, ...set })
    .onConflictDoUpdate({ target: authLink.userId, set });
  return { path: `/welcome?token=${token}`, expiresAt: set.expiresAt };
};

export interface Invited {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Whose link this is; `undefined` when it is nobody's, was used, has ended, or its person is switched off. */
export const findLink = async (
  tx: Pick<Transaction, "select">,
  token: string,
  now = new Date(),
): Promise<Invited | undefined> => {
  const [found] = await tx
    .select({ id: authUser.id, name: authUser.name, email: authUser.email, disabledAt: authUser.disabledAt })
    .from(authLink)
    .innerJoin(authUser, eq(authUser.id, authLink.userId))
    .where(and(eq(authLink.tokenHash, hashOf(token)), gt(authLink.expiresAt, now)));
  return found && found.disabledAt === null ? { id: found.id, name: found.name, email: found.email } : undefined;
};

/** Uses the link up. @returns `false` when somebody else was faster. */
export const takeLink = async (tx: Pick<Transaction, "delete">, token: string): Promise<boolean> => {
  const gone = await tx
    .delete(authLink)
    .where(eq(authLink.tokenHash, hashOf(token)))
    .returning({ userId: authLink.userId });
  return gone.length > 0;
};
