import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";

const KEY = "retention.turn";
/** Whoever has not said so for this long has given up the turn. */
const TURN_SEC = 90;

/**
 * Take or keep the turn to prune: one process at a time, and the same one as
 * long as it lives. No lock is held in between, so nothing hangs on a session.
 *
 * @returns `false` when it is another's turn.
 */
export async function takePruneTurn(executor: Pick<Executor, "execute">, processId: string): Promise<boolean> {
  const taken = await rows(
    executor,
    sql`
      insert into khotan_settings as s (key, value, updated_at)
      values (${KEY}, ${JSON.stringify({ by: processId })}::text::jsonb, now())
      on conflict (key) do update set value = excluded.value, updated_at = now()
      where s.value = excluded.value or s.updated_at < now() - ${TURN_SEC} * interval '1 second'
      returning 1 as one
    `,
    z.unknown(),
  );
  return taken.length > 0;
}
