"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { RunStatus } from "../../../contract/index.ts";
import { RUN_STATUSES } from "../../../contract/statuses.ts";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { TONE_CLASSES } from "../../parts/status/tone-classes.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import type { FlowRow } from "../flow-rows.ts";
import { useTicks } from "../use-ticks.ts";

/** What recedes so that failures stand out. */
const barOf = (status: RunStatus): string =>
  status === "succeeded" ? "bg-chart-ok" : TONE_CLASSES[RUN_LOOKS[status].tone].bar;

/** The last 20 runs of a line: colour says how it ended, height how long it took. Leads to them. */
export function TickBars({ row }: { row: FlowRow }) {
  const t = useTranslations("flows");
  const list = new Intl.ListFormat(useLocale());
  const { known, ticks } = useTicks(row);
  if (row.heads) return null;
  if (ticks.length === 0) {
    return known ? <span className="text-xs text-faint-foreground">{t("noRuns")}</span> : null;
  }
  const parts = RUN_STATUSES.map((status) => ({ status, count: ticks.filter((tick) => tick.status === status).length }))
    .filter(({ count }) => count > 0)
    .map((part) => t("tickPart", part));
  const flow = row.variant === null ? row.flow.name : `${row.flow.name} ${row.variant}`;
  const label = t("ticks", { count: ticks.length, flow, list: list.format(parts) });
  return (
    <HubLink
      to={`/runs?flow=${row.flow.id}`}
      aria-label={label}
      title={label}
      className="flex h-5 w-fit items-end gap-0.5 rounded-xs"
    >
      {ticks.map(({ id, status, height }) => (
        <span key={id} className={cn("w-1 rounded-[1px]", barOf(status))} style={{ height: `${height * 100}%` }} />
      ))}
    </HubLink>
  );
}
