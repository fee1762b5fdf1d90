import { and, eq } from "drizzle-orm";
import { decodeId, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { events } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { KhotanError } from "../errors.ts";

/** The error for an event that does not exist, or not for this caller: the two must not be told apart. */
export const eventNotFound = (id: string): KhotanError =>
  new KhotanError("not_found", `There is no event "${id}".`, { hint: "List them: GET /events" });

/** The database id of an event that the caller may see. @throws KhotanError `not_found` */
export async function requireEvent(engine: Pick<Engine, "adapter">, principal: Principal, id: string): Promise<string> {
  const uuid = decodeId("event", id);
  if (!uuid) throw eventNotFound(id);
  const [row] = await engine.adapter.db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.id, uuid), seenBy(principal, events.tenant)));
  if (!row) throw eventNotFound(id);
  return row.id;
}
