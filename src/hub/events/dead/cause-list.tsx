"use client";

import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { useApi } from "../../data/use-api.ts";
import type { BulkAction } from "../../jobs/bulk-action.ts";
import type { useJobs } from "../../jobs/use-jobs.ts";
import { Note } from "../../parts/note.tsx";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { TableSkeleton } from "../../parts/table/table-skeleton.tsx";
import { useCauseColumns } from "./cause-columns.tsx";
import { type CauseRow, causeRows, redriveFilter } from "./cause-rows.ts";
import { CauseSmallRow } from "./cause-small-row.tsx";

const BulkDialog = lazy(() => import("../../jobs/bulk-dialog.tsx"));
const DryRunDialog = lazy(() => import("../../replay/dry-run-dialog.tsx"));

interface CauseListProps {
  readonly filter: { readonly plug: string | null; readonly handler: string | null; readonly tenant: string | null };
  readonly onOpen: (group: CauseRow) => void;
  readonly onStarted: ReturnType<typeof useJobs>["add"];
}

/** What failed for good, by handler and cause: mend it once, then retry them all. */
export function CauseList({ filter, onOpen, onStarted }: CauseListProps) {
  const t = useTranslations("events");
  const { plug, handler, tenant } = filter;
  const { data, error, isPending, refetch } = useApi(
    "listDeadLetters",
    { query: { plug: plug ?? undefined, handler: handler ?? undefined, tenant: tenant ?? undefined } },
    { keepPrevious: true },
  );
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const [tried, setTried] = useState<CauseRow | null>(null);
  const redrive = useCallback(
    (group: CauseRow) => setAsked({ name: "retryDeliveries", body: { filter: redriveFilter(group, tenant) } }),
    [tenant],
  );
  const columns = useCauseColumns(redrive, setTried);
  const rows = causeRows(data?.items ?? []);
  return (
    <>
      {error && <ErrorState title={t("dead.failed")} error={error} onRetry={() => void refetch()} className="mb-3" />}
      {isPending && !error && (
        <TableSkeleton label={t("loading")} rowHeight={52} widths={[0, 180, 80, 90, 220]} rows={6} />
      )}
      {data && rows.length === 0 && <EmptyState title={t("dead.none")} text={t("dead.noneText")} />}
      {data && !data.complete && (
        <Note look={RUN_LOOKS.partial} className="mb-3">
          {t("dead.moreCauses")}
        </Note>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t("dead.byCause")}
          className="min-h-0 small:shrink-0 sm:mb-4"
          columns={columns}
          rows={rows}
          rowHeight={52}
          smallRowHeight={104}
          renderSmall={(row) => <CauseSmallRow group={row} onRedrive={redrive} />}
          onOpen={onOpen}
          total={rows.length}
        />
      )}
      <Suspense>
        {asked && <BulkDialog action={asked} onClose={() => setAsked(null)} onStarted={onStarted} />}
        {tried && (
          <DryRunDialog
            of={{ kind: "delivery", id: tried.deliveryId }}
            onClose={() => setTried(null)}
            then={{
              label: t("dead.redrive", { count: tried.count, more: String(tried.more) }),
              pending: false,
              run: () => {
                redrive(tried);
                setTried(null);
              },
            }}
          />
        )}
      </Suspense>
    </>
  );
}
