import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Tag } from "../../components/ui/tag.tsx";
import type { RunRecord } from "../../contract/index.ts";
import { IdChip } from "../parts/id-chip.tsx";
import { KindIcon } from "../parts/kind-icon.tsx";
import { PlugTile } from "../parts/plug-tile.tsx";
import type { TableColumn } from "../parts/table/table-features.ts";
import { TimeText } from "../parts/time/time-text.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import type { RunColumn } from "./run-column-choice.ts";
import { RunDuration } from "./run-duration.tsx";
import { RunOutcome } from "./run-outcome.tsx";
import { RunStatusBadge } from "./run-status-badge.tsx";

/** Widths of the columns, for the skeleton too; 0 takes what is left. */
export const RUN_WIDTHS: Readonly<Record<RunColumn, number>> = {
  status: 106,
  name: 0,
  id: 104,
  source: 78,
  plug: 102,
  tenant: 96,
  variant: 84,
  attempts: 68,
  duration: 120,
  outcome: 192,
  started: 64,
};

/** @param rows sets the scale of the duration bars. @param shown the columns that are wanted. */
export function useRunColumns(
  rows: readonly RunRecord[],
  shown: readonly RunColumn[],
): readonly TableColumn<RunRecord>[] {
  const t = useTranslations("runs");
  const longest = Math.max(1_000, ...rows.map(({ durationMs }) => durationMs ?? 0));
  // The scale moves in powers of ten, so that a new row does not redraw all others.
  const scaleMs = 10 ** Math.ceil(Math.log10(longest));
  const locale = useLocale();
  const all = useMemo<readonly (TableColumn<RunRecord> & { readonly id: RunColumn })[]>(
    () => [
      {
        id: "status",
        header: t("column.status"),
        meta: { width: RUN_WIDTHS.status },
        cell: ({ row }) => <RunStatusBadge run={row.original} />,
      },
      { id: "name", header: t("column.name"), cell: ({ row }) => <RunName run={row.original} /> },
      {
        id: "id",
        header: t("column.run"),
        meta: { width: RUN_WIDTHS.id, from: 880 },
        cell: ({ row }) => <IdChip id={row.original.id} short copyable={false} />,
      },
      {
        id: "source",
        header: t("column.source"),
        meta: { width: RUN_WIDTHS.source, from: 780 },
        cell: ({ row }) => <span className="text-xs text-muted-foreground">{row.original.source}</span>,
      },
      {
        id: "plug",
        header: t("column.plug"),
        meta: { width: RUN_WIDTHS.plug },
        cell: ({ row: { original } }) => (
          <span className="flex items-center gap-2" title={`${original.plug}, ${original.tenant}`}>
            <PlugTile name={original.plug} />
            <span className="truncate text-xs">{original.tenant}</span>
          </span>
        ),
      },
      {
        id: "tenant",
        header: t("column.tenant"),
        meta: { width: RUN_WIDTHS.tenant },
        cell: ({ row }) => <span className="text-xs">{row.original.tenant}</span>,
      },
      {
        id: "variant",
        header: t("column.variant"),
        meta: { width: RUN_WIDTHS.variant },
        cell: ({ row }) => <span className="text-xs text-muted-foreground">{row.original.variant}</span>,
      },
      {
        id: "attempts",
        header: t("column.attempts"),
        meta: { width: RUN_WIDTHS.attempts, align: "right" },
        cell: ({ row }) => (
          <span className="text-xs text-muted-foreground tabular-nums">
            {new Intl.NumberFormat(locale).format(row.original.attempts)}
          </span>
        ),
      },
      {
        id: "duration",
        header: t("column.duration"),
        meta: { width: RUN_WIDTHS.duration, from: 660 },
        cell: ({ row }) => <RunDuration run={row.original} scaleMs={scaleMs} />,
      },
      {
        id: "outcome",
        header: t("column.outcome"),
        meta: { width: RUN_WIDTHS.outcome },
        cell: ({ row }) => <RunOutcome run={row.original} />,
      },
      {
        id: "started",
        header: t("column.started"),
        meta: { width: RUN_WIDTHS.started, align: "right", sorted: true },
        cell: ({ row: { original } }) => (
          <TimeText
            at={original.startedAt ?? original.createdAt}
            className="text-xs text-muted-foreground tabular-nums"
          />
        ),
      },
    ],
    [t, scaleMs, locale],
  );
  return useMemo(() => all.filter(({ id }) => shown.includes(id)), [all, shown]);
}

function RunName({ run }: { run: RunRecord }) {
  const t = useTranslations("runs");
  return (
    <span className="flex min-w-0 items-center gap-2">
      <KindIcon kind={run.kind} />
      <HubLink to={`/runs/${run.id}`} keepQuery tabIndex={-1} title={run.name} className="truncate font-medium">
        {run.name}
      </HubLink>
      {run.variant && <Tag>{run.variant}</Tag>}
      {run.dryRun && <Tag variant="line">{t("dryRun")}</Tag>}
    </span>
  );
}
