import { useCallback, useState } from "react";
import type { DeliveryStatus, EventRecord } from "../../contract/index.ts";
import { useHub } from "../config.tsx";
import { useLiveList } from "../data/use-live-list.ts";
import { type EventFilters, toEventQuery } from "./event-filters.ts";

/** The events that match, with a tail that stops while somebody reads it. */
export function useEventList(filters: EventFilters) {
  const { client } = useHub();
  const [paused, setPaused] = useState(false);
  const [reading, setReading] = useState(false);
  const list = useLiveList<EventRecord>({
    queryKey: ["events", filters],
    readPage: (cursor, signal) =>
      client.listEvents({ query: { ...toEventQuery(filters, Date.now()), cursor, limit: 50 }, signal }),
    readOne: useCallback(
      async (id: string) => {
        const event = await client.getEvent({ params: { id } });
        const deliveries: Partial<Record<DeliveryStatus, number>> = {};
        for (const { status } of event.deliveries) deliveries[status] = (deliveries[status] ?? 0) + 1;
        return { ...event, deliveries };
      },
      [client],
    ),
    isLive,
    topics: ["events", "deliveries"],
    hold: paused || reading,
  });
  return { ...list, paused, setPaused, reading, setReading };
}

export type EventListState = ReturnType<typeof useEventList>;

const isLive = ({ deliveries }: EventRecord): boolean => (deliveries.pending ?? 0) + (deliveries.running ?? 0) > 0;
