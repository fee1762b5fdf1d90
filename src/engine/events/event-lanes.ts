import { type NaturalBatch, naturalBatch } from "../database/natural-batch.ts";
import { isDataError } from "../database/sql-state.ts";
import { KhotanError } from "../errors.ts";
import type { NewEvent, StoredEvent } from "./insert-events.ts";

/** Two statements at a time: while one waits for its commit to reach the disk, the other is executed. */
const LANES = 2;
const MAX_WAITING = 5_000;

/** Stores each event with whatever arrives at the same time. @throws KhotanError `overloaded` */
export type EventLanes = Pick<NaturalBatch<NewEvent, StoredEvent>, "isFull"> &
  ((event: NewEvent) => Promise<StoredEvent>);

/**
 * Natural batches side by side; each takes every other event. Events of which some deliveries have to be in order all
 * take the first lane: in it they are stored in the order in which they arrived.
 */
export function createEventLanes(store: (events: readonly NewEvent[]) => Promise<readonly StoredEvent[]>): EventLanes {
  const lanes = Array.from({ length: LANES }, () =>
    naturalBatch<NewEvent, StoredEvent>({
      run: store,
      maxItems: 200,
      maxWaiting: MAX_WAITING / LANES,
      maxWaitingBytes: (64 * 1024 * 1024) / LANES,
      // While it is sent its body is there three times: as it came, beside the others', and in the driver's message.
      weigh: (event) => 3 * event.body.byteLength,
      isolate: isDataError,
      onOverload: () => new KhotanError("overloaded", "More arrives than the database can take.", { retryAfterSec: 5 }),
    }),
  );
  const [first] = lanes;
  if (!first) throw new Error("there are no lanes");
  let turn = 0;
  const nextLane = () => {
    for (let tried = 0; tried < lanes.length; tried++) {
      const lane = lanes[turn++ % lanes.length];
      if (lane && !lane.isFull()) return lane;
    }
    return first;
  };
  const isOrdered = (event: NewEvent) => event.deliveries.some((delivery) => delivery.orderKey !== null);
  return Object.assign((event: NewEvent) => (isOrdered(event) ? first : nextLane())(event), {
    isFull: () => lanes.every((lane) => lane.isFull()),
  });
}
