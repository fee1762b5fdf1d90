"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Select } from "../../components/ui/select.tsx";
import type { MappingRecord } from "../../contract/index.ts";
import { useHub } from "../config.tsx";
import { morePages, retryPages } from "../data/list-pages.ts";
import { useApi } from "../data/use-api.ts";
import { useLiveList } from "../data/use-live-list.ts";
import { ActionButton } from "../parts/action/action-button.tsx";
import { CodeBlock } from "../parts/code/code-block.tsx";
import { SearchInput } from "../parts/filters/search-input.tsx";
import { useOpenRecord } from "../parts/sheet/use-open-record.ts";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { DataTable } from "../parts/table/data-table.tsx";
import { TableSkeleton } from "../parts/table/table-skeleton.tsx";
import type { RoomProps } from "../rooms.tsx";
import { MappingRow } from "./mapping-row.tsx";
import { MappingsFrame } from "./mappings-frame.tsx";
import { refPlugs } from "./ref-plugs.ts";
import { useMappingColumns } from "./use-mapping-columns.tsx";

const CreateDialog = lazy(() => import("./edit/create-dialog.tsx"));
const MappingSheet = lazy(() => import("./sheet/mapping-sheet.tsx"));
const EXAMPLE = `export const goods = resource({ name: "goods", connectField: "sku" });`;

/** Which record is which, across plugs. */
export default function MappingsRoom({ params }: RoomProps) {
  const t = useTranslations("mappings");
  const parts = useTranslations("parts");
  const { client } = useHub();
  const openId = params.id ?? null;
  const [filter, setFilter] = useQueryStates(
    { q: parseAsString.withDefault(""), resource: parseAsString, tenant: parseAsString },
    { history: "push" },
  );
  const tenant = filter.tenant ?? undefined;
  const resources = useApi("listResources", { query: { tenant } }).data?.items ?? [];
  const { rows, fresh, query, waiting, show } = useLiveList<MappingRecord>({
    queryKey: ["mappings", filter],
    readPage: (cursor, signal) =>
      client.listMappings({
        query: { q: filter.q || undefined, resource: filter.resource ?? undefined, tenant, cursor, limit: 50 },
        signal,
      }),
    isLive: () => false,
    topics: ["mappings"],
    hold: true,
  });
  const columns = useMappingColumns(refPlugs(rows));
  const record = useOpenRecord("/mappings", openId, rows);
  const count = resources.reduce((sum, { mappings }) => sum + mappings.count, 0);
  const about = resources.some(({ mappings }) => mappings.estimated);
  const [making, setMaking] = useState(false);
  const narrowed = filter.q !== "" || filter.resource !== null;
  return (
    <MappingsFrame
      tab="mappings"
      meta={resources.length > 0 && t(about ? "metaAbout" : "meta", { count })}
      sheet={
        openId && (
          <Suspense>
            <MappingSheet
              id={openId}
              onClose={record.close}
              onPrevious={record.previous}
              onNext={record.next}
              onGone={() => void query.refetch()}
            />
          </Suspense>
        )
      }
    >
      <search className="flex items-center gap-2">
        <SearchInput
          value={filter.q}
          onChange={(q) => void setFilter({ q: q || null })}
          label={t("search")}
          placeholder={t("searchPlaceholder")}
          className="w-62 min-w-0"
        />
        {resources.length > 1 && (
          <div className="w-48 min-w-0">
            <Select
              aria-label={t("resource")}
              value={filter.resource ?? ""}
              onChange={(event) => void setFilter({ resource: event.target.value || null })}
            >
              <option value="">{t("allResources")}</option>
              {resources.map(({ name, label, mappings }) => (
                <option key={name} value={name}>
                  {t("resourceCount", { label, count: mappings.count })}
                </option>
              ))}
            </Select>
          </div>
        )}
        <span className="flex-1" />
        {resources.length > 0 && (
          <ActionButton needs="operator" icon="plus" aria-haspopup="dialog" onClick={() => setMaking(true)}>
            {t("edit.new")}
          </ActionButton>
        )}
      </search>
      {making && (
        <Suspense>
          <CreateDialog
            resources={resources}
            first={filter.resource}
            tenant={tenant}
            onClose={() => setMaking(false)}
          />
        </Suspense>
      )}
      {query.error && (
        <ErrorState
          title={t("failed")}
          error={query.error}
          staleSince={query.dataUpdatedAt}
          onRetry={() => retryPages(query)}
        />
      )}
      {query.isPending && !query.error && (
        <TableSkeleton label={t("loading")} rowHeight={32} widths={[0, 120, 140, 140, 80]} rows={10} />
      )}
      {query.data && rows.length === 0 && narrowed && (
        <EmptyState title={t("noMatch")} text={t("noMatchText", { q: filter.q || (filter.resource ?? "") })}>
          <Button onClick={() => void setFilter({ q: null, resource: null })}>{t("clear")}</Button>
        </EmptyState>
      )}
      {query.data && rows.length === 0 && !narrowed && (
        <EmptyState title={t("nothing")} text={t.rich("nothingText", { code: (chunks) => <code>{chunks}</code> })}>
          <CodeBlock text={EXAMPLE} label={parts("copyValue")} />
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t("tab.mappings")}
          className="min-h-0 small:shrink-0 sm:mb-4"
          columns={columns}
          rows={rows}
          rowHeight={32}
          smallRowHeight={64}
          renderSmall={MappingRow}
          openId={openId}
          onOpen={record.open}
          fresh={fresh}
          waiting={{ count: waiting, text: t("waiting", { count: waiting }), show }}
          more={morePages(query)}
        />
      )}
    </MappingsFrame>
  );
}
