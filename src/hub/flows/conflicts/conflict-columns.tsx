import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { ConflictRecord } from "../../../contract/index.ts";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import type { TableColumn } from "../../parts/table/table-features.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";

const LOOKS = { decided: RUN_LOOKS.partial, resolving: RUN_LOOKS.pending, resolved: RUN_LOOKS.succeeded } as const;

function Status({ conflict }: { conflict: ConflictRecord }) {
  const t = useTranslations("flows.conflicts");
  return <StatusBadge look={LOOKS[conflict.status]}>{t(`status.${conflict.status}`)}</StatusBadge>;
}

function Decision({ conflict }: { conflict: ConflictRecord }) {
  const t = useTranslations("flows.conflicts");
  return <>{t("decision", { outcome: conflict.outcome, plug: conflict.plug })}</>;
}

const fieldNames = ({ fields }: ConflictRecord): string => fields.map(({ field }) => field).join(", ");

/** Which record, which fields, who was given right. */
export function useConflictColumns(): readonly TableColumn<ConflictRecord>[] {
  const t = useTranslations("flows.conflicts");
  return useMemo<readonly TableColumn<ConflictRecord>[]>(
    () => [
      {
        id: "status",
        header: t("column.status"),
        meta: { width: 112 },
        cell: ({ row }) => <Status conflict={row.original} />,
      },
      {
        id: "record",
        header: t("column.record"),
        cell: ({ row: { original } }) => (
          <HubLink
            to={`/flows/conflicts/${original.id}`}
            keepQuery
            tabIndex={-1}
            className="block truncate font-mono text-xs font-medium"
          >
            {original.key}
          </HubLink>
        ),
      },
      {
        id: "fields",
        header: t("column.fields"),
        meta: { from: 480 },
        cell: ({ row: { original } }) => (
          <span className="block truncate font-mono text-xs text-muted-foreground">
            {fieldNames(original) || t("deletedShort")}
          </span>
        ),
      },
      {
        id: "flow",
        header: t("fact.flow"),
        meta: { width: 132, from: 620 },
        cell: ({ row }) => <span className="block truncate">{row.original.flow}</span>,
      },
      {
        id: "decision",
        header: t("column.decision"),
        meta: { width: 140, from: 560 },
        cell: ({ row }) => (
          <span className="block truncate text-muted-foreground">
            <Decision conflict={row.original} />
          </span>
        ),
      },
      {
        id: "tenant",
        header: t("column.tenant"),
        meta: { width: 92, from: 760 },
        cell: ({ row }) => <span className="text-xs text-muted-foreground">{row.original.tenant}</span>,
      },
      {
        id: "found",
        header: t("column.found"),
        meta: { width: 72, align: "right", sorted: true },
        cell: ({ row }) => (
          <TimeText at={row.original.createdAt} className="text-xs text-muted-foreground tabular-nums" />
        ),
      },
    ],
    [t],
  );
}

/** A conflict on a small screen. */
export function ConflictRow(conflict: ConflictRecord) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-mono text-xs font-medium">{conflict.key}</span>
        <TimeText at={conflict.createdAt} className="text-xs text-muted-foreground tabular-nums" />
      </div>
      <div className="flex items-center gap-2 text-xs text-muted-foreground">
        <Status conflict={conflict} />
        <span className="min-w-0 flex-1 truncate font-mono">{fieldNames(conflict)}</span>
        <Decision conflict={conflict} />
      </div>
    </div>
  );
}
