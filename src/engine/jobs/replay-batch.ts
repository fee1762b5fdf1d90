import { asc, inArray, sql } from "drizzle-orm";
import { events } from "../database/schema/index.ts";
import { createReplays, type ReplayRequest } from "../deliveries/create-replays.ts";
import { settingsOf } from "../events/replay-event.ts";
import { matchesEvent } from "../handlers/event-filter.ts";
import type { LiveHandler, Registry } from "../registry/registry.ts";
import { type Batch, countReasons, JOB_PRIORITY } from "./batch.ts";

/** Deliver the events again: to the job's handler, or to every enabled one that matches. */
export const replayBatch: Batch = async (engine, tx, job, ids) => {
  const found = await tx
    .select({ id: events.id, plug: events.plug, type: events.type, gone: sql<boolean>`${events.body} is null` })
    .from(events)
    .where(inArray(events.id, [...ids]))
    .orderBy(asc(events.id));
  const reasons: string[] = [];
  const replays: ReplayRequest[] = [];
  for (const event of found) {
    const wanted = handlersFor(engine.registry, job.handlerId, event);
    if (event.gone) reasons.push("body_gone");
    else if (typeof wanted === "string") reasons.push(wanted);
    else {
      const enabled = engine.registry.findPlug(event.plug)?.enabled ?? true;
      for (const handler of wanted) {
        replays.push({ eventId: event.id, handlerId: handler.id, ...settingsOf(handler, enabled), replayOf: null });
      }
    }
  }
  const made = await createReplays(tx, replays, job.actor, { priority: JOB_PRIORITY });
  return { changed: made.length, reasons: countReasons(reasons), touched: made };
};

function handlersFor(
  registry: Registry,
  handlerId: string | null,
  event: { readonly plug: string; readonly type: string },
): readonly LiveHandler[] | string {
  if (handlerId !== null) {
    const handler = registry.handler(handlerId);
    if (!handler) return "handler_gone";
    return handler.plug === event.plug ? [handler] : "other_plug";
  }
  const wanted = registry
    .handlersOf(event.plug)
    .filter((handler) => handler.enabled && matchesEvent(handler.definition.events, event.type));
  return wanted.length > 0 ? wanted : "no_handler";
}
