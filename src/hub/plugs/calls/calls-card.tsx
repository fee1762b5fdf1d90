"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { cn } from "../../../components/ui/cn.ts";
import type { ExchangeRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { exchangeLook, exchangePath } from "../../parts/exchange/exchange-look.ts";
import { MethodVerb } from "../../parts/exchange/method-verb.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { TONE_CLASSES } from "../../parts/status/tone-classes.ts";
import { formatDuration } from "../../parts/time/format-duration.ts";
import { HubLink } from "../../routing/hub-link.tsx";

/** The latest calls this plug made; each leads to the run it was made in. */
export function CallsCard({ plug, tenant }: { plug: string; tenant: string }) {
  const t = useTranslations("plugs");
  const [limit, setLimit] = useState(6);
  const { data, error, refetch } = useApi("listExchanges", { query: { plug, tenant, limit } }, { keepPrevious: true });
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex-1">{t("calls.title")}</CardTitle>
        {data?.page.next && limit < 200 && (
          <Button variant="link" size="text" onClick={() => setLimit(Math.min(200, limit + 50))}>
            {t("calls.more")}
          </Button>
        )}
      </CardHeader>
      {error && <ErrorState title={t("calls.failed")} error={error} onRetry={() => void refetch()} className="m-3" />}
      {data && data.items.length === 0 && <p className="px-3 py-3 text-xs text-muted-foreground">{t("calls.none")}</p>}
      {data && data.items.length > 0 && (
        <ul className="py-1">
          {data.items.map((exchange) => (
            <Call key={exchange.id} exchange={exchange} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Call({ exchange }: { exchange: ExchangeRecord }) {
  const t = useTranslations("plugs");
  const locale = useLocale();
  const row = (
    <>
      <MethodVerb method={exchange.method} />
      <span className="truncate font-mono" title={exchange.url}>
        {exchangePath(exchange.url)}
      </span>
      <span className={cn("font-mono", TONE_CLASSES[exchangeLook(exchange, false).tone].text)}>
        {exchange.status ?? t("calls.noAnswer")}
      </span>
      <span className="text-right text-muted-foreground tabular-nums">
        {formatDuration(exchange.durationMs, locale)}
      </span>
    </>
  );
  const className = "grid h-7 grid-cols-[44px_minmax(0,1fr)_auto_60px] items-center gap-2.5 px-3 text-xs small:h-10";
  return (
    <li>
      {exchange.runId ? (
        <HubLink
          to={`/runs/${exchange.runId}?tab=exchanges&exchange=${exchange.id}`}
          className={cn(className, "focus-inset hover:bg-muted")}
        >
          {row}
        </HubLink>
      ) : (
        <div className={className}>{row}</div>
      )}
    </li>
  );
}
