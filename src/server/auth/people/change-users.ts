import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { CreateUser, UpdateUser, UserRecord } from "../../../contract/records/people.ts";
import type { Principal } from "../../../contract/roles.ts";
import type { Transaction } from "../../../engine/database/adapter.ts";
import { KhotanError } from "../../../engine/errors.ts";
import { authLink, authSession, authUser } from "../auth-tables.ts";
import { createUser as insertUser } from "../create-user.ts";
import { keepAnAdmin, lockPeople } from "./admin-lock.ts";
import { issueLink } from "./one-time-link.ts";
import { requireUser } from "./user-records.ts";

const stored = (tenants: CreateUser["tenants"]): string[] => (tenants === "*" ? ["*"] : [...tenants]);

/** @throws KhotanError `conflict` when the e-mail address is taken. */
export const createUser = async (tx: Transaction, input: CreateUser, actor: Principal) => {
  await lockPeople(tx);
  const email = input.email.toLowerCase();
  const taken = await tx.select({ id: authUser.id }).from(authUser).where(eq(authUser.email, email));
  if (taken.length > 0)
    throw new KhotanError("conflict", `${email} is here already.`, {
      hint: "Change their role, or make them a new one-time link.",
      issues: [{ path: "email", message: "Taken." }],
    });
  const password = input.signIn === "password" ? randomBytes(12).toString("base64url") : null;
  const { name, role } = input;
  const id = await insertUser(tx, { name, email, role, password, tenants: stored(input.tenants) });
  const link = password === null ? await issueLink(tx, id) : null;
  return { user: await requireUser(tx, id, actor), link, password };
};

/** Takes effect with the next request: rights are read each time. */
export const updateUser = async (
  tx: Transaction,
  id: string,
  { disabled, tenants, ...rest }: UpdateUser,
  actor: Principal,
): Promise<UserRecord> => {
  await lockPeople(tx);
  const old = await requireUser(tx, id, actor);
  const set = {
    ...rest,
    ...(tenants === undefined ? {} : { tenants: stored(tenants) }),
    ...(disabled === undefined ? {} : { disabledAt: disabled ? new Date() : null }),
    updatedAt: new Date(),
  };
  await keepAnAdmin(tx, old.name, async () => {
    await tx.update(authUser).set(set).where(eq(authUser.id, id));
  });
  if (disabled) {
    await tx.delete(authSession).where(eq(authSession.userId, id));
    await tx.delete(authLink).where(eq(authLink.userId, id));
  }
  return await requireUser(tx, id, actor);
};

export const deleteUser = async (tx: Transaction, id: string, actor: Principal) => {
  await lockPeople(tx);
  const { name, email } = await requireUser(tx, id, actor);
  // Sessions, passwords, keys and links go with them.
  await keepAnAdmin(tx, name, async () => {
    await tx.delete(authUser).where(eq(authUser.id, id));
  });
  return { id, email };
};

/** @throws KhotanError `not_found`, `conflict` for somebody who is switched off. */
export const createLink = async (tx: Transaction, id: string, actor: Principal) => {
  await lockPeople(tx);
  const { name, email, status } = await requireUser(tx, id, actor);
  if (status === "disabled")
    throw new KhotanError("conflict", `${name} is switched off.`, { hint: "Switch them on first." });
  return { link: await issueLink(tx, id), email };
};

export const endSessions = async (tx: Transaction, id: string, actor: Principal) => {
  const { email } = await requireUser(tx, id, actor);
  const ended = await tx.delete(authSession).where(eq(authSession.userId, id)).returning({ id: authSession.id });
  return { ended: ended.length, email };
};
