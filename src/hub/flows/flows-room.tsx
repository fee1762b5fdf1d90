"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useLocale, useTranslations } from "use-intl";
import { useApi } from "../data/use-api.ts";
import { CodeBlock } from "../parts/code/code-block.tsx";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { TableSkeleton } from "../parts/table/table-skeleton.tsx";
import { useNow } from "../parts/time/clock.ts";
import type { RoomProps } from "../rooms.tsx";
import { useNavigate } from "../routing/use-navigate.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { nextOf } from "./flow-rows.ts";
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
  const { data, error, refetch } = useApi("listFlows", { query: {} });
  const flows = data?.items ?? [];
  const flow = flows.find(({ id, name }) => id === params.id || name === params.id);
  const chosen = flow && variant !== null && flow.variants.includes(variant) ? variant : null;
  const openId = flow ? (chosen === null ? flow.id : `${flow.id}:${chosen}`) : null;
  const schedules = flows.flatMap((entry) => entry.schedules).length;
  const next = nextOf(flows);
  const meta = t("meta", { flows: flows.length, schedules });
  return (
    <PageFrame
      flush
      title={t("title")}
      meta={data && (next ? t("metaNext", { meta, time: formatTick(Date.parse(next), now, locale) }) : meta)}
    >
      <div data-scroll="" className="scroll-quiet min-w-0 flex-1 overflow-y-auto px-gutter pt-4 pb-6 small:pt-3">
        <div className="mx-auto flex max-w-430 flex-col gap-3">
          {error && <ErrorState title={t("failed")} error={error} onRetry={() => void refetch()} />}
          {!data && !error && (
            <TableSkeleton label={t("loading")} rowHeight={48} widths={[180, 0, 140, 140, 90]} rows={5} />
          )}
          {data && params.id && !flow && (
            <EmptyState title={t("unknown", { flow: params.id })} text={t("unknownText")} />
          )}
          {data && flows.length === 0 && (
            <EmptyState title={t("nothing")} text={t.rich("nothingText", { code: (chunks) => <code>{chunks}</code> })}>
              <CodeBlock text={EXAMPLE} label={parts("copyValue")} />
            </EmptyState>
          )}
          {flows.length > 0 && <FlowTable flows={flows} openId={openId} />}
        </div>
      </div>
      {flow && <FlowPanel key={openId} flow={flow} variant={chosen} onClose={() => navigate("/flows")} />}
    </PageFrame>
  );
}
