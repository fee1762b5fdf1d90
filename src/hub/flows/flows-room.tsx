"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useLocale, useTranslations } from "use-intl";
import { DEFAULT_TENANT } from "../../contract/names.ts";
import { useApi } from "../data/use-api.ts";
import { CodeBlock } from "../parts/code/code-block.tsx";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { TableSkeleton } from "../parts/table/table-skeleton.tsx";
import { useNow } from "../parts/time/clock.ts";
import type { RoomProps } from "../rooms.tsx";
import { useNavigate } from "../routing/use-navigate.ts";
import { ConflictsCard } from "./conflicts/conflicts-card.tsx";
import { DriftCard } from "./drift/drift-card.tsx";
import { nextOf } from "./flow-rows.ts";
import { FlowsFrame } from "./flows-frame.tsx";
import { formatTick } from "./format-ahead.ts";
import { FlowPanel } from "./inspector/flow-panel.tsx";
import { FlowTable } from "./table/flow-table.tsx";

const EXAMPLE = `plugs: [{ plug: sandbox, flows: [products] }]`;

/** What moves records on a schedule: when it runs, how it went, and a way to run it now. */
export default function FlowsRoom({ params }: RoomProps) {
  const t = useTranslations("flows");
  const parts = useTranslations("parts");
  const locale = useLocale();
  const now = useNow();
  const navigate = useNavigate();
  const [variant] = useQueryState("variant", parseAsString);
  const [tenant] = useQueryState("tenant", parseAsString);
  const { data, error, refetch, dataUpdatedAt } = useApi("listFlows", { query: {} });
  const drifts = useApi("listDrifts", { query: { status: "open", tenant: tenant ?? undefined, limit: 20 } });
  const flows = data?.items ?? [];
  const flow = flows.find(({ id, name }) => id === params.id || name === params.id);
  const chosen = flow && variant !== null && flow.variants.includes(variant) ? variant : null;
  const openId = flow ? (chosen === null ? flow.id : `${flow.id}:${chosen}`) : null;
  const schedules = flows.flatMap((entry) => entry.schedules).length;
  const next = nextOf(flows);
  const meta = t("meta", { flows: flows.length, schedules });
  return (
    <FlowsFrame
      tab="flows"
      meta={data && (next ? t("metaNext", { meta, time: formatTick(Date.parse(next), now, locale) }) : meta)}
      sheet={
        flow && (
          <FlowPanel
            key={openId}
            flow={flow}
            variant={chosen}
            tenant={tenant ?? DEFAULT_TENANT}
            onClose={() => navigate("/flows")}
          />
        )
      }
    >
      {error && (
        <ErrorState
          title={t("failed")}
          error={error}
          staleSince={data ? dataUpdatedAt : 0}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && (
        <TableSkeleton label={t("loading")} rowHeight={48} widths={[180, 0, 140, 140, 90]} rows={5} />
      )}
      {data && params.id && !flow && <EmptyState title={t("unknown", { flow: params.id })} text={t("unknownText")} />}
      {data && flows.length === 0 && (
        <EmptyState title={t("nothing")} text={t.rich("nothingText", { code: (chunks) => <code>{chunks}</code> })}>
          <CodeBlock text={EXAMPLE} label={parts("copyValue")} />
        </EmptyState>
      )}
      {drifts.error && !drifts.data && (
        <ErrorState title={t("drift.failed")} error={drifts.error} onRetry={() => void drifts.refetch()} />
      )}
      {drifts.data?.items.map((drift) => (
        <DriftCard key={drift.id} drift={drift} />
      ))}
      {flows.length > 0 && <FlowTable flows={flows} openId={openId} />}
      <ConflictsCard tenant={tenant} />
    </FlowsFrame>
  );
}
