import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows, run, type Transaction } from "../../../engine/database/adapter.ts";
import { KhotanError } from "../../../engine/errors.ts";
import { ADMIN_LOCK } from "../first-admin.ts";

/** Whoever changes people takes turns, with the making of the first admin too: two who demote each other cannot both win. */
export const lockPeople = (tx: Transaction): Promise<void> =>
  run(tx, sql`select pg_advisory_xact_lock(${ADMIN_LOCK}::bigint)`);

/** Admins who can sign in and see every tenant. */
const countAdmins = async (tx: Transaction): Promise<number> => {
  const [row] = await rows(
    tx,
    sql`
      select count(*) as count from auth_user u
      where role = 'admin' and disabled_at is null and '*' = any (tenants)
        and exists (select from auth_account a where a.user_id = u.id and a.password is not null)
    `,
    z.object({ count: z.coerce.number() }),
  );
  return row?.count ?? 0;
};

/**
 * Do something to people, unless it takes the last admin away. Needs `lockPeople` before.
 *
 * @throws KhotanError `conflict`; the transaction has to be undone then.
 */
export const keepAnAdmin = async <T>(tx: Transaction, name: string, change: () => Promise<T>): Promise<T> => {
  const before = await countAdmins(tx);
  const result = await change();
  if (before > 0 && (await countAdmins(tx)) === 0)
    throw new KhotanError("conflict", `${name} is the last admin who can sign in and sees every tenant.`, {
      hint: "Make somebody else an admin first, and let them choose a password.",
    });
  return result;
};
