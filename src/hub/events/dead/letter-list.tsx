"use client";

import { useTranslations } from "use-intl";
import type { DeliveryRecord } from "../../../contract/index.ts";
import { morePages, retryPages } from "../../data/list-pages.ts";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { DataTable } from "../../parts/table/data-table.tsx";
import { TableSkeleton } from "../../parts/table/table-skeleton.tsx";
import { useDeadColumns } from "./dead-columns.tsx";
import { DeadRow } from "./dead-row.tsx";
import type { useDeadList } from "./use-dead-list.ts";

interface LetterListProps {
  readonly list: ReturnType<typeof useDeadList>;
  readonly openId: string | null;
  readonly onOpen: (delivery: DeliveryRecord) => void;
}

/** Dead letters one by one, the newest first. */
export function LetterList({ list: { rows, query, waiting, show }, openId, onOpen }: LetterListProps) {
  const t = useTranslations("events");
  const columns = useDeadColumns();
  return (
    <>
      {query.error && (
        <ErrorState title={t("dead.failed")} error={query.error} onRetry={() => retryPages(query)} className="mb-3" />
      )}
      {query.isPending && !query.error && (
        <TableSkeleton label={t("loading")} rowHeight={44} widths={[180, 0, 92, 80, 110]} rows={8} />
      )}
      {query.data && rows.length === 0 && <EmptyState title={t("dead.none")} text={t("dead.noneText")} />}
      {rows.length > 0 && (
        <DataTable
          label={t("tab.dead")}
          className="min-h-0 small:shrink-0 sm:mb-4"
          columns={columns}
          rows={rows}
          rowHeight={44}
          smallRowHeight={64}
          renderSmall={DeadRow}
          openId={openId}
          onOpen={onOpen}
          waiting={{ count: waiting, text: t("dead.waiting", { count: waiting }), show }}
          more={morePages(query)}
        />
      )}
    </>
  );
}
