import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Tag } from "../../components/ui/tag.tsx";
import type { EventRecord } from "../../contract/index.ts";
import { formatBytes } from "../parts/format-number.ts";
import { PlugTile } from "../parts/plug-tile.tsx";
import type { TableColumn } from "../parts/table/table-features.ts";
import { RowTime } from "../parts/time/row-time.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import { DeliveryCounts } from "./delivery-counts.tsx";

/** Widths of the columns, for the skeleton too. */
export const EVENT_WIDTHS = { received: 92, tenant: 88, deliveries: 108, size: 76 } as const;

export function useEventColumns(): readonly TableColumn<EventRecord>[] {
  const t = useTranslations("events");
  const locale = useLocale();
  return useMemo<readonly TableColumn<EventRecord>[]>(
    () => [
      {
        id: "received",
        header: t("column.received"),
        meta: { width: EVENT_WIDTHS.received },
        cell: ({ row }) => <RowTime at={row.original.receivedAt} />,
      },
      { id: "event", header: t("column.event"), cell: ({ row }) => <EventName event={row.original} /> },
      {
        id: "tenant",
        header: t("column.tenant"),
        meta: { width: EVENT_WIDTHS.tenant, from: 500 },
        cell: ({ row }) => <span className="text-xs text-muted-foreground">{row.original.tenant}</span>,
      },
      {
        id: "deliveries",
        header: t("column.deliveries"),
        meta: { width: EVENT_WIDTHS.deliveries },
        cell: ({ row }) => <DeliveryCounts counts={row.original.deliveries} />,
      },
      {
        id: "size",
        header: t("column.size"),
        meta: { width: EVENT_WIDTHS.size, align: "right", from: 420 },
        cell: ({ row }) => (
          <span className="text-xs text-muted-foreground tabular-nums">{formatBytes(row.original.size, locale)}</span>
        ),
      },
    ],
    [t, locale],
  );
}

function EventName({ event }: { event: EventRecord }) {
  const t = useTranslations("events");
  return (
    <span className="flex min-w-0 items-center gap-2">
      <PlugTile name={event.plug} />
      <HubLink
        to={`/events/${event.id}`}
        keepQuery
        tabIndex={-1}
        title={`${event.plug} ${event.type}`}
        className="truncate font-mono text-xs"
      >
        {event.type}
      </HubLink>
      {event.duplicates > 0 && <Tag>{t("sentAgain")}</Tag>}
      {event.origin !== "webhook" && <Tag>{t(`origin.${event.origin}`)}</Tag>}
    </span>
  );
}
