"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { ExchangeRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { exchangeLook, exchangePath } from "../../parts/exchange/exchange-look.ts";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { TONE_CLASSES } from "../../parts/status/tone-classes.ts";
import { useStillNow } from "../../parts/time/clock.ts";
import { formatRowTime } from "../../parts/time/format-time.ts";

interface HistoryListProps {
  readonly plug: string;
  readonly tenant: string;
  readonly current: string | null;
  readonly onOpen: (id: string) => void;
  readonly limit?: number;
}

/** What was sent from the debugger, newest first; one press brings a call back. */
export function HistoryList({ plug, tenant, current, onOpen, limit = 50 }: HistoryListProps) {
  const t = useTranslations("debugger");
  const { data, error, refetch } = useApi(
    "listExchanges",
    { query: { plug, tenant, source: "debugger", limit } },
    { keepPrevious: true },
  );
  if (error && !data) return <ErrorState title={t("history.failed")} error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  if (data.items.length === 0) return <p className="px-1.5 py-1 text-xs text-muted-foreground">{t("history.none")}</p>;
  return (
    <ol aria-label={t("history.title")}>
      {data.items.map((exchange) => (
        <li key={exchange.id}>
          <HistoryRow exchange={exchange} current={exchange.id === current} onOpen={onOpen} />
        </li>
      ))}
    </ol>
  );
}

function HistoryRow({
  exchange,
  current,
  onOpen,
}: {
  exchange: ExchangeRecord;
  current: boolean;
  onOpen: (id: string) => void;
}) {
  const t = useTranslations("debugger");
  const locale = useLocale();
  const now = useStillNow();
  const path = exchangePath(exchange.url);
  return (
    <button
      type="button"
      aria-current={current ? "true" : undefined}
      title={`${exchange.method} ${path}`}
      onClick={() => onOpen(exchange.id)}
      className={cn(
        "flex h-6.75 w-full items-center gap-2 rounded-sm px-1.5 text-left focus-inset hover:bg-accent small:h-10",
        current && "bg-primary-soft hover:bg-primary-soft",
      )}
    >
      <span
        className={cn(
          "w-10.5 shrink-0 font-mono text-2xs font-semibold",
          TONE_CLASSES[exchangeLook(exchange, false).tone].text,
        )}
      >
        {exchange.status ?? t("history.noAnswer")}
      </span>
      <span className="min-w-0 flex-1 truncate font-mono text-xs text-muted-foreground">{path}</span>
      <time
        dateTime={exchange.startedAt}
        title={exchange.startedAt}
        className="text-2xs text-faint-foreground tabular-nums"
      >
        {formatRowTime(Date.parse(exchange.startedAt), now, locale)}
      </time>
    </button>
  );
}
