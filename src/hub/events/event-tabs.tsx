"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import { Tag } from "../../components/ui/tag.tsx";
import { useOverview } from "../data/use-overview.ts";
import { HubLink } from "../routing/hub-link.tsx";

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
  return (
    <nav aria-label={t("tabs")} className="flex shrink-0 gap-4.5 border-b px-gutter">
      {TABS.map(({ id, to, count }) => {
        const value = count === null ? 0 : (counts?.[count] ?? 0);
        return (
          <HubLink
            key={id}
            to={to}
            aria-current={id === current ? "page" : undefined}
            className={cn(
              "-mb-px inline-flex h-9 items-center gap-1.5 border-b-[1.5px] border-transparent font-medium whitespace-nowrap text-muted-foreground transition-colors duration-90 focus-inset hover:text-foreground",
              id === current && "border-foreground text-foreground",
            )}
          >
            {t(`tab.${id}`)}
            {value > 0 && <Tag variant={id === "dead" ? "dead" : "count"}>{number.format(value)}</Tag>}
          </HubLink>
        );
      })}
    </nav>
  );
}
