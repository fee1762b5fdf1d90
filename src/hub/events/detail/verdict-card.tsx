"use client";

import { useLocale, useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import type { EventDetail } from "../../../contract/index.ts";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { formatDuration } from "../../parts/time/format-duration.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";

/** Was it genuine, by which proof, and was it the first of its kind? */
export function VerdictCard({ event }: { event: EventDetail }) {
  const t = useTranslations("events");
  const locale = useLocale();
  const { verification } = event;
  const { origin } = event;
  const signed = origin === "webhook";
  const lead = verification.signedAt ? Date.parse(event.receivedAt) - Date.parse(verification.signedAt) : 0;
  return (
    <Card className="px-3 pt-2.5 pb-2 text-xs">
      <div className="flex items-center gap-2 text-sm">
        <Icon
          name={verification.ok || !signed ? "shield" : "shield-x"}
          className={cn(signed ? (verification.ok ? "text-st-succeeded" : "text-st-failed") : "text-faint-foreground")}
        />
        <h3 className="flex-1 font-semibold">
          {origin === "webhook"
            ? t(verification.ok ? "verdict.verified" : "verdict.unverified")
            : t(`verdict.${origin}`)}
        </h3>
        <span className="flex gap-1 text-xs text-muted-foreground tabular-nums">
          {t("verdict.received")} <TimeText at={event.receivedAt} show="moment" />
        </span>
      </div>
      <KeyValues className="pt-1.5 [&>*]:min-h-5.5">
        {signed && <KeyValue label={t("verdict.scheme")}>{verification.scheme}</KeyValue>}
        {verification.signedAt && (
          <KeyValue label={t("verdict.signedAt")}>
            <TimeText at={verification.signedAt} show="moment" className="tabular-nums" />
            <span className="text-faint-foreground">
              {t(lead < 0 ? "verdict.after" : "verdict.before", { time: formatDuration(Math.abs(lead), locale) })}
            </span>
          </KeyValue>
        )}
        {verification.secret !== undefined && verification.secret > 0 && (
          <KeyValue label={t("verdict.secret")}>
            {t("verdict.secretNumber", { number: verification.secret + 1 })}
          </KeyValue>
        )}
        <KeyValue label={t("verdict.dedupeKey")}>
          <span className="truncate font-mono" title={event.dedupeKey}>
            {event.dedupeKey}
          </span>
          <span className="shrink-0 text-faint-foreground">{t("verdict.duplicates", { count: event.duplicates })}</span>
        </KeyValue>
        {event.causationId && (
          <KeyValue label={t("verdict.cause")}>
            <HubLink to={`/open/${event.causationId}`} className="truncate font-mono text-primary-text hover:underline">
              {event.causationId}
            </HubLink>
          </KeyValue>
        )}
      </KeyValues>
    </Card>
  );
}
