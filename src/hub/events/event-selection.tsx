"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import type { JobRecord } from "../../contract/index.ts";
import { useApi } from "../data/use-api.ts";
import type { BulkAction } from "../jobs/bulk-action.ts";
import { ActionButton } from "../parts/action/action-button.tsx";
import { RadioList } from "../parts/action/radio-list.tsx";
import SelectionBar from "../parts/table/selection-bar.tsx";
import type { ListSelection } from "../parts/table/use-selection.ts";
import { type EventFilters, toEventQuery } from "./event-filters.ts";

const BulkDialog = lazy(() => import("../jobs/bulk-dialog.tsx"));
const ALL = "";

interface EventSelectionProps {
  readonly selection: ListSelection;
  readonly filters: EventFilters;
  readonly onStarted: (job: JobRecord) => void;
}

/** Deliver the chosen events again, to every handler that matches or to one. */
export default function EventSelection({ selection, filters, onStarted }: EventSelectionProps) {
  const t = useTranslations("events.bulk");
  const [asked, setAsked] = useState<Extract<BulkAction, { name: "replayEvents" }> | null>(null);
  const [handlerId, setHandlerId] = useState(ALL);
  const handlers =
    useApi("listHandlers", { query: { plug: filters.plug ?? undefined } }, { enabled: asked !== null }).data?.items ??
    [];
  const { all, ids } = selection.selection;
  const ask = () =>
    setAsked({
      name: "replayEvents",
      body: all ? { filter: toEventQuery(filters, Date.now()) } : { ids: [...ids] },
    });
  return (
    <>
      <SelectionBar list={selection}>
        {!all && (
          <Button variant="link" size="text" onClick={selection.takeAll} className="small:hidden">
            {t("takeAll")}
          </Button>
        )}
        <ActionButton needs="operator" variant="primary" icon="retry" onClick={ask}>
          {t("replay")}
        </ActionButton>
      </SelectionBar>
      {asked && (
        <Suspense>
          <BulkDialog
            action={handlerId === ALL ? asked : { ...asked, body: { ...asked.body, handlerId } }}
            onClose={() => setAsked(null)}
            onStarted={(job) => {
              selection.clear();
              onStarted(job);
            }}
          >
            <RadioList
              label={t("to")}
              value={handlerId}
              onChange={setHandlerId}
              options={[
                { value: ALL, label: t("all") },
                ...handlers.map(({ id, name, plug }) => ({ value: id, label: name, hint: plug })),
              ]}
            />
          </BulkDialog>
        </Suspense>
      )}
    </>
  );
}
