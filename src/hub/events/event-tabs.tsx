"use client";

import { useLocale, useTranslations } from "use-intl";
import { Tag } from "../../components/ui/tag.tsx";
import { useOverview } from "../data/use-overview.ts";
import { RoomTabs } from "../shell/room-tabs.tsx";

const TABS = [
  { id: "all", to: "/events", count: null },
  { id: "rejected", to: "/events/rejected", count: "rejections" },
  { id: "dead", to: "/events/dead", count: "deadLetters" },
] as const;

export type EventTab = (typeof TABS)[number]["id"];

/** What came in, what was refused, what gave up. */
export function EventTabs({ current }: { current: EventTab }) {
  const t = useTranslations("events");
  const number = new Intl.NumberFormat(useLocale());
  const counts = useOverview().data?.counts;
  const tabs = TABS.map(({ id, to, count }) => {
    const value = count === null ? 0 : (counts?.[count] ?? 0);
    const tag = value > 0 && <Tag variant={id === "dead" ? "dead" : "count"}>{number.format(value)}</Tag>;
    return { id, to, label: t(`tab.${id}`), count: tag };
  });
  return <RoomTabs label={t("tabs")} current={current} tabs={tabs} />;
}
