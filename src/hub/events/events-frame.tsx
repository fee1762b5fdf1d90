"use client";

import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useOverview } from "../data/use-overview.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { type EventTab, EventTabs } from "./event-tabs.tsx";

interface EventsFrameProps {
  readonly tab: EventTab;
  readonly children: ReactNode;
  /** The open record, beside the list. */
  readonly sheet?: ReactNode;
}

/** Tabs, list and sheet: the frame of everything that came in. */
export function EventsFrame({ tab, children, sheet }: EventsFrameProps) {
  const t = useTranslations("events");
  const locale = useLocale();
  const counts = useOverview().data?.counts;
  const kept = counts && new Intl.NumberFormat(locale).format(counts.eventsKept);
  return (
    <PageFrame
      flush
      title={t("title")}
      meta={kept && <span className="small:hidden">{t(counts.estimated ? "keptAbout" : "kept", { count: kept })}</span>}
    >
      <div className="flex min-w-0 flex-1 flex-col">
        <EventTabs current={tab} />
        <div
          data-scroll=""
          className="flex min-h-0 flex-1 flex-col pr-4 pl-(--gutter) small:scroll-quiet small:overflow-y-auto small:px-gutter small:pb-4"
        >
          {children}
        </div>
      </div>
      {sheet}
    </PageFrame>
  );
}
