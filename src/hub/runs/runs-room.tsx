"use client";

import { parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useLocale, useTranslations } from "use-intl";
import { Icon } from "../../components/ui/icon.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { useOverview } from "../data/use-overview.ts";
import { FacetRail } from "../parts/filters/facet-rail.tsx";
import { FilterBar } from "../parts/filters/filter-bar.tsx";
import { SearchInput } from "../parts/filters/search-input.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { RUN_FILTERS } from "./run-filters.ts";
import { RunList } from "./run-list.tsx";
import { useRunFields } from "./use-run-fields.tsx";
import { useRunList } from "./use-run-list.ts";

const DENSITIES = ["compact", "comfortable"] as const;

/** Find the executions that matter. */
export default function RunsRoom() {
  const t = useTranslations("runs");
  const locale = useLocale();
  const [filters, setFilters] = useQueryStates(RUN_FILTERS, { history: "push" });
  const [density, setDensity] = useQueryState("density", parseAsStringLiteral(DENSITIES).withDefault("compact"));
  const list = useRunList(filters);
  const fields = useRunFields(filters, setFilters);
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
        <div className="grid min-h-0 flex-1 grid-cols-[168px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] gap-4 max-md:grid-cols-1 small:block small:flex-none">
          <FacetRail fields={fields.rail} label={t("facets")} />
          <div className="flex min-h-0 min-w-0 flex-col pb-6 small:pb-0">
            <RunList
              list={list}
              filters={filters}
              setFilters={setFilters}
              rowHeight={density === "compact" ? 32 : 44}
            />
          </div>
        </div>
      </div>
    </PageFrame>
  );
}
