import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import type { Traffic } from "../../../contract/index.ts";
import { IconTile, kindIcon } from "../../parts/kind-icon.tsx";
import { HEAD } from "../graph/node-size.ts";
import type { FlowNode } from "./canvas-data.ts";
import { NodeCard, NodeHead, Port } from "./node-card.tsx";
import { useFigures } from "./use-figures.ts";
import { useSchedule } from "./use-schedule.ts";
import { useTrouble } from "./use-trouble.ts";

/** A catch, a pass or a flow: what it takes, how much, how long, or what is wrong. */
export const StepNode = memo(function StepNode({ data, selected }: NodeProps<FlowNode>) {
  const t = useTranslations("overview.canvas");
  const schedule = useSchedule();
  const trouble = useTrouble();
  const { node, faded } = data;
  if (!("traffic" in node) || node.kind === "destination") return null;
  const isFlow = "flowId" in node;
  const subtitle = isFlow
    ? schedule(node.schedules)
    : [node.execution === "workflow" ? t("workflow") : null, node.events.join(", ")].filter(Boolean).join(", ");
  return (
    <NodeCard health={node.health} selected={selected} faded={faded}>
      <Port id="in" side="left" top={HEAD / 2} />
      <Port id="out" side="right" top={HEAD / 2} />
      <NodeHead
        tile={<IconTile name={kindIcon(node.kind)} />}
        title={node.name}
        subtitle={subtitle}
        health={node.health}
        healthText={trouble(node)}
      />
      <div className="far-hide -mt-1.5 flex h-6.5 items-center justify-between gap-2 px-2.5 text-xs text-muted-foreground tabular-nums">
        <Figures traffic={node.traffic} trouble={node.trouble ? trouble(node) : null} bad={node.health === "bad"} />
      </div>
    </NodeCard>
  );
});

function Figures({ traffic, trouble, bad }: { traffic: Traffic; trouble: string | null; bad: boolean }) {
  const t = useTranslations("overview.canvas");
  const figures = useFigures();
  return (
    <>
      <span className="truncate">
        {figures.rate(traffic.perMinute)}
        {trouble && traffic.p95Ms !== null && `, ${t("p95", { time: figures.duration(traffic.p95Ms) })}`}
      </span>
      {trouble ? (
        <Tag variant={bad ? "dead" : "amber"}>{trouble}</Tag>
      ) : (
        traffic.p95Ms !== null && (
          <span className="shrink-0">{t("p95", { time: figures.duration(traffic.p95Ms) })}</span>
        )
      )}
    </>
  );
}

/** All handlers and flows of one plug, folded. A click opens them. */
export const GroupNode = memo(function GroupNode({ data, selected }: NodeProps<FlowNode>) {
  const t = useTranslations("overview.canvas");
  const trouble = useTrouble();
  const { node, faded } = data;
  if (node.kind !== "group") return null;
  return (
    <NodeCard health={node.health} selected={selected} faded={faded}>
      <Port id="in" side="left" top={HEAD / 2} />
      <Port id="out" side="right" top={HEAD / 2} />
      <NodeHead
        tile={<IconTile name="columns" />}
        title={t("group", { count: node.count })}
        subtitle={node.name}
        health={node.health}
        healthText={trouble(node)}
      />
      <div className="far-hide -mt-1.5 flex h-6.5 items-center justify-between px-2.5 text-xs text-muted-foreground">
        <span>{t("openGroup")}</span>
        {node.bad > 0 && <Tag variant="dead">{trouble(node)}</Tag>}
      </div>
    </NodeCard>
  );
});
