"use client";

import { useLocale, useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import { useApi } from "../../data/use-api.ts";
import { useLiveFigures } from "../../data/use-live-figures.ts";
import { Dot } from "../../parts/dot.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { SettingsCard } from "../settings-card.tsx";

const link = "rounded-xs hover:text-primary-text hover:underline";

/** Who does the work, and what waits for it. Read again when processes come and go, or work moves. */
export function ProcessesCard() {
  const t = useTranslations("settings");
  const number = new Intl.NumberFormat(useLocale());
  const { data, error, refetch } = useApi("listProcesses", {});
  useLiveFigures(["deliveries", "runs", "jobs"], () => void refetch());
  const queue = data?.queue;
  return (
    <SettingsCard
      title={t("health.house")}
      loading={!data}
      error={error ? { title: t("health.failed"), error, retry: () => void refetch() } : null}
      empty={data?.items.length === 0 ? t("health.processesNone") : undefined}
    >
      <ul aria-label={t("health.processes")}>
        {data?.items.map((process) => (
          <li
            key={process.id}
            className="flex min-h-9 flex-wrap items-center gap-x-2.5 gap-y-0.5 border-b px-3 py-1 text-xs tabular-nums"
          >
            <Dot tone={process.alive ? "ok" : "bad"} />
            <span className="font-medium">{process.host}</span>
            <span className="text-muted-foreground">{t("health.pid", { pid: String(process.pid) })}</span>
            <Tag>{t(`health.role.${roleOf(process.role)}`)}</Tag>
            {process.self && <Tag variant="line">{t("health.self")}</Tag>}
            <span className="flex-1" />
            <span className="text-muted-foreground">
              {t("health.since")} <TimeText at={process.startedAt} show="moment" />
            </span>
            <span className="text-muted-foreground">
              {process.alive ? t("health.version", { version: process.version }) : t("health.silent")}
            </span>
          </li>
        ))}
      </ul>
      {queue && (
        <KeyValues className="grid-cols-[128px_minmax(0,1fr)] px-3 py-2 tabular-nums">
          <KeyValue label={t("health.queue")}>
            {t("health.queueCount", { count: queue.due })}
            {queue.oldestDueAt && (
              <span className="text-muted-foreground">
                {t("health.oldest")} <TimeText at={queue.oldestDueAt} show="moment" />
              </span>
            )}
          </KeyValue>
          <KeyValue label={t("health.running")}>
            <HubLink to="/runs?status=pending,running" className={link}>
              {t("health.runningCount", {
                deliveries: number.format(queue.running),
                flows: number.format(queue.flowsRunning),
              })}
            </HubLink>
          </KeyValue>
          <KeyValue label={t("health.retrying")}>{number.format(queue.retrying)}</KeyValue>
          <KeyValue label={t("health.held")}>{number.format(queue.held)}</KeyValue>
          <KeyValue label={t("health.jobs")}>{number.format(queue.jobsRunning)}</KeyValue>
        </KeyValues>
      )}
    </SettingsCard>
  );
}

const roleOf = (role: string): "all" | "web" | "worker" => (role === "web" || role === "worker" ? role : "all");
