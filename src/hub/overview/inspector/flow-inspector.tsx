"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { TopologyNode } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { RunNowButton } from "../../flows/run-now/run-now-button.tsx";
import { IdChip } from "../../parts/id-chip.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { HealthTag } from "./health-tag.tsx";
import { LatestRuns } from "./latest-runs.tsx";
import { SeriesBars } from "./series-bars.tsx";
import { TrafficFigures } from "./traffic-figures.tsx";

export function FlowInspector({ node }: { node: Extract<TopologyNode, { flowId: string }> }) {
  const t = useTranslations("overview.inspect");
  const flows = useTranslations("flows");
  const canvas = useTranslations("overview.canvas");
  const { flowId: id } = node;
  return (
    <>
      <div className="flex items-center gap-2">
        <HealthTag node={node} />
        <span className="flex-1" />
        <RunFlow id={id} />
        <Button asChild>
          <HubLink to={`/flows/${id}`}>
            <Icon name="flows" className="size-3.5" />
            {flows("openFlow")}
          </HubLink>
        </Button>
        <Button asChild>
          <HubLink to={`/runs?flow=${id}`}>
            <Icon name="runs" className="size-3.5" />
            {t("openRuns")}
          </HubLink>
        </Button>
      </div>
      <TrafficFigures traffic={node.traffic} />
      <SeriesBars subject="flow" of={id} />
      <KeyValues>
        <KeyValue label={t("id")}>
          <IdChip id={id} />
        </KeyValue>
        <KeyValue label={t("schedule")} className="font-mono text-xs">
          {node.schedules.length > 0 ? node.schedules.join(", ") : canvas("byHand")}
        </KeyValue>
        <KeyValue label={t("next")}>
          {node.nextAt ? <TimeText at={node.nextAt} show="moment" /> : t("notPlanned")}
        </KeyValue>
        {node.resource && <KeyValue label={t("resource")}>{node.resource}</KeyValue>}
        {node.destination && <KeyValue label={t("goesTo")}>{node.destination}</KeyValue>}
      </KeyValues>
      <LatestRuns flow={id} />
    </>
  );
}

/** The canvas knows no variants; the flow's own record does. */
function RunFlow({ id }: { id: string }) {
  const { data } = useApi("getFlow", { params: { id } });
  return data ? <RunNowButton row={{ flow: data, variant: null }} /> : null;
}
