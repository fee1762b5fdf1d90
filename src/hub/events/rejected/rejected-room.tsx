"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useTranslations } from "use-intl";
import { morePages, retryPages } from "../../data/list-pages.ts";
import { useOpenRecord } from "../../parts/sheet/use-open-record.ts";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { DataTable } from "../../parts/table/data-table.tsx";
import { TableSkeleton } from "../../parts/table/table-skeleton.tsx";
import type { RoomProps } from "../../rooms.tsx";
import { EventsFrame } from "../events-frame.tsx";
import { useRejectionColumns } from "./rejection-columns.tsx";
import { RejectionSheet } from "./rejection-sheet.tsx";
import { useRejections } from "./use-rejections.ts";

/** What was refused, and why. */
export default function RejectedRoom({ params }: RoomProps) {
  const t = useTranslations("events");
  const openId = params.id ?? null;
  const [filter] = useQueryStates({ plug: parseAsString, tenant: parseAsString });
  const { rows, query } = useRejections(filter);
  const columns = useRejectionColumns();
  const record = useOpenRecord("/events/rejected", openId, rows);
  const open = rows.find(({ id }) => id === openId);
  return (
    <EventsFrame
      tab="rejected"
      sheet={
        openId &&
        !query.isPending && (
          <RejectionSheet
            id={openId}
            rejection={open}
            onClose={record.close}
            onPrevious={record.previous}
            onNext={record.next}
          />
        )
      }
    >
      <p className="max-w-[72ch] py-2.5 text-pretty text-muted-foreground">{t("rejected.explain")}</p>
      {query.error && (
        <ErrorState
          title={t("rejected.failed")}
          error={query.error}
          onRetry={() => retryPages(query)}
          className="mb-3"
        />
      )}
      {query.isPending && !query.error && (
        <TableSkeleton label={t("loading")} rowHeight={44} widths={[100, 180, 0, 92, 60]} rows={8} />
      )}
      {query.data && rows.length === 0 && <EmptyState title={t("rejected.none")} text={t("rejected.noneText")} />}
      {rows.length > 0 && (
        <DataTable
          label={t("tab.rejected")}
          className="min-h-0 small:shrink-0 sm:mb-4"
          columns={columns}
          rows={rows}
          rowHeight={44}
          smallRowHeight={60}
          openId={openId}
          onOpen={record.open}
          more={morePages(query)}
        />
      )}
    </EventsFrame>
  );
}
