"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { TopologyNode } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { IdChip } from "../../parts/id-chip.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { DeadCauses } from "./dead-causes.tsx";
import { HealthTag } from "./health-tag.tsx";
import { LatestRuns } from "./latest-runs.tsx";
import { SeriesBars } from "./series-bars.tsx";
import { TrafficFigures } from "./traffic-figures.tsx";

type HandlerNode = Extract<TopologyNode, { handlerId: string }>;

export function HandlerInspector({ node }: { node: HandlerNode }) {
  const t = useTranslations("overview.inspect");
  const { handlerId: id, paused, enabled } = node;
  const pause = useAction("updateHandler");
  return (
    <>
      <div className="flex items-center gap-2">
        <HealthTag node={node} />
        <Tag variant="line">{t(enabled ? "enabled" : "disabled")}</Tag>
        <span className="flex-1" />
        <ActionButton
          needs="operator"
          icon={paused ? "play" : "pause"}
          pending={pause.pending}
          onClick={() => pause.run({ params: { id }, body: { paused: !paused } })}
        >
          {t(paused ? "resume" : "pause")}
        </ActionButton>
        <Button asChild>
          <HubLink to={`/runs?handler=${id}`}>
            <Icon name="runs" className="size-3.5" />
            {t("openRuns")}
          </HubLink>
        </Button>
      </div>
      {node.dead > 0 && <DeadCauses handlerId={id} />}
      <TrafficFigures traffic={node.traffic} />
      <SeriesBars subject="handler" of={id} />
      <KeyValues>
        <KeyValue label={t("id")}>
          <IdChip id={id} />
        </KeyValue>
        <KeyValue label={t("events")} className="font-mono text-xs">
          <span className="truncate">{node.events.join(", ")}</span>
        </KeyValue>
        {node.destination && (
          <KeyValue label={t("goesTo")}>
            <PlugTile name={node.destination} />
            <HubLink to={`/plugs/${node.destination}`} className="rounded-xs hover:text-primary-text hover:underline">
              {node.destination}
            </HubLink>
          </KeyValue>
        )}
        <KeyValue label={t("execution")}>{t(node.execution)}</KeyValue>
      </KeyValues>
      <LatestRuns handler={id} />
    </>
  );
}
