"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "use-intl";
import { useApi } from "../data/use-api.ts";
import { useOverview } from "../data/use-overview.ts";
import { SheetSkeleton } from "../parts/sheet/sheet-skeleton.tsx";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { Figures } from "./figures.tsx";
import { overviewGroups } from "./overview-groups.ts";
import { OverviewList } from "./overview-list.tsx";

/** How the whole behaves now: figures, then what needs a person, then everything else. */
export default function OverviewRoom() {
  const t = useTranslations("overview");
  const tenant = useSearchParams()?.get("tenant") ?? undefined;
  const overview = useOverview();
  const plugs = useApi("listPlugs", { query: { tenant } }, { keepPrevious: true });
  const handlers = useApi("listHandlers", { query: {} });
  const error = overview.error ?? plugs.error ?? handlers.error;
  const groups = plugs.data && handlers.data && overviewGroups(plugs.data.items, handlers.data.items);
  const retry = () => void Promise.all([overview.refetch(), plugs.refetch(), handlers.refetch()]);
  return (
    <PageFrame title={t("title")} className="px-0 pt-0 small:pt-0">
      <Figures overview={overview.data} />
      <div className="mx-auto flex max-w-430 flex-col gap-4 px-gutter pt-4">
        {error && <ErrorState title={t("failed")} error={error} onRetry={retry} />}
        {!groups && !error && <SheetSkeleton label={t("loading")} />}
        {groups && groups.attention.length + groups.quiet.length === 0 && (
          <EmptyState title={t("nothing")} text={t("nothingText")} />
        )}
        {groups && <OverviewList title={t("attention", { count: groups.attention.length })} items={groups.attention} />}
        {groups && <OverviewList title={t("quiet", { count: groups.quiet.length })} items={groups.quiet} />}
      </div>
    </PageFrame>
  );
}
