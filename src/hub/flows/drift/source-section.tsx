"use client";

import { useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import type { FlowRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { DriftLines } from "./drift-lines.tsx";

/** What the flow's source gives, as far as it was seen, and how that changed. Not there before anything was read. */
export function SourceSection({ flow, tenant }: { flow: FlowRecord; tenant: string }) {
  const t = useTranslations("flows.drift");
  const drift = useApi("getFlowDrift", { params: { id: flow.id }, query: { tenant } });
  const { data } = drift;
  if (!data || data.version === 0) return <FailedLine title={t("failed")} of={drift} />;
  const fields = Object.entries(data.shape).toSorted(([a], [b]) => a.localeCompare(b));
  return (
    <section className="@container">
      <header className="flex items-center gap-2 pb-1">
        <h3 className="text-sm font-semibold">{t("source")}</h3>
        <span className="flex-1" />
        <span className="text-xs text-muted-foreground tabular-nums">
          {t("seen", { version: data.version, records: data.records })}
        </span>
      </header>
      <details>
        <summary className="cursor-pointer rounded-xs text-xs text-primary-text hover:underline">
          {t("fields", { count: fields.length })}
        </summary>
        <ul className="pt-1 text-xs">
          {fields.map(([field, { types, always }]) => (
            <li key={field} className="flex min-h-6 items-center gap-2">
              <code className="min-w-0 flex-1 truncate" title={field}>
                {field}
              </code>
              {!always && <span className="text-faint-foreground">{t("sometimes")}</span>}
              <code className="text-muted-foreground">{types.join(" | ")}</code>
            </li>
          ))}
        </ul>
      </details>
      {data.drifts.map((drift) => (
        <details key={drift.id} className="border-t first-of-type:border-t-0" open={drift.status === "open"}>
          <summary className="flex min-h-7 cursor-pointer items-center gap-2 rounded-xs text-xs">
            <Tag variant={drift.status === "open" ? "amber" : "soft"}>{t(`status.${drift.status}`)}</Tag>
            <span className="min-w-0 flex-1 truncate">{t("changed", { count: drift.changes.length })}</span>
            <TimeText at={drift.createdAt} className="text-muted-foreground tabular-nums" />
          </summary>
          <div className="overflow-hidden rounded-sm border">
            <DriftLines changes={drift.changes} />
          </div>
          {drift.decidedBy && drift.decidedAt && (
            <p className="py-1 text-xs text-muted-foreground">
              {t("acceptedBy", { name: drift.decidedBy })} <TimeText at={drift.decidedAt} show="moment" />
            </p>
          )}
        </details>
      ))}
    </section>
  );
}
