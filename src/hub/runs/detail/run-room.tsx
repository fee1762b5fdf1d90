"use client";

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import { useApi } from "../../data/use-api.ts";
import { IdChip } from "../../parts/id-chip.tsx";
import { IconTile, kindIcon } from "../../parts/kind-icon.tsx";
import { SheetSkeleton } from "../../parts/sheet/sheet-skeleton.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import type { RoomProps } from "../../routing/room-props.ts";
import { useNavigate } from "../../routing/use-navigate.ts";
import { useShortcut } from "../../shell/keys/keys-provider.tsx";
import { PageFrame } from "../../shell/page-frame.tsx";
import { RunStatusBadge } from "../run-status-badge.tsx";
import { RunActions } from "./run-actions.tsx";
import { RunError } from "./run-error.tsx";
import { RunFacts } from "./run-facts.tsx";
import { RunInput } from "./run-input.tsx";
import { RunOrigin } from "./run-origin.tsx";
import { RunStepper } from "./run-stepper.tsx";
import { RUN_TABS, RunTabs } from "./run-tabs.tsx";
import { Timeline } from "./timeline.tsx";

/** What of the run is looked at, in the address. */
const VIEW = {
  tab: parseAsStringLiteral(RUN_TABS).withDefault("log"),
  attempt: parseAsInteger,
  exchange: parseAsString,
};

/** Why one run ended as it did. */
export default function RunRoom({ params }: RoomProps) {
  const t = useTranslations("runs");
  const id = params.id ?? "";
  const navigate = useNavigate();
  const { data: run, error, refetch, dataUpdatedAt } = useApi("getRun", { params: { id } });
  const made = useApi("listExchanges", { query: { run: id, limit: 200 } });
  const calls = made.data?.items;
  const exchanges = useMemo(() => calls?.toReversed() ?? [], [calls]);
  const [view, setView] = useQueryStates(VIEW);
  useShortcut({
    keys: "Escape",
    label: t("toList"),
    group: "record",
    run: () => navigate("/runs", { keepQuery: true }),
  });
  return (
    <PageFrame
      title={run?.name ?? t("run")}
      parent={{ to: "/runs", label: t("title") }}
      stepper={<RunStepper id={id} />}
    >
      <div className="mx-auto max-w-430">
        {error && (
          <ErrorState
            title={t("runFailed")}
            error={error}
            staleSince={run ? dataUpdatedAt : 0}
            onRetry={() => void refetch()}
            className="mb-3"
          />
        )}
        {!run && !error && <SheetSkeleton label={t("loading")} />}
        {run && (
          <>
            <div className="flex min-h-8 flex-wrap items-center gap-2">
              <IconTile name={kindIcon(run.kind)} className="[&>svg]:size-4" />
              <h1 className="min-w-0 truncate text-lg font-semibold tracking-[-0.012em] small:flex-[1_1_calc(100%-44px)]">
                {run.name}
              </h1>
              <RunStatusBadge run={run} boxed />
              {run.variant && <Tag>{run.variant}</Tag>}
              {run.dryRun && <Tag variant="line">{t("dryRun")}</Tag>}
              <IdChip id={run.id} boxed />
              <span className="flex-1 small:hidden" />
              <RunActions run={run} />
            </div>
            <RunFacts run={run} />
            <div className="grid grid-cols-[minmax(0,1fr)_316px] gap-3 max-lg:grid-cols-1">
              <div className="flex min-w-0 flex-col gap-3">
                {run.error && <RunError run={run} error={run.error} />}
                <Timeline
                  run={run}
                  exchanges={exchanges}
                  attempt={view.attempt}
                  onAttempt={(next) => void setView({ attempt: next, tab: next === null ? view.tab : "log" })}
                  exchange={view.exchange}
                  onExchange={(next) => void setView({ exchange: next, tab: next === null ? view.tab : "exchanges" })}
                />
                {!error && <FailedLine title={t("callsFailed")} of={made} />}
                <RunTabs
                  run={run}
                  exchanges={exchanges}
                  attempt={view.attempt}
                  tab={view.tab}
                  onTab={(tab) => void setView({ tab })}
                />
              </div>
              <aside className="flex min-w-0 flex-col gap-3" aria-label={t("aside")}>
                <RunOrigin run={run} />
                <RunInput input={run.input} />
              </aside>
            </div>
          </>
        )}
      </div>
    </PageFrame>
  );
}
