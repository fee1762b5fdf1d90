"use client";

import { useLocale, useTranslations } from "use-intl";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { cn } from "../../../components/ui/cn.ts";
import type { PlugRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { Note } from "../../parts/note.tsx";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import { DELIVERY_LOOKS } from "../../parts/status/status-looks.ts";
import { formatCountdown } from "../../parts/time/format-duration.ts";
import { formatClock } from "../../parts/time/format-time.ts";

/** How much of its limits a connection uses now, and who waits. Nothing where the plug declares none. */
export function LimitsCard({ plug, tenant }: { plug: PlugRecord; tenant: string }) {
  const t = useTranslations("plugs");
  const locale = useLocale();
  const limits = useApi("listLimits", { query: { plug: plug.name, tenant } });
  const record = limits.data?.items[0];
  if (!record) return <FailedLine title={t("limits.failed")} of={limits} />;
  const { limit, used } = record;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("limits.title")}</CardTitle>
      </CardHeader>
      <div className="flex flex-col gap-2 p-3">
        {record.penalisedUntil && (
          <Note look={DELIVERY_LOOKS.failed} role="status">
            {t("limits.penalised", {
              plug: plug.label,
              time: formatClock(Date.parse(record.penalisedUntil), locale),
            })}
          </Note>
        )}
        {limit.calls !== null && limit.windowMs !== null && (
          <Use
            label={t("limits.calls", { window: formatCountdown(limit.windowMs) })}
            used={used.calls}
            total={limit.calls}
          />
        )}
        {limit.concurrency !== null && (
          <Use label={t("limits.concurrency")} used={used.concurrency} total={limit.concurrency} />
        )}
        {record.waiting > 0 && (
          <p className="text-xs text-st-retry-fg tabular-nums">{t("limits.waiting", { count: record.waiting })}</p>
        )}
      </div>
    </Card>
  );
}

/** Orange from 80 % on. */
function Use({ label, used, total }: { label: string; used: number; total: number }) {
  const t = useTranslations("plugs");
  const share = total > 0 ? Math.min(1, used / total) : 0;
  return (
    <div className="grid grid-cols-[128px_minmax(0,1fr)_auto] items-center gap-3 text-xs">
      <span className="text-muted-foreground">{label}</span>
      <span aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-accent">
        <span
          className={cn("block h-full rounded-full", share > 0.8 ? "bg-st-retry" : "bg-faint-foreground")}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className="tabular-nums">{t("limits.of", { used, total })}</span>
    </div>
  );
}
