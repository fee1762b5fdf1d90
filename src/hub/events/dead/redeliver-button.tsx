"use client";

import { useTranslations } from "use-intl";
import type { DeliveryRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { DELIVERY_LOOKS } from "../../parts/status/status-looks.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useNavigate } from "../../routing/use-navigate.ts";

/** Deliver a dead letter anew. A row that is no longer dead shows what became of it instead. */
export function RedeliverButton({ delivery }: { delivery: DeliveryRecord }) {
  const t = useTranslations("events");
  const toast = useToast();
  const navigate = useNavigate();
  const retry = useAction("retryDelivery", {
    onDone: (anew) =>
      toast.done(t("dead.delivered", { handler: delivery.handler.name }), {
        id: `retry:${delivery.id}`,
        action: { label: t("open"), run: () => navigate(`/events/${anew.eventId}`) },
      }),
  });
  if (delivery.status !== "dead") {
    return <StatusBadge look={DELIVERY_LOOKS[delivery.status]}>{delivery.status}</StatusBadge>;
  }
  return (
    <ActionButton
      needs="operator"
      icon="retry"
      pending={retry.pending}
      onClick={() => retry.run({ params: { id: delivery.id } })}
    >
      {t("dead.deliver")}
    </ActionButton>
  );
}
