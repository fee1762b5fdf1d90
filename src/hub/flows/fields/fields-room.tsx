"use client";

import { parseAsString, useQueryState } from "nuqs";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import { DEFAULT_TENANT } from "../../../contract/names.ts";
import { useApi } from "../../data/use-api.ts";
import { CodeBlock } from "../../parts/code/code-block.tsx";
import { SheetSkeleton } from "../../parts/sheet/sheet-skeleton.tsx";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { TableSkeleton } from "../../parts/table/table-skeleton.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import type { RoomProps } from "../../rooms.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { FlowsFrame } from "../flows-frame.tsx";
import { NewMapping } from "./new-mapping.tsx";

const MappingEditor = lazy(() => import("./mapping-editor.tsx"));
const EXAMPLE = `export const productFields = fieldMapping({ name: "products", fields: [{ target: "sku" }] });`;

/** How fields of a source become fields of ours: the list, or one of them open. */
export default function FieldsRoom({ params }: RoomProps) {
  const [tenant] = useQueryState("tenant", parseAsString);
  const whose = tenant ?? DEFAULT_TENANT;
  return params.name ? (
    <One key={`${params.name} ${whose}`} name={params.name} tenant={whose} />
  ) : (
    <All tenant={whose} />
  );
}

function All({ tenant }: { tenant: string }) {
  const t = useTranslations("flows.fields");
  const parts = useTranslations("parts");
  const { data, error, refetch } = useApi("listFieldMappings", { query: { tenant } });
  const head = "h-8 border-b px-2.5 text-left text-2xs font-normal text-muted-foreground";
  const cell = "border-b px-2.5 py-2 group-last/line:border-b-0";
  return (
    <FlowsFrame tab="fields" meta={data && t("meta", { count: data.items.length, tenant })}>
      <div className="flex flex-wrap items-center gap-2">
        <p className="max-w-[72ch] min-w-0 flex-1 basis-60 text-pretty text-muted-foreground">{t("explain")}</p>
        <NewMapping names={data?.items.map(({ name }) => name) ?? []} />
      </div>
      {error && <ErrorState title={t("failed")} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <TableSkeleton label={t("loading")} rowHeight={40} widths={[0, 140, 90, 140]} rows={4} />}
      {data?.items.length === 0 && (
        <EmptyState title={t("none")} text={t.rich("noneText", { code: (chunks) => <code>{chunks}</code> })}>
          <CodeBlock text={EXAMPLE} label={parts("copyValue")} />
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <Card className="@container overflow-clip">
          <table aria-label={t("title")} className="w-full table-fixed">
            <thead className="bg-muted">
              <tr>
                <th className={head}>{t("column.name")}</th>
                <th className={`${head} w-36 @max-[560px]:hidden`}>{t("column.resource")}</th>
                <th className={`${head} w-20 text-right`}>{t("column.count")}</th>
                <th className={`${head} w-28`}>{t("column.version")}</th>
                <th className={`${head} w-44 text-right @max-[560px]:hidden`}>{t("column.saved")}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((mapping) => (
                <tr key={mapping.name} className="group/line hover:bg-muted">
                  <th scope="row" className={`${cell} truncate text-left font-normal`}>
                    <HubLink
                      to={`/flows/field-mappings/${mapping.name}`}
                      className="rounded-xs font-medium hover:underline"
                    >
                      {mapping.name}
                    </HubLink>
                    {!mapping.registered && <Tag className="ml-2">{t("notInCode")}</Tag>}
                  </th>
                  <td className={`${cell} truncate text-muted-foreground @max-[560px]:hidden`}>{mapping.resource}</td>
                  <td className={`${cell} text-right tabular-nums`}>{mapping.definition.fields.length}</td>
                  <td className={`${cell} tabular-nums`}>
                    {mapping.version === 0 ? t("ofCode") : t("versions.version", { version: mapping.version })}
                  </td>
                  <td className={`${cell} truncate text-right text-xs text-muted-foreground @max-[560px]:hidden`}>
                    {mapping.savedAt && (
                      <>
                        {mapping.actor} <TimeText at={mapping.savedAt} className="tabular-nums" />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
    </FlowsFrame>
  );
}

function One({ name, tenant }: { name: string; tenant: string }) {
  const t = useTranslations("flows.fields");
  const { data, error, refetch } = useApi("getFieldMapping", { params: { name }, query: { tenant } });
  const unknown = error?.status === 404;
  const mapping =
    data ??
    (unknown
      ? {
          name,
          tenant,
          resource: null,
          version: 0,
          registered: false,
          definition: { fields: [] },
          note: null,
          actor: null,
          savedAt: null,
        }
      : null);
  return (
    <FlowsFrame tab="fields">
      <header className="flex min-h-8 flex-wrap items-center gap-2">
        <HubLink to="/flows/field-mappings" className="rounded-xs text-muted-foreground hover:underline">
          {t("title")}
        </HubLink>
        <span className="text-faint-foreground">/</span>
        <h2 className="text-lg font-semibold tracking-[-0.012em]">{name}</h2>
        {mapping && (
          <>
            <Tag>
              {unknown
                ? t("notSaved")
                : mapping.version === 0
                  ? t("ofCode")
                  : t("versions.version", { version: mapping.version })}
            </Tag>
            <Tag variant="line">{tenant}</Tag>
            {mapping.savedAt && (
              <span className="text-xs text-muted-foreground">
                {t("savedBy", { actor: mapping.actor ?? t("somebody") })} <TimeText at={mapping.savedAt} />
              </span>
            )}
          </>
        )}
      </header>
      {error && !unknown && <ErrorState title={t("oneFailed")} error={error} onRetry={() => void refetch()} />}
      {!mapping && !error && <SheetSkeleton label={t("loading")} />}
      {mapping && (
        <Suspense fallback={<SheetSkeleton label={t("loading")} />}>
          <MappingEditor mapping={mapping} fresh={unknown} />
        </Suspense>
      )}
    </FlowsFrame>
  );
}
