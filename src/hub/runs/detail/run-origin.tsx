"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { Icon, type IconName } from "../../../components/ui/icon.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { RunDetail } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { useMay } from "../../data/use-overview.ts";
import { IdChip } from "../../parts/id-chip.tsx";
import { IconTile, kindIcon } from "../../parts/kind-icon.tsx";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { DELIVERY_LOOKS } from "../../parts/status/status-looks.ts";
import { HubLink } from "../../routing/hub-link.tsx";

const CompareDialog = lazy(() => import("../../replay/compare-dialog.tsx"));

/** What set it going, and what it belongs to. Every line is a door. */
export function RunOrigin({ run }: { run: RunDetail }) {
  const t = useTranslations("runs");
  const replay = useTranslations("replay");
  const delivery = useApi(
    "getDelivery",
    { params: { id: run.deliveryId ?? "" } },
    { enabled: run.deliveryId !== null },
  );
  const [comparing, setComparing] = useState(false);
  const mayCompare = useMay("operator");
  const flows = useApi("listFlows", {}, { enabled: run.flowId !== null }).data?.items ?? [];
  const flow = flows.find(({ id }) => id === run.flowId);
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
        {run.flowId && (
          <Line icon="flows" label={t(run.variant ? "origin.flowVariant" : "origin.flow")}>
            <span className="flex min-w-0 items-center gap-2">
              <HubLink
                to={`/flows/${run.flowId}`}
                className="truncate rounded-xs font-medium hover:text-primary-text hover:underline"
              >
                {flow?.name ?? run.name}
              </HubLink>
              {run.variant && <Tag>{run.variant}</Tag>}
            </span>
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
          <Line
            icon="history"
            label={t(run.dryRun ? "origin.dryRunOf" : "origin.retryOf")}
            badge={
              mayCompare &&
              run.handlerId && (
                <Button onClick={() => setComparing(true)}>
                  <Icon name="diff" className="size-3.5" />
                  {replay("compare")}
                </Button>
              )
            }
          >
            <IdChip id={run.retryOf} short to={`/runs/${run.retryOf}`} />
          </Line>
        )}
        {run.retries.map((id) => (
          <Line key={id} icon="retry" label={t("origin.retriedBy")}>
            <IdChip id={id} short to={`/runs/${id}`} />
          </Line>
        ))}
      </div>
      {comparing && (
        <Suspense>
          <CompareDialog id={run.id} onClose={() => setComparing(false)} />
        </Suspense>
      )}
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
