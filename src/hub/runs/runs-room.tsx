"use client";

import { parseAsArrayOf, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { lazy, Suspense, useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Icon } from "../../components/ui/icon.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { useOverview } from "../data/use-overview.ts";
import { useJobs } from "../jobs/use-jobs.ts";
import { FacetRail } from "../parts/filters/facet-rail.tsx";
import { FilterBar } from "../parts/filters/filter-bar.tsx";
import { SearchInput } from "../parts/filters/search-input.tsx";
import { useSelection } from "../parts/table/use-selection.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { ColumnsMenu } from "./columns-menu.tsx";
import { matchingRuns } from "./facet-count.ts";
import { useRunFacets } from "./histogram/use-run-histogram.ts";
import { RUN_COLUMNS, shownColumns, toggleColumn } from "./run-column-choice.ts";
import { RUN_FILTERS } from "./run-filters.ts";
import { RunList } from "./run-list.tsx";
import { useRunFields } from "./use-run-fields.tsx";
import { useRunList } from "./use-run-list.ts";

const RunHistogram = lazy(async () => ({
  default: (await import("./histogram/run-histogram.tsx")).RunHistogram,
}));
const JobStrip = lazy(() => import("../jobs/job-strip.tsx"));
const RunSelection = lazy(() => import("./run-selection.tsx"));

const DENSITIES = ["compact", "comfortable"] as const;

/** Find the executions that matter. */
export default function RunsRoom() {
  const t = useTranslations("runs");
  const locale = useLocale();
  const [filters, setFilters] = useQueryStates(RUN_FILTERS, { history: "push" });
  const [density, setDensity] = useQueryState("density", parseAsStringLiteral(DENSITIES).withDefault("compact"));
  const list = useRunList(filters);
  const facets = useRunFacets(filters);
  const fields = useRunFields(filters, setFilters, facets);
  const [chosen, setChosen] = useQueryState("columns", parseAsArrayOf(parseAsStringLiteral(RUN_COLUMNS)));
  const columns = useMemo(() => shownColumns(chosen), [chosen]);
  const selection = useSelection(JSON.stringify(filters), list.rows);
  const { jobs, add, putAway } = useJobs(["runs.retry", "runs.cancel"]);
  const counts = useOverview().data?.counts;
  const kept = counts && new Intl.NumberFormat(locale).format(counts.runsKept);
  return (
    <PageFrame flush title={t("title")} meta={kept && t(counts.estimated ? "keptAbout" : "kept", { count: kept })}>
      <div
        data-scroll=""
        className="flex min-w-0 flex-1 flex-col gap-3 px-gutter pt-4 small:scroll-quiet small:overflow-y-auto small:pt-3 small:pb-4"
      >
        <FilterBar
          search={
            <SearchInput
              value={filters.q}
              onChange={(q) => void setFilters({ q })}
              label={t("search")}
              placeholder={t("searchPlaceholder")}
              className="w-62 shrink-0"
            />
          }
          fields={fields.bar}
          onClear={() => void setFilters(null)}
        >
          <ColumnsMenu shown={columns} onToggle={(column) => void setChosen(toggleColumn(columns, column))} />
          <Segmented
            value={density}
            onValueChange={(next) => void setDensity(next)}
            options={DENSITIES}
            label={t("density.label")}
            className="small:hidden"
          >
            {(option) => (
              <span title={t(`density.${option}`)}>
                <Icon name={option === "compact" ? "rows-compact" : "rows-comfortable"} className="size-3.5" />
                <span className="sr-only">{t(`density.${option}`)}</span>
              </span>
            )}
          </Segmented>
        </FilterBar>
        {jobs.length > 0 && (
          <Suspense>
            <JobStrip jobs={jobs} onAway={putAway} />
          </Suspense>
        )}
        {/* Its height is kept free, so that nothing moves when it comes. */}
        <Suspense fallback={<div className="h-37 shrink-0 rounded-md border small:hidden" />}>
          <RunHistogram filters={filters} setFilters={setFilters} />
        </Suspense>
        <div className="grid min-h-0 flex-1 grid-cols-[168px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] gap-4 max-md:grid-cols-1 small:block small:flex-none">
          <FacetRail fields={fields.rail} label={t("facets")} />
          <div className="flex min-h-0 min-w-0 flex-col pb-6 small:pb-0">
            <RunList
              list={list}
              filters={filters}
              setFilters={setFilters}
              rowHeight={density === "compact" ? 32 : 44}
              columns={columns}
              selection={selection}
            />
          </div>
        </div>
        {!selection.empty && (
          <Suspense>
            <RunSelection
              selection={selection}
              rows={list.rows}
              filters={filters}
              matching={matchingRuns(facets?.status, filters.status)}
              onStarted={add}
            />
          </Suspense>
        )}
      </div>
    </PageFrame>
  );
}
