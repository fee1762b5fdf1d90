"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { JobRecord, RunRecord } from "../../contract/index.ts";
import { isFinalRun } from "../../contract/statuses.ts";
import type { BulkAction } from "../jobs/bulk-action.ts";
import { ActionButton } from "../parts/action/action-button.tsx";
import SelectionBar from "../parts/table/selection-bar.tsx";
import type { ListSelection } from "../parts/table/use-selection.ts";
import { type RunFilters, toRunQuery } from "./run-filters.ts";

const BulkDialog = lazy(() => import("../jobs/bulk-dialog.tsx"));

interface RunSelectionProps {
  readonly selection: ListSelection;
  readonly rows: readonly RunRecord[];
  readonly filters: RunFilters;
  readonly matching: { readonly count: number; readonly about: boolean } | undefined;
  readonly onStarted: (job: JobRecord) => void;
}

/** What can be done to the runs that were chosen. */
export default function RunSelection({ selection, rows, filters, matching, onStarted }: RunSelectionProps) {
  const t = useTranslations("runs.bulk");
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const { all, ids } = selection.selection;
  // The question is settled when it is asked: "the last hour" must not move between the count and the start.
  const chosen = () => (all ? { filter: toRunQuery(filters, Date.now()) } : { ids: [...ids] });
  const live = all ? 0 : rows.filter(({ id, status }) => ids.has(id) && !isFinalRun(status)).length;
  const note =
    asked?.name === "retryRuns"
      ? all && filters.status.length === 0
        ? t("failedOnly")
        : live > 0 && t("live", { count: live })
      : null;
  return (
    <>
      <SelectionBar list={selection} matching={matching}>
        <ActionButton
          needs="operator"
          variant="primary"
          icon="retry"
          onClick={() => setAsked({ name: "retryRuns", body: chosen() })}
        >
          {t("retry")}
        </ActionButton>
        <ActionButton
          needs="operator"
          icon="x"
          className="small:hidden"
          onClick={() => setAsked({ name: "cancelRuns", body: chosen() })}
        >
          {t("cancel")}
        </ActionButton>
      </SelectionBar>
      {asked && (
        <Suspense>
          <BulkDialog
            action={asked}
            note={note}
            onClose={() => setAsked(null)}
            onStarted={(job) => {
              selection.clear();
              onStarted(job);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
