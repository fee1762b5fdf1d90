import { sql } from "drizzle-orm";
import { type Executor, run } from "../database/adapter.ts";
import { CHANNEL, type ChangeMessageTopic } from "./change-message.ts";

/** Announce a change as part of a transaction: it is heard when, and only if, that commits. */
export async function announce(
  tx: Pick<Executor, "execute">,
  topic: ChangeMessageTopic,
  id: string | null,
): Promise<void> {
  await run(tx, sql`select pg_notify(${CHANNEL}, ${JSON.stringify({ t: topic, id })})`);
}
