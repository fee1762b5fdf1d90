"use client";

import { useLocale, useTranslations } from "use-intl";
import type { FlowRecord } from "../../../contract/index.ts";
import { IdChip } from "../../parts/id-chip.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { formatDuration } from "../../parts/time/format-duration.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";

const link = "truncate rounded-xs hover:text-primary-text hover:underline";

/** What the app says about a flow. */
export function FlowFacts({ flow }: { flow: FlowRecord }) {
  const t = useTranslations("flows");
  const locale = useLocale();
  return (
    <section>
      <h3 className="pb-1 text-sm font-semibold">{t("section.facts")}</h3>
      <KeyValues className="grid-cols-[96px_minmax(0,1fr)]">
        <KeyValue label={t("fact.id")}>
          <IdChip id={flow.id} />
        </KeyValue>
        <KeyValue label={t("fact.kind")}>{t(`kind.${flow.kind}`)}</KeyValue>
        <KeyValue label={t("fact.plug")}>
          <HubLink to={`/plugs/${flow.plug}`} className={link}>
            {flow.plug}
          </HubLink>
        </KeyValue>
        {flow.destination && (
          <KeyValue label={t("fact.destination")}>
            <HubLink to={`/plugs/${flow.destination}`} className={link}>
              {flow.destination}
            </HubLink>
          </KeyValue>
        )}
        {flow.resource && <KeyValue label={t("fact.resource")}>{flow.resource}</KeyValue>}
        <KeyValue label={t("fact.execution")}>{t(`execution.${flow.execution}`)}</KeyValue>
        <KeyValue label={t("fact.concurrency")}>{flow.concurrency ?? t("fact.noLimit")}</KeyValue>
        <KeyValue label={t("fact.duration")} className="tabular-nums">
          {formatDuration(flow.maxDurationMs, locale)}
        </KeyValue>
        <KeyValue label={t("fact.registered")}>
          <TimeText at={flow.createdAt} show="moment" className="tabular-nums" />
        </KeyValue>
      </KeyValues>
    </section>
  );
}
