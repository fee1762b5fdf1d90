"use client";

import { parseAsString, useQueryState } from "nuqs";
import { lazy, Suspense } from "react";
import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import type { ExchangeRecord } from "../../../contract/index.ts";
import { exchangeLook, exchangePath } from "../../parts/exchange/exchange-look.ts";
import { MethodVerb } from "../../parts/exchange/method-verb.tsx";
import { TONE_CLASSES } from "../../parts/status/tone-classes.ts";
import { formatDuration } from "../../parts/time/format-duration.ts";

const Detail = lazy(async () => ({
  default: (await import("../../parts/exchange/exchange-detail.tsx")).ExchangeDetailView,
}));

interface RunExchangesProps {
  /** In the order they were made. */
  readonly exchanges: readonly ExchangeRecord[];
  /** How many attempts there were; what failed before the last was tried again. */
  readonly attempts: number;
}

/** Every outbound call of the run; one of them open. */
export function RunExchanges({ exchanges, attempts }: RunExchangesProps) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const [openId, setOpen] = useQueryState("exchange", parseAsString);
  if (exchanges.length === 0) return <p className="px-3 py-3 text-xs text-muted-foreground">{t("exchanges.none")}</p>;
  return (
    <ol>
      {exchanges.map((exchange) => {
        const open = exchange.id === openId;
        const tone = exchangeLook(exchange, exchange.attempt < attempts).tone;
        return (
          <li key={exchange.id} className="border-b last:border-b-0">
            <button
              type="button"
              aria-expanded={open}
              onClick={() => void setOpen(open ? null : exchange.id)}
              className="grid h-8 w-full grid-cols-[12px_44px_minmax(0,1fr)_64px_64px] items-center gap-2.5 px-3 text-left text-xs focus-inset hover:bg-muted small:h-10"
            >
              <Icon name="chevron-right" className={cn("size-3 text-faint-foreground", open && "rotate-90")} />
              <MethodVerb method={exchange.method} />
              <span className="truncate font-mono" title={exchange.url}>
                {exchangePath(exchange.url)} <span className="font-sans text-faint-foreground">{exchange.plug}</span>
              </span>
              <span className={cn("text-right font-mono", TONE_CLASSES[tone].text)}>
                {exchange.status ?? t("exchanges.noAnswer")}
              </span>
              <span className="text-right text-muted-foreground tabular-nums">
                {formatDuration(exchange.durationMs, locale)}
              </span>
            </button>
            {open && (
              <Suspense>
                <Detail id={exchange.id} />
              </Suspense>
            )}
          </li>
        );
      })}
    </ol>
  );
}
