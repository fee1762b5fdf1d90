"use client";

import { useQueryStates } from "nuqs";
import { lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { useJobs } from "../../jobs/use-jobs.ts";
import { useOpenRecord } from "../../parts/sheet/use-open-record.ts";
import type { RoomProps } from "../../rooms.tsx";
import { EventsFrame } from "../events-frame.tsx";
import { CauseList } from "./cause-list.tsx";
import { DEAD_VIEW, DEAD_VIEWS } from "./dead-view.ts";
import { LetterList } from "./letter-list.tsx";
import { useDeadList } from "./use-dead-list.ts";

const EventSheet = lazy(() => import("../detail/event-sheet.tsx"));
const JobStrip = lazy(() => import("../../jobs/job-strip.tsx"));

/** Deliveries that gave up and wait for a person, by cause or one by one. The open one shows the event it belongs to. */
export default function DeadRoom({ params }: RoomProps) {
  const t = useTranslations("events");
  const openId = params.id ?? null;
  const [{ view: chosen, ...filter }, setView] = useQueryStates(DEAD_VIEW, { history: "push" });
  const view = openId || filter.cause ? "each" : chosen;
  const list = useDeadList(filter);
  const { jobs, add, putAway } = useJobs(["deliveries.retry"]);
  const record = useOpenRecord("/events/dead", openId, list.rows);
  const open = list.rows.find(({ id }) => id === openId);
  return (
    <EventsFrame
      tab="dead"
      sheet={
        open && (
          <Suspense>
            <EventSheet id={open.eventId} onClose={record.close} onPrevious={record.previous} onNext={record.next} />
          </Suspense>
        )
      }
    >
      <div className="flex flex-wrap items-center gap-2 py-2.5">
        <p className="max-w-[72ch] min-w-0 text-pretty text-muted-foreground small:flex-[1_1_100%]">
          {t("dead.explain")}
        </p>
        <span className="flex-1 small:hidden" />
        {(filter.cause || filter.handler || filter.plug) && (
          <Button variant="ghost" onClick={() => void setView({ cause: null, handler: null, plug: null })}>
            <Icon name="x" className="size-3" />
            {t("dead.allCauses")}
          </Button>
        )}
        <Segmented
          value={view}
          onValueChange={(next) => void setView({ view: next, ...(next === "causes" ? { cause: null } : {}) })}
          options={DEAD_VIEWS}
          label={t("dead.view")}
        >
          {(option) => t(`dead.views.${option}`)}
        </Segmented>
      </div>
      {jobs.length > 0 && (
        <Suspense>
          <div className="pb-3">
            <JobStrip jobs={jobs} onAway={putAway} />
          </div>
        </Suspense>
      )}
      {view === "causes" ? (
        <CauseList
          filter={filter}
          onOpen={(group) => void setView({ view: "each", handler: group.handlerId, cause: group.fingerprint })}
          onStarted={add}
        />
      ) : (
        <LetterList list={list} openId={openId} onOpen={record.open} />
      )}
    </EventsFrame>
  );
}
