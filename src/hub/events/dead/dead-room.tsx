"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import type { DeliveryRecord } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { useLiveList } from "../../data/use-live-list.ts";
import { useOpenRecord } from "../../parts/sheet/use-open-record.ts";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { DataTable } from "../../parts/table/data-table.tsx";
import { TableSkeleton } from "../../parts/table/table-skeleton.tsx";
import type { RoomProps } from "../../rooms.tsx";
import { EventsFrame } from "../events-frame.tsx";
import { useDeadColumns } from "./dead-columns.tsx";
import { DeadRow } from "./dead-row.tsx";

const EventSheet = lazy(() => import("../detail/event-sheet.tsx"));

/** Deliveries that gave up and wait for a person. The open one shows the event it belongs to. */
export default function DeadRoom({ params }: RoomProps) {
  const t = useTranslations("events");
  const { client } = useHub();
  const openId = params.id ?? null;
  const [filter] = useQueryStates({ plug: parseAsString, handler: parseAsString, tenant: parseAsString });
  const { rows, query, waiting, show } = useLiveList<DeliveryRecord>({
    queryKey: ["deadLetters", filter],
    readPage: (cursor, signal) =>
      client.listDeliveries({
        query: {
          status: "dead",
          replayed: "no",
          plug: filter.plug ?? undefined,
          handler: filter.handler ?? undefined,
          tenant: filter.tenant ?? undefined,
          cursor,
          limit: 50,
        },
        signal,
      }),
    readOne: (id) => client.getDelivery({ params: { id } }),
    // A dead letter changes when somebody delivers it again.
    isLive: ({ status }) => status === "running" || status === "pending",
    topics: ["deliveries"],
    hold: true,
  });
  const columns = useDeadColumns();
  const record = useOpenRecord("/events/dead", openId, rows);
  const open = rows.find(({ id }) => id === openId);
  return (
    <EventsFrame
      tab="dead"
      sheet={
        open && (
          <Suspense>
            <EventSheet id={open.eventId} onClose={record.close} onPrevious={record.previous} onNext={record.next} />
          </Suspense>
        )
      }
    >
      <p className="max-w-[72ch] py-2.5 text-pretty text-muted-foreground">{t("dead.explain")}</p>
      {query.error && (
        <ErrorState
          title={t("dead.failed")}
          error={query.error}
          onRetry={() => void query.refetch()}
          className="mb-3"
        />
      )}
      {query.isPending && !query.error && (
        <TableSkeleton label={t("loading")} rowHeight={44} widths={[180, 0, 92, 80, 110]} rows={8} />
      )}
      {query.data && rows.length === 0 && <EmptyState title={t("dead.none")} text={t("dead.noneText")} />}
      {rows.length > 0 && (
        <DataTable
          label={t("tab.dead")}
          className="min-h-0 small:shrink-0 sm:mb-4"
          columns={columns}
          rows={rows}
          rowHeight={44}
          smallRowHeight={64}
          renderSmall={DeadRow}
          openId={openId}
          onOpen={record.open}
          waiting={{ count: waiting, text: t("dead.waiting", { count: waiting }), show }}
          more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        />
      )}
    </EventsFrame>
  );
}
