"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { Timing } from "../../../contract/index.ts";
import { formatDuration } from "../../parts/time/format-duration.ts";
import { type Phase, timingBars } from "../model/timing-bars.ts";

const FILLS: Readonly<Record<Phase, string>> = {
  dns: "bg-faint-foreground",
  connect: "bg-faint-foreground",
  tls: "bg-faint-foreground",
  wait: "bg-primary",
  download: "bg-st-running",
};

/** Where the time of a call went, phase by phase. */
export function TimingBars({ timing }: { timing: Timing }) {
  const t = useTranslations("debugger");
  const locale = useLocale();
  const bars = timingBars(timing);
  if (bars.length === 0) return null;
  return (
    <dl aria-label={t("timing.title")} className="grid gap-px px-4 pb-2.5 text-xs">
      {bars.map(({ phase, ms, start, width }) => (
        <div key={phase} className="grid h-5 grid-cols-[72px_minmax(0,1fr)_60px] items-center gap-2">
          <dt className="text-muted-foreground">{t(`timing.${phase}`)}</dt>
          <dd className="col-start-3 row-start-1 text-right tabular-nums">
            {ms < 1 ? t("timing.below") : formatDuration(ms, locale)}
          </dd>
          <span
            data-slot="bar"
            aria-hidden="true"
            className="relative col-start-2 row-start-1 h-2 overflow-hidden rounded-[3px] bg-muted ring-1 ring-border ring-inset"
          >
            <span
              className={cn("absolute inset-y-0 min-w-0.75 rounded-[3px]", FILLS[phase])}
              style={{ left: `${Math.min(99, start * 100)}%`, width: `${width * 100}%` }}
            />
          </span>
        </div>
      ))}
    </dl>
  );
}
