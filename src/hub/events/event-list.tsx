"use client";

import { lazy, Suspense, useMemo } from "react";
import { useTranslations } from "use-intl";
import type { EventRecord } from "../../contract/index.ts";
import { morePages, retryPages } from "../data/list-pages.ts";
import { useJobs } from "../jobs/use-jobs.ts";
import { FilterBar } from "../parts/filters/filter-bar.tsx";
import { SearchInput } from "../parts/filters/search-input.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { DataTable } from "../parts/table/data-table.tsx";
import { TableSkeleton } from "../parts/table/table-skeleton.tsx";
import { useSelection } from "../parts/table/use-selection.ts";
import { useShortcut } from "../shell/keys/keys-provider.tsx";
import { EVENT_WIDTHS, useEventColumns } from "./event-columns.tsx";
import type { EventFilters } from "./event-filters.ts";
import { EventsEmpty } from "./events-empty.tsx";
import { TailControl } from "./tail-control.tsx";
import { useEventFields } from "./use-event-fields.tsx";
import type { EventListState } from "./use-event-list.ts";

const JobStrip = lazy(() => import("../jobs/job-strip.tsx"));
const EventSelection = lazy(() => import("./event-selection.tsx"));

interface EventListProps {
  readonly filters: EventFilters;
  readonly setFilters: (change: Partial<EventFilters> | null) => unknown;
  readonly list: EventListState;
  readonly openId: string | null;
  readonly onOpen: (event: EventRecord) => void;
}

export function EventList({ filters, setFilters, list, openId, onOpen }: EventListProps) {
  const t = useTranslations("events");
  const columns = useEventColumns();
  const { rows, query } = list;
  const types = useMemo(() => [...new Set(rows.map(({ type }) => type))].toSorted(), [rows]);
  const fields = useEventFields(filters, setFilters, types);
  const selection = useSelection(JSON.stringify(filters), rows);
  const { jobs, add, putAway } = useJobs(["events.replay"]);
  useShortcut({ keys: ".", label: t("keys.showNew"), group: "list", run: list.show });
  return (
    <>
      <FilterBar
        className="py-2.5 small:flex-wrap small:py-2.5"
        search={
          <SearchInput
            value={filters.q}
            onChange={(q) => void setFilters({ q })}
            label={t("search")}
            placeholder={t("searchPlaceholder")}
            className="w-50 min-w-36 small:w-full"
          />
        }
        fields={fields}
        onClear={() => void setFilters(null)}
      >
        <TailControl list={list} />
      </FilterBar>
      {jobs.length > 0 && (
        <Suspense>
          <div className="pb-2.5">
            <JobStrip jobs={jobs} onAway={putAway} />
          </div>
        </Suspense>
      )}
      {query.error && (
        <ErrorState
          title={t("failed")}
          error={query.error}
          staleSince={query.dataUpdatedAt}
          onRetry={() => retryPages(query)}
          className="mb-3"
        />
      )}
      {query.isPending && !query.error && (
        <TableSkeleton
          label={t("loading")}
          rowHeight={32}
          widths={[EVENT_WIDTHS.received, 0, EVENT_WIDTHS.tenant, EVENT_WIDTHS.deliveries, EVENT_WIDTHS.size]}
        />
      )}
      {query.data && rows.length === 0 && <EventsEmpty filters={filters} setFilters={setFilters} />}
      {rows.length > 0 && (
        <DataTable
          label={t("title")}
          className="min-h-0 small:shrink-0 sm:mb-4"
          columns={columns}
          rows={rows}
          rowHeight={32}
          openId={openId}
          onOpen={onOpen}
          selection={selection}
          fresh={list.fresh}
          waiting={{
            count: list.waiting,
            text: t("waiting", { count: list.waiting, more: String(list.waitingMore) }),
            show: list.show,
          }}
          onReading={list.setReading}
          more={morePages(query)}
        />
      )}
      {!selection.empty && (
        <Suspense>
          <EventSelection selection={selection} filters={filters} onStarted={add} />
        </Suspense>
      )}
    </>
  );
}
