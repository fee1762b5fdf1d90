import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows, run, type Transaction } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";

/** One request under its `Idempotency-Key`; the same id again when the request is tried again after a death. */
export interface Work {
  readonly id: string;
  readonly principal: string;
  readonly key: string;
}

const foundRow = z.object({ made: z.array(z.string()).nullable() });

/**
 * Make something in the very transaction that notes what was made under the request's key. So when the process dies
 * before the answer is kept, the next try finds what there is and makes nothing more.
 *
 * @param work `undefined` for a request without a key
 * @returns the ids of what was made, now or by an earlier try.
 * @throws KhotanError `conflict` when another request has taken the key meanwhile
 * @example const [id] = await makeOnce(tx, work, async () => [await insert(tx)]);
 */
export async function makeOnce(
  tx: Transaction,
  work: Work | undefined,
  make: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (!work) return await make();
  const mine = sql`principal = ${work.principal} and key = ${work.key} and work_id = ${work.id}::uuid and status is null`;
  // Locked until the commit: an earlier try may still be about it, though its process was thought dead.
  const [found] = await rows(
    tx,
    sql`select case when jsonb_typeof(response) = 'array' then response end as made from khotan_idempotency where ${mine} for update`,
    foundRow,
  );
  if (!found) throw new KhotanError("conflict", "This Idempotency-Key has been taken over by another try.");
  if (found.made) return found.made;
  const made = await make();
  await run(tx, sql`update khotan_idempotency set response = ${JSON.stringify(made)}::text::jsonb where ${mine}`);
  return made;
}
