"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import type { Overview } from "../../contract/index.ts";
import { HubLink } from "../routing/hub-link.tsx";

interface Figure {
  readonly id: "rate" | "live" | "queue" | "rejected" | "dead";
  readonly value: (overview: Overview) => number;
  readonly to: string;
  readonly alarm?: boolean;
}

const FIGURES: readonly Figure[] = [
  { id: "rate", value: ({ counts }) => counts.eventsLastMinute, to: "/events" },
  { id: "live", value: ({ counts }) => counts.runsLive, to: "/runs?status=running" },
  { id: "queue", value: ({ system }) => system.queue, to: "/runs?status=pending,running" },
  { id: "rejected", value: ({ counts }) => counts.rejections, to: "/events/rejected" },
  { id: "dead", value: ({ counts }) => counts.deadLetters, to: "/events/dead", alarm: true },
];

/** Five figures, each a door to what it counts. */
export function Figures({ overview, failed }: { overview: Overview | undefined; failed: boolean }) {
  const t = useTranslations("overview");
  const number = new Intl.NumberFormat(useLocale());
  return (
    <div className="grid grid-cols-5 divide-x divide-border border-b small:no-scrollbar small:flex small:gap-2 small:divide-x-0 small:overflow-x-auto small:border-b-0 small:px-gutter small:pt-3">
      {FIGURES.map(({ id, value, to, alarm }) => {
        const count = overview && value(overview);
        return (
          <HubLink
            key={id}
            to={to}
            className="min-w-0 px-3.5 pt-1.75 pb-2 transition-colors duration-90 focus-inset hover:bg-muted small:shrink-0 small:rounded-md small:border"
          >
            <span className="block truncate text-xs text-muted-foreground">{t(`figure.${id}`)}</span>
            <span
              className={cn(
                "block text-[15px] leading-6 font-semibold tabular-nums",
                alarm && count !== undefined && count > 0 && "text-st-failed-fg",
              )}
            >
              {count !== undefined ? (
                number.format(count)
              ) : failed ? (
                <span className="text-sm font-normal text-faint-foreground">{t("unknown")}</span>
              ) : (
                <Skeleton className="my-2 w-10" />
              )}
            </span>
          </HubLink>
        );
      })}
    </div>
  );
}
