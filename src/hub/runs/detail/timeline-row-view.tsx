"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { exchangeLook, exchangePath } from "../../parts/exchange/exchange-look.ts";
import { StatusIcon } from "../../parts/status/status-icon.tsx";
import { attemptLook } from "../../parts/status/status-looks.ts";
import { TONE_CLASSES } from "../../parts/status/tone-classes.ts";
import { useNow } from "../../parts/time/clock.ts";
import { formatCountdown, formatDuration } from "../../parts/time/format-duration.ts";
import { formatClock } from "../../parts/time/format-time.ts";
import type { TimelineRow } from "./timeline-layout.ts";

interface TimelineRowViewProps {
  readonly row: TimelineRow;
  /** No calls are known: the attempts themselves carry the colours. */
  readonly bare: boolean;
  readonly selected: boolean;
  readonly onPress: (() => void) | null;
}

const rowClass = "grid w-full grid-cols-[300px_minmax(0,1fr)] text-left focus-inset small:block";

export function TimelineRowView({ row, bare, selected, onPress }: TimelineRowViewProps) {
  const content = (
    <>
      <RowWords row={row} />
      <RowBar row={row} bare={bare} selected={selected} />
    </>
  );
  return (
    <li className={cn("relative", selected && "bg-primary-soft shadow-[inset_2px_0_0_var(--primary)]")}>
      {onPress ? (
        <button
          type="button"
          aria-pressed={selected}
          onClick={onPress}
          className={cn(rowClass, !selected && "hover:bg-muted/60")}
        >
          {content}
        </button>
      ) : (
        <div className={rowClass}>{content}</div>
      )}
    </li>
  );
}

function RowWords({ row }: { row: TimelineRow }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const { attempt, exchange } = row;
  if (exchange) {
    return (
      <span className="flex h-6.75 min-w-0 items-center gap-1.75 pr-3 pl-8 text-xs small:h-7">
        <Icon name="globe" className="size-3.5 text-faint-foreground" />
        <span className="min-w-0 truncate" title={exchange.url}>
          {exchange.method} {exchangePath(exchange.url)}
        </span>
        <span className="min-w-10 flex-1 shrink-0 truncate text-faint-foreground">{exchange.plug}</span>
        <span className="hidden shrink-0 text-muted-foreground tabular-nums small:inline">
          <RowTime row={row} />
        </span>
      </span>
    );
  }
  return (
    <span className="flex h-6.75 min-w-0 items-center gap-1.75 pr-3 pl-3 text-xs small:h-7">
      {attempt ? (
        <StatusIcon look={attemptLook(attempt.status, row.followed)} />
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

/** Calls are thick and coloured, attempts around them thin and grey, sleeps hatched. */
function barClass({ kind, attempt, exchange, followed }: TimelineRow, bare: boolean): string {
  if (kind === "sleep") return "hatched top-1.5 h-3.75 small:top-0 small:h-2.5";
  if (exchange)
    return cn("top-2 h-2.75 small:top-0.5 small:h-2", TONE_CLASSES[exchangeLook(exchange, followed).tone].bar);
  if (!bare) return "top-2.5 h-1.75 bg-border-strong small:top-1 small:h-1.5";
  const tone = attempt ? attemptLook(attempt.status, followed).tone : "pending";
  return cn("top-2 h-2.75 small:top-0.5 small:h-2", TONE_CLASSES[tone].bar);
}

function RowBar({ row, bare, selected }: { row: TimelineRow; bare: boolean; selected: boolean }) {
  const { left, width } = row;
  const beside =
    row.labelSide === "right" ? { left: `calc(${left + width}% + 6px)` } : { right: `calc(${100 - left}% + 6px)` };
  return (
    <span className="relative mr-3.5 h-6.75 small:mr-3 small:ml-8.25 small:block small:h-4">
      <i
        data-slot="bar"
        className={cn("absolute min-w-0.75 rounded-[3px]", barClass(row, bare))}
        style={{ left: `${left}%`, width: `${width}%` }}
      />
      <span
        className={cn(
          "absolute top-1.5 px-0.5 text-2xs leading-4 whitespace-nowrap text-muted-foreground tabular-nums small:hidden",
          !selected && "bg-card",
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
  const duration = formatDuration(row.durationMs, locale);
  if (!row.exchange) return duration;
  const { status } = row.exchange;
  return status === null ? t("exchanges.noAnswerIn", { duration }) : t("exchanges.statusIn", { status, duration });
}
