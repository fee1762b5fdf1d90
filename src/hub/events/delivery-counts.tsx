import { useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import type { DeliveryStatus, EventRecord } from "../../contract/index.ts";
import { DELIVERY_STATUSES } from "../../contract/statuses.ts";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { DELIVERY_LOOKS } from "../parts/status/status-looks.ts";
import { TONE_CLASSES } from "../parts/status/tone-classes.ts";

const ORDER: readonly DeliveryStatus[] = [
  ...(["succeeded", "running", "pending", "failed", "dead"] as const),
  ...DELIVERY_STATUSES.filter((status) => status === "cancelled" || status === "skipped"),
];

/** How an event's deliveries stand: shape and number per status. */
export function DeliveryCounts({ counts }: { counts: EventRecord["deliveries"] }) {
  const t = useTranslations("events");
  const present = ORDER.filter((status) => (counts[status] ?? 0) > 0);
  if (present.length === 0) return <span className="text-xs text-faint-foreground">{t("noHandler")}</span>;
  return (
    <span className="inline-flex items-center gap-2.25 align-middle">
      {present.map((status) => (
        <span
          key={status}
          title={t("countOf", { count: counts[status] ?? 0, status })}
          className={cn(
            "inline-flex items-center gap-1 text-xs tabular-nums",
            TONE_CLASSES[DELIVERY_LOOKS[status].tone].text,
          )}
        >
          <StatusIcon look={DELIVERY_LOOKS[status]} className="size-3" />
          {counts[status]}
          <span className="sr-only">{status}</span>
        </span>
      ))}
    </span>
  );
}
