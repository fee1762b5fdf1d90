"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { DEFAULT_TENANT } from "../../contract/names.ts";
import { useApi } from "../data/use-api.ts";
import { useOverview } from "../data/use-overview.ts";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import type { RoomProps } from "../routing/room-props.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { CardsSkeleton } from "./cards/cards-skeleton.tsx";
import { limitShare } from "./cards/limit-share.ts";
import { PlugCard } from "./cards/plug-card.tsx";
import { useHourlyCalls } from "./cards/use-hourly-calls.ts";
import { NoPlugs } from "./no-plugs.tsx";
import { PlugPanel } from "./plug-panel.tsx";

/** Connections in order: cards on top, the chosen plug below. */
export default function PlugsRoom({ params }: RoomProps) {
  const t = useTranslations("plugs");
  const [tenant, setTenant] = useQueryState("tenant", parseAsString);
  const chosenTenant = tenant ?? DEFAULT_TENANT;
  const { data, error, refetch, dataUpdatedAt } = useApi(
    "listPlugs",
    { query: { tenant: chosenTenant } },
    { keepPrevious: true },
  );
  const limited = useApi("listLimits", { query: { tenant: chosenTenant } }, { keepPrevious: true }).data?.items ?? [];
  const limits = new Map(limited.map((record) => [record.plug, limitShare(record)]));
  const callsOf = useHourlyCalls(chosenTenant);
  const counts = useOverview().data?.counts;
  const plugs = data?.items ?? [];
  const name = params.plug ?? plugs[0]?.name;
  const plug = plugs.find((entry) => entry.name === name);
  return (
    <PageFrame title={t("title")} meta={counts && t("meta", { plugs: counts.plugs, connections: counts.connections })}>
      <div className="mx-auto max-w-430">
        {error && (
          <ErrorState
            title={t("failed")}
            error={error}
            staleSince={data ? dataUpdatedAt : 0}
            onRetry={() => void refetch()}
            className="mb-3"
          />
        )}
        {!data && !error && <CardsSkeleton label={t("loading")} />}
        {data && plugs.length === 0 && <NoPlugs />}
        {plugs.length > 0 && (
          <section
            aria-label={t("title")}
            className="grid grid-cols-[repeat(auto-fill,minmax(212px,1fr))] gap-3 small:no-scrollbar small:bleed-gutter small:flex small:overflow-x-auto small:px-gutter small:py-0.5"
          >
            {plugs.map((entry) => (
              <PlugCard
                key={entry.name}
                plug={entry}
                current={entry.name === name}
                limit={limits.get(entry.name) ?? null}
                calls={callsOf(entry.name)}
              />
            ))}
          </section>
        )}
        {plug && (
          <PlugPanel
            key={plug.name}
            plug={plug}
            tenant={chosenTenant}
            onTenant={(next) => void setTenant(next === DEFAULT_TENANT ? null : next, { history: "push" })}
          />
        )}
        {data && plugs.length > 0 && !plug && (
          <EmptyState title={t("unknown", { plug: name ?? "" })} text={t("unknownText")} className="mt-4" />
        )}
      </div>
    </PageFrame>
  );
}
