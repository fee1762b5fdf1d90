"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { Select } from "../../../components/ui/select.tsx";
import type { ConflictRecord } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { morePages, retryPages } from "../../data/list-pages.ts";
import { useApi } from "../../data/use-api.ts";
import { useLiveList } from "../../data/use-live-list.ts";
import { useOpenRecord } from "../../parts/sheet/use-open-record.ts";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { DataTable } from "../../parts/table/data-table.tsx";
import { TableSkeleton } from "../../parts/table/table-skeleton.tsx";
import type { RoomProps } from "../../rooms.tsx";
import { FlowsFrame } from "../flows-frame.tsx";
import { ConflictRow, useConflictColumns } from "./conflict-columns.tsx";

const ConflictSheet = lazy(() => import("./conflict-sheet.tsx"));

const SHOWN = ["open", "all"] as const;
const OPEN = "decided,resolving";

/** Records that both sides of a two-way sync changed, newest first. */
export default function ConflictsRoom({ params }: RoomProps) {
  const t = useTranslations("flows.conflicts");
  const { client } = useHub();
  const openId = params.id ?? null;
  const [filter, setFilter] = useQueryStates(
    { flow: parseAsString, tenant: parseAsString, show: parseAsStringLiteral(SHOWN).withDefault("open") },
    { history: "push" },
  );
  const flows = useApi("listFlows", { query: {} }).data?.items ?? [];
  const { rows, fresh, query, waiting, show } = useLiveList<ConflictRecord>({
    queryKey: ["conflicts", filter],
    readPage: (cursor, signal) =>
      client.listConflicts({
        query: {
          flow: filter.flow ?? undefined,
          tenant: filter.tenant ?? undefined,
          ...(filter.show === "open" ? { status: OPEN } : {}),
          cursor,
          limit: 50,
        },
        signal,
      }),
    readOne: (id) => client.getConflict({ params: { id } }),
    isLive: ({ status }) => status !== "resolved",
    topics: ["flows"],
    hold: true,
  });
  const columns = useConflictColumns();
  const record = useOpenRecord("/flows/conflicts", openId, rows);
  const narrowed = filter.flow !== null || filter.show === "open";
  return (
    <FlowsFrame
      tab="conflicts"
      list
      sheet={
        openId && (
          <Suspense>
            <ConflictSheet id={openId} onClose={record.close} onPrevious={record.previous} onNext={record.next} />
          </Suspense>
        )
      }
    >
      <search className="flex flex-wrap items-center gap-2">
        <Segmented
          value={filter.show}
          onValueChange={(next) => void setFilter({ show: next })}
          options={SHOWN}
          label={t("show.label")}
        >
          {(option) => t(`show.${option}`)}
        </Segmented>
        {flows.length > 1 && (
          <div className="w-48 min-w-0">
            <Select
              aria-label={t("fact.flow")}
              value={filter.flow ?? ""}
              onChange={(event) => void setFilter({ flow: event.target.value || null })}
            >
              <option value="">{t("allFlows")}</option>
              {flows.map(({ id, name, plug }) => (
                <option key={id} value={id}>
                  {t("flowOf", { flow: name, plug })}
                </option>
              ))}
            </Select>
          </div>
        )}
        <span className="min-w-0 flex-1 text-xs text-pretty text-muted-foreground small:basis-full">
          {t("explain")}
        </span>
      </search>
      {query.error && (
        <ErrorState
          title={t("failed")}
          error={query.error}
          staleSince={query.dataUpdatedAt}
          onRetry={() => retryPages(query)}
        />
      )}
      {query.isPending && !query.error && (
        <TableSkeleton label={t("loading")} rowHeight={32} widths={[0, 120, 140, 140, 80]} rows={8} />
      )}
      {query.data && rows.length === 0 && (
        <EmptyState title={t(narrowed ? "noneOpen" : "none")} text={t("noneText")}>
          {narrowed && <Button onClick={() => void setFilter({ flow: null, show: "all" })}>{t("showAll")}</Button>}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t("title")}
          className="min-h-0 small:shrink-0 sm:mb-4"
          columns={columns}
          rows={rows}
          rowHeight={32}
          smallRowHeight={60}
          renderSmall={ConflictRow}
          openId={openId}
          onOpen={record.open}
          fresh={fresh}
          waiting={{ count: waiting, text: t("waiting", { count: waiting }), show }}
          more={morePages(query)}
        />
      )}
    </FlowsFrame>
  );
}
