import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import type { TableColumn } from "../../parts/table/table-features.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import type { CauseRow } from "./cause-rows.ts";

/** @param redrive @param tryOne called with the group whose button was pressed. */
export function useCauseColumns(
  redrive: (group: CauseRow) => void,
  tryOne: (group: CauseRow) => void,
): readonly TableColumn<CauseRow>[] {
  const t = useTranslations("events");
  const locale = useLocale();
  return useMemo<readonly TableColumn<CauseRow>[]>(
    () => [
      {
        id: "cause",
        header: t("column.cause"),
        cell: ({ row: { original } }) => (
          <span className="block leading-4.5" title={original.message}>
            <span className="block truncate font-mono text-xs text-st-failed-fg">{original.code}</span>
            <span className="block truncate text-xs text-muted-foreground">{original.hint ?? original.message}</span>
          </span>
        ),
      },
      {
        id: "handler",
        header: t("column.handler"),
        meta: { width: 220 },
        cell: ({ row: { original } }) => (
          <span className="flex min-w-0 items-center gap-2">
            <PlugTile name={original.plug} />
            <span className="truncate font-medium">{original.handler}</span>
          </span>
        ),
      },
      {
        id: "count",
        header: t("column.letters"),
        meta: { width: 84, align: "right" },
        cell: ({ row: { original } }) => (
          <span className="font-medium text-st-dead-fg tabular-nums">
            {new Intl.NumberFormat(locale).format(original.count)}
            {original.more && "+"}
          </span>
        ),
      },
      {
        id: "first",
        header: t("column.first"),
        meta: { width: 78, align: "right", from: 860 },
        cell: ({ row }) => (
          <TimeText at={row.original.firstAt} className="text-xs text-muted-foreground tabular-nums" />
        ),
      },
      {
        id: "last",
        header: t("column.last"),
        meta: { width: 78, align: "right", from: 680, sorted: true },
        cell: ({ row }) => <TimeText at={row.original.lastAt} className="text-xs text-muted-foreground tabular-nums" />,
      },
      {
        id: "act",
        header: t("column.action"),
        meta: { width: 320, align: "right", quiet: true },
        cell: ({ row: { original } }) => (
          <span className="inline-flex gap-1.5">
            <ActionButton needs="operator" icon="diff" onClick={() => tryOne(original)}>
              {t("dead.tryOne")}
            </ActionButton>
            <ActionButton needs="operator" icon="retry" onClick={() => redrive(original)}>
              {t("dead.redrive", { count: original.count, more: String(original.more) })}
            </ActionButton>
          </span>
        ),
      },
    ],
    [t, locale, redrive, tryOne],
  );
}
