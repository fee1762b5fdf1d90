"use client";

import { useQueryStates } from "nuqs";
import { lazy, Suspense } from "react";
import { useOpenRecord } from "../parts/sheet/use-open-record.ts";
import type { RoomProps } from "../routing/room-props.ts";
import { EVENT_FILTERS } from "./event-filters.ts";
import { EventList } from "./event-list.tsx";
import { EventsFrame } from "./events-frame.tsx";
import { useEventList } from "./use-event-list.ts";

const EventSheet = lazy(() => import("./detail/event-sheet.tsx"));

/** Everything that arrived, newest first; the open event stands beside the list. */
export default function EventsRoom({ params }: RoomProps) {
  const openId = params.id ?? null;
  const [filters, setFilters] = useQueryStates(EVENT_FILTERS, { history: "push" });
  const list = useEventList(filters);
  const record = useOpenRecord("/events", openId, list.rows);
  return (
    <EventsFrame
      tab="all"
      sheet={
        openId && (
          <Suspense>
            <EventSheet id={openId} onClose={record.close} onPrevious={record.previous} onNext={record.next} />
          </Suspense>
        )
      }
    >
      <EventList filters={filters} setFilters={setFilters} list={list} openId={openId} onOpen={record.open} />
    </EventsFrame>
  );
}
