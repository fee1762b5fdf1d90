import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import type { RejectionRecord } from "../../../contract/index.ts";
import { PlugTile } from "../../parts/plug-tile.tsx";
import type { TableColumn } from "../../parts/table/table-features.ts";
import { RowTime } from "../../parts/time/row-time.tsx";
import { HubLink } from "../../routing/hub-link.tsx";

export function useRejectionColumns(): readonly TableColumn<RejectionRecord>[] {
  const t = useTranslations("events");
  const locale = useLocale();
  return useMemo<readonly TableColumn<RejectionRecord>[]>(
    () => [
      {
        id: "received",
        header: t("column.received"),
        meta: { width: 100 },
        cell: ({ row }) => <RowTime at={row.original.receivedAt} />,
      },
      {
        id: "plug",
        header: t("column.plug"),
        meta: { width: 150, from: 560 },
        cell: ({ row }) => (
          <span className="flex items-center gap-2">
            <PlugTile name={row.original.plug} />
            <span className="truncate">{row.original.plug}</span>
          </span>
        ),
      },
      {
        id: "reason",
        header: t("column.reason"),
        cell: ({ row: { original } }) => (
          <HubLink to={`/events/rejected/${original.id}`} keepQuery tabIndex={-1} className="block leading-4.5">
            <span className="block truncate font-medium">{t(`reason.${original.reason}.title`)}</span>
            <span className="block truncate text-xs text-muted-foreground">{original.message}</span>
          </HubLink>
        ),
      },
      {
        id: "tenant",
        header: t("column.tenant"),
        meta: { width: 92, from: 560 },
        cell: ({ row }) => <span className="text-xs text-muted-foreground">{row.original.tenant}</span>,
      },
      {
        id: "count",
        header: t("column.count"),
        meta: { width: 68, align: "right" },
        cell: ({ row: { original } }) =>
          original.count > 1 && (
            <Tag variant="amber" title={t("rejected.within")}>
              {t("rejected.times", { count: new Intl.NumberFormat(locale).format(original.count) })}
            </Tag>
          ),
      },
    ],
    [t, locale],
  );
}
