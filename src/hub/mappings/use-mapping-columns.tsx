import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { MappingRecord } from "../../contract/index.ts";
import type { TableColumn } from "../parts/table/table-features.ts";
import { TimeText } from "../parts/time/time-text.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import { connectText } from "./ref-plugs.ts";

/** The record, then one column for each plug. */
export function useMappingColumns(plugs: readonly string[]): readonly TableColumn<MappingRecord>[] {
  const t = useTranslations("mappings");
  const key = plugs.join(" ");
  return useMemo<readonly TableColumn<MappingRecord>[]>(
    () => [
      {
        id: "record",
        header: t("column.record"),
        cell: ({ row: { original } }) => (
          <HubLink to={`/mappings/${original.id}`} keepQuery tabIndex={-1} className="block truncate font-medium">
            {connectText(original)}
          </HubLink>
        ),
      },
      {
        id: "resource",
        header: t("column.resource"),
        meta: { width: 120, from: 560 },
        cell: ({ row }) => <span className="truncate text-xs text-muted-foreground">{row.original.resource}</span>,
      },
      ...(key === "" ? [] : key.split(" ")).map(
        (plug): TableColumn<MappingRecord> => ({
          id: `ref:${plug}`,
          header: plug,
          cell: ({ row: { original } }) =>
            original.refs[plug] === undefined ? (
              <span className="text-xs text-faint-foreground">{t("noRef")}</span>
            ) : (
              <span className="block truncate font-mono text-xs" title={original.refs[plug]}>
                {original.refs[plug]}
              </span>
            ),
        }),
      ),
      {
        id: "tenant",
        header: t("column.tenant"),
        meta: { width: 92, from: 700 },
        cell: ({ row }) => <span className="text-xs text-muted-foreground">{row.original.tenant}</span>,
      },
      {
        id: "updated",
        header: t("column.updated"),
        meta: { width: 80, align: "right" },
        cell: ({ row }) => (
          <TimeText at={row.original.updatedAt} className="text-xs text-muted-foreground tabular-nums" />
        ),
      },
    ],
    [t, key],
  );
}
