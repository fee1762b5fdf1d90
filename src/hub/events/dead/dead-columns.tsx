import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { DeliveryRecord } from "../../../contract/index.ts";
import { KindIcon } from "../../parts/kind-icon.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import type { TableColumn } from "../../parts/table/table-features.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { RedeliverButton } from "./redeliver-button.tsx";

export function useDeadColumns(): readonly TableColumn<DeliveryRecord>[] {
  const t = useTranslations("events");
  return useMemo<readonly TableColumn<DeliveryRecord>[]>(
    () => [
      {
        id: "handler",
        header: t("column.handler"),
        cell: ({ row: { original } }) => (
          <span className="flex min-w-0 items-center gap-2">
            <KindIcon kind={original.handler.kind} />
            <HubLink to={`/events/dead/${original.id}`} keepQuery tabIndex={-1} className="truncate font-medium">
              {original.handler.name}
            </HubLink>
          </span>
        ),
      },
      {
        id: "event",
        header: t("column.event"),
        meta: { from: 560 },
        cell: ({ row: { original } }) => (
          <span className="flex min-w-0 items-center gap-2">
            <PlugTile name={original.plug} />
            <span className="truncate font-mono text-xs">{original.eventType}</span>
          </span>
        ),
      },
      {
        id: "cause",
        header: t("column.cause"),
        cell: ({ row: { original } }) => (
          <span className="block leading-4.5">
            <span className="block truncate font-mono text-xs text-st-failed-fg">{original.lastError?.code}</span>
            <span className="block truncate text-xs text-muted-foreground">{original.lastError?.message}</span>
          </span>
        ),
      },
      {
        id: "tenant",
        header: t("column.tenant"),
        meta: { width: 92, from: 560 },
        cell: ({ row }) => <span className="text-xs text-muted-foreground">{row.original.tenant}</span>,
      },
      {
        id: "age",
        header: t("column.dead"),
        meta: { width: 80, align: "right" },
        cell: ({ row: { original } }) => (
          <TimeText
            at={original.finishedAt ?? original.createdAt}
            className="text-xs text-muted-foreground tabular-nums"
          />
        ),
      },
      {
        id: "act",
        header: t("column.action"),
        meta: { width: 144, align: "right", quiet: true },
        cell: ({ row }) => <RedeliverButton delivery={row.original} />,
      },
    ],
    [t],
  );
}
