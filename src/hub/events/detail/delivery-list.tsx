"use client";

import { useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import type { EventDetail } from "../../../contract/index.ts";
import { DeliveryItem } from "./delivery-item.tsx";

/** Who took the event, and how far each of them is. */
export function DeliveryList({ event }: { event: EventDetail }) {
  const t = useTranslations("events");
  const { deliveries } = event;
  const done = deliveries.filter(({ status }) => status === "succeeded").length;
  return (
    <section>
      <div className="flex min-h-8 items-center gap-2 pb-1.5">
        <h3 className="flex-1 font-semibold">{t("deliveries.title")}</h3>
        {deliveries.length > 0 && (
          <span className="text-xs text-muted-foreground">
            {t("deliveries.done", { done, count: deliveries.length })}
          </span>
        )}
      </div>
      {deliveries.length === 0 ? (
        <p className="rounded-md border border-dashed border-border-strong px-3 py-2.5 text-xs text-muted-foreground">
          {t("deliveries.none", { type: event.type })}
        </p>
      ) : (
        <Card className="divide-y divide-border overflow-hidden">
          {deliveries.map((delivery) => (
            <DeliveryItem key={delivery.id} delivery={delivery} />
          ))}
        </Card>
      )}
    </section>
  );
}
