"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import type { RunRecord } from "../../contract/index.ts";
import { morePages, retryPages } from "../data/list-pages.ts";
import { ErrorState } from "../parts/state/error-state.tsx";
import { LiveSentence } from "../parts/state/live-sentence.tsx";
import { DataTable } from "../parts/table/data-table.tsx";
import { TableSkeleton } from "../parts/table/table-skeleton.tsx";
import type { ListSelection } from "../parts/table/use-selection.ts";
import { useNavigate } from "../routing/use-navigate.ts";
import { useShortcut } from "../shell/keys/keys-provider.tsx";
import type { RunColumn } from "./run-column-choice.ts";
import { RUN_WIDTHS, useRunColumns } from "./run-columns.tsx";
import type { RunFilters } from "./run-filters.ts";
import { RunRow } from "./run-row.tsx";
import { RunsEmpty } from "./runs-empty.tsx";
import type { useRunList } from "./use-run-list.ts";

interface RunListProps {
  readonly list: ReturnType<typeof useRunList>;
  readonly filters: RunFilters;
  readonly setFilters: (change: Partial<RunFilters> | null) => unknown;
  readonly rowHeight: number;
  readonly columns: readonly RunColumn[];
  readonly selection: ListSelection;
}

export function RunList({ list, filters, setFilters, rowHeight, columns: shown, selection }: RunListProps) {
  const t = useTranslations("runs");
  const navigate = useNavigate();
  const { rows, query } = list;
  const columns = useRunColumns(rows, shown);
  const open = useCallback((run: RunRecord) => navigate(`/runs/${run.id}`, { keepQuery: true }), [navigate]);
  const waiting = t("waiting", { count: list.waiting, more: String(list.waitingMore) });
  useShortcut({ keys: ".", label: t("keys.showNew"), group: "list", run: list.show });
  return (
    <>
      <LiveSentence>{list.waiting > 0 ? waiting : ""}</LiveSentence>
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
          rowHeight={rowHeight}
          widths={[34, ...shown.map((column) => RUN_WIDTHS[column])]}
          rows={16}
        />
      )}
      {query.data && rows.length === 0 && <RunsEmpty filters={filters} setFilters={setFilters} />}
      {rows.length > 0 && (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={rows}
          rowHeight={rowHeight}
          smallRowHeight={58}
          renderSmall={RunRow}
          onOpen={open}
          selection={selection}
          fresh={list.fresh}
          waiting={{ count: list.waiting, text: waiting, show: list.show }}
          more={morePages(query)}
        />
      )}
    </>
  );
}
