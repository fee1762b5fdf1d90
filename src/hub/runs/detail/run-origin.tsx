"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import type { IconName } from "../../../components/ui/icon.tsx";
import type { RunDetail } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { IdChip } from "../../parts/id-chip.tsx";
import { IconTile, kindIcon } from "../../parts/kind-icon.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { DELIVERY_LOOKS } from "../../parts/status/status-looks.ts";
import { HubLink } from "../../routing/hub-link.tsx";

/** What set it going, and what it belongs to. Every line is a door. */
export function RunOrigin({ run }: { run: RunDetail }) {
  const t = useTranslations("runs");
  const delivery = useApi(
    "getDelivery",
    { params: { id: run.deliveryId ?? "" } },
    { enabled: run.deliveryId !== null },
  );
  const handlers = useApi("listHandlers", { query: {} }).data?.items ?? [];
  const handler = handlers.find(({ id }) => id === run.handlerId);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("origin.title")}</CardTitle>
      </CardHeader>
      <div className="py-1">
        {run.eventId && (
          <Line icon="events" label={t("origin.event")}>
            <IdChip id={run.eventId} short to={`/events/${run.eventId}`} />
          </Line>
        )}
        {run.deliveryId && (
          <Line
            icon={kindIcon(run.kind)}
            label={t(run.kind === "pass" ? "origin.deliveryPass" : "origin.deliveryCatch")}
            badge={
              delivery.data && (
                <StatusBadge look={DELIVERY_LOOKS[delivery.data.status]}>{delivery.data.status}</StatusBadge>
              )
            }
          >
            <IdChip id={run.deliveryId} short />
          </Line>
        )}
        <Line icon="plugs" label={t("origin.connection")}>
          <HubLink
            to={`/plugs/${run.plug}?tenant=${run.tenant}`}
            className="truncate rounded-xs font-medium hover:text-primary-text hover:underline"
          >
            {t("origin.plugTenant", { plug: run.plug, tenant: run.tenant })}
          </HubLink>
        </Line>
        {handler?.to && (
          <Line icon="arrow-right" label={t("origin.destination")}>
            <HubLink
              to={`/plugs/${handler.to}`}
              className="truncate rounded-xs font-medium hover:text-primary-text hover:underline"
            >
              {handler.to}
            </HubLink>
          </Line>
        )}
        {run.workflowRunId && (
          <Line icon="step" label={t("origin.workflow")}>
            <IdChip id={run.workflowRunId} />
          </Line>
        )}
        {run.retryOf && (
          <Line icon="history" label={t("origin.retryOf")}>
            <IdChip id={run.retryOf} short to={`/runs/${run.retryOf}`} />
          </Line>
        )}
        {run.retries.map((id) => (
          <Line key={id} icon="retry" label={t("origin.retriedBy")}>
            <IdChip id={id} short to={`/runs/${id}`} />
          </Line>
        ))}
      </div>
    </Card>
  );
}

interface LineProps {
  readonly icon: IconName;
  readonly label: string;
  readonly badge?: ReactNode;
  readonly children: ReactNode;
}

function Line({ icon, label, badge, children }: LineProps) {
  return (
    <div className="flex min-h-11.5 items-center gap-2.5 px-3 py-1.5">
      <IconTile name={icon} />
      <div className="flex min-w-0 flex-1 flex-col leading-4.5">
        <span className="text-2xs text-muted-foreground">{label}</span>
        {children}
      </div>
      {badge}
    </div>
  );
}
