import type { StoreEvent } from "./store-event.ts";

export interface EventLog {
  add(event: StoreEvent): void;
  /** Oldest first. */
  list(): readonly StoreEvent[];
}

/** The last events, so that a client which was away can ask what it missed. */
export function createEventLog(max = 1_000): EventLog {
  const events: StoreEvent[] = [];
  return {
    add(event) {
      events.push(event);
      if (events.length > max) events.shift();
    },
    list: () => events,
  };
}
