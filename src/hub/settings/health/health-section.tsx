"use client";

import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "use-intl";
import type { BreakerState } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { useOverview } from "../../data/use-overview.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Dot, type DotTone } from "../../parts/dot.tsx";
import { formatBytes } from "../../parts/format-number.ts";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { formatCountdown } from "../../parts/time/format-duration.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { SettingsCard } from "../settings-card.tsx";
import { ProcessesCard } from "./processes-card.tsx";

const TONES: Record<BreakerState, DotTone> = { closed: "ok", open: "bad", half_open: "running" };
const row = "flex min-h-9 items-center gap-2.5 border-b px-3 text-xs last:border-b-0";
const link = "rounded-xs hover:text-primary-text hover:underline";

/** What the house runs on, and who it cannot reach. */
export default function HealthSection() {
  const t = useTranslations("settings");
  const parts = useTranslations("parts");
  const locale = useLocale();
  const tenant = useSearchParams()?.get("tenant") ?? undefined;
  const { data, error, refetch } = useOverview();
  const breakers = useApi("listBreakers", { query: { tenant } });
  const limits = useApi("listLimits", { query: { tenant } });
  const number = new Intl.NumberFormat(locale);
  return (
    <>
      <ProcessesCard />
      <SettingsCard
        title={t("health.facts")}
        loading={!data}
        error={error ? { title: t("health.failed"), error, retry: () => void refetch() } : null}
      >
        {data && (
          <KeyValues className="grid-cols-[128px_minmax(0,1fr)] px-3 py-2">
            <KeyValue label={t("health.dead")} className="tabular-nums">
              <HubLink to="/events/dead" className={link}>
                {number.format(data.counts.deadLetters)}
              </HubLink>
            </KeyValue>
            <KeyValue label={t("health.database")} className="tabular-nums">
              {t("health.postgres", {
                version: data.system.postgres,
                size: formatBytes(data.system.databaseBytes, locale),
              })}
            </KeyValue>
            <KeyValue label={t("health.webhooks")}>
              <span className="truncate font-mono text-xs">{data.system.webhookUrl}</span>
              <CopyButton text={data.system.webhookUrl} label={parts("copyValue")} />
            </KeyValue>
            <KeyValue label={t("health.debug")}>{t(data.system.debug ? "health.on" : "health.off")}</KeyValue>
          </KeyValues>
        )}
      </SettingsCard>
      <SettingsCard
        title={t("health.breakers")}
        loading={breakers.isPending}
        error={
          breakers.error
            ? { title: t("health.breakersFailed"), error: breakers.error, retry: () => void breakers.refetch() }
            : null
        }
        empty={breakers.data?.items.length === 0 ? t("health.breakersNone") : undefined}
      >
        <ul>
          {breakers.data?.items.map((breaker) => (
            <li key={`${breaker.plug} ${breaker.tenant}`} className={row}>
              <PlugTile name={breaker.plug} />
              <HubLink to={`/plugs/${breaker.plug}?tenant=${breaker.tenant}`} className={link}>
                {breaker.plug}
              </HubLink>
              <span className="text-muted-foreground">{breaker.tenant}</span>
              <span className="min-w-0 flex-1 truncate text-muted-foreground">{breaker.reason}</span>
              <span className="text-muted-foreground tabular-nums">
                {t("health.waiting", { count: breaker.waiting })}
              </span>
              <Dot tone={TONES[breaker.state]} />
              {t(`health.state.${breaker.state}`)}
            </li>
          ))}
        </ul>
      </SettingsCard>
      <SettingsCard
        title={t("health.limits")}
        loading={limits.isPending}
        error={
          limits.error
            ? { title: t("health.limitsFailed"), error: limits.error, retry: () => void limits.refetch() }
            : null
        }
        empty={limits.data?.items.length === 0 ? t("health.limitsNone") : undefined}
      >
        <ul>
          {limits.data?.items.map(({ plug, limit, used, waiting }) => (
            <li key={plug} className={row}>
              <PlugTile name={plug} />
              <HubLink to={`/plugs/${plug}`} className={`${link} flex-1`}>
                {plug}
              </HubLink>
              <span className="flex flex-wrap justify-end gap-x-4 text-muted-foreground tabular-nums">
                {waiting > 0 && <span>{t("health.waiting", { count: waiting })}</span>}
                {limit.calls !== null && limit.windowMs !== null && (
                  <span>
                    {t("health.calls", {
                      used: used.calls,
                      total: limit.calls,
                      window: formatCountdown(limit.windowMs),
                    })}
                  </span>
                )}
                {limit.concurrency !== null && (
                  <span>{t("health.places", { used: used.concurrency, total: limit.concurrency })}</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      </SettingsCard>
    </>
  );
}
