import type { Adapter, Executor } from "../database/adapter.ts";
import type { HotPool } from "../database/hot-pool.ts";
import { lockOrderKeys, orderKeyOf } from "../deliveries/gates/order-locks.ts";
import type { WorkBell } from "../queue/work-bell.ts";
import { insertEvents, type NewEvent, type StoredEvent } from "./insert-events.ts";

/**
 * Store events: in one statement, or, when some of their deliveries have to be
 * in order, in a transaction that takes turns with others of the same keys.
 *
 * @param onHeld told, once they are committed, the keys of those that may have to wait and the handlers that have limits:
 *   what they wait for may have ended meanwhile.
 */
export async function storeEvents(
  { adapter, hot, work }: { readonly adapter: Adapter; readonly hot: HotPool; readonly work: Pick<WorkBell, "ring"> },
  events: readonly NewEvent[],
  onHeld: (keys: readonly string[], limited: readonly string[]) => void,
): Promise<StoredEvent[]> {
  const keys = orderKeysOf(events);
  const limited = limitedHandlersOf(events);
  const stored =
    keys.length === 0
      ? await insertEvents(hot, events, "nobody")
      : await adapter.db.transaction((tx) => storeInOrder(tx, events, "nobody"));
  if (events.some((event) => event.deliveries.length > 0)) work.ring();
  if (keys.length > 0 || limited.length > 0) onHeld(keys, limited);
  return stored;
}

/** The same inside a transaction of the caller, who tells the gatekeeper once it is committed. */
export async function storeInOrder(
  tx: Pick<Executor, "execute">,
  events: readonly NewEvent[],
  tells: "workers" | "nobody" = "workers",
): Promise<StoredEvent[]> {
  await lockOrderKeys(tx, orderKeysOf(events));
  return await insertEvents(tx, events, tells);
}

/** The handlers among theirs that have limits. */
export const limitedHandlersOf = (events: readonly NewEvent[]): string[] => [
  ...new Set(
    events.flatMap((event) => event.deliveries.flatMap(({ handlerId, limited }) => (limited ? [handlerId] : []))),
  ),
];

/** What has to be in order among these, see `orderKeyOf`. */
export const orderKeysOf = (events: readonly NewEvent[]): string[] => [
  ...new Set(
    events.flatMap((event) =>
      event.deliveries.flatMap((delivery) => (delivery.orderKey === null ? [] : [orderKeyOf(event, delivery)])),
    ),
  ),
];
