"use client";

import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import { lazy, Suspense, useMemo } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../../components/ui/icon.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { useApi } from "../data/use-api.ts";
import { useOverview } from "../data/use-overview.ts";
import { FilterBar } from "../parts/filters/filter-bar.tsx";
import { SearchInput } from "../parts/filters/search-input.tsx";
import { SheetSkeleton } from "../parts/sheet/sheet-skeleton.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { useSmallScreen } from "../parts/use-media.ts";
import { NoPlugs } from "../plugs/no-plugs.tsx";
import { useShortcut } from "../shell/keys/keys-provider.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { Figures } from "./figures.tsx";
import { groupByPlug } from "./graph/group-by-plug.ts";
import { matchNodes } from "./graph/match-nodes.ts";
import { Inspector } from "./inspector/inspector.tsx";
import { OverviewList } from "./overview-list.tsx";
import { OVERVIEW_STATE, VIEWS, windowOf } from "./overview-state.ts";
import { useOverviewFields } from "./use-overview-fields.ts";

const TopologyCanvas = lazy(() => import("./canvas/topology-canvas.tsx"));

/** How the whole behaves now: figures, then everything that is connected, as a picture or as a list. */
export default function OverviewRoom() {
  const t = useTranslations("overview");
  const tenant = useSearchParams()?.get("tenant") ?? undefined;
  const [state, setState] = useQueryStates(OVERVIEW_STATE, { history: "replace" });
  const small = useSmallScreen();
  const view = state.view ?? (small ? "list" : "canvas");
  const window = windowOf(state.window);
  const overview = useOverview();
  const topology = useApi("getTopology", { query: { tenant, window } }, { keepPrevious: true });
  const fields = useOverviewFields(state, setState);
  const opened = state.open.join();
  const graph = useMemo(
    () => topology.data && groupByPlug(topology.data, new Set(opened === "" ? [] : opened.split(","))),
    [topology.data, opened],
  );
  const matching = useMemo(() => (graph ? matchNodes(graph.nodes, state) : null), [graph, state]);
  const error = overview.error ?? topology.error;
  const select = (id: string | null) => {
    if (id?.startsWith("group:")) void setState({ open: [...state.open, id.slice("group:".length)] });
    else void setState({ node: id });
  };
  const show = (next: (typeof VIEWS)[number]) => void setState({ view: next });
  useShortcut({
    keys: "l",
    label: t("canvas.keys.list"),
    group: "canvas",
    run: () => show(view === "list" ? "canvas" : "list"),
  });
  const retry = () => void Promise.all([overview.refetch(), topology.refetch()]);
  const chosen = topology.data?.nodes.find(({ id }) => id === state.node);
  const empty = topology.data?.nodes.length === 0;
  return (
    <PageFrame flush title={t("title")}>
      <div className="flex min-w-0 flex-1 flex-col">
        <Figures overview={overview.data} failed={overview.isError} />
        <FilterBar
          className="border-b px-3 py-2 small:mx-0! small:border-b-0 small:pt-3! small:pb-2!"
          search={
            <SearchInput
              value={state.q}
              onChange={(q) => void setState({ q })}
              label={t("find")}
              placeholder={t("find")}
              className="w-47 shrink-0"
            />
          }
          fields={fields}
          onClear={() => void setState({ kind: null, health: null, window: null, q: null })}
        >
          <Segmented value={view} onValueChange={show} options={VIEWS} label={t("view.label")}>
            {(option) => (
              <>
                <Icon name={option === "canvas" ? "overview" : "rows-comfortable"} className="size-3.5" />
                {t(`view.${option}`)}
              </>
            )}
          </Segmented>
        </FilterBar>
        <div className="relative min-h-0 flex-1">
          {error && (
            <ErrorState
              title={t("failed")}
              error={error}
              staleSince={topology.data ? topology.dataUpdatedAt : 0}
              onRetry={retry}
              className="absolute inset-x-3 top-3 z-10 bg-card"
            />
          )}
          {!graph && !error && view === "list" && (
            <div className="px-gutter pt-3">
              <SheetSkeleton label={t("loading")} />
            </div>
          )}
          {empty && <NoPlugs className="m-3" />}
          {!graph && !error && view === "canvas" && <div className="absolute inset-0 bg-canvas" />}
          {graph && !empty && view === "list" && (
            <OverviewList nodes={topology.data?.nodes ?? []} matching={matching} onSelect={select} />
          )}
          {graph && !empty && view === "canvas" && (
            <section aria-label={t("canvas.label")} className="absolute inset-0">
              <Suspense fallback={<div className="size-full bg-canvas" />}>
                <TopologyCanvas graph={graph} selected={state.node} matching={matching} onSelect={select} />
              </Suspense>
            </section>
          )}
        </div>
      </div>
      {chosen && topology.data && (
        <Inspector
          node={chosen}
          edges={topology.data.edges}
          nodes={topology.data.nodes}
          onSelect={select}
          onClose={() => select(null)}
        />
      )}
    </PageFrame>
  );
}
