"use client";

import { parseAsString, useQueryState } from "nuqs";
import { lazy, Suspense, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Segmented } from "../../../components/ui/segmented.tsx";
import type { ExchangeRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { exchangeLook, exchangePath } from "../../parts/exchange/exchange-look.ts";
import { MethodVerb } from "../../parts/exchange/method-verb.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { TONE_CLASSES } from "../../parts/status/tone-classes.ts";
import { useStillNow } from "../../parts/time/clock.ts";
import { formatDuration } from "../../parts/time/format-duration.ts";
import { formatRowTime } from "../../parts/time/format-time.ts";

const ExchangeSheet = lazy(async () => ({ default: (await import("./exchange-sheet.tsx")).ExchangeSheet }));

/** The latest calls this plug made, all or those that failed; each opens with what was sent and what came back. */
export function CallsCard({ plug, tenant }: { plug: string; tenant: string }) {
  const t = useTranslations("plugs");
  const [limit, setLimit] = useState(8);
  const [show, setShow] = useState<"all" | "onlyFailed">("all");
  const [open, setOpen] = useQueryState("exchange", parseAsString.withOptions({ history: "push" }));
  const status = show === "onlyFailed" ? { status: "failed" } : {};
  const { data, error, refetch } = useApi(
    "listExchanges",
    { query: { plug, tenant, limit, ...status } },
    { keepPrevious: true },
  );
  const at = data?.items.findIndex(({ id }) => id === open) ?? -1;
  const neighbour = (index: number) => {
    const id = at < 0 ? undefined : data?.items[index]?.id;
    return id === undefined ? undefined : () => void setOpen(id, { history: "replace" });
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex-1">{t("calls.title")}</CardTitle>
        <Segmented value={show} onValueChange={setShow} options={["all", "onlyFailed"]} label={t("calls.show")}>
          {(option) => t(`calls.${option}`)}
        </Segmented>
      </CardHeader>
      {error && <ErrorState title={t("calls.failed")} error={error} onRetry={() => void refetch()} className="m-3" />}
      {data && data.items.length === 0 && (
        <p className="px-3 py-3 text-xs text-muted-foreground">
          {t(show === "all" ? "calls.none" : "calls.noneFailed")}
        </p>
      )}
      {data && data.items.length > 0 && (
        <ul className="py-1">
          {data.items.map((exchange) => (
            <li key={exchange.id}>
              <Call exchange={exchange} open={exchange.id === open} onOpen={() => void setOpen(exchange.id)} />
            </li>
          ))}
        </ul>
      )}
      {data?.page.next && limit < 200 && (
        <Button variant="link" size="text" className="px-3 pb-2.5" onClick={() => setLimit(Math.min(200, limit + 50))}>
          {t("calls.more")}
        </Button>
      )}
      {open && (
        <Suspense>
          <ExchangeSheet
            id={open}
            onClose={() => void setOpen(null)}
            onPrevious={neighbour(at - 1)}
            onNext={neighbour(at + 1)}
          />
        </Suspense>
      )}
    </Card>
  );
}

interface CallProps {
  readonly exchange: ExchangeRecord;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function Call({ exchange, open, onOpen }: CallProps) {
  const t = useTranslations("plugs");
  const locale = useLocale();
  const now = useStillNow();
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded={open}
      onClick={onOpen}
      className={cn(
        "grid h-7 w-full grid-cols-[44px_minmax(0,1fr)_auto_56px_58px] items-center gap-2.5 px-3 text-left text-xs focus-inset hover:bg-muted small:h-10 small:grid-cols-[44px_minmax(0,1fr)_auto_56px]",
        open && "bg-accent",
      )}
    >
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
      <time
        dateTime={exchange.startedAt}
        title={exchange.startedAt}
        className="text-right text-faint-foreground tabular-nums small:hidden"
      >
        {formatRowTime(Date.parse(exchange.startedAt), now, locale)}
      </time>
    </button>
  );
}
