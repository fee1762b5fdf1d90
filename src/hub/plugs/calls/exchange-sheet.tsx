"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Sheet, SheetContent, SheetTitle } from "../../../components/ui/sheet.tsx";
import { useApi } from "../../data/use-api.ts";
import { useMay } from "../../data/use-overview.ts";
import { ExchangeDetailView } from "../../parts/exchange/exchange-detail.tsx";
import { exchangeLook, exchangePath } from "../../parts/exchange/exchange-look.ts";
import { MethodVerb } from "../../parts/exchange/method-verb.tsx";
import { IdChip } from "../../parts/id-chip.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";

interface ExchangeSheetProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** One outbound call: what it was made for, what was sent and what came back. */
export function ExchangeSheet({ id, onClose, onPrevious, onNext }: ExchangeSheetProps) {
  const t = useTranslations("exchange");
  const parts = useTranslations("parts");
  const may = useMay("operator");
  const { data } = useApi("getExchange", { params: { id } }, { enabled: may });
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent aria-describedby={undefined}>
        <header className="flex shrink-0 items-center gap-2 border-b py-2.5 pr-3 pl-5 small:pr-1.5 small:pl-4">
          <div className="flex min-w-0 flex-1 flex-col gap-px">
            <SheetTitle className="flex min-w-0 items-center gap-2 font-mono text-md font-medium">
              {data ? <MethodVerb method={data.method} className="text-xs" /> : t("title")}
              <span className="truncate">{data && exchangePath(data.url)}</span>
            </SheetTitle>
            <IdChip id={id} />
          </div>
          <Button
            variant="ghost"
            size="icon"
            aria-label={parts("previous")}
            disabled={!onPrevious}
            onClick={onPrevious}
          >
            <Icon name="chevron-up" className="size-3.5" />
          </Button>
          <Button variant="ghost" size="icon" aria-label={parts("next")} disabled={!onNext} onClick={onNext}>
            <Icon name="chevron-down" className="size-3.5" />
          </Button>
          <Button variant="ghost" size="icon" aria-label={parts("close")} onClick={onClose}>
            <Icon name="x" className="size-3.5" />
          </Button>
        </header>
        <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto">
          {data && (
            <KeyValues className="px-5 py-3 small:px-4">
              <KeyValue
                label={<StatusBadge look={exchangeLook(data, false)}>{data.status ?? t("noAnswer")}</StatusBadge>}
              >
                <TimeText at={data.startedAt} show="moment" className="tabular-nums" />
              </KeyValue>
              <KeyValue label={t("source")}>
                {t(`sourceIs.${data.source}`)}
                {data.runId && (
                  <HubLink
                    to={`/runs/${data.runId}?tab=exchanges&exchange=${data.id}`}
                    className="font-medium text-primary-text hover:underline"
                  >
                    {t("openRun")}
                  </HubLink>
                )}
              </KeyValue>
              {data.endpoint && (
                <KeyValue label={t("endpoint")} className="font-mono text-xs">
                  {data.endpoint}
                </KeyValue>
              )}
              <KeyValue label={t("tenant")}>{data.tenant}</KeyValue>
            </KeyValues>
          )}
          <ExchangeDetailView id={id} />
        </div>
      </SheetContent>
    </Sheet>
  );
}
