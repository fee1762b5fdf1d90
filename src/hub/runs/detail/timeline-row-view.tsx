"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { StatusIcon } from "../../parts/status/status-icon.tsx";
import { attemptLook } from "../../parts/status/status-looks.ts";
import { TONE_CLASSES } from "../../parts/status/tone-classes.ts";
import { useNow } from "../../parts/time/clock.ts";
import { formatCountdown, formatDuration } from "../../parts/time/format-duration.ts";
import { formatClock } from "../../parts/time/format-time.ts";
import type { TimelineRow } from "./timeline-layout.ts";

interface TimelineRowViewProps {
  readonly row: TimelineRow;
  readonly followed: boolean;
  readonly selected: boolean;
  readonly onSelect: (attempt: number | null) => void;
}

export function TimelineRowView({ row, followed, selected, onSelect }: TimelineRowViewProps) {
  const { attempt } = row;
  return (
    <li className={cn("relative", selected && "bg-primary-soft shadow-[inset_2px_0_0_var(--primary)]")}>
      {attempt ? (
        <button
          type="button"
          aria-pressed={selected}
          onClick={() => onSelect(selected ? null : attempt.no)}
          className={cn(
            "grid w-full grid-cols-[300px_minmax(0,1fr)] text-left focus-inset small:block",
            !selected && "hover:bg-muted/60",
          )}
        >
          <RowWords row={row} followed={followed} />
          <RowBar row={row} followed={followed} selected={selected} />
        </button>
      ) : (
        <div className="grid grid-cols-[300px_minmax(0,1fr)] small:block">
          <RowWords row={row} followed={followed} />
          <RowBar row={row} followed={followed} selected={false} />
        </div>
      )}
    </li>
  );
}

function RowWords({ row, followed }: { row: TimelineRow; followed: boolean }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const { attempt } = row;
  return (
    <span className="flex h-6.75 min-w-0 items-center gap-1.75 pr-3 pl-3 text-xs small:h-7">
      {attempt ? (
        <StatusIcon look={attemptLook(attempt.status, followed)} />
      ) : (
        <Icon name="clock" className="size-3.5 text-faint-foreground" />
      )}
      <b className={cn("shrink-0", !attempt && "font-normal text-muted-foreground")}>
        {attempt ? t("timeline.attempt", { number: attempt.no }) : t("timeline.sleep")}
      </b>
      <span className="min-w-0 flex-1 truncate text-faint-foreground tabular-nums">
        {attempt ? (
          <>
            {formatClock(row.startMs, locale, { ms: true })} {attempt.error?.code}
          </>
        ) : (
          row.open && t("timeline.waits")
        )}
      </span>
      <span className="hidden text-muted-foreground tabular-nums small:inline">
        <RowTime row={row} />
      </span>
    </span>
  );
}

function RowBar({ row, followed, selected }: { row: TimelineRow; followed: boolean; selected: boolean }) {
  const { attempt, left, width } = row;
  const beside =
    row.labelSide === "right" ? { left: `calc(${left + width}% + 6px)` } : { right: `calc(${100 - left}% + 6px)` };
  const tone = attempt ? TONE_CLASSES[attemptLook(attempt.status, followed).tone].bar : "";
  return (
    <span className="relative mr-3.5 h-6.75 small:mr-3 small:ml-8.25 small:block small:h-4">
      <i
        data-slot="bar"
        className={cn(
          "absolute min-w-0.75 rounded-[3px]",
          attempt ? ["top-2 h-2.75 small:top-0.5 small:h-2", tone] : "hatched top-1.5 h-3.75 small:top-0 small:h-2.5",
        )}
        style={{ left: `${left}%`, width: `${width}%` }}
      />
      <span
        className={cn(
          "absolute top-1.5 px-0.5 text-2xs whitespace-nowrap text-muted-foreground tabular-nums small:hidden",
          !selected && "bg-card group-hover:bg-transparent",
        )}
        style={beside}
      >
        <RowTime row={row} />
      </span>
    </span>
  );
}

function RowTime({ row }: { row: TimelineRow }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const now = useNow();
  if (row.kind === "sleep" && row.open) {
    return row.endMs > now ? t("timeline.next", { time: formatCountdown(row.endMs - now) }) : t("againNow");
  }
  return formatDuration(row.durationMs, locale);
}
