"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { Traffic } from "../../../contract/index.ts";
import { useFigures } from "../canvas/use-figures.ts";

/** Rate, p95, error share and backlog in one line of four. */
export function TrafficFigures({ traffic }: { traffic: Traffic }) {
  const t = useTranslations("overview.inspect");
  const figures = useFigures();
  const cells = [
    { label: t("rate"), value: figures.rate(traffic.perMinute) },
    { label: t("p95"), value: traffic.p95Ms === null ? t("none") : figures.duration(traffic.p95Ms) },
    { label: t("failing"), value: figures.share(traffic.errorShare), alarm: traffic.errorShare > 0.01 },
    { label: t("backlog"), value: figures.count(traffic.backlog) },
  ];
  return (
    <dl className="grid grid-cols-4 divide-x divide-border rounded-md border">
      {cells.map(({ label, value, alarm }) => (
        <div key={label} className="min-w-0 px-2.5 py-1.5">
          <dt className="truncate text-xs text-muted-foreground">{label}</dt>
          <dd className={cn("truncate text-md font-semibold tabular-nums", alarm && "text-st-failed-fg")}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
