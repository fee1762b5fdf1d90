"use client";

import type { DeliveryRecord } from "../../../contract/index.ts";
import { KindIcon } from "../../parts/kind-icon.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { DELIVERY_LOOKS } from "../../parts/status/status-looks.ts";
import { TimeText } from "../../parts/time/time-text.tsx";

/** A dead letter in two lines. */
export function DeadRow(delivery: DeliveryRecord) {
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex items-center gap-2">
        <KindIcon kind={delivery.handler.kind} />
        <span className="min-w-0 flex-1 truncate font-medium">{delivery.handler.name}</span>
        <TimeText
          at={delivery.finishedAt ?? delivery.createdAt}
          className="text-xs text-muted-foreground tabular-nums"
        />
      </div>
      <div className="flex items-center gap-2">
        <StatusBadge look={DELIVERY_LOOKS[delivery.status]}>{delivery.status}</StatusBadge>
        <span className="min-w-0 flex-1 truncate font-mono text-xs text-st-failed-fg">{delivery.lastError?.code}</span>
        <span className="max-w-2/5 shrink-[2] truncate font-mono text-xs text-muted-foreground">
          {delivery.eventType}
        </span>
      </div>
    </div>
  );
}
