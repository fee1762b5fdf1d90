"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useLocale, useTranslations } from "use-intl";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import type { ExchangeRecord, RunDetail } from "../../../contract/index.ts";
import { useNow } from "../../parts/time/clock.ts";
import { formatDuration } from "../../parts/time/format-duration.ts";
import { layoutTimeline } from "./timeline-layout.ts";
import { TimelineRowView } from "./timeline-row-view.tsx";

const SCALES = ["folded", "true"] as const;

interface TimelineProps {
  readonly run: RunDetail;
  readonly exchanges: readonly ExchangeRecord[];
  readonly attempt: number | null;
  readonly onAttempt: (attempt: number | null) => void;
  readonly exchange: string | null;
  readonly onExchange: (id: string | null) => void;
}

/** What was tried, when, against whom, and how long it slept in between. The selected row fills the tab below. */
export function Timeline({ run, exchanges, attempt, onAttempt, exchange, onExchange }: TimelineProps) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const now = useNow();
  const [scale, setScale] = useQueryState("scale", parseAsStringLiteral(SCALES).withDefault("folded"));
  const { rows, ticks } = layoutTimeline({
    attempts: run.attemptLog,
    exchanges,
    nextAttemptAt: run.nextAttemptAt,
    nowMs: now,
    fold: scale === "folded",
  });
  const sleeps = rows.filter(({ kind }) => kind === "sleep").length;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("timeline.title")}</CardTitle>
        <span className="flex-1 text-xs text-muted-foreground tabular-nums">
          {t("timeline.summary", {
            attempts: run.attemptLog.length,
            exchanges: exchanges.length,
            sleeps,
            folded: scale,
          })}
        </span>
        {sleeps > 0 && (
          <Segmented
            value={scale}
            onValueChange={(next) => void setScale(next)}
            options={SCALES}
            label={t("timeline.scale")}
            className="small:hidden"
          >
            {(option) => t(`timeline.${option}`)}
          </Segmented>
        )}
      </CardHeader>
      {rows.length === 0 ? (
        <p className="px-3 py-3 text-xs text-muted-foreground">{t("timeline.nothing")}</p>
      ) : (
        <>
          <div
            aria-hidden="true"
            className="grid h-6 grid-cols-[300px_minmax(0,1fr)] border-b text-2xs text-faint-foreground tabular-nums small:hidden"
          >
            <span />
            <div className="relative mr-3.5">
              {ticks.map((tick) => (
                <span
                  key={tick.left}
                  className="absolute top-1 pl-1 whitespace-nowrap"
                  style={{ left: `${tick.left}%` }}
                >
                  {tick.kind === "start" && tick.offsetMs > 0 && "+"}
                  {formatDuration(tick.offsetMs, locale)}
                </span>
              ))}
            </div>
          </div>
          <ol className="relative py-1">
            <li aria-hidden="true" className="absolute inset-y-0 right-3.5 left-[300px] small:hidden">
              {ticks
                .filter(({ left }) => left > 0)
                .map((tick) => (
                  <i key={tick.left} className="absolute inset-y-0 w-px bg-border" style={{ left: `${tick.left}%` }} />
                ))}
            </li>
            {rows.map((row) => (
              <TimelineRowView
                key={row.id}
                row={row}
                bare={exchanges.length === 0}
                selected={
                  row.exchange ? row.exchange.id === exchange : row.attempt !== null && row.attempt.no === attempt
                }
                onPress={
                  row.exchange
                    ? () => onExchange(row.exchange?.id === exchange ? null : (row.exchange?.id ?? null))
                    : row.attempt
                      ? () => onAttempt(row.attempt?.no === attempt ? null : (row.attempt?.no ?? null))
                      : null
                }
              />
            ))}
          </ol>
        </>
      )}
    </Card>
  );
}
