"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import type { DeliveryRecord } from "../../../contract/index.ts";
import { IconTile, kindIcon } from "../../parts/kind-icon.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { DELIVERY_LOOKS } from "../../parts/status/status-looks.ts";
import { formatDuration } from "../../parts/time/format-duration.ts";
import { AttemptList } from "./attempt-list.tsx";

/** One handler's share of an event. What is not simply done stands open. */
export function DeliveryItem({ delivery }: { delivery: DeliveryRecord }) {
  const t = useTranslations("events");
  const locale = useLocale();
  const quiet = delivery.status === "succeeded" || delivery.status === "skipped";
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? !quiet;
  const { startedAt, finishedAt } = delivery;
  const took = startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setChosen(!open)}
        className="flex h-10 w-full items-center gap-2 px-3 text-left transition-colors duration-90 focus-inset hover:bg-muted"
      >
        <IconTile name={kindIcon(delivery.handler.kind)} className="size-5.5" />
        <span className="min-w-0 flex-1 truncate">
          <b>{delivery.handler.name}</b>{" "}
          <span className="text-xs text-muted-foreground">
            {[
              delivery.handler.execution === "workflow" && t("deliveries.workflow"),
              delivery.replayNo > 0 && t("deliveries.replay", { number: delivery.replayNo }),
            ]
              .filter(Boolean)
              .join(", ")}
          </span>
        </span>
        <StatusBadge look={DELIVERY_LOOKS[delivery.status]}>{delivery.status}</StatusBadge>
        <span className="w-18 text-right text-xs text-muted-foreground tabular-nums small:w-auto small:min-w-14">
          {delivery.status === "succeeded" && took !== null
            ? formatDuration(took, locale)
            : delivery.attempts > 0 &&
              t("deliveries.attempts", { count: delivery.attempts, max: delivery.maxAttempts })}
        </span>
        <Icon
          name="chevron-right"
          className={cn("size-3 text-faint-foreground transition-transform", open && "rotate-90")}
        />
      </button>
      {open && <AttemptList delivery={delivery} />}
    </div>
  );
}
