"use client";

import { useTranslations } from "use-intl";
import { useApi } from "../../data/use-api.ts";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { IdChip } from "../../parts/id-chip.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { RecordSheet } from "../../parts/sheet/record-sheet.tsx";
import { SheetSkeleton } from "../../parts/sheet/sheet-skeleton.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { DeliveryList } from "./delivery-list.tsx";
import { EditButton } from "./edit-button.tsx";
import { RawRequest } from "./raw-request.tsx";
import { ReplayButton } from "./replay-button.tsx";
import { VerdictCard } from "./verdict-card.tsx";

interface EventSheetProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
}

/** One event: was it genuine, who handled it, and what exactly was sent. */
export default function EventSheet({ id, ...steps }: EventSheetProps) {
  const t = useTranslations("events");
  const { data: event, error, refetch } = useApi("getEvent", { params: { id } });
  return (
    <RecordSheet
      recordId={id}
      label={t("sheet")}
      title={event?.type ?? t("sheet")}
      tile={<PlugTile name={event?.plug ?? ""} size="md" />}
      subtitle={
        <>
          {event && <span className="shrink-0">{t("plugTenant", { plug: event.plug, tenant: event.tenant })}</span>}
          <IdChip id={id} />
        </>
      }
      {...steps}
    >
      {error && <ErrorState title={t("eventFailed")} error={error} onRetry={() => void refetch()} />}
      {!event && !error && <SheetSkeleton label={t("loading")} />}
      {event && (
        <>
          <div className="flex flex-wrap items-center gap-1.5">
            <ReplayButton event={event} />
            <EditButton event={event} />
            <span className="flex-1 small:hidden" />
            <CopyCurl name="replayEvent" input={{ params: { id }, body: {} }} />
          </div>
          <VerdictCard event={event} />
          <DeliveryList event={event} />
          <RawRequest event={event} />
        </>
      )}
    </RecordSheet>
  );
}
