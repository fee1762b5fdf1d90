"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import { useStillNow } from "../../parts/time/clock.ts";
import { formatMinute } from "../../parts/time/format-time.ts";
import type { RunFilters } from "../run-filters.ts";
import { barsOfRange } from "./brush.ts";
import { BrushLayer } from "./brush-layer.tsx";
import { chartBars, countWithin, STACK } from "./chart-bars.ts";
import { chartSpan } from "./chart-span.ts";
import { HistogramTable } from "./histogram-table.tsx";
import { STATUS_FILLS, StackedBars } from "./stacked-bars.tsx";
import { TimeAxis } from "./time-axis.tsx";
import { useRunHistogram } from "./use-run-histogram.ts";

interface RunHistogramProps {
  readonly filters: RunFilters;
  readonly setFilters: (change: Partial<RunFilters>) => unknown;
}

/** Runs over time; a part of it that is dragged over becomes the range of the list. */
export function RunHistogram({ filters, setFilters }: RunHistogramProps) {
  const t = useTranslations("runs.histogram");
  const locale = useLocale();
  const opened = useStillNow();
  const histogram = useRunHistogram(filters);
  const { data, error } = histogram;
  const bars = useMemo(() => chartBars(data?.buckets ?? []), [data]);
  const starts = useMemo(() => bars.map(({ at }) => at), [bars]);
  if (error && !data) return <FailedLine title={t("failed")} of={histogram} className="shrink-0 small:hidden" />;
  const now = data?.now ?? opened;
  const { brush } = chartSpan(filters, now);
  const stepMs = data?.stepMs ?? 1;
  const { count, about } = countWithin(bars, stepMs, brush);
  const range = brush && bars.length > 0 ? barsOfRange(brush, starts, stepMs) : null;
  const time = (at: number) => formatMinute(at, now, locale);
  const from = brush?.from ?? starts[0] ?? now;
  const open = !brush || brush.to >= now - stepMs;
  const words = {
    count: new Intl.NumberFormat(locale).format(count),
    runs: count,
    about: String(about || (data?.estimated ?? false)),
    from: time(from),
    to: open ? t("now") : time(brush.to),
  };
  const legend = STACK.filter((status) => bars.some(({ counts }) => (counts[status] ?? 0) > 0));
  return (
    <Card className="shrink-0 px-3 pt-2 pb-1.5 small:hidden">
      <figure aria-label={t("summary", words)}>
        <figcaption className="flex h-6.5 items-center gap-2 text-xs">
          <b className="text-sm font-semibold tabular-nums">{data ? t("count", words) : t("loading")}</b>
          {data && <span className="text-muted-foreground tabular-nums">{t("range", words)}</span>}
          <span className="flex-1" />
          {legend.map((status) => (
            <span key={status} className="flex items-center gap-1.5 px-1 text-muted-foreground">
              <span className={cn("size-2 rounded-[2px]", STATUS_FILLS[status])} />
              {status}
            </span>
          ))}
          {brush && (
            <Button variant="ghost" onClick={() => void setFilters({ since: null, until: null })}>
              <Icon name="x" className="size-3" />
              {t("clear")}
            </Button>
          )}
        </figcaption>
        <div className="relative mt-1 h-21">
          <StackedBars bars={bars} range={range} />
          {bars.length > 0 && (
            <BrushLayer
              starts={starts}
              stepMs={stepMs}
              range={range}
              now={now}
              onRange={(next) => void setFilters(next)}
            />
          )}
        </div>
        {bars.length > 0 && <TimeAxis starts={starts} now={now} />}
        <HistogramTable bars={bars} now={now} />
      </figure>
    </Card>
  );
}
